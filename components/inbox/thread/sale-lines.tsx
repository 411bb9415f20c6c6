"use client";

import { useFormatter, useTranslations } from "next-intl";
import { Money } from "@/components/ui/money";
import type { ConversationContext } from "@/server/inbox/team/schema";

/** What the order brought, line by line, for those who may see money. */
export function SaleLines({ sales }: { readonly sales: NonNullable<ConversationContext["sales"]> }) {
  const t = useTranslations("thread.details");
  const format = useFormatter();
  if (sales.length === 0) return <p className="mt-1 text-sm text-pretty text-ink-muted">{t("noSales")}</p>;
  return (
    <ul className="mt-2 flex flex-col">
      {sales.map((line) => (
        <li key={line.id} className="flex items-start gap-2 border-t py-1.5 text-sm first:border-t-0">
          <span className="min-w-0 flex-1">
            <span className="block truncate">{line.productName ?? line.sku ?? t("unnamedProduct")}</span>
            <span className="tabular block text-xs text-ink-faint">
              {format.dateTime(new Date(`${line.date}T00:00:00Z`), { day: "numeric", month: "short", timeZone: "UTC" })}
              {line.quantity === 1 ? "" : ` · ×${line.quantity}`}
              {line.kind === "return" ? ` · ${t("return")}` : ""}
            </span>
          </span>
          <Money value={{ minor: line.revenueMinor, currency: line.currency }} className="shrink-0" />
        </li>
      ))}
    </ul>
  );
}
