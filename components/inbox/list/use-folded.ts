"use client";

import { useSyncExternalStore } from "react";

const PLACE = "karavan.inbox.folded";
const listeners = new Set<() => void>();
let folded: ReadonlySet<string> | undefined;
const none: ReadonlySet<string> = new Set();

const read = () => {
  folded ??= new Set((window.localStorage.getItem(PLACE) ?? "").split(",").filter((id) => id !== ""));
  return folded;
};

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Which groups of the left pane are folded: remembered by this browser. */
export function useFolded() {
  const ids = useSyncExternalStore(subscribe, read, () => none);
  const toggle = (id: string) => {
    const next = new Set(ids);
    if (!next.delete(id)) next.add(id);
    folded = next;
    window.localStorage.setItem(PLACE, [...next].join(","));
    for (const listener of listeners) listener();
  };
  return { isOpen: (id: string) => !ids.has(id), toggle };
}
