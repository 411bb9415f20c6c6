"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useShortcutMap } from "../layout/shortcut-map";
import { conflictsOf, problemOf } from "../layout/shortcut-rules";
import { isChord, nameOfCode, SHORTCUTS, type ShortcutId } from "../layout/shortcuts";
import { Button } from "../ui/button";
import { Kbd } from "../ui/kbd";

export interface ShortcutRecorderProps {
  readonly id: ShortcutId;
  readonly name: string;
  readonly onCancel: () => void;
  /** `from`: shortcuts that lose these keys. */
  readonly onTake: (keys: readonly string[], from: readonly ShortcutId[]) => void;
}

/** So many keys one after the other at most. */
const SEQUENCE = 2;

/** The keys after one more was pressed: a combination stands alone, plain keys make a sequence. */
function withPress(before: readonly string[], event: KeyboardEvent): readonly string[] {
  const key = event.shiftKey && event.key === "?" ? "?" : nameOfCode(event.code);
  if (key === null) return before;
  const modifiers = [...(event.ctrlKey || event.metaKey ? ["mod"] : []), ...(event.shiftKey && key !== "?" ? ["shift"] : [])];
  if (modifiers.length > 0) return [...modifiers, key];
  return isChord(before) || before.length >= SEQUENCE ? [key] : [...before, key];
}

/** Listens for keys while it has the focus. Tab and Escape keep their meaning, or nobody could leave. */
export function ShortcutRecorder({ id, name, onCancel, onTake }: ShortcutRecorderProps) {
  const t = useTranslations("shortcuts");
  const label = useTranslations("layout.shortcuts");
  const { map } = useShortcutMap();
  const [keys, setKeys] = useState<readonly string[]>([]);
  const [isAlt, setAlt] = useState(false);
  const field = useRef<HTMLButtonElement>(null);
  // It takes the place of the button that was pressed: the focus has nowhere else to be.
  useEffect(() => field.current?.focus(), []);
  const problem = isAlt ? "reserved" : keys.length === 0 ? null : problemOf(id, keys);
  const conflicts = problem === null ? conflictsOf(map, id, keys) : [];
  const names = conflicts.map((other) => label(SHORTCUTS[other].labelKey)).join(", ");
  // Caught on the way down: the page's own shortcuts must not hear what is being recorded.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Tab") return;
    event.preventDefault();
    event.nativeEvent.stopImmediatePropagation();
    if (event.key === "Escape") return onCancel();
    setAlt(event.altKey);
    if (!event.altKey && !event.repeat) setKeys(withPress(keys, event));
  };
  return (
    <div className="flex w-full flex-col gap-2 rounded-md bg-sunken p-2 sm:w-auto sm:min-w-72">
      <button
        type="button"
        ref={field}
        aria-label={t("listening", { name })}
        onKeyDownCapture={onKeyDown}
        className="flex h-9 items-center justify-center rounded-md border border-ring bg-surface px-3 text-sm text-ink-muted"
      >
        {keys.length === 0 ? t("press") : <Kbd keys={keys} />}
      </button>
      <p aria-live="polite" className="min-h-5 text-sm text-ink-muted">
        {problem === null ? (conflicts.length === 0 ? t(keys.length === 0 ? "hint" : "free") : t("taken", { names })) : t(`problems.${problem}`)}
      </p>
      <div className="flex flex-wrap justify-end gap-1.5">
        <Button size="sm" variant="ghost" onClick={() => onTake([], [])}>
          {t("switchOff")}
        </Button>
        <Button size="sm" onClick={onCancel}>
          {t("cancel")}
        </Button>
        <Button size="sm" variant="primary" disabled={keys.length === 0 || problem !== null} onClick={() => onTake(keys, conflicts)}>
          {conflicts.length === 0 ? t("take") : t("takeOver")}
        </Button>
      </div>
    </div>
  );
}
