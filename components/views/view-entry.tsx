"use client";

import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";

/** Counts stop here. */
const COUNT_LIMIT = 1_000;

export interface ViewEntryProps {
  readonly icon: ReactNode;
  readonly active: boolean;
  readonly count?: number | undefined;
  /** A count that asks for work. */
  readonly tone?: "plain" | "strong" | "overdue" | undefined;
  readonly onPress: () => void;
  /** A small sign after the name. */
  readonly mark?: ReactNode;
  /** A small button at the end, seen under the pointer and from the keyboard. */
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

const tones = { plain: "text-ink-faint", strong: "font-semibold text-accent-text", overdue: "font-semibold text-overdue-text" } as const;

/** One line of a list of views. */
export function ViewEntry({ icon, active, count = 0, tone = "plain", onPress, mark, action, children }: ViewEntryProps) {
  return (
    <div className="group/entry relative flex">
      <button
        type="button"
        aria-current={active ? "true" : undefined}
        onClick={onPress}
        className={cn(
          "focus-inset flex h-8 min-w-0 flex-1 items-center gap-2 rounded-md px-2 text-left text-base text-ink-muted hover:bg-hover hover:text-ink coarse:h-11 [&_svg]:size-4 [&_svg]:shrink-0",
          active && "bg-selected font-medium text-ink hover:bg-selected",
        )}
      >
        <span className="flex size-4 shrink-0 items-center justify-center">{icon}</span>
        <span className="flex min-w-0 flex-1 items-center gap-1.5">
          <span className="truncate">{children}</span>
          {mark}
        </span>
        {count === 0 ? null : (
          <span
            className={cn(
              "tabular shrink-0 text-xs",
              tones[tone],
              action !== undefined && "group-hover/entry:invisible group-has-focus-visible/entry:invisible",
            )}
          >
            {count >= COUNT_LIMIT ? "999+" : count}
          </span>
        )}
      </button>
      {action === undefined ? null : (
        <span className="absolute inset-y-0 right-0.5 flex items-center opacity-0 group-hover/entry:opacity-100 group-has-focus-visible/entry:opacity-100 has-data-popup-open:opacity-100 coarse:opacity-100">
          {action}
        </span>
      )}
    </div>
  );
}

export interface ViewGroupProps {
  readonly title: string;
  readonly open: boolean;
  readonly onToggle: () => void;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

/** Lines that belong together, to be folded away. */
export function ViewGroup({ title, open, onToggle, action, children }: ViewGroupProps) {
  return (
    <section className="pt-3">
      <h2 className="flex items-center">
        <button
          type="button"
          aria-expanded={open}
          onClick={onToggle}
          className="focus-inset flex h-7 min-w-0 flex-1 items-center gap-1 rounded-md px-1.5 text-left text-xs font-medium text-ink-faint hover:text-ink coarse:h-10"
        >
          <ChevronRight className={cn("size-3.5 shrink-0 transition-transform duration-100", open && "rotate-90")} aria-hidden="true" />
          <span className="truncate">{title}</span>
        </button>
        {action}
      </h2>
      {open ? <div className="flex flex-col gap-0.5">{children}</div> : null}
    </section>
  );
}
