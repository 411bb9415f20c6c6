"use client";

import { parseAsArrayOf, parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { fulfilmentSchema, orderStateSchema, urgencySchema } from "@/server/orders/schema";

export const PERIODS = ["all", "1", "7", "30", "90", "custom"] as const;
/** What the tabs show: everything, one state, or what has to be handed over. */
export const TABS = ["all", "waiting", ...orderStateSchema.options] as const;
export type Tab = (typeof TABS)[number];

/** The filters by their names in the address; what a saved view keeps. */
export const ORDER_PARSERS = {
  tab: parseAsStringLiteral(TABS).withDefault("all"),
  urgency: parseAsStringLiteral(urgencySchema.options),
  connection: parseAsString,
  organization: parseAsString,
  fulfilment: parseAsArrayOf(parseAsStringLiteral(fulfilmentSchema.options)).withDefault([]),
  days: parseAsStringLiteral(PERIODS).withDefault("all"),
  from: parseAsString.withDefault(""),
  to: parseAsString.withDefault(""),
  short: parseAsBoolean.withDefault(false),
  q: parseAsString.withDefault(""),
};

/** The filters live in the address: a view can be bookmarked and sent. A link that names its days means them, whatever the period says. */
export function useOrderFilters() {
  const [state, setState] = useQueryStates(ORDER_PARSERS, { history: "replace", shallow: true, clearOnDefault: true });
  const hasDays = state.from !== "" || state.to !== "";
  return [hasDays ? { ...state, days: "custom" as const } : state, setState] as const;
}

export type OrderFilterState = ReturnType<typeof useOrderFilters>[0];

/** The order that is open beside the list. */
export function useOpenOrder() {
  const [{ order }, set] = useQueryStates({ order: parseAsString }, { history: "push", shallow: true });
  return [order, (id: string | null) => void set({ order: id })] as const;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 86_400_000;
const startOf = (day: string) => new Date(`${day}T00:00:00Z`);

function period({ days, from, to }: OrderFilterState, today: Date): { from?: Date; to?: Date } {
  if (days === "all") return {};
  if (days === "custom")
    return { ...(DAY.test(from) ? { from: startOf(from) } : {}), ...(DAY.test(to) ? { to: new Date(startOf(to).getTime() + DAY_MS) } : {}) };
  return { from: new Date(today.getTime() - (Number(days) - 1) * DAY_MS) };
}

/** What the server is asked; the same for list and export. `today`: the workspace's day at 00:00 UTC. */
export function orderQuery(state: OrderFilterState, today: Date) {
  const { tab, urgency, connection, organization, fulfilment, short, q } = state;
  return {
    ...(tab === "all" || tab === "waiting" ? {} : { states: [tab] }),
    ...(tab === "waiting" ? { shipBy: urgency ?? ("waiting" as const) } : {}),
    ...(connection === null ? {} : { connectionIds: [connection] }),
    ...(organization === null ? {} : { organizationIds: [organization] }),
    ...(fulfilment.length === 0 ? {} : { fulfilments: [...fulfilment] }),
    ...period(state, today),
    ...(short ? { short: true } : {}),
    ...(q.trim() === "" ? {} : { search: q.trim() }),
  };
}

export type OrderQuery = ReturnType<typeof orderQuery>;

/** Whether anything but the tab narrows the list. */
export function isNarrowed({ connection, organization, fulfilment, days, short, q, urgency }: OrderFilterState): boolean {
  return connection !== null || organization !== null || fulfilment.length > 0 || days !== "all" || short || q.trim() !== "" || urgency !== null;
}

/** Address of the export of exactly what is on the screen. */
export function exportAddress(query: OrderQuery | { readonly ids: readonly string[] }, format: "csv" | "xlsx", separator: "comma" | "semicolon"): string {
  const parameters = new URLSearchParams({ format, separator });
  for (const [name, value] of Object.entries(query))
    parameters.set(name, Array.isArray(value) ? value.join(",") : value instanceof Date ? value.toISOString() : String(value));
  return `/api/orders/export?${parameters}`;
}
