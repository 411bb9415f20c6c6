"use client";

import { parseAsArrayOf, parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";

export const PERIODS = ["7", "30", "90", "custom"] as const;
export const KINDS = ["sale", "return", "fee", "correction"] as const;
export const SETTLEMENTS = ["final", "preliminary", "superseded"] as const;
export const HAVINGS = ["fees", "payout"] as const;
export const GROUPINGS = ["day", "product", "organization", "connection"] as const;

/** The filters by their names in the address; what a saved view keeps. */
export const SALE_PARSERS = {
  days: parseAsStringLiteral(PERIODS).withDefault("30"),
  from: parseAsString.withDefault(""),
  to: parseAsString.withDefault(""),
  organization: parseAsString,
  connection: parseAsString,
  kind: parseAsArrayOf(parseAsStringLiteral(KINDS)).withDefault([]),
  q: parseAsString.withDefault(""),
  settlement: parseAsStringLiteral(SETTLEMENTS),
  duplicates: parseAsBoolean.withDefault(false),
  by: parseAsStringLiteral(GROUPINGS).withDefault("day"),
  sku: parseAsString,
  import: parseAsString,
  currency: parseAsString,
  having: parseAsStringLiteral(HAVINGS),
};

/** The filters live in the address: a view can be bookmarked and sent. A link that names its days means them, whatever the period says. */
export function useSaleFilters() {
  const [state, setState] = useQueryStates(SALE_PARSERS, { history: "replace", shallow: true, clearOnDefault: true });
  const hasDays = state.from !== "" || state.to !== "";
  return [hasDays ? { ...state, days: "custom" as const } : state, setState] as const;
}

/** Where the lines stand on the page: what a number is made of. */
export const LINES_ID = "sale-lines";

/** Narrows the page to the lines a number is made of, and goes there. */
export function useShowLines() {
  const [, setState] = useSaleFilters();
  return (change: Parameters<typeof setState>[0]) => {
    void setState(change);
    document.getElementById(LINES_ID)?.scrollIntoView({ block: "start" });
  };
}

export type SaleFilterState = ReturnType<typeof useSaleFilters>[0];

const CURRENCY = /^[A-Z]{3}$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

function period({ days, from, to }: SaleFilterState, today: Date): { from?: string; to?: string } {
  if (days === "custom") return { ...(DAY.test(from) ? { from } : {}), ...(DAY.test(to) ? { to } : {}) };
  const start = new Date(today.getTime() - (Number(days) - 1) * 86_400_000);
  return { from: start.toISOString().slice(0, 10), to: today.toISOString().slice(0, 10) };
}

/** What the server is asked; the same for list, totals, chart and export. */
export function saleQuery(state: SaleFilterState, today: Date) {
  return {
    ...period(state, today),
    ...(state.organization === null ? {} : { organizationIds: [state.organization] }),
    ...(state.connection === null ? {} : { connectionIds: [state.connection] }),
    ...(state.kind.length === 0 ? {} : { kinds: [...state.kind] }),
    ...(state.q.trim() === "" ? {} : { search: state.q.trim() }),
    ...(state.sku === null ? {} : { sku: state.sku }),
    ...(state.import === null ? {} : { importId: state.import }),
    ...(state.currency === null || !CURRENCY.test(state.currency) ? {} : { currency: state.currency }),
    ...(state.having === null ? {} : { having: state.having }),
    ...(state.settlement === null ? {} : { settlement: state.settlement }),
    ...(state.duplicates ? { possibleDuplicates: true } : {}),
  };
}

export type SaleQuery = ReturnType<typeof saleQuery>;

/** Address of the export of exactly what is on the screen. */
export function exportAddress(query: SaleQuery, format: "csv" | "xlsx", separator: "comma" | "semicolon"): string {
  const parameters = new URLSearchParams({ format, separator });
  for (const [name, value] of Object.entries(query)) parameters.set(name, Array.isArray(value) ? value.join(",") : String(value));
  return `/api/sales/export?${parameters}`;
}
