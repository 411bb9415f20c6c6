import { createHash } from "node:crypto";
import ipaddr from "ipaddr.js";
import { AppError } from "@/server/platform/errors";
import { limiter } from "@/server/platform/rate-limit";

const MINUTE = 60;

/** The scheme and its reasons: ../README.md. Windows in seconds. */
const perAddress = limiter("sign-in-address", { points: 100, perSeconds: 15 * MINUTE, blockSeconds: 15 * MINUTE });
const perPair = limiter("sign-in-pair", { points: 5, perSeconds: 15 * MINUTE, blockSeconds: 15 * MINUTE });
const perAccount = limiter("sign-in-account", { points: 20, perSeconds: 60 * MINUTE });
const slowLane = limiter("sign-in-slow-lane", { points: 1, perSeconds: 30 });

/** One subscriber's network: an IPv6 customer has a whole /64 to try from. Null for what is no address. */
export function addressBucket(ip: string | null): string | null {
  if (ip === null || !ipaddr.isValid(ip)) return null;
  const address = ipaddr.process(ip);
  if (address.kind() === "ipv4") return address.toString();
  return address
    .toByteArray()
    .slice(0, 8)
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}

function accountKey(email: string): string {
  return createHash("sha256").update(email).digest("base64url").slice(0, 22);
}

export interface Attempt {
  /** Normalised; counted alike whether an account exists or not. */
  readonly email: string;
  readonly ip: string | null;
  /** The account was signed in from this address before. */
  readonly isKnownAddress: boolean;
}

/**
 * Counts an attempt before its password is looked at, so that parallel guesses cannot outrun the count.
 * @throws AppError `auth.throttled` (429, params.seconds) when it must wait.
 */
export async function admitAttempt(attempt: Attempt): Promise<void> {
  const address = addressBucket(attempt.ip);
  const account = accountKey(attempt.email);
  // Where no address is known, one bucket for all of them would let anybody shut everybody out: the account's own count must do.
  if (address !== null) {
    refuseUnless(await perAddress.consume(address));
    refuseUnless(await perPair.consume(`${account}:${address}`));
  }
  if (attempt.isKnownAddress) return;
  const overall = await perAccount.consume(account);
  // Under attack from many addresses a stranger's attempt is not refused for good: they all share one try per 30 s.
  if (!overall.allowed) refuseUnless(await slowLane.consume(account));
}

/** After the right password: this address starts afresh for this account. What others tried elsewhere stays counted. */
export async function forgiveAttempts(attempt: Attempt): Promise<void> {
  const address = addressBucket(attempt.ip);
  if (address !== null) await perPair.reset(`${accountKey(attempt.email)}:${address}`);
}

function refuseUnless(verdict: { allowed: boolean; retryAfterMs: number }): void {
  if (verdict.allowed) return;
  throw new AppError("auth.throttled", { status: 429, retryable: true, params: { seconds: Math.max(1, Math.ceil(verdict.retryAfterMs / 1000)) } });
}
