"use client";

import { useShortcut } from "@/components/layout/use-shortcut";
import type { Selection } from "./use-selection";

export interface OrderKeysInput {
  readonly ids: readonly string[];
  readonly current: string | null;
  readonly selection: Selection;
  readonly open: (id: string | null) => void;
}

const focusedRow = () => (document.activeElement instanceof HTMLElement ? (document.activeElement.dataset["order"] ?? null) : null);
const rowOf = (id: string) => document.querySelector<HTMLElement>(`[data-order="${id}"]`);

/** The keys of the list: j and k walk, Enter opens, x ticks. While an order is open, walking opens the next one. */
export function useOrderKeys({ ids, current, selection, open }: OrderKeysInput): void {
  const place = () => ids.indexOf(focusedRow() ?? current ?? "");
  const step = (by: number) => {
    const at = place();
    const id = ids[at === -1 ? 0 : Math.min(Math.max(at + by, 0), ids.length - 1)];
    if (id === undefined) return;
    if (current !== null) open(id);
    const row = rowOf(id);
    row?.scrollIntoView({ block: "nearest" });
    // At once: the next key must find it there.
    row?.focus({ preventScroll: true });
  };
  const withRow = (deed: (id: string) => void) => {
    const id = focusedRow() ?? current ?? ids[0];
    if (id !== undefined) deed(id);
  };
  useShortcut("list.next", () => step(1));
  useShortcut("list.previous", () => step(-1));
  useShortcut("list.open", () => withRow(open));
  useShortcut("list.select", () => withRow(selection.toggle));
  useShortcut("list.selectRange", () => withRow(selection.extendTo));
  useShortcut("list.search", () => document.querySelector<HTMLElement>('[data-shortcut="search"]')?.focus());
  useShortcut("inbox.leave", () => {
    const focused = document.activeElement;
    if (focused instanceof HTMLElement && focused.matches("input, textarea")) focused.blur();
    else if (selection.ids.size > 0) selection.clear();
    else open(null);
  });
}
