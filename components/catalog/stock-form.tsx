"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useTRPC } from "@/components/providers/trpc-provider";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import type { ChangeStockInput, VariantView } from "@/server/catalog/schema";
import { piecesFromText } from "./amounts";
import { useCatalogChange } from "./use-catalog-change";

const KINDS = ["counted", "received", "written_off", "returned"] as const;

/** Counting, receiving, writing off. A shelf nobody counted can only be counted. */
export function StockForm({ variant }: { readonly variant: Pick<VariantView, "id" | "onHand"> }) {
  const t = useTranslations("catalog.stock");
  const trpc = useTRPC();
  const { onSuccess, onError } = useCatalogChange();
  const [kind, setKind] = useState<ChangeStockInput["kind"]>(variant.onHand === null ? "counted" : "received");
  const [text, setText] = useState("");
  const [note, setNote] = useState("");
  const [tried, setTried] = useState(false);
  const quantity = piecesFromText(text);
  const change = useMutation(
    trpc.catalog.variants.changeStock.mutationOptions({
      onError,
      onSuccess: () => {
        setText("");
        setNote("");
        setTried(false);
        toast.done(t("done"));
        return onSuccess();
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (quantity !== null) change.mutate({ variantId: variant.id, kind, quantity, ...(note.trim() === "" ? {} : { note }) });
  };
  return (
    <form onSubmit={submit} aria-label={t("title")} className="flex flex-wrap items-start gap-3 rounded-lg bg-sunken p-3">
      <Field label={t("what")} className="w-full sm:w-40">
        <Select
          value={kind}
          onValueChange={setKind}
          options={KINDS.map((value) => ({ value, label: t(`kinds.${value}`), disabled: value !== "counted" && variant.onHand === null }))}
        />
      </Field>
      <Field label={kind === "counted" ? t("there") : t("pieces")} className="w-28" error={tried && quantity === null ? t("whole") : undefined}>
        <Input value={text} inputMode="numeric" onChange={(event) => setText(event.currentTarget.value)} />
      </Field>
      <Field label={t("note")} note={t("optional")} className="min-w-40 flex-1">
        <Input value={note} maxLength={500} onChange={(event) => setNote(event.currentTarget.value)} />
      </Field>
      <Button variant="primary" type="submit" pending={change.isPending} className="sm:mt-6.5">
        {t("book")}
      </Button>
    </form>
  );
}
