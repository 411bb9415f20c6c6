"use client";

import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import type { TemplateView } from "@/server/replies/schema";

export const OWNERSHIPS = ["all", "shared", "mine"] as const;

const parsers = {
  q: parseAsString.withDefault(""),
  whose: parseAsStringLiteral(OWNERSHIPS).withDefault("all"),
  channel: parseAsString,
};

export function useTemplateFilters() {
  return useQueryStates(parsers, { history: "replace", shallow: true, clearOnDefault: true });
}

export type TemplateFilters = ReturnType<typeof useTemplateFilters>[0];

/** What the server does not sort out: whose they are. */
export function isWanted(template: Pick<TemplateView, "isShared" | "isMine">, whose: TemplateFilters["whose"]): boolean {
  return whose === "all" || (whose === "shared" ? template.isShared : template.isMine);
}
