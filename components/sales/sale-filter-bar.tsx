"use client";

import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/providers/trpc-provider";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { FilterSelect } from "@/components/ui/filter-select";
import { PeriodFilter } from "@/components/ui/period-filter";
import { SearchInput } from "@/components/ui/search-input";
import { KINDS, PERIODS, type SaleFilterState, SETTLEMENTS, useSaleFilters } from "./filters";

export function SaleFilterBar() {
  const t = useTranslations("sales.filters");
  const trpc = useTRPC();
  const [state, setState] = useSaleFilters();
  const { data: organizations } = useQuery(trpc.access.organizations.list.queryOptions({}));
  const { data: connections } = useQuery(trpc.integrations.list.queryOptions());
  const set = (change: Partial<SaleFilterState>) => void setState(change);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <PeriodFilter
        className="w-40"
        words={{ period: t("period"), from: t("from"), to: t("to") }}
        options={PERIODS.map((value) => ({ value, label: t(`periods.${value}`) }))}
        value={state}
        onValueChange={set}
      />
      <FilterSelect
        className="w-48"
        label={t("organization")}
        all={t("allOrganizations")}
        value={state.organization}
        onValueChange={(organization) => set({ organization })}
        options={(organizations ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      />
      <FilterSelect
        className="w-48"
        label={t("connection")}
        all={t("allConnections")}
        value={state.connection}
        onValueChange={(connection) => set({ connection })}
        options={(connections ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      />
      <FilterSelect
        className="w-40"
        label={t("kind")}
        all={t("allKinds")}
        value={state.kind.length === 1 ? (state.kind[0] ?? null) : null}
        onValueChange={(kind) => set({ kind: kind === null ? [] : [kind] })}
        options={KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
      />
      <FilterSelect
        className="w-44"
        label={t("settlement")}
        all={t("allSettlements")}
        value={state.settlement}
        onValueChange={(settlement) => set({ settlement })}
        options={SETTLEMENTS.map((value) => ({ value, label: t(`settlements.${value}`) }))}
      />
      <div className="w-64">
        <SearchInput label={t("search")} value={state.q} isMain onValueChange={(next) => set({ q: next })} />
      </div>
      <Checkbox
        checked={state.duplicates}
        onCheckedChange={(duplicates) => set({ duplicates })}
        label={<span className="text-sm text-ink-muted">{t("duplicates")}</span>}
      />
      {state.sku === null ? null : (
        <Button size="sm" icon={<X />} onClick={() => set({ sku: null })}>
          SKU {state.sku}
        </Button>
      )}
      {state.currency === null ? null : (
        <Button size="sm" icon={<X />} onClick={() => set({ currency: null })}>
          {state.currency}
        </Button>
      )}
      {state.having === null ? null : (
        <Button size="sm" icon={<X />} onClick={() => set({ having: null })}>
          {t(`having.${state.having}`)}
        </Button>
      )}
      {state.kind.length < 2 ? null : (
        <Button size="sm" icon={<X />} onClick={() => set({ kind: [] })}>
          {state.kind.map((kind) => t(`kinds.${kind}`)).join(", ")}
        </Button>
      )}
      {state.import === null ? null : (
        <Button size="sm" icon={<X />} onClick={() => set({ import: null })}>
          {t("oneFile")}
        </Button>
      )}
    </div>
  );
}
