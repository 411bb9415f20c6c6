import type { StreamDescriptor } from "../contract/connector";
import type { FailureKind } from "../contract/errors";
import type { Cursor, DateWindow } from "../contract/ports";

/** When streams are due, how windows are cut, what a failure means for a run. Pure. */
export const DEFAULT_WINDOW_DAYS = 30;
const DAY_MS = 86_400_000;
const MAX_BACKOFF_MS = 3_600_000;

/**
 * Where a stream stands in its source. Kept as one JSON value on the stream and written in the transaction of the rows:
 * `committed` is what the next run starts from, `run` the place inside the run that is under way.
 */
export interface StreamPosition {
  readonly committed?: Cursor | undefined;
  readonly run?: RunPosition | undefined;
}

export interface RunPosition {
  readonly id: string;
  /** Which piece of the window is being read; a service takes only so many days at once. */
  readonly chunk: number;
  readonly cursor?: Cursor | undefined;
  /** The newest checkpoint the pages of this run brought; becomes `committed` when the run ends well. */
  readonly checkpoint?: Cursor | undefined;
  /** ISO instants. */
  readonly window?: { readonly from: string; readonly to: string } | undefined;
  /** Failures in a row on the same page. */
  readonly failures: number;
  /** Whether its good end moves `committed`; a run over a window somebody chose does not. */
  readonly commits: boolean;
}

/** The next moment a stream is due: its interval, up to a tenth earlier so that connections do not march in step. */
export function nextDue(now: Date, intervalSeconds: number, minIntervalSeconds: number, random: number): Date {
  const jittered = intervalSeconds * (1 - 0.1 * random);
  return new Date(now.getTime() + Math.max(jittered, minIntervalSeconds) * 1_000);
}

/** How long to leave a stream alone after its n-th failed run in a row, never shorter than its interval. */
export function failureBackoffMs(failures: number, intervalSeconds: number): number {
  return Math.max(intervalSeconds * 1_000, Math.min(MAX_BACKOFF_MS, 30_000 * 2 ** Math.min(failures, 10)));
}

/** Cuts a window into pieces the service accepts, oldest first; a window that ends before it begins is one empty piece. */
export function cutWindow(window: DateWindow, maxDays: number): DateWindow[] {
  const pieces: DateWindow[] = [];
  const stepMs = Math.max(1, maxDays) * DAY_MS;
  for (let from = window.from.getTime(); from < window.to.getTime(); from += stepMs) {
    pieces.push({ from: new Date(from), to: new Date(Math.min(from + stepMs, window.to.getTime())) });
  }
  return pieces.length > 0 ? pieces : [window];
}

/** The window of a scheduled sales run: from where the last one ended, plus the days the service may still correct. */
export function scheduledWindow(now: Date, syncedUntil: Date | null, rereadDays: number): DateWindow {
  if (syncedUntil === null || Number.isNaN(syncedUntil.getTime())) return lastDays(now, DEFAULT_WINDOW_DAYS);
  // A clock that was set back must not produce a window in the future.
  const since = Math.min(syncedUntil.getTime(), now.getTime());
  return { from: new Date(since - rereadDays * DAY_MS), to: now };
}

export function lastDays(now: Date, days: number): DateWindow {
  return { from: new Date(now.getTime() - days * DAY_MS), to: now };
}

/** The interval a person asked for, never more often than the service allows. */
export function allowedInterval(descriptor: StreamDescriptor, wanted: number | undefined): number {
  return Math.max(descriptor.minIntervalSeconds, wanted ?? descriptor.defaultIntervalSeconds);
}

export type FailureVerdict =
  /** Try the same page again after the wait. */
  | { readonly action: "retry"; readonly waitMs: number }
  /** Give the run up; the stream comes due again after the wait. */
  | { readonly action: "give-up"; readonly waitMs: number };

const MAX_PAGE_ATTEMPTS = 6;
/** A wait longer than this is left to the schedule: a run must not hold its stream for hours. */
const LONGEST_WAIT_MS = 300_000;

/**
 * What to do about a failed page.
 * @param failures failures in a row on this page, this one included.
 */
export function judgeFailure(kind: FailureKind, retryAfterMs: number | undefined, failures: number, intervalSeconds: number): FailureVerdict {
  const passing = kind === "rate-limited" || kind === "unavailable" || kind === "timeout" || kind === "malformed" || kind === "unknown";
  const waitMs = Math.max(retryAfterMs ?? 0, Math.min(60_000, 1_000 * 2 ** (failures - 1)));
  if (passing && failures < MAX_PAGE_ATTEMPTS && waitMs <= LONGEST_WAIT_MS) return { action: "retry", waitMs };
  return { action: "give-up", waitMs: Math.max(retryAfterMs ?? 0, failureBackoffMs(failures, intervalSeconds)) };
}

export interface PageCounts {
  readonly received: number;
  readonly applied: number;
  readonly duplicate: number;
  readonly rejected: number;
  readonly deadLetter: number;
}

/** The conservation line. What does not add up is a defect of a mapper or an ingest and must not be written. */
export function addsUp(counts: PageCounts): boolean {
  const parts = [counts.applied, counts.duplicate, counts.rejected, counts.deadLetter];
  return parts.every((part) => Number.isInteger(part) && part >= 0) && counts.received === parts.reduce((sum, part) => sum + part, 0);
}
