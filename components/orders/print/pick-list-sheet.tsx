"use client";

import { Printer } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { Button, ButtonLink } from "@/components/ui/button";
import { ChannelMark } from "@/components/ui/channel-mark";
import { DateTime } from "@/components/ui/date-time";
import { EmptyState } from "@/components/ui/empty-state";
import type { PickedOrder, PickList } from "@/server/orders/index";

/** A sheet for the shelf: what to take altogether, then each order with a box to tick. Looks on the screen as on paper. */
export function PickListSheet({ list }: { readonly list: PickList }) {
  const t = useTranslations("orders.print");
  const pieces = list.articles.reduce((sum, { quantity }) => sum + quantity, 0);
  if (list.orders.length === 0)
    return (
      <main className="flex min-h-dvh items-center">
        <EmptyState icon={<Printer />} title={t("emptyTitle")} reason={t("empty")} action={<ButtonLink href="/orders">{t("back")}</ButtonLink>} />
      </main>
    );
  return (
    <main className="mx-auto flex max-w-4xl flex-col gap-6 px-6 py-8 print:max-w-none print:p-0">
      <header className="flex flex-wrap items-start justify-between gap-3">
        <div>
          <h1 className="text-xl font-semibold">{t("title")}</h1>
          <p className="text-sm text-ink-muted">{t("summary", { orders: list.orders.length, pieces })}</p>
        </div>
        <span className="flex gap-2 print:hidden">
          <ButtonLink href="/orders">{t("back")}</ButtonLink>
          <Button variant="primary" icon={<Printer />} onClick={() => window.print()}>
            {t("print")}
          </Button>
        </span>
      </header>
      <Articles list={list} />
      <section aria-labelledby="orders" className="flex flex-col">
        <h2 id="orders" className="mb-2 text-base font-semibold">
          {t("orders")}
        </h2>
        {list.orders.map((entry) => (
          <Order key={entry.order.id} entry={entry} />
        ))}
      </section>
    </main>
  );
}

function Articles({ list }: { readonly list: PickList }) {
  const t = useTranslations("orders.print");
  const format = useFormatter();
  return (
    <section aria-labelledby="articles">
      <h2 id="articles" className="mb-2 text-base font-semibold">
        {t("articles")}
      </h2>
      <table className="w-full border-collapse text-sm">
        <thead>
          <tr className="border-b text-left text-xs text-ink-muted">
            <th className="py-1.5 pr-3 font-medium">{t("article")}</th>
            <th className="py-1.5 pr-3 font-medium">{t("name")}</th>
            <th className="py-1.5 text-right font-medium">{t("pieces")}</th>
          </tr>
        </thead>
        <tbody>
          {list.articles.map((line) => (
            <tr key={`${line.article}·${line.name}`} className="break-inside-avoid border-b">
              <td className="tabular py-1.5 pr-3 text-ink-muted">{line.article ?? "–"}</td>
              <td className="py-1.5 pr-3">{line.name}</td>
              <td className="tabular py-1.5 text-right font-semibold">{format.number(line.quantity)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Order({ entry: { order, lines } }: { readonly entry: PickedOrder }) {
  const t = useTranslations("orders");
  const format = useFormatter();
  return (
    <article className="flex break-inside-avoid gap-3 border-t py-3">
      <span aria-hidden="true" className="mt-0.5 size-4 shrink-0 rounded-sm border border-control" />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-0.5">
          <ChannelMark system={order.connectorId} size="sm" label={order.connectionName} />
          <h3 className="tabular font-semibold">{order.number}</h3>
          <span className="text-sm text-ink-muted">{order.connectionName}</span>
          {order.shipBy === null ? null : (
            <span className="tabular ml-auto text-sm text-ink-muted">
              {t("print.shipBy")} <DateTime value={order.shipBy} />
            </span>
          )}
        </div>
        <p className="text-sm text-ink-muted">
          {[order.buyerName, order.city, order.carrier ?? order.deliveryMethod, order.trackingNumber].filter((part) => part !== null).join(" · ")}
        </p>
        <ul className="mt-1 text-sm">
          {lines.map((line) => (
            <li key={`${line.article}·${line.name}`} className="flex gap-3">
              <span className="tabular w-8 shrink-0 text-right font-semibold">{format.number(line.quantity)} ×</span>
              <span className="min-w-0">
                {line.name} {line.article === line.name ? null : <span className="tabular text-ink-muted">{line.article}</span>}
              </span>
            </li>
          ))}
        </ul>
      </div>
    </article>
  );
}
