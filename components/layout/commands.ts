"use client";

import { useEffect, useSyncExternalStore } from "react";
import type { ShortcutId } from "./shortcuts";

export interface Command {
  readonly id: string;
  readonly label: string;
  /** Heading it stands under. */
  readonly group: string;
  /** Other words people may type for it. */
  readonly keywords?: readonly string[] | undefined;
  readonly shortcut?: ShortcutId | undefined;
  readonly run: () => void;
}

const none: readonly Command[] = [];
let sources: ReadonlyMap<string, readonly Command[]> = new Map();
let flat: readonly Command[] = none;
const listeners = new Set<() => void>();

function replace(source: string, commands: readonly Command[]): void {
  const next = new Map(sources);
  if (commands.length === 0) next.delete(source);
  else next.set(source, commands);
  sources = next;
  flat = [...next.values()].flat();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Adds a view's commands to the command bar while the view is mounted. Memoise `commands`. */
export function useCommands(source: string, commands: readonly Command[]): void {
  useEffect(() => {
    replace(source, commands);
    return () => replace(source, none);
  }, [source, commands]);
}

export function useAllCommands(): readonly Command[] {
  return useSyncExternalStore(
    subscribe,
    () => flat,
    () => none,
  );
}
