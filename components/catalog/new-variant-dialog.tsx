"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useTRPC } from "@/components/providers/trpc-provider";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { piecesFromText } from "./amounts";
import { useCatalogChange } from "./use-catalog-change";

export interface NewVariantDialogProps {
  /** Listings it is made for. */
  readonly productIds: readonly string[];
  readonly draft?: { readonly sku: string; readonly name: string } | undefined;
  readonly onClose: () => void;
}

const FORM = "new-variant";

export function NewVariantDialog({ productIds, draft, onClose }: NewVariantDialogProps) {
  const t = useTranslations("catalog.newVariant");
  const trpc = useTRPC();
  const { onSuccess, onError } = useCatalogChange();
  const [sku, setSku] = useState(draft?.sku ?? "");
  const [name, setName] = useState(draft?.name ?? "");
  const [barcodes, setBarcodes] = useState("");
  const [onHand, setOnHand] = useState("");
  const [tried, setTried] = useState(false);
  const create = useMutation(
    trpc.catalog.variants.create.mutationOptions({
      onError,
      onSuccess: () => {
        toast.done(t("made", { name: name.trim() }));
        onClose();
        return onSuccess();
      },
    }),
  );
  const count = onHand.trim() === "" ? undefined : piecesFromText(onHand);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (sku.trim() === "" || name.trim() === "" || count === null) return;
    const codes = barcodes.split(/[\s,;]+/).filter((code) => code !== "");
    create.mutate({ sku, name, barcodes: codes, productIds: [...productIds], ...(count === undefined ? {} : { onHand: count }) });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("title")}
      description={productIds.length === 0 ? t("lead") : t("leadFor", { count: productIds.length })}
      footer={
        <Button variant="primary" type="submit" form={FORM} pending={create.isPending}>
          {t("create")}
        </Button>
      }
    >
      <form id={FORM} onSubmit={submit} className="flex flex-col gap-4">
        <Field label={t("sku")} help={t("skuHelp")} error={tried && sku.trim() === "" ? t("skuMissing") : undefined}>
          <Input value={sku} maxLength={200} onChange={(event) => setSku(event.currentTarget.value)} />
        </Field>
        <Field label={t("name")} error={tried && name.trim() === "" ? t("nameMissing") : undefined}>
          <Input value={name} maxLength={500} onChange={(event) => setName(event.currentTarget.value)} />
        </Field>
        <Field label={t("barcodes")} note={t("optional")} help={t("barcodesHelp")}>
          <Input value={barcodes} maxLength={1_000} onChange={(event) => setBarcodes(event.currentTarget.value)} />
        </Field>
        <Field label={t("onHand")} note={t("optional")} help={t("onHandHelp")} error={tried && count === null ? t("onHandWrong") : undefined}>
          <Input value={onHand} inputMode="numeric" onChange={(event) => setOnHand(event.currentTarget.value)} />
        </Field>
      </form>
    </Dialog>
  );
}
