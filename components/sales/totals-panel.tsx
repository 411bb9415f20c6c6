"use client";

import { useQuery } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { useTRPC } from "@/components/providers/trpc-provider";
import { Card } from "@/components/ui/card";
import { Money } from "@/components/ui/money";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Tabs } from "@/components/ui/tabs";
import { GROUPINGS, type SaleQuery, useSaleFilters, useShowLines } from "./filters";

/** Totals by day, product, organization or shop; each leads to its own lines. */
export function TotalsPanel({ query }: { readonly query: SaleQuery }) {
  const t = useTranslations("sales.groups");
  const trpc = useTRPC();
  const [state, setState] = useSaleFilters();
  const show = useShowLines();
  const { data } = useQuery(trpc.sales.totals.queryOptions({ ...query, by: state.by }, { placeholderData: (before) => before }));
  return (
    <Card padding="flush" className="flex flex-col">
      <Tabs
        value={state.by}
        onValueChange={(by) => void setState({ by })}
        label={t("label")}
        tabs={GROUPINGS.map((value) => ({ value, label: t(value) }))}
        className="px-2"
      />
      {data === undefined ? <SkeletonRows rows={5} /> : null}
      <section aria-label={t("label")} tabIndex={0} className="focus-inset max-h-72 overflow-y-auto">
        <ul className="divide-y">
          {data?.groups.map((group) => (
            <li key={`${group.key} ${group.currency}`} className="flex items-center justify-between gap-3 px-4 py-2">
              <GroupLabel by={state.by} group={group} onShow={() => show(narrowing(state.by, group.key))} />
              <Money value={{ minor: group.revenueMinor, currency: group.currency }} className="shrink-0 text-base font-medium" />
            </li>
          ))}
        </ul>
      </section>
    </Card>
  );
}

type By = (typeof GROUPINGS)[number];

/** The filters that leave the lines of a group. */
function narrowing(by: By, key: string): Partial<Record<"from" | "to" | "sku" | "organization" | "connection", string>> {
  if (by === "day") return { from: key, to: key };
  return { [by === "product" ? "sku" : by]: key };
}

interface GroupLabelProps {
  readonly by: By;
  readonly group: { readonly key: string; readonly label: string | null; readonly quantity: number };
  readonly onShow: () => void;
}

function GroupLabel({ by, group, onShow }: GroupLabelProps) {
  const t = useTranslations("sales.groups");
  const format = useFormatter();
  const day = () => format.dateTime(new Date(`${group.key}T00:00:00Z`), { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });
  const name = by === "day" ? day() : (group.label ?? (group.key === "" ? t("without") : group.key));
  const words = (
    <>
      <span className="line-clamp-2">{name}</span>
      <span className="block text-xs text-ink-faint">{t("pieces", { count: group.quantity })}</span>
    </>
  );
  // Lines without a product or a shop have nothing to be found by.
  if (group.key === "") return <span className="min-w-0">{words}</span>;
  return (
    <button type="button" onClick={onShow} className="focus-inset min-w-0 rounded-sm text-left hover:text-accent-text">
      {words}
    </button>
  );
}
