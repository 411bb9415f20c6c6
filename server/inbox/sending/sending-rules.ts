import { ConnectorError } from "@/server/integrations/contract/errors";
import { backoffMs } from "../rules";

export interface SendTimings {
  /** How long one try may take; after it the outcome is unknown. Longer than any request's time-out. */
  readonly leaseMs: number;
  /** What a request may need at most: a try with less time left does not start. */
  readonly requestMs: number;
  /** How long a service may take to show an accepted message in its history: an earlier look proves no absence. */
  readonly graceMs: number;
  /** Failed looks into the history before a person is asked. */
  readonly maxChecks: number;
}

export const SEND_TIMINGS: SendTimings = { leaseMs: 90_000, requestMs: 45_000, graceMs: 15_000, maxChecks: 30 };

/** In these a message can be taken back: no marketplace takes one back. */
export const UNDO_MS = 10_000;
/** "Send later" reaches no further: what was true then will hardly be. */
export const LATEST_SEND_DAYS = 60;

export type SendOutcome =
  | { readonly state: "accepted"; readonly externalId: string | undefined }
  | { readonly state: "rejected"; readonly errorCode: string; readonly errorText: string | undefined }
  | { readonly state: "unknown"; readonly errorCode: string; readonly errorText: string | undefined }
  | { readonly state: "queued"; readonly errorCode: string; readonly errorText: string | undefined; readonly waitMs: number };

/** A definite "no" to this message; asking again would get the same answer. */
const REFUSALS: ReadonlySet<string> = new Set(["forbidden", "subscription", "invalid", "not-found", "conflict", "closed"]);
/** The request did not take effect for a reason that has nothing to do with the message. */
const OBSTACLES: ReadonlySet<string> = new Set(["rate-limited", "unavailable", "timeout", "auth"]);
const AUTH_WAIT_MS = 60_000;

/**
 * What a failed try means. Only a definite answer rejects; only "it never took effect" goes back into the queue; everything
 * else is unknown and has to be read up in the service's history.
 */
export function outcomeOfError(error: unknown, attempts: number): SendOutcome {
  if (!(error instanceof ConnectorError)) return { state: "unknown", errorCode: "inbox.send_interrupted", errorText: undefined };
  const words = { errorCode: error.code, errorText: error.remoteText?.slice(0, 500) };
  if (error.mayHaveTakenEffect) return { state: "unknown", ...words };
  if (REFUSALS.has(error.kind)) return { state: "rejected", ...words };
  if (!OBSTACLES.has(error.kind)) return { state: "unknown", ...words };
  return { state: "queued", ...words, waitMs: backoffMs(attempts, error.kind === "auth" ? AUTH_WAIT_MS : error.retryAfterMs) };
}
