"use client";

import { useEffect } from "react";
import { useHotkeys } from "react-hotkeys-hook";
import { SHORTCUTS, type Shortcut, type ShortcutId, toHotkey } from "./shortcuts";

const SEQUENCE_MS = 1_000;
/** When "g" was last pressed: the letter after it belongs to the sequence, not to a single-key shortcut. */
let prefixAt = Number.NEGATIVE_INFINITY;

const isTyping = (event: KeyboardEvent) =>
  event.target instanceof HTMLElement && (event.target.isContentEditable || /^(input|textarea|select)$/i.test(event.target.tagName));

/** Mounted once by the shell. Bubbling reaches the document after the shortcuts' own listeners have looked at the key. */
export function useSequencePrefix(): void {
  useEffect(() => {
    const note = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
      prefixAt = event.code === "KeyG" ? event.timeStamp : Number.NEGATIVE_INFINITY;
    };
    window.addEventListener("keydown", note);
    return () => window.removeEventListener("keydown", note);
  }, []);
}

/** Whether a dialog or menu has the keyboard: shortcuts of the page behind it rest. */
function isCovered(): boolean {
  return document.querySelector("[role=dialog][data-open], [role=alertdialog][data-open], [role=menu][data-open]") !== null;
}

export interface UseShortcutOptions {
  readonly enabled?: boolean | undefined;
  /** Also while a dialog is open (the dialog's own shortcuts). */
  readonly insideDialog?: boolean | undefined;
}

/** Runs `action` on the keys that the registry gives to `id`. Single keys rest inside text fields, dialogs and after a "g". */
export function useShortcut(id: ShortcutId, action: () => void, { enabled = true, insideDialog = false }: UseShortcutOptions = {}): void {
  const shortcut: Shortcut = SHORTCUTS[id];
  const single = shortcut.keys.length === 1;
  const byCharacter = shortcut.keys[0] === "?";
  useHotkeys(
    byCharacter ? ["?", "shift+?"] : toHotkey(shortcut),
    (event) => {
      if (event.repeat && !single) return;
      action();
    },
    {
      enabled,
      useKey: byCharacter,
      preventDefault: true,
      sequenceTimeoutMs: SEQUENCE_MS,
      enableOnFormTags: shortcut.whileTyping === true,
      enableOnContentEditable: shortcut.whileTyping === true,
      ignoreEventWhen: (event) => (single && event.timeStamp - prefixAt < SEQUENCE_MS) || (!insideDialog && isCovered()),
    },
  );
}
