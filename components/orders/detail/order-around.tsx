"use client";

import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { RelativeTime } from "@/components/ui/date-time";
import { Money } from "@/components/ui/money";
import type { OrderView } from "@/server/orders/schema";
import { StateName } from "../parts/order-state";
import { Section } from "./section";

const row = "focus-inset -mx-2 flex items-center gap-3 rounded-md px-2 py-1.5 hover:bg-hover";

/** What else belongs to the order: its other parts, what buyers wrote about it, what it brought. */
export function OrderAround({ order }: { readonly order: OrderView }) {
  const t = useTranslations("orders.around");
  const { siblings, conversations, sales } = order;
  return (
    <>
      {siblings.length === 0 ? null : (
        <Section title={t("siblings", { number: order.groupNumber ?? "" })}>
          {siblings.map((sibling) => (
            <Link key={sibling.id} href={`/orders?order=${sibling.id}`} className={row}>
              <span className="tabular min-w-0 flex-1 truncate">{sibling.number}</span>
              <StateName state={sibling.state} />
            </Link>
          ))}
        </Section>
      )}
      {conversations === null || conversations.length === 0 ? null : (
        <Section title={t("conversations")}>
          {conversations.map((conversation) => (
            <Link key={conversation.id} href={`/inbox/${conversation.id}`} className={row}>
              <span className="min-w-0 flex-1 truncate">{conversation.lastMessagePreview}</span>
              <RelativeTime
                value={conversation.lastMessageAt}
                className={conversation.waitingSince === null ? "tabular text-sm text-ink-faint" : "tabular text-sm text-attention-text"}
              />
            </Link>
          ))}
        </Section>
      )}
      {sales === null || sales.length === 0 ? null : <Sales sales={sales} />}
    </>
  );
}

function Sales({ sales }: { readonly sales: NonNullable<OrderView["sales"]> }) {
  const t = useTranslations("orders.around");
  const format = useFormatter();
  return (
    <Section title={t("sales")}>
      <ul>
        {sales.map((line) => (
          <li key={line.id} className="flex items-start gap-3 py-1 text-base">
            <span className="min-w-0 flex-1">
              <span className="block truncate">{line.productName ?? line.sku ?? t("unnamed")}</span>
              <span className="tabular block text-xs text-ink-faint">
                {format.dateTime(new Date(`${line.date}T00:00:00Z`), { day: "numeric", month: "short", timeZone: "UTC" })}
                {line.isPreliminary ? ` · ${t("preliminary")}` : ""}
              </span>
            </span>
            <Money value={{ minor: line.revenueMinor, currency: line.currency }} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
