import type { WorkingCalendar } from "../schema";
import { addWorkingTime, subtractWorkingTime, workingTimeBetween } from "./calendar";

/** How time passes for a deadline: by a working calendar or around the clock. */
export interface Counting {
  readonly calendar: WorkingCalendar | null;
  /** @returns null = never. */
  add(start: Date, ms: number): Date | null;
  subtract(end: Date, ms: number): Date | null;
  between(from: Date, to: Date): number;
}

const AROUND_THE_CLOCK: Counting = {
  calendar: null,
  add: (start, ms) => new Date(start.getTime() + ms),
  subtract: (end, ms) => new Date(end.getTime() - ms),
  between: (from, to) => Math.max(0, to.getTime() - from.getTime()),
};

export function countingBy(calendar: WorkingCalendar | null): Counting {
  if (calendar === null) return AROUND_THE_CLOCK;
  return {
    calendar,
    add: (start, ms) => addWorkingTime(calendar, start, ms),
    subtract: (end, ms) => subtractWorkingTime(calendar, end, ms),
    between: (from, to) => workingTimeBetween(calendar, from, to),
  };
}

export type PauseReason = "snoozed" | "pending" | "outage" | "resolved" | "closed";

export interface Pause {
  readonly reason: PauseReason;
  readonly from: Date;
  /** Null = goes on and nobody knows until when. */
  readonly to: Date | null;
}

/** Pauses that touch or overlap become one, with the reason of the first. Those over before `start` are left out, the rest begin there at the earliest. */
export function pausesSince(pauses: readonly Pause[], start: Date): Pause[] {
  const merged: Pause[] = [];
  for (const pause of [...pauses].sort((a, b) => a.from.getTime() - b.from.getTime())) {
    if (pause.to !== null && (pause.to <= start || pause.to <= pause.from)) continue;
    const from = pause.from < start ? start : pause.from;
    const last = merged.at(-1);
    if (last === undefined || (last.to !== null && last.to < from)) {
      merged.push({ ...pause, from });
    } else {
      merged[merged.length - 1] = { ...last, to: last.to === null || pause.to === null ? null : new Date(Math.max(pause.to.getTime(), last.to.getTime())) };
    }
  }
  return merged;
}

/** A stretch in which the time of a deadline ran. */
export interface Run {
  readonly from: Date;
  readonly to: Date;
  readonly countedMs: number;
}

export interface Due {
  /** Null = paused with no known end, or never within the calendar's horizon. */
  readonly at: Date | null;
  readonly isNever: boolean;
  /** Between the pauses, in order; the last ends when it is due. */
  readonly runs: readonly Run[];
  /** The pauses that put it off, in order. */
  readonly pauses: readonly Pause[];
  /** Still to run after the last run: 0 unless `at` is null. */
  readonly leftMs: number;
}

/**
 * When `ms` of counted time have passed since `start`, the pauses left out. A pause that begins at the very moment it is due comes too late.
 *
 * @param pauses as `pausesSince(…, start)` gives them.
 */
export function dueAfter(counting: Counting, start: Date, ms: number, pauses: readonly Pause[]): Due {
  const runs: Run[] = [];
  const passed: Pause[] = [];
  let [from, left] = [start, ms];
  for (const pause of pauses) {
    const countedMs = counting.between(from, pause.from);
    if (countedMs >= left) break;
    if (pause.from > from) runs.push({ from, to: pause.from, countedMs });
    left -= countedMs;
    passed.push(pause);
    if (pause.to === null) return { at: null, isNever: false, runs, pauses: passed, leftMs: left };
    from = pause.to;
  }
  const at = counting.add(from, left);
  if (at === null) return { at, isNever: true, runs, pauses: passed, leftMs: left };
  return { at, isNever: false, runs: [...runs, { from, to: at, countedMs: left }], pauses: passed, leftMs: 0 };
}

/** Real time of the pauses up to `until` (milliseconds). */
export function pausedTime(pauses: readonly Pause[], until: Date): number {
  return pauses.reduce((sum, { from, to }) => {
    const end = to === null || to > until ? until : to;
    return sum + Math.max(0, end.getTime() - from.getTime());
  }, 0);
}
