"use client";

import { useQuery } from "@tanstack/react-query";
import { Search, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/providers/trpc-provider";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { KINDS, PERIODS, type SaleFilterState, SETTLEMENTS, useSaleFilters } from "./filters";

const ALL = "all";

export function SaleFilterBar() {
  const t = useTranslations("sales.filters");
  const trpc = useTRPC();
  const [state, setState] = useSaleFilters();
  const { data: organizations } = useQuery(trpc.access.organizations.list.queryOptions({}));
  const { data: connections } = useQuery(trpc.integrations.list.queryOptions());
  const set = (change: Partial<SaleFilterState>) => void setState(change);
  const kind = state.kind.length === 1 ? (state.kind[0] ?? ALL) : ALL;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Select
        size="sm"
        className="w-40"
        label={t("period")}
        value={state.days}
        onValueChange={(days) => set(days === "custom" ? { days } : { days, from: "", to: "" })}
        options={PERIODS.map((value) => ({ value, label: t(`periods.${value}`) }))}
      />
      {state.days === "custom" ? (
        <>
          <Input
            size="sm"
            type="date"
            className="w-36"
            aria-label={t("from")}
            value={state.from}
            onChange={(event) => set({ from: event.currentTarget.value })}
          />
          <Input size="sm" type="date" className="w-36" aria-label={t("to")} value={state.to} onChange={(event) => set({ to: event.currentTarget.value })} />
        </>
      ) : null}
      {organizations === undefined || organizations.length < 2 ? null : (
        <Select
          size="sm"
          className="w-48"
          label={t("organization")}
          value={state.organization ?? ALL}
          onValueChange={(value) => set({ organization: value === ALL ? null : value })}
          options={[{ value: ALL, label: t("allOrganizations") }, ...organizations.map((entry) => ({ value: entry.id, label: entry.name }))]}
        />
      )}
      {connections === undefined || connections.length < 2 ? null : (
        <Select
          size="sm"
          className="w-48"
          label={t("connection")}
          value={state.connection ?? ALL}
          onValueChange={(value) => set({ connection: value === ALL ? null : value })}
          options={[{ value: ALL, label: t("allConnections") }, ...connections.map((entry) => ({ value: entry.id, label: entry.name }))]}
        />
      )}
      <Select
        size="sm"
        className="w-40"
        label={t("kind")}
        value={kind}
        onValueChange={(value) => set({ kind: KINDS.filter((entry) => entry === value) })}
        options={[{ value: ALL, label: t("allKinds") }, ...KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))]}
      />
      <Select
        size="sm"
        className="w-44"
        label={t("settlement")}
        value={state.settlement ?? ALL}
        onValueChange={(value) => set({ settlement: value === ALL ? null : value })}
        options={[{ value: ALL, label: t("allSettlements") }, ...SETTLEMENTS.map((value) => ({ value, label: t(`settlements.${value}`) }))]}
      />
      <div className="w-64">
        <Input
          size="sm"
          type="search"
          leading={<Search />}
          value={state.q}
          placeholder={t("search")}
          aria-label={t("search")}
          data-shortcut="search"
          onChange={(event) => set({ q: event.currentTarget.value })}
        />
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
    </div>
  );
}
