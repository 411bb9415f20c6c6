"use client";

import { useShortcut } from "@/components/layout/use-shortcut";
import type { BulkAction } from "@/server/inbox/team/schema";
import type { Selection } from "./use-selection";

export interface ListKeysInput {
  readonly ids: readonly string[];
  readonly current: string | null;
  readonly selection: Selection;
  readonly mayWrite: boolean;
  readonly open: (id: string | null) => void;
  /** Goes so many rows on from the open conversation. */
  readonly step: (by: number) => void;
  readonly run: (action: BulkAction) => void;
  readonly assignToMe: () => void;
  readonly toggleUnread: () => void;
}

/** Buttons say by `data-shortcut` which key presses them: list and thread need not know each other. */
const named = (name: string) => document.querySelector<HTMLElement>(`[data-shortcut="${name}"]`);

/** A field takes the focus, anything else is pressed. */
function reach(name: string) {
  const element = named(name);
  if (element?.matches("input, textarea, [contenteditable]") === true) element.focus();
  else element?.click();
}

const focusedRow = () => (document.activeElement instanceof HTMLElement ? (document.activeElement.dataset["conversation"] ?? null) : null);

/** The keys of list and thread. While something is ticked they act on that, otherwise on the open conversation. */
export function useListKeys({ ids, current, selection, mayWrite, open, step, run, assignToMe, toggleUnread }: ListKeysInput) {
  const ticking = selection.ids.size > 0;
  const acts = { enabled: mayWrite };
  const press = (name: string) => named(ticking ? `bulk-${name}` : name)?.click();
  const row = () => focusedRow() ?? current ?? ids[0];
  const withRow = (deed: (id: string) => void) => {
    const id = row();
    if (id !== undefined) deed(id);
  };
  useShortcut("list.next", () => step(1));
  useShortcut("list.previous", () => step(-1));
  useShortcut("list.search", () => reach("search"));
  useShortcut("list.select", () => withRow(selection.toggle));
  useShortcut("list.selectRange", () => withRow(selection.extendTo));
  useShortcut("list.open", () => {
    const focused = focusedRow();
    if (focused !== null && focused !== current) open(focused);
    else document.querySelector<HTMLElement>("[role=log]")?.focus();
  });
  useShortcut("inbox.reply", () => reach("reply"));
  useShortcut("inbox.note", () => reach("note"), acts);
  useShortcut("inbox.assign", () => press("assign"), acts);
  useShortcut("inbox.label", () => press("label"), acts);
  useShortcut("inbox.priority", () => press("priority"), acts);
  useShortcut("inbox.snooze", () => press("snooze"), acts);
  useShortcut("inbox.assignToMe", assignToMe, acts);
  useShortcut("inbox.unread", toggleUnread);
  useShortcut("inbox.resolve", () => (ticking ? run({ kind: "status", status: "resolved" }) : named("resolve")?.click()), acts);
  useShortcut("inbox.resolveNext", () => (ticking ? run({ kind: "status", status: "resolved" }) : named("resolveNext")?.click()), acts);
  useShortcut("inbox.leave", () => {
    const focused = document.activeElement;
    const isField = focused instanceof HTMLElement && (focused.isContentEditable || focused.matches("input, textarea"));
    if (isField) focused.blur();
    else if (ticking) selection.clear();
    else open(null);
  });
}
