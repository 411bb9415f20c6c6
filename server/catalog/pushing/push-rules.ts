import { ConnectorError } from "@/server/integrations/contract/errors";
import type { OfferOutcome } from "@/server/integrations/contract/offers";
import { AppError } from "@/server/platform/errors";
import { pushBackoffMs } from "../rules";
import type { PushResult } from "./push.repository";

export interface PushTimings {
  /** After this a request nobody reported on is lost, and what became of it unknown. Longer than any request's time-out. */
  readonly leaseMs: number;
  /** First look for an answer that comes later; every further one waits longer. */
  readonly checkMs: number;
  /** An answer that did not come by then will not: the wish is said again. */
  readonly pendingMs: number;
}

export const PUSH_TIMINGS: PushTimings = { leaseMs: 120_000, checkMs: 5_000, pendingMs: 1_800_000 };

/** A service that compares before it sets is asked again so often, each time after the listing was read anew. */
const MOST_CONFLICTS = 6;
const CONFLICT_WAIT_MS = 10_000;
const AUTH_WAIT_MS = 60_000;
/** A definite "no" to these values; only other values would be another question. */
const REFUSALS: ReadonlySet<string> = new Set(["forbidden", "subscription", "invalid", "not-found", "closed"]);

export interface Try {
  readonly id: string;
  readonly attempts: number;
  readonly from: PushResult["from"];
  readonly requestedAt: Date;
}

/** What the service's answer makes of one request. */
export function resultOf(one: Try, outcome: OfferOutcome | undefined, now: Date, timings: PushTimings): PushResult {
  const { id, attempts, from } = one;
  const at = (ms: number) => new Date(now.getTime() + ms).toISOString();
  if (outcome === undefined) return { id, attempts, from, state: "unknown", nextAt: at(pushBackoffMs(attempts)), errorCode: "catalog.no_answer" };
  switch (outcome.state) {
    case "acknowledged":
      return { id, attempts, from, state: "acknowledged" };
    case "pending": {
      const age = now.getTime() - one.requestedAt.getTime();
      if (age >= timings.pendingMs) return { id, attempts, from, state: "unknown", nextAt: now.toISOString(), errorCode: "catalog.no_answer" };
      return { id, attempts, from, state: "pending", tracking: outcome.tracking, nextAt: at(Math.max(timings.checkMs, age)) };
    }
    case "rejected": {
      const words = { errorCode: outcome.code, errorText: outcome.text?.slice(0, 500) ?? null };
      if (outcome.isConflict === true && attempts < MOST_CONFLICTS) return { id, attempts, from, state: "delayed", nextAt: at(CONFLICT_WAIT_MS), ...words };
      return { id, attempts, from, state: "rejected", ...words };
    }
  }
}

/** What a failed call makes of the requests it carried. Saying an absolute value again is harmless, so nothing has to be settled first. */
export function resultOfFailure(one: Try, error: unknown, now: Date): PushResult {
  const { id, attempts, from } = one;
  const failed = error instanceof ConnectorError ? error : null;
  const words = {
    errorCode: error instanceof AppError ? error.code : "catalog.push_interrupted",
    errorText: failed?.remoteText?.slice(0, 500) ?? null,
  };
  if (failed !== null && !failed.mayHaveTakenEffect && REFUSALS.has(failed.kind)) return { id, attempts, from, state: "rejected", ...words };
  const waitMs = pushBackoffMs(attempts, failed?.kind === "auth" ? AUTH_WAIT_MS : failed?.retryAfterMs);
  const neverLeft = failed !== null && !failed.mayHaveTakenEffect;
  return { id, attempts, from, state: neverLeft ? "delayed" : "unknown", nextAt: new Date(now.getTime() + waitMs).toISOString(), ...words };
}
