import { createHash } from "node:crypto";
import { type Clock, systemClock } from "@/server/platform/clock";
import { AppError, conflict } from "@/server/platform/errors";
import { IDEMPOTENT_HOURS } from "../schema";
import type { Principal } from "../tokens/authenticate";
import { deleteRequestsBefore, giveKeyUp, keepAnswer, takeKey } from "./idempotency.repository";

const KEY = /^[\x21-\x7e]{1,200}$/;
const DIED_AFTER_MS = 120_000;
const KEPT_MS = IDEMPOTENT_HOURS * 3_600_000;
const PURGE_BATCH = 10_000;

/** What identifies a request besides its key. */
export interface RequestFacts {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

/**
 * Carries a request out once a key: repeated, it gets the answer it got before. Without a key it is simply carried out.
 * @throws AppError `api.bad_idempotency_key` (400) | `api.idempotency_mismatch` (422) | `api.request_in_progress` (409), and what `work` throws.
 */
export async function once(
  principal: Principal,
  key: string | null,
  facts: RequestFacts,
  work: () => Promise<{ status: number; body: string }>,
  clock: Clock = systemClock,
): Promise<{ status: number; body: string; replayed: boolean }> {
  if (key === null) return { ...(await work()), replayed: false };
  if (!KEY.test(key)) throw new AppError("api.bad_idempotency_key", { status: 400 });
  const request = { workspaceId: principal.workspaceId, tokenId: principal.tokenId, key };
  const hash = createHash("sha256")
    .update(JSON.stringify([facts.method, facts.path, facts.body]))
    .digest("hex");
  const now = clock.now();
  const before = (ms: number) => new Date(now.getTime() - ms);
  const kept = await takeKey(request, hash, now, before(DIED_AFTER_MS), before(KEPT_MS));
  if (kept !== null) {
    if (kept.requestHash !== hash) throw new AppError("api.idempotency_mismatch", { status: 422 });
    if (kept.status === null) throw conflict("api.request_in_progress", { retryAfterSeconds: 1 });
    return { status: kept.status, body: String(kept.body), replayed: true };
  }
  try {
    const answer = await work();
    await keepAnswer(request, answer.status, answer.body);
    return { ...answer, replayed: false };
  } catch (error) {
    await giveKeyUp(request);
    throw error;
  }
}

/** Forgets answers whose time is over, a batch a call. @returns whether nothing old is left. */
export async function purgeRequests(clock: Clock = systemClock): Promise<{ deleted: number; done: boolean }> {
  const deleted = await deleteRequestsBefore(new Date(clock.now().getTime() - KEPT_MS), PURGE_BATCH);
  return { deleted, done: deleted < PURGE_BATCH };
}
