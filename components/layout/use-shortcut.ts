"use client";

import { useEffect } from "react";
import { useHotkeys } from "react-hotkeys-hook";
import { currentPrefixes, useKeys } from "./shortcut-map";
import { isChord, nameOfCode, SHORTCUTS, type Shortcut, type ShortcutId, toHotkey } from "./shortcuts";

const SEQUENCE_MS = 1_000;
/** When the beginning of a sequence ("g") was last pressed: the letter after it belongs to the sequence, not to a single-key shortcut. */
let prefixAt = Number.NEGATIVE_INFINITY;

const isTyping = (event: KeyboardEvent) =>
  event.target instanceof HTMLElement && (event.target.isContentEditable || /^(input|textarea|select)$/i.test(event.target.tagName));

/** Mounted once by the shell. Bubbling reaches the document after the shortcuts' own listeners have looked at the key. */
export function useSequencePrefix(): void {
  useEffect(() => {
    const note = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
      const isPrefix = currentPrefixes().has(nameOfCode(event.code) ?? "");
      prefixAt = isPrefix && event.timeStamp - prefixAt >= SEQUENCE_MS ? event.timeStamp : Number.NEGATIVE_INFINITY;
    };
    window.addEventListener("keydown", note);
    return () => window.removeEventListener("keydown", note);
  }, []);
}

/** Enter and Space press what has the focus; only in a row of a list, which opens on its own, they are a shortcut too. */
function pressesSomething(event: KeyboardEvent): boolean {
  if (event.code !== "Enter" && event.code !== "Space") return false;
  return (
    event.target instanceof Element &&
    event.target.closest("a, button:not([role=option]), summary, [role=button], [role=tab], [role=checkbox], [role=switch]") !== null
  );
}

/** Whether a dialog, menu or list of choices has the keyboard: shortcuts of the page behind it rest. */
function isCovered(): boolean {
  return document.querySelector("[role=dialog][data-open], [role=alertdialog][data-open], [role=menu][data-open], [role=listbox][data-open]") !== null;
}

export interface UseShortcutOptions {
  readonly enabled?: boolean | undefined;
  /** Also while a dialog is open (the dialog's own shortcuts). */
  readonly insideDialog?: boolean | undefined;
}

/** Not a real key: a shortcut that was switched off never hears anything. */
const NEVER = "f24";

/** Runs `action` on the person's keys for `id`. Single keys rest inside text fields, dialogs and after the first key of a sequence. */
export function useShortcut(id: ShortcutId, action: () => void, { enabled = true, insideDialog = false }: UseShortcutOptions = {}): void {
  const shortcut: Shortcut = SHORTCUTS[id];
  const keys = useKeys(id);
  const single = keys.length === 1;
  const repeatable = single && !isChord(keys);
  const byCharacter = keys[0] === "?";
  // The sheet's key is a character; the physical key it lies on must not answer to it as well.
  const isAnothers = (event: KeyboardEvent) => !byCharacter && event.key === "?";
  const rests = (event: KeyboardEvent) =>
    isAnothers(event) || (single && (event.timeStamp - prefixAt < SEQUENCE_MS || pressesSomething(event))) || (!insideDialog && isCovered());
  useHotkeys(
    keys.length === 0 ? NEVER : byCharacter ? ["?", "shift+?"] : toHotkey(keys),
    (event) => {
      // The library asks `ignoreEventWhen` only for keys pressed at once, not for sequences.
      if ((event.repeat && !repeatable) || rests(event)) return;
      action();
    },
    {
      enabled: enabled && shortcut.typed !== true,
      useKey: byCharacter,
      preventDefault: true,
      sequenceTimeoutMs: SEQUENCE_MS,
      // A row of a list has the role "option"; nothing is typed there.
      enableOnFormTags: shortcut.whileTyping === true ? true : ["option"],
      enableOnContentEditable: shortcut.whileTyping === true,
      ignoreEventWhen: rests,
    },
  );
}
