"use client";

import { useEffect, useSyncExternalStore } from "react";
import type { NavigationId } from "./navigation";

export type LiveState = "live" | "catching-up" | "offline";

interface Signals {
  readonly live: LiveState;
  readonly counts: Readonly<Partial<Record<NavigationId, number>>>;
}

const initial: Signals = { live: "live", counts: {} };
let current = initial;
const listeners = new Set<() => void>();

function update(next: Signals): void {
  current = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const read = () => current;
const readOnServer = () => initial;

/** What the shell shows on behalf of features: features publish, the shell reads, neither imports the other. */
export function useSignals(): Signals {
  return useSyncExternalStore(subscribe, read, readOnServer);
}

/** Puts a number beside an entry of the navigation for as long as the caller is mounted. */
export function usePublishCount(id: NavigationId, count: number): void {
  useEffect(() => {
    update({ ...current, counts: { ...current.counts, [id]: count } });
    return () => update({ ...current, counts: { ...current.counts, [id]: 0 } });
  }, [id, count]);
}

/** Tells the shell how fresh the screen is: called by whoever holds the live subscription. */
export function usePublishLiveState(state: LiveState): void {
  useEffect(() => update({ ...current, live: state }), [state]);
}
