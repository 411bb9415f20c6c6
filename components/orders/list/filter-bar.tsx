"use client";

import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { useTRPC } from "@/components/providers/trpc-provider";
import { Button } from "@/components/ui/button";
import { ChannelMark } from "@/components/ui/channel-mark";
import { Checkbox } from "@/components/ui/checkbox";
import { FilterSelect } from "@/components/ui/filter-select";
import { MultiSelect } from "@/components/ui/multi-select";
import { PeriodFilter } from "@/components/ui/period-filter";
import { SearchInput } from "@/components/ui/search-input";
import { Select } from "@/components/ui/select";
import { fulfilmentSchema, urgencySchema } from "@/server/orders/schema";
import { isNarrowed, type OrderFilterState, PERIODS, useOrderFilters } from "./filters";

export function FilterBar() {
  const t = useTranslations("orders.filters");
  const word = useTranslations("orders");
  const [state, setState] = useOrderFilters();
  const set = (change: Partial<OrderFilterState>) => void setState(change);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchField />
      <div className="flex items-center gap-2 max-sm:w-full max-sm:overflow-x-auto max-sm:[scrollbar-width:none] sm:contents [&>*]:shrink-0">
        {state.tab === "waiting" ? (
          <Select
            size="sm"
            className="w-36"
            label={t("urgency")}
            value={state.urgency ?? "waiting"}
            onValueChange={(value) => set({ urgency: value === "waiting" ? null : value })}
            options={[...urgencySchema.options].reverse().map((value) => ({ value, label: t(`urgencies.${value}`) }))}
          />
        ) : null}
        <Shops />
        <MultiSelect
          size="sm"
          className="w-40"
          label={t("fulfilment")}
          none={t("allFulfilments")}
          values={state.fulfilment}
          onValuesChange={(values) => set({ fulfilment: fulfilmentSchema.options.filter((entry) => values.includes(entry)) })}
          options={fulfilmentSchema.options.map((value) => ({ value, label: word(`fulfilments.${value}`) }))}
        />
        <PeriodFilter
          className="w-36"
          words={{ period: t("period"), from: t("from"), to: t("to") }}
          options={PERIODS.map((value) => ({ value, label: t(`periods.${value}`) }))}
          value={state}
          onValueChange={set}
        />
        <Checkbox checked={state.short} onCheckedChange={(short) => set({ short })} label={<span className="text-sm text-ink-muted">{t("short")}</span>} />
        {isNarrowed(state) ? (
          <Button size="sm" variant="ghost" icon={<X />} onClick={() => void setState({ ...NOTHING })}>
            {t("clear")}
          </Button>
        ) : null}
      </div>
    </div>
  );
}

const NOTHING = { urgency: null, connection: null, organization: null, fulfilment: null, days: null, from: null, to: null, short: null, q: null } as const;
const TYPING_MS = 250;

/** Typed words become a question once the keys rest. */
function SearchField() {
  const t = useTranslations("orders.filters");
  const [{ q }, setState] = useOrderFilters();
  const [typed, setTyped] = useState(q);
  useEffect(() => setTyped(q), [q]);
  useEffect(() => {
    if (typed === q) return;
    const timer = window.setTimeout(() => void setState({ q: typed }), TYPING_MS);
    return () => window.clearTimeout(timer);
  }, [typed, q, setState]);
  return (
    <div className="w-72 max-sm:w-full">
      <SearchInput label={t("search")} value={typed} isMain onValueChange={setTyped} />
    </div>
  );
}

function Shops() {
  const t = useTranslations("orders.filters");
  const trpc = useTRPC();
  const [state, setState] = useOrderFilters();
  const { data: organizations } = useQuery(trpc.access.organizations.list.queryOptions({}));
  const { data: connections } = useQuery(trpc.integrations.list.queryOptions());
  return (
    <>
      <FilterSelect
        className="w-48"
        label={t("connection")}
        all={t("allConnections")}
        value={state.connection}
        onValueChange={(connection) => void setState({ connection })}
        options={(connections ?? []).map(({ id, name, connectorId }) => ({ value: id, label: name, icon: <ChannelMark system={connectorId} size="sm" /> }))}
      />
      <FilterSelect
        className="w-44"
        label={t("organization")}
        all={t("allOrganizations")}
        value={state.organization}
        onValueChange={(organization) => void setState({ organization })}
        options={(organizations ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      />
    </>
  );
}
