"use client";

import { useQuery } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useTRPC } from "@/components/providers/trpc-provider";
import { Money } from "@/components/ui/money";
import { Skeleton } from "@/components/ui/skeleton";
import type { SaleSums } from "@/server/sales/schema";
import type { SaleQuery } from "./filters";

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
  const money = (minor: bigint) => <Money value={{ minor, currency: sums.currency }} />;
  return (
    <dl className="grid grid-cols-2 divide-line overflow-hidden rounded-lg border bg-surface shadow-card sm:grid-cols-3 lg:grid-cols-5 lg:divide-x">
      <Tile label={t("revenue")} strong>
        {money(sums.revenueMinor)}
      </Tile>
      <Tile label={t("returns")}>{money(sums.returnsMinor)}</Tile>
      <Tile label={t("fees")}>{money(sums.feesMinor)}</Tile>
      <Tile label={t("payout")}>{money(sums.payoutMinor)}</Tile>
      <Tile label={t("quantity")}>{format.number(sums.quantity)}</Tile>
    </dl>
  );
}

function Tile({ label, strong = false, children }: { readonly label: string; readonly strong?: boolean; readonly children: ReactNode }) {
  return (
    <div className="min-w-0 px-4 py-3">
      <dt className="text-sm text-ink-muted">{label}</dt>
      <dd className={strong ? "tabular truncate text-xl font-semibold" : "tabular truncate text-lg font-medium"}>{children}</dd>
    </div>
  );
}
