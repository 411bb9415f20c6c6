"use client";

import { useEffect } from "react";
import { cn } from "@/components/ui/class-names";
import type { Suggestion } from "./writing-box";

export interface SuggestionListProps {
  readonly id: string;
  readonly label: string;
  readonly suggestions: readonly Suggestion[];
  readonly active: string | undefined;
  readonly onActive: (index: number) => void;
  readonly onPick: (suggestion: Suggestion) => void;
}

/** Stands above the text; the focus stays in it. */
export function SuggestionList({ id, label, suggestions, active, onActive, onPick }: SuggestionListProps) {
  const activeId = active === undefined ? undefined : `${id}-${active}`;
  useEffect(() => {
    if (activeId !== undefined) document.getElementById(activeId)?.scrollIntoView({ block: "nearest" });
  }, [activeId]);
  return (
    <div
      id={id}
      role="listbox"
      aria-label={label}
      className="absolute right-0 bottom-full left-0 z-20 mb-2 max-h-72 overflow-y-auto rounded-lg border bg-raised p-1 shadow-raised"
    >
      {suggestions.map((suggestion, index) => (
        <button
          key={suggestion.id}
          type="button"
          id={`${id}-${suggestion.id}`}
          role="option"
          tabIndex={-1}
          aria-selected={suggestion.id === active}
          onPointerMove={() => onActive(index)}
          // The field would lose the focus, and with it the list.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onPick(suggestion)}
          className={cn("flex w-full items-start gap-2 rounded-md px-2 py-1.5 text-left coarse:min-h-11", suggestion.id === active && "bg-selected")}
        >
          {suggestion.icon}
          <span className="min-w-0 flex-1">
            <span className="flex items-baseline gap-2">
              <span className="min-w-0 flex-1 truncate text-base font-medium">{suggestion.label}</span>
              {suggestion.hint === undefined ? null : <span className="shrink-0 text-xs text-ink-faint">{suggestion.hint}</span>}
            </span>
            {suggestion.preview === undefined ? null : <span className="line-clamp-2 text-sm text-ink-muted">{suggestion.preview}</span>}
          </span>
        </button>
      ))}
    </div>
  );
}
