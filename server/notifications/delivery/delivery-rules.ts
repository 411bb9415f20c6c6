import type { DeliveryFailure } from "./delivery-failure";

/**
 * While a claimed delivery is on its way nobody else takes it; after that it counts as lost with its process and is tried again.
 * Longer than a talk with a slow mail server takes (eight phases of 15 s).
 */
export const LEASE_MS = 180_000;
/** Notices that left together are one message: no longer than a screen. */
export const MOST_IN_ONE = 20;
/** A server that is away or asks to come later (greylisting takes minutes) gets eight tries over half a day. */
const PAUSES_MS = [30_000, 60_000, 300_000, 900_000, 3_600_000, 3 * 3_600_000, 6 * 3_600_000];

export type Verdict =
  | { readonly state: "waiting"; readonly notBefore: Date; readonly code: string; readonly text: string | null }
  | { readonly state: "failed"; readonly code: string; readonly text: string | null };

/** What becomes of a delivery whose try number `attempts` (from 1) failed. */
export function judge(failure: DeliveryFailure, attempts: number, now: Date): Verdict {
  const said = { code: failure.code, text: failure.remoteText };
  if (!failure.retryable) return { state: "failed", ...said };
  if (failure.retryAfterMs !== null) return { state: "waiting", notBefore: new Date(now.getTime() + failure.retryAfterMs), ...said };
  const pause = PAUSES_MS[attempts - 1];
  return pause === undefined ? { state: "failed", ...said } : { state: "waiting", notBefore: new Date(now.getTime() + pause), ...said };
}
