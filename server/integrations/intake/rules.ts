import { RETRY_SCHEDULE_SECONDS } from "../schema";

/**
 * How long to wait after a failed try, in milliseconds: the published schedule, whose last pause repeats; a service that names a
 * later moment is not asked before it.
 * @param attempt index of the try that failed, from 0.
 */
export function retryPauseMs(attempt: number, wantedMs: number | undefined): number {
  const seconds = RETRY_SCHEDULE_SECONDS[Math.min(attempt, RETRY_SCHEDULE_SECONDS.length - 1)] ?? 0;
  return Math.max(seconds * 1_000, wantedMs ?? 0);
}
