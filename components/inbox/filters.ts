"use client";

import { parseAsArrayOf, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";

export const VIEWS = ["active", "waiting", "unread", "resolved", "closed", "all"] as const;
export type InboxView = (typeof VIEWS)[number];

const parsers = {
  view: parseAsStringLiteral(VIEWS).withDefault("active"),
  q: parseAsString.withDefault(""),
  sort: parseAsStringLiteral(["newest", "waiting"] as const).withDefault("newest"),
  connection: parseAsArrayOf(parseAsString).withDefault([]),
  conversation: parseAsString,
};

/** Everything that decides what the inbox shows lives in the address, so a view can be sent to a colleague. */
export function useInboxState() {
  return useQueryStates(parsers, { history: "replace", shallow: true, clearOnDefault: true });
}

export type InboxState = ReturnType<typeof useInboxState>[0];

/** The list query of a view; the names on the left are what people see. */
export function listInput(state: Pick<InboxState, "view" | "q" | "sort" | "connection">) {
  const byView = {
    active: { statuses: ["open", "pending"] as ("open" | "pending")[] },
    waiting: { statuses: ["open", "pending"] as ("open" | "pending")[], waiting: true },
    unread: { unread: true },
    resolved: { statuses: ["resolved"] as "resolved"[] },
    closed: { statuses: ["closed"] as "closed"[] },
    all: {},
  } as const;
  const search = state.q.trim();
  return {
    ...byView[state.view],
    sort: state.view === "waiting" ? ("waiting" as const) : state.sort,
    ...(search === "" ? {} : { search }),
    ...(state.connection.length === 0 ? {} : { connectionIds: [...state.connection] }),
  };
}
