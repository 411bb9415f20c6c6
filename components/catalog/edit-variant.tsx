"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useTRPC } from "@/components/providers/trpc-provider";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { VariantView } from "@/server/catalog/schema";
import { useCatalogChange } from "./use-catalog-change";

const FORM = "edit-variant";

export function EditVariant({ variant, onClose }: { readonly variant: VariantView; readonly onClose: () => void }) {
  const t = useTranslations("catalog.newVariant");
  const trpc = useTRPC();
  const { onSuccess, onError } = useCatalogChange();
  const [sku, setSku] = useState(variant.sku);
  const [name, setName] = useState(variant.name);
  const [barcodes, setBarcodes] = useState(variant.barcodes.join(", "));
  const edit = useMutation(
    trpc.catalog.variants.edit.mutationOptions({
      onError,
      onSuccess: () => {
        onClose();
        return onSuccess();
      },
    }),
  );
  const isWhole = sku.trim() !== "" && name.trim() !== "";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isWhole) edit.mutate({ variantId: variant.id, sku, name, barcodes: barcodes.split(/[\s,;]+/).filter((code) => code !== "") });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("editTitle")}
      footer={
        <Button variant="primary" type="submit" form={FORM} pending={edit.isPending}>
          {t("save")}
        </Button>
      }
    >
      <form id={FORM} onSubmit={submit} className="flex flex-col gap-4">
        <Field label={t("sku")} help={t("skuHelp")} error={sku.trim() === "" ? t("skuMissing") : undefined}>
          <Input value={sku} maxLength={200} onChange={(event) => setSku(event.currentTarget.value)} />
        </Field>
        <Field label={t("name")} error={name.trim() === "" ? t("nameMissing") : undefined}>
          <Input value={name} maxLength={500} onChange={(event) => setName(event.currentTarget.value)} />
        </Field>
        <Field label={t("barcodes")} note={t("optional")} help={t("barcodesHelp")}>
          <Input value={barcodes} maxLength={1_000} onChange={(event) => setBarcodes(event.currentTarget.value)} />
        </Field>
      </form>
    </Dialog>
  );
}
