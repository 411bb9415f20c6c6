import { writeAudit } from "@/server/platform/audit";
import { type Clock, systemClock } from "@/server/platform/clock";
import { conflict, describeError, notFound } from "@/server/platform/errors";
import { inWorkspace, type Scope } from "@/server/platform/transaction";
import { writeHealth } from "../connections/connection.repository";
import { type Actor, by } from "../connections/credentials";
import { healthOfFailure, OWN_PACE } from "../connections/rules";
import type { ConnectorError } from "../contract/errors";
import { errorCodeOf } from "./error-code";
import { announce, lockOpenRun, type PageTicket } from "./page";
import { type FailureVerdict, failureBackoffMs, judgeFailure } from "./rules";
import { endRun, findRun } from "./run.repository";
import { lockStream, updateStream, writePosition } from "./stream.repository";

/**
 * Writes down that a page could not be pulled and decides what now: wait and try this page again, or give the run up and
 * leave the stream alone for a while. The connection's health follows the cause; a bad key stops polling (not pushes) until it is fixed.
 */
export async function recordPullFailure(scope: Scope, ticket: PageTicket, error: ConnectorError, now: Date): Promise<FailureVerdict> {
  const open = await lockOpenRun(scope, ticket.connection.id, ticket.stream, ticket.runId);
  if (open === null || open.run.pages !== ticket.page) return { action: "retry", waitMs: 0 };
  const failures = open.place.failures + 1;
  const verdict = judgeFailure(error.kind, error.retryAfterMs, failures, open.stream.intervalSeconds);
  if (error.code !== OWN_PACE)
    await writeHealth(scope, ticket.connection.id, healthOfFailure({ kind: error.kind, retryAfterMs: error.retryAfterMs, params: error.params }, now), now);
  await updateStream(scope, open.stream.id, { lastErrorAt: now, lastErrorCode: error.code });
  if (verdict.action === "retry") {
    await writePosition(scope, open.stream.id, { ...open.position, run: { ...open.place, failures } }, now);
    await announce(scope, ticket.connection.id);
    return verdict;
  }
  const inRow = open.stream.failures + 1;
  const waitMs = Math.max(error.retryAfterMs ?? 0, failureBackoffMs(inRow, open.stream.intervalSeconds));
  await updateStream(scope, open.stream.id, { failures: inRow, nextDueAt: new Date(now.getTime() + waitMs) });
  await endRun(scope, ticket.runId, {
    status: open.run.pages > 0 ? "partial" : "failed",
    at: now,
    errorCode: error.code,
    errorParams: error.params,
    errorText: error.remoteText,
  });
  await announce(scope, ticket.connection.id);
  return { action: "give-up", waitMs };
}

export interface RunRef {
  readonly workspaceId: string;
  readonly runId: string;
  readonly connectionId: string;
  readonly stream: string;
}

/** Our own failure (a defect, a database away for too long): the durable function gave up, the run must not stay open. */
export async function abandonRun(ref: RunRef, error: unknown, clock: Clock = systemClock): Promise<void> {
  await inWorkspace(ref.workspaceId, async (scope) => {
    const stream = await lockStream(scope, ref.connectionId, ref.stream);
    const now = clock.now();
    const code = errorCodeOf(error, "internal");
    const ended = await endRun(scope, ref.runId, { status: "failed", at: now, errorCode: code, errorText: describeError(error).message });
    if (!ended || stream === null) return;
    const failures = stream.failures + 1;
    await updateStream(scope, stream.id, {
      failures,
      lastErrorAt: now,
      lastErrorCode: code,
      nextDueAt: new Date(now.getTime() + failureBackoffMs(failures, stream.intervalSeconds)),
    });
    await announce(scope, ref.connectionId);
  });
}

/**
 * Cancels an open run; the page under way is dropped by its fence.
 * @throws AppError `sync.run_not_found` | `sync.run_already_ended`.
 */
export async function cancelRun(workspaceId: string, runId: string, actor: Actor, clock: Clock = systemClock): Promise<void> {
  await inWorkspace(workspaceId, async (scope) => {
    const run = await findRun(scope, runId);
    if (run === null) throw notFound("sync.run_not_found");
    if (!(await endRun(scope, runId, { status: "cancelled", at: clock.now() }))) throw conflict("sync.run_already_ended");
    await writeAudit(scope, { ...by(actor), action: "sync.run_cancelled", subject: { type: "sync_run", id: runId } });
    await announce(scope, run.connectionId);
  });
}
