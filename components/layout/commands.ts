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
  /** A quieter second text at the end of the line, instead of keys. */
  readonly hint?: string | undefined;
  readonly run: () => void;
}

const none: readonly Command[] = [];
/** The shell's own commands. */
export const GENERAL = "navigation";
let sources: ReadonlyMap<string, readonly Command[]> = new Map();
let flat: readonly Command[] = none;
const listeners = new Set<() => void>();

function replace(source: string, commands: readonly Command[]): void {
  const next = new Map(sources);
  if (commands.length === 0) next.delete(source);
  else next.set(source, commands);
  sources = next;
  // What the page at hand can do stands before the ways to other pages.
  flat = [...next].sort(([one], [other]) => Number(one === GENERAL) - Number(other === GENERAL)).flatMap(([, commands]) => commands);
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

/** Finds commands for what was typed, e.g. conversations; `signal` ends it when more is typed. */
export type CommandSearch = (query: string, signal: AbortSignal) => Promise<readonly Command[]>;

let searches: ReadonlyMap<string, CommandSearch> = new Map();

/** Lets the command bar search in a feature while the caller is mounted. Memoise `search`. */
export function useCommandSearch(source: string, search: CommandSearch): void {
  useEffect(() => {
    searches = new Map([...searches, [source, search]]);
    return () => {
      searches = new Map([...searches].filter(([name]) => name !== source));
    };
  }, [source, search]);
}

/** What all features find; one that fails finds nothing, the others still count. */
export async function searchCommands(query: string, signal: AbortSignal): Promise<readonly Command[]> {
  const found = await Promise.allSettled([...searches.values()].map((search) => search(query, signal)));
  return found.flatMap((result) => (result.status === "fulfilled" ? [...result.value] : []));
}
