"use client";

import type { Virtualizer } from "@tanstack/react-virtual";
import type { KeyboardEvent, ReactNode } from "react";

export interface VirtualRowsProps {
  readonly virtual: Virtualizer<HTMLDivElement, Element>;
  readonly rowHeight: number;
  readonly row: (index: number) => ReactNode;
}

/** The rows of a long list that are in sight, each in its place. Inside the element that scrolls. */
export function VirtualRows({ virtual, rowHeight, row }: VirtualRowsProps) {
  return (
    <div role="presentation" style={{ height: virtual.getTotalSize() }} className="relative">
      {virtual.getVirtualItems().map((item) => (
        <div key={item.key} role="presentation" style={{ transform: `translateY(${item.start}px)`, height: rowHeight }} className="absolute inset-x-0 top-0">
          {row(item.index)}
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
