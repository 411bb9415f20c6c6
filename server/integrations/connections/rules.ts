import type { ConnectionFacts } from "../contract/connector";
import type { FailureKind } from "../contract/errors";
import type { HealthState } from "../schema";

/** Decisions about a connection's health and what of it may be seen. Pure: time comes in as an argument. */
export interface Health {
  readonly state: HealthState;
  /** Catalogue key under `integrations.health`. */
  readonly code: string | null;
  readonly params: Readonly<Record<string, string | number>>;
}

export interface Failure {
  readonly kind: FailureKind;
  readonly retryAfterMs?: number | undefined;
  readonly params?: Readonly<Record<string, string | number>> | undefined;
}

export const HEALTHY: Health = { state: "ok", code: null, params: {} };
/** The connection form was left half empty: no call was made. */
export const CREDENTIALS_MISSING: Health = { state: "auth_failed", code: "credentials_missing", params: {} };

const DAY_MS = 86_400_000;
const WARN_DAYS = 14;

/**
 * What a failed call says about the connection. Only `auth` is a definite answer that the key is bad; whatever may be the
 * network or an outage stays "unreachable".
 */
export function healthOfFailure(failure: Failure, now: Date): Health {
  const params = failure.params ?? {};
  switch (failure.kind) {
    case "auth":
      return { state: "auth_failed", code: "credentials_rejected", params };
    case "forbidden":
      return { state: "missing_permission", code: "missing_permission", params: { permission: "", ...params } };
    case "subscription":
      return { state: "degraded", code: "subscription_too_small", params };
    case "rate-limited":
      return { state: "throttled", code: "throttled", params: { until: new Date(now.getTime() + (failure.retryAfterMs ?? 60_000)).toISOString() } };
    case "unavailable":
    case "timeout":
      return { state: "unreachable", code: "unreachable", params };
    case "malformed":
      return { state: "degraded", code: "answer_not_understood", params };
    case "invalid":
    case "not-found":
    case "conflict":
    case "closed":
    case "unknown":
      return { state: "degraded", code: "request_refused", params };
  }
}

/** Our own pace kept us from calling: the service has said nothing, and nothing is wrong with the connection. */
export const OWN_PACE = "remote.own_pace";

/** What a successful test says: a key that works may still lack a permission, or the account a subscription for sending. */
export function healthOfFacts(facts: ConnectionFacts): Health {
  // Sending, questions and reviews are sold or granted apart: a shop works without them.
  const optional: readonly string[] = ["send", "questions", "reviews", "orders", "order_changes", "stock", "price"];
  const lacking = facts.missingPermissions.find((entry) => !optional.includes(entry.capability));
  if (lacking !== undefined)
    return { state: "missing_permission", code: "missing_permission", params: { permission: lacking.permission, capability: lacking.capability } };
  const send = facts.missingPermissions.find((entry) => entry.capability === "send");
  if (send === undefined) return HEALTHY;
  return { state: "degraded", code: "subscription_too_small", params: { permission: send.permission, subscription: facts.subscription ?? "" } };
}

/** Health after a page came through. A working call disproves an outage or a bad key; it says nothing about missing permissions. */
export function healthAfterSuccess(state: HealthState): Health | null {
  return state === "unknown" || state === "unreachable" || state === "throttled" || state === "auth_failed" ? HEALTHY : null;
}

/** Only a definite authentication answer blocks sending. */
export function isSendingBlocked(state: HealthState): boolean {
  return state === "auth_failed";
}

/** Days until a key expires, floored: 0 = within a day. */
export function expiryOf(expiresAt: Date | null, now: Date): { readonly daysLeft: number; readonly level: "fine" | "soon" | "expired" } | null {
  if (expiresAt === null) return null;
  const leftMs = expiresAt.getTime() - now.getTime();
  if (leftMs <= 0) return { daysLeft: 0, level: "expired" };
  const daysLeft = Math.floor(leftMs / DAY_MS);
  return { daysLeft, level: daysLeft < WARN_DAYS ? "soon" : "fine" };
}

/** What may be shown of a credential: the last 4 characters of a secret that is long enough not to be given away by them. */
export function hintOf(value: string, secret: boolean): string {
  if (!secret) return value;
  return value.length >= 12 ? `…${value.slice(-4)}` : "…";
}
