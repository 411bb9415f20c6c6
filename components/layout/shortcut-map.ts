"use client";

import { useSyncExternalStore } from "react";
import { effectiveMap, prefixesOf, type ShortcutMap, type ShortcutOverrides } from "./shortcut-rules";
import type { ShortcutId } from "./shortcuts";

interface State {
  readonly overrides: ShortcutOverrides;
  readonly map: ShortcutMap;
  readonly prefixes: ReadonlySet<string>;
}

const toState = (overrides: ShortcutOverrides): State => {
  const map = effectiveMap(overrides);
  return { overrides, map, prefixes: prefixesOf(map) };
};

const initial = toState({});
let current = initial;
const listeners = new Set<() => void>();

/** Puts a person's own keys in force on the whole page. */
export function applyOverrides(overrides: ShortcutOverrides): void {
  if (JSON.stringify(overrides) === JSON.stringify(current.overrides)) return;
  current = toState(overrides);
  for (const listener of listeners) listener();
}

/** First keys of the sequences in force. */
export function currentPrefixes(): ReadonlySet<string> {
  return current.prefixes;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The keys in force and what of them the person chose. */
export function useShortcutMap(): State {
  return useSyncExternalStore(
    subscribe,
    () => current,
    () => initial,
  );
}

/** The keys of one shortcut as this person has them; empty when they switched it off. */
export function useKeys(id: ShortcutId): readonly string[] {
  return useShortcutMap().map[id];
}
