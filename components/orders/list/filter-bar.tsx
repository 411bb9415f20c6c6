"use client";

import { useQuery } from "@tanstack/react-query";
import { Search, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { useTRPC } from "@/components/providers/trpc-provider";
import { Button } from "@/components/ui/button";
import { ChannelMark } from "@/components/ui/channel-mark";
import { Checkbox } from "@/components/ui/checkbox";
import { Input } from "@/components/ui/input";
import { MultiSelect } from "@/components/ui/multi-select";
import { Select } from "@/components/ui/select";
import { fulfilmentSchema, urgencySchema } from "@/server/orders/schema";
import { isNarrowed, type OrderFilterState, PERIODS, useOrderFilters } from "./filters";

const ALL = "all";

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
        <Select
          size="sm"
          className="w-36"
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
      <Input
        size="sm"
        type="search"
        leading={<Search />}
        value={typed}
        placeholder={t("search")}
        aria-label={t("search")}
        data-shortcut="search"
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
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
      {connections === undefined || connections.length < 2 ? null : (
        <Select
          size="sm"
          className="w-48"
          label={t("connection")}
          value={state.connection ?? ALL}
          onValueChange={(value) => void setState({ connection: value === ALL ? null : value })}
          options={[
            { value: ALL, label: t("allConnections") },
            ...connections.map((entry) => ({ value: entry.id, label: entry.name, icon: <ChannelMark system={entry.connectorId} size="sm" /> })),
          ]}
        />
      )}
      {organizations === undefined || organizations.length < 2 ? null : (
        <Select
          size="sm"
          className="w-44"
          label={t("organization")}
          value={state.organization ?? ALL}
          onValueChange={(value) => void setState({ organization: value === ALL ? null : value })}
          options={[{ value: ALL, label: t("allOrganizations") }, ...organizations.map((entry) => ({ value: entry.id, label: entry.name }))]}
        />
      )}
    </>
  );
}
