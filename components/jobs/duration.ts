const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Which text of `jobs.duration` says it, and its numbers. */
export interface DurationParts {
  readonly key: "ms" | "seconds" | "minutes" | "hours" | "days";
  readonly values: Readonly<Record<string, number>>;
}

/** Two units at most: what a person compares down a column. A clock that ran backwards counts as nothing. */
export function durationParts(milliseconds: number): DurationParts {
  const ms = Math.max(0, Math.round(milliseconds));
  if (ms < SECOND) return { key: "ms", values: { ms } };
  if (ms < MINUTE) return { key: "seconds", values: { seconds: ms < 10 * SECOND ? Math.floor(ms / 100) / 10 : Math.floor(ms / SECOND) } };
  if (ms < HOUR) return { key: "minutes", values: { minutes: Math.floor(ms / MINUTE), seconds: Math.floor((ms % MINUTE) / SECOND) } };
  if (ms < DAY) return { key: "hours", values: { hours: Math.floor(ms / HOUR), minutes: Math.floor((ms % HOUR) / MINUTE) } };
  return { key: "days", values: { days: Math.floor(ms / DAY), hours: Math.floor((ms % DAY) / HOUR) } };
}
