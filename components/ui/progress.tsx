"use client";

import { Progress as BaseProgress } from "@base-ui/react/progress";
import { useFormatter } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "./class-names";

export interface ProgressProps {
  /** What is being done, in words. */
  readonly label: ReactNode;
  readonly done: number;
  /** Unknown until the source has told: the bar then shows movement and the count alone. */
  readonly total?: number | undefined;
  readonly className?: string | undefined;
}

/** Counted progress: numbers first, the bar only helps the eye. */
export function Progress({ label, done, total, className }: ProgressProps) {
  const format = useFormatter();
  const counted = total === undefined ? format.number(done) : `${format.number(done)} / ${format.number(total)}`;
  return (
    <BaseProgress.Root
      value={total === undefined ? null : done}
      max={Math.max(total ?? 1, 1)}
      getAriaValueText={() => counted}
      className={cn("flex flex-col gap-1.5", className)}
    >
      <span className="flex items-baseline justify-between gap-3 text-sm">
        <BaseProgress.Label className="text-ink">{label}</BaseProgress.Label>
        <span className="tabular text-ink-muted">{counted}</span>
      </span>
      <BaseProgress.Track className="h-1.5 overflow-hidden rounded-full bg-line">
        <BaseProgress.Indicator className="h-full rounded-full bg-accent transition-[width] duration-300 data-indeterminate:w-1/3 data-indeterminate:animate-shimmer" />
      </BaseProgress.Track>
    </BaseProgress.Root>
  );
}
