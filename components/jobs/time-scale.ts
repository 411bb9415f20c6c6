/** A stretch of the timeline in percent of its width. */
export interface Bar {
  readonly start: number;
  readonly width: number;
}

export interface TimeScale {
  readonly lengthMs: number;
  /** Where a stretch of time lies; a short one is still wide enough to be seen, and never leaves the line. */
  bar(from: Date, to: Date): Bar;
  /** Where a moment lies. */
  at(moment: Date): number;
}

const THINNEST = 0.9;

/** Maps the time between `from` and `to` to percent; moments outside are put at the edge. */
export function timeScale(from: Date, to: Date): TimeScale {
  const lengthMs = Math.max(1, to.getTime() - from.getTime());
  const at = (moment: Date) => Math.min(100, Math.max(0, ((moment.getTime() - from.getTime()) / lengthMs) * 100));
  const bar = (start: Date, end: Date) => {
    const width = Math.max(THINNEST, at(end) - at(start));
    return { start: Math.min(at(start), 100 - width), width };
  };
  return { lengthMs, bar, at };
}
