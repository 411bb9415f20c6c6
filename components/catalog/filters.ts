"use client";

import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";

export const TABS = ["all", "different", "rejected", "short", "uncounted", "unmatched", "apart", "archived"] as const;
export type CatalogTab = (typeof TABS)[number];

/** The filters by their names in the address; what a saved view keeps. */
export const CATALOG_PARSERS = {
  show: parseAsStringLiteral(TABS).withDefault("all"),
  q: parseAsString.withDefault(""),
  shop: parseAsString,
};

const address = {
  ...CATALOG_PARSERS,
  /** The variant whose drawer is open. */
  item: parseAsString,
};

/** What is shown lives in the address: a view can be bookmarked and sent. */
export function useCatalogFilters() {
  return useQueryStates(address, { history: "replace", shallow: true, clearOnDefault: true });
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A hand-made address asks for nothing impossible. */
export const idOrNull = (text: string | null): string | null => (text !== null && UUID.test(text) ? text : null);
