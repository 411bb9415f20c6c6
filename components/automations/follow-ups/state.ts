"use client";

import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { followUpStatusSchema } from "@/server/follow-ups/schema";

export const TABS = ["rules", "log", "effect"] as const;
export const STATUSES = followUpStatusSchema.options;

const parsers = {
  tab: parseAsStringLiteral(TABS).withDefault("rules"),
  status: parseAsStringLiteral(STATUSES),
  rule: parseAsString,
};

/** Which tab, and what of the log: in the address, so that "why was this not sent" can be asked with a link. */
export function useFollowUpState() {
  return useQueryStates(parsers, { history: "replace", shallow: true, clearOnDefault: true });
}
