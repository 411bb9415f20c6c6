import type { CallFigures, RunDay } from "./metrics.repository";
import type { Metrics } from "./schema";

const DAY_MS = 86_400_000;

/** The first moment (UTC midnight) of the last `days` days, today included. */
export function startOf(days: number, now: Date): Date {
  const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
  return new Date(today - (days - 1) * DAY_MS);
}

const NO_CALLS: CallFigures = { calls: 0, errors: 0, availability: null, medianMs: null, p95Ms: null, bytes: 0 };

/** Every day of the stretch, also those on which nothing happened: a gap in a chart must not look like a short stretch. */
export function joinDays(
  from: Date,
  days: number,
  calls: readonly (CallFigures & { readonly day: string | null })[],
  runs: readonly RunDay[],
): Metrics["days"] {
  const callsOf = new Map(calls.map((row) => [row.day, row]));
  const runsOf = new Map(runs.map((row) => [row.day, row]));
  return Array.from({ length: days }, (_, index) => {
    const day = new Date(from.getTime() + index * DAY_MS).toISOString().slice(0, 10);
    const { day: _day, ...figures } = { ...NO_CALLS, day, ...callsOf.get(day) };
    const run = runsOf.get(day);
    return { day, ...figures, runs: run?.runs ?? 0, failedRuns: run?.failedRuns ?? 0, conservation: run === undefined ? null : conservationOf(run) };
  });
}

/** Nothing that was received may be unaccounted for. */
export function conservationOf({ received, applied, duplicate, rejected, deadLetter }: Omit<RunDay, "day" | "runs" | "failedRuns">) {
  return { received, applied, duplicate, rejected, deadLetter, balances: received === applied + duplicate + rejected + deadLetter };
}

/** Share of a group's allowance that is free: `aheadMs` is how far into the future its row is spoken for. */
export function freeShare(aheadMs: number, perSeconds: number): number {
  return Math.min(1, Math.max(0, 1 - aheadMs / (perSeconds * 1_000)));
}
