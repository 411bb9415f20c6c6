"use client";

import type { KeyboardEvent, ReactNode } from "react";
import type { RowWindow } from "./use-row-window";

export interface VirtualRowsProps {
  readonly window: RowWindow;
  readonly keyOf: (index: number) => string;
  readonly row: (index: number) => ReactNode;
}

/** The rows of a long list that are in sight, each in its place. Inside the element that scrolls. */
export function VirtualRows({ window: { count, rowHeight, first, end }, keyOf, row }: VirtualRowsProps) {
  return (
    <div role="presentation" style={{ height: count * rowHeight }} className="relative">
      {Array.from({ length: end - first }, (_, place) => first + place).map((index) => (
        <div
          key={keyOf(index)}
          role="presentation"
          style={{ transform: `translateY(${index * rowHeight}px)`, height: rowHeight }}
          className="absolute inset-x-0 top-0"
        >
          {row(index)}
        </div>
      ))}
    </div>
  );
}

/** Arrows walk through the rows that are there, without opening any. @param rows selector of what takes the focus. */
export function moveRowFocus(event: KeyboardEvent<HTMLElement>, rows: string): void {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step === 0) return;
  const shown = [...event.currentTarget.querySelectorAll<HTMLElement>(rows)].sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top);
  const next = shown[shown.indexOf(document.activeElement as HTMLElement) + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
