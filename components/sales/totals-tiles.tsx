"use client";

import { useQuery } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useTRPC } from "@/components/providers/trpc-provider";
import { Money } from "@/components/ui/money";
import { Skeleton } from "@/components/ui/skeleton";
import type { SaleSums } from "@/server/sales/schema";
import { type SaleQuery, useShowLines } from "./filters";

/** Revenue, returns, fees and payout of the chosen lines: one row a currency, amounts are never mixed. */
export function TotalsTiles({ query }: { readonly query: SaleQuery }) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.sales.totals.queryOptions({ ...query, by: "day" }, { placeholderData: (before) => before }));
  if (data === undefined) return <Skeleton className="h-24" />;
  return (
    <div className="flex flex-col gap-3">
      {data.overall.map((sums) => (
        <Tiles key={sums.currency} sums={sums} />
      ))}
    </div>
  );
}

function Tiles({ sums }: { readonly sums: SaleSums }) {
  const t = useTranslations("sales.totals");
  const format = useFormatter();
  const show = useShowLines();
  const { currency } = sums;
  const money = (minor: bigint) => <Money value={{ minor, currency }} />;
  return (
    <dl className="grid grid-cols-2 divide-line overflow-hidden rounded-lg border bg-surface shadow-card sm:grid-cols-3 lg:grid-cols-5 lg:divide-x">
      <Tile label={t("revenue")} strong onShow={() => show({ currency })}>
        {money(sums.revenueMinor)}
      </Tile>
      <Tile label={t("returns")} onShow={() => show({ currency, kind: ["return"] })}>
        {money(sums.returnsMinor)}
      </Tile>
      <Tile label={t("fees")} onShow={() => show({ currency, having: "fees" })}>
        {money(sums.feesMinor)}
      </Tile>
      <Tile label={t("payout")} onShow={() => show({ currency, having: "payout" })}>
        {money(sums.payoutMinor)}
      </Tile>
      <Tile label={t("quantity")} onShow={() => show({ currency, kind: ["sale", "return"] })}>
        {format.number(sums.quantity)}
      </Tile>
    </dl>
  );
}

interface TileProps {
  readonly label: string;
  readonly strong?: boolean;
  /** Leads to the lines the number is made of. */
  readonly onShow: () => void;
  readonly children: ReactNode;
}

function Tile({ label, strong = false, onShow, children }: TileProps) {
  const t = useTranslations("sales.totals");
  return (
    <div className="min-w-0 px-4 py-3">
      <dt className="text-sm text-ink-muted">{label}</dt>
      <dd className={strong ? "tabular text-xl font-semibold" : "tabular text-lg font-medium"}>
        <button type="button" title={t("show")} onClick={onShow} className="block max-w-full truncate rounded-sm text-left hover:text-accent-text">
          {children}
        </button>
      </dd>
    </div>
  );
}
