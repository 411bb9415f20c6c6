"use client";

import { PackageX } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { cn } from "@/components/ui/class-names";
import { Money } from "@/components/ui/money";
import { Notice } from "@/components/ui/notice";
import type { OrderLineView, OrderView } from "@/server/orders/schema";
import { Section } from "./section";

/** What was ordered, and what it comes to. */
export function OrderLines({ order }: { readonly order: OrderView }) {
  const t = useTranslations("orders");
  return (
    <Section title={t("goods")} aside={<span className="tabular text-sm text-ink-faint">{t("pieces", { count: order.pieces })}</span>}>
      {order.isShort ? (
        <Notice tone="attention" className="mb-3">
          {t("shortHint")}
        </Notice>
      ) : null}
      <ul className="flex flex-col">
        {order.lines.map((line) => (
          <Line key={line.id} line={line} currency={order.currency} />
        ))}
      </ul>
      {order.lines.length === 0 ? <p className="text-base text-ink-muted">{t("noLines")}</p> : null}
      <p className="mt-2 flex items-baseline justify-between border-t pt-2 text-base font-semibold">
        {t("total")}
        <Money value={{ minor: order.totalMinor, currency: order.currency }} />
      </p>
    </Section>
  );
}

function Line({ line, currency }: { readonly line: OrderLineView; readonly currency: string }) {
  const t = useTranslations("orders");
  const format = useFormatter();
  const wanted = line.quantity - line.cancelledQuantity;
  return (
    <li className="flex items-start gap-3 border-t py-2 first:border-t-0 first:pt-0">
      <span className="min-w-0 flex-1">
        <span className={cn("block text-base text-pretty", wanted === 0 && "text-ink-faint line-through")}>{line.name}</span>
        <span className="tabular block truncate text-xs text-ink-faint">
          {[line.offerId, line.sku === null ? null : `SKU ${line.sku}`].filter((part) => part !== null).join(" · ")}
        </span>
        {line.cancelledQuantity === 0 ? null : (
          <span className="flex items-center gap-1 text-xs text-attention-text">
            <PackageX className="size-3.5" aria-hidden="true" />
            {t("cancelledPieces", { count: line.cancelledQuantity })}
          </span>
        )}
      </span>
      <span className="tabular shrink-0 text-right text-base">
        <Money value={{ minor: line.priceMinor * BigInt(wanted), currency }} />
        <span className={cn("block text-xs", wanted > 1 ? "font-semibold text-ink" : "text-ink-faint")}>× {format.number(wanted)}</span>
      </span>
    </li>
  );
}
