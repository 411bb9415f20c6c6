"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { useMay } from "@/components/layout/use-may";
import { useTRPC } from "@/components/providers/trpc-provider";
import { useErrorText } from "@/components/providers/use-error-text";
import { Button } from "@/components/ui/button";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toast";
import type { OrderView } from "@/server/orders/schema";
import { Section } from "./section";

/** The team's own words; never sent anywhere. */
export function OrderNote({ order }: { readonly order: OrderView }) {
  const t = useTranslations("orders.note");
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorText = useErrorText();
  const mayWrite = useMay("orders.write");
  const saved = order.note ?? "";
  const [text, setText] = useState(saved);
  useEffect(() => setText(saved), [saved]);
  const save = useMutation(
    trpc.orders.setNote.mutationOptions({
      onSuccess: () => void client.invalidateQueries(trpc.orders.get.queryFilter({ orderId: order.id })),
      onError: (error) => toast.failed(errorText(error).text),
    }),
  );
  if (!mayWrite) return saved === "" ? null : <Section title={t("title")}>{<p className="text-base whitespace-pre-wrap">{saved}</p>}</Section>;
  return (
    <Section title={t("title")}>
      <Textarea value={text} rows={2} placeholder={t("placeholder")} aria-label={t("title")} onChange={(event) => setText(event.currentTarget.value)} />
      {text.trim() === saved ? null : (
        <div className="mt-2 flex justify-end gap-2">
          <Button size="sm" variant="ghost" onClick={() => setText(saved)}>
            {t("discard")}
          </Button>
          <Button size="sm" variant="primary" pending={save.isPending} onClick={() => save.mutate({ orderId: order.id, note: text })}>
            {t("save")}
          </Button>
        </div>
      )}
    </Section>
  );
}
