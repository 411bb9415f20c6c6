"use client";

import { type ClipboardEvent, type DragEvent, type KeyboardEvent, type ReactNode, useId, useLayoutEffect, useRef, useState } from "react";
import { cn } from "@/components/ui/class-names";
import { type Mark, markedPieces } from "./marks";
import { SuggestionList } from "./suggestion-list";
import { findTrigger, replaceTrigger, type TriggerSign } from "./trigger";

export interface Suggestion {
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  /** What it will put into the text, shown below its name. */
  readonly preview?: string | undefined;
  readonly icon?: ReactNode;
  readonly insert: string;
}

export interface WritingBoxProps {
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly label: string;
  readonly placeholder: string;
  readonly invalid: boolean;
  readonly shortcut: "reply" | "note";
  readonly marks: readonly Mark[];
  /** Typing the sign offers these; the query is told while it is typed, null when nothing is. */
  readonly sign: TriggerSign;
  readonly suggestions: readonly Suggestion[];
  readonly suggestionsLabel: string;
  readonly onQuery: (query: string | null) => void;
  readonly onPick?: ((suggestion: Suggestion) => void) | undefined;
  readonly onFiles?: ((files: readonly File[]) => void) | undefined;
}

/** Both layers have to break lines at the same places. */
const layer = "col-start-1 row-start-1 block min-h-18 w-full px-3 py-2.5 text-base break-words whitespace-pre-wrap coarse:text-lg";
const underlines = {
  failed: "rounded-xs bg-failed-soft underline decoration-failed decoration-wavy decoration-from-font underline-offset-3",
  attention: "rounded-xs bg-attention-soft underline decoration-attention decoration-2 underline-offset-3",
} as const;

/** A text field that marks what is wrong below the words themselves and offers words after a sign. */
export function WritingBox(props: WritingBoxProps) {
  const { value, onChange, label, placeholder, invalid, shortcut, marks, sign, suggestions, suggestionsLabel, onQuery, onPick, onFiles } = props;
  const listId = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const caretAfter = useRef<number | null>(null);
  const [caret, setCaret] = useState(0);
  const [active, setActive] = useState(0);
  /** The sign whose list was closed by hand. */
  const [dismissed, setDismissed] = useState<number | null>(null);
  const found = findTrigger(value, caret, sign);
  const trigger = found !== null && found.start !== dismissed ? found : null;
  const isOpen = trigger !== null && suggestions.length > 0;
  const current = suggestions[Math.min(active, suggestions.length - 1)];

  useLayoutEffect(() => {
    if (caretAfter.current === null || field.current === null) return;
    field.current.setSelectionRange(caretAfter.current, caretAfter.current);
    caretAfter.current = null;
  });

  const follow = (text: string, position: number) => {
    setCaret(position);
    const next = findTrigger(text, position, sign);
    if (next === null) setDismissed(null);
    onQuery(next?.query ?? null);
  };
  const pick = (suggestion: Suggestion) => {
    if (trigger === null) return;
    const replaced = replaceTrigger(value, trigger, caret, suggestion.insert);
    caretAfter.current = replaced.caret;
    onChange(replaced.text);
    follow(replaced.text, replaced.caret);
    onPick?.(suggestion);
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isOpen || event.nativeEvent.isComposing) return;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const takes = (event.key === "Enter" || event.key === "Tab") && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (step !== 0) setActive((Math.min(active, suggestions.length - 1) + step + suggestions.length) % suggestions.length);
    else if (takes && current !== undefined) pick(current);
    else if (event.key === "Escape") setDismissed(trigger.start);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const takeFiles = (event: ClipboardEvent | DragEvent, files: FileList) => {
    if (files.length === 0 || onFiles === undefined) return;
    event.preventDefault();
    onFiles([...files]);
  };
  return (
    <div className="relative">
      {isOpen ? (
        <SuggestionList id={listId} label={suggestionsLabel} suggestions={suggestions} active={current?.id} onActive={setActive} onPick={pick} />
      ) : null}
      <div className="max-h-64 overflow-y-auto">
        <div className="grid">
          <div aria-hidden="true" className={cn(layer, "pointer-events-none text-transparent")}>
            {markedPieces(value, marks).map((piece, index) =>
              piece.tone === null ? (
                piece.text
              ) : (
                <span key={`${index}-${piece.text}`} className={underlines[piece.tone]}>
                  {piece.text}
                </span>
              ),
            )}{" "}
          </div>
          <textarea
            ref={field}
            value={value}
            data-shortcut={shortcut}
            aria-label={label}
            aria-invalid={invalid || undefined}
            aria-autocomplete="list"
            aria-haspopup="listbox"
            aria-controls={isOpen ? listId : undefined}
            aria-activedescendant={isOpen && current !== undefined ? `${listId}-${current.id}` : undefined}
            placeholder={placeholder}
            onChange={(event) => {
              onChange(event.currentTarget.value);
              setActive(0);
              follow(event.currentTarget.value, event.currentTarget.selectionStart);
            }}
            onSelect={(event) => follow(event.currentTarget.value, event.currentTarget.selectionStart)}
            onBlur={() => onQuery(null)}
            onKeyDown={onKeyDown}
            onPaste={(event) => takeFiles(event, event.clipboardData.files)}
            onDrop={(event) => takeFiles(event, event.dataTransfer.files)}
            className={cn(layer, "h-full resize-none overflow-hidden bg-transparent outline-hidden placeholder:text-ink-faint")}
          />
        </div>
      </div>
    </div>
  );
}
