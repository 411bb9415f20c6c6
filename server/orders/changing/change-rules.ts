import { ConnectorError } from "@/server/integrations/contract/errors";
import type { OrderTransition } from "@/server/integrations/contract/orders";

export interface ChangeTimings {
  /** How long one try may take; after it the outcome is unknown. Longer than any request's time-out. */
  readonly leaseMs: number;
  /** What a request may need at most: a try with less time left does not start. */
  readonly requestMs: number;
  /** How long a service may take to show what it accepted: an earlier look proves no absence. */
  readonly graceMs: number;
  /** Failed looks before a person is asked. */
  readonly maxChecks: number;
}

export const CHANGE_TIMINGS: ChangeTimings = { leaseMs: 90_000, requestMs: 45_000, graceMs: 20_000, maxChecks: 30 };

export type ChangeOutcome =
  | { readonly state: "accepted" }
  | { readonly state: "rejected" | "unknown"; readonly errorCode: string; readonly errorText: string | undefined; readonly params: ErrorParams }
  | { readonly state: "queued"; readonly errorCode: string; readonly errorText: string | undefined; readonly params: ErrorParams; readonly waitMs: number };

type ErrorParams = Readonly<Record<string, string | number>>;

/** A definite "no" to this change; asking again would get the same answer. */
const REFUSALS: ReadonlySet<string> = new Set(["forbidden", "subscription", "invalid", "not-found", "conflict", "closed"]);
/** The request did not take effect for a reason that has nothing to do with the change. */
const OBSTACLES: ReadonlySet<string> = new Set(["rate-limited", "unavailable", "timeout", "auth"]);
const AUTH_WAIT_MS = 60_000;

/** Growing waits, at most five minutes; a service's own wish counts when it is longer. */
export function backoffMs(attempt: number, wishedMs?: number | undefined): number {
  const own = Math.min(5_000 * 2 ** Math.min(Math.max(attempt - 1, 0), 10), 300_000);
  return Math.max(own, wishedMs ?? 0);
}

/**
 * What a failed try means. Only a definite answer rejects; only "it never took effect" goes back into the queue; everything else is
 * unknown and has to be read up at the service.
 */
export function outcomeOfError(error: unknown, attempts: number): ChangeOutcome {
  if (!(error instanceof ConnectorError)) return { state: "unknown", errorCode: "orders.change_interrupted", errorText: undefined, params: {} };
  const words = { errorCode: error.code, errorText: error.remoteText?.slice(0, 500), params: error.params };
  if (error.mayHaveTakenEffect) return { state: "unknown", ...words };
  if (REFUSALS.has(error.kind)) return { state: "rejected", ...words };
  if (!OBSTACLES.has(error.kind)) return { state: "unknown", ...words };
  return { state: "queued", ...words, waitMs: backoffMs(attempts, error.kind === "auth" ? AUTH_WAIT_MS : error.retryAfterMs) };
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Why a transition cannot be asked for with these fields (`orders.<code>`), or null. */
export function fieldFault(
  transition: Pick<OrderTransition, "fields">,
  given: Readonly<Record<string, string>>,
): { readonly code: string; readonly params: ErrorParams } | null {
  const known = new Set<string>(transition.fields.map(({ name }) => name));
  const foreign = Object.keys(given).find((name) => !known.has(name));
  if (foreign !== undefined) return { code: "orders.field_unknown", params: { field: foreign } };
  for (const { name, required, options } of transition.fields) {
    const value = given[name] ?? "";
    if (value === "" && required) return { code: "orders.field_missing", params: { field: name } };
    if (value === "") continue;
    if (options !== undefined && !options.some((option) => option.value === value)) return { code: "orders.field_choice", params: { field: name } };
    if (name === "date" && !DAY.test(value)) return { code: "orders.field_date", params: { field: name } };
  }
  return null;
}

/** Empty fields are not given ones. */
export function givenFields(fields: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ""));
}
