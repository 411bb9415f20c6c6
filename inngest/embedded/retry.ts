const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Delay before attempt n+1, by attempt index from 0; the last entry repeats. Same table as the Inngest server's. */
const BACKOFF_MS: readonly number[] = [15 * SECOND, 30 * SECOND, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 20 * MINUTE, 40 * MINUTE, HOUR, 2 * HOUR];
const JITTER_MS = 30 * SECOND;
const RETRY_AFTER_MIN_MS = SECOND;
const RETRY_AFTER_MAX_MS = 24 * HOUR;

export interface RetryPolicy {
  /** @param attempt index of the attempt that just failed, from 0. */
  readonly delayMs: (attempt: number) => number;
}

/** @param random a number in [0, 1) a call; a parameter so that tests are exact. */
export function standardRetry(random: () => number = Math.random): RetryPolicy {
  return {
    delayMs: (attempt) => (BACKOFF_MS[Math.min(attempt, BACKOFF_MS.length - 1)] ?? HOUR) + Math.floor(random() * JITTER_MS),
  };
}

/**
 * Milliseconds until the time named by a `Retry-After` header (whole seconds or an HTTP/ISO date), kept between one second
 * and one day; undefined when the header is absent or unreadable.
 */
export function parseRetryAfter(header: string | null, now: Date): number | undefined {
  if (header === null || header.trim() === "") return undefined;
  const seconds = Number(header);
  const delay = Number.isFinite(seconds) ? seconds * SECOND : Date.parse(header) - now.getTime();
  if (Number.isNaN(delay)) return undefined;
  return Math.min(Math.max(delay, RETRY_AFTER_MIN_MS), RETRY_AFTER_MAX_MS);
}
