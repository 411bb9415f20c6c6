import { db } from "@/server/platform/db";
import { Prisma } from "@/server/platform/generated/client";
import type { Tx } from "@/server/platform/transaction";
import { READ_CHARS } from "./payload";
import type { Movement } from "./rules";
import type { Origin, RunStatus } from "./schema";

/**
 * Reads the engine's tables and leaves requests for its workers in the queue. The engine works for the whole installation, so
 * these tables are read as their owner; every query names the workspace.
 */
export interface Audience {
  readonly workspaceId: string;
  /** Also the installation's own runs (schedules), which belong to no workspace. */
  readonly includeSystem: boolean;
}

export interface RunFilter {
  readonly functionId?: string | undefined;
  readonly origin?: Origin | undefined;
  readonly since: Date;
}

export interface RunPageFilter extends RunFilter {
  readonly status?: readonly RunStatus[] | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

export interface StoredError {
  readonly name?: string;
  readonly message?: string;
  readonly stack?: string;
}

export interface RunRow extends Movement {
  readonly id: string;
  readonly workspaceId: string | null;
  readonly functionId: string;
  readonly functionName: string | null;
  readonly status: RunStatus;
  readonly eventName: string;
  readonly queuedAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly stepsDone: number;
  readonly failedAttempts: number;
  readonly error: StoredError | null;
  readonly maxAttempts: number;
  readonly parentRunId: string | null;
  readonly retriedFrom: string | null;
}

const RUN = Prisma.sql`r.id, r.workspace_id::text AS "workspaceId", r.fn_id AS "functionId", f.name AS "functionName", r.status, r.event_name AS "eventName",
  r.queued_at AS "queuedAt", r.started_at AS "startedAt", r.ended_at AS "endedAt", r.error, r.max_attempts AS "maxAttempts",
  r.parent_run_id AS "parentRunId", r.retried_from AS "retriedFrom", i.executing, i.blocked, i.next_call_at AS "nextCallAt",
  i.next_attempt AS "nextAttempt", w.waits, w.waits_until AS "waitsUntil",
  (SELECT count(*)::int FROM engine_step s WHERE s.run_id = r.id AND s.ord IS NOT NULL) AS "stepsDone",
  (SELECT count(*)::int FROM engine_attempt a WHERE a.run_id = r.id) AS "failedAttempts"`;

/** Calls and waits hang on active runs only; for the others these find nothing by their keys. */
const MOVEMENT = Prisma.sql`LEFT JOIN engine_function f ON f.id = r.fn_id
  CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE state = 'leased')::int AS executing, count(*) FILTER (WHERE state = 'blocked')::int AS blocked,
      min(run_at) FILTER (WHERE state = 'ready') AS next_call_at, (array_agg(attempt ORDER BY run_at) FILTER (WHERE state = 'ready'))[1] AS next_attempt
    FROM engine_item WHERE run_id = r.id) i
  CROSS JOIN LATERAL (SELECT count(*)::int AS waits, min(expires_at) AS waits_until FROM engine_wait WHERE run_id = r.id) w`;

function visibleTo({ workspaceId, includeSystem }: Audience, origin?: Origin): Prisma.Sql {
  const own = Prisma.sql`r.workspace_id = ${workspaceId}::uuid`;
  if (!includeSystem || origin === "workspace") return origin === "installation" ? Prisma.sql`FALSE` : own;
  return origin === "installation" ? Prisma.sql`r.workspace_id IS NULL` : Prisma.sql`(${own} OR r.workspace_id IS NULL)`;
}

function matching(audience: Audience, filter: RunFilter): Prisma.Sql[] {
  const where = [visibleTo(audience, filter.origin), Prisma.sql`r.queued_at >= ${filter.since}`];
  if (filter.functionId !== undefined) where.push(Prisma.sql`r.fn_id = ${filter.functionId}`);
  return where;
}

/** Newest first; `limit + 1` rows, so that the caller sees whether more follow. */
export async function listRunRows(audience: Audience, filter: RunPageFilter): Promise<RunRow[]> {
  const where = matching(audience, filter);
  if (filter.status !== undefined && filter.status.length > 0) where.push(Prisma.sql`r.status = ANY(${filter.status})`);
  if (filter.cursor !== undefined) where.push(Prisma.sql`r.id < ${filter.cursor}`);
  return db.$queryRaw<RunRow[]>`SELECT ${RUN} FROM (
      SELECT * FROM engine_run r WHERE ${Prisma.join(where, " AND ")} ORDER BY r.id DESC LIMIT ${filter.limit + 1}
    ) r ${MOVEMENT} ORDER BY r.id DESC`;
}

export async function findRunRow(audience: Audience, runId: string): Promise<RunRow | undefined> {
  const rows = await db.$queryRaw<RunRow[]>`SELECT ${RUN} FROM engine_run r ${MOVEMENT} WHERE r.id = ${runId} AND ${visibleTo(audience)}`;
  return rows[0];
}

export interface PayloadRow {
  readonly data: string | null;
  readonly output: string | null;
}

/** The beginnings of what a run was given and gave back, as JSON. */
export async function payloadRow(runId: string): Promise<PayloadRow | undefined> {
  const rows = await db.$queryRaw<
    PayloadRow[]
  >`SELECT left((event -> 'data')::text, ${READ_CHARS}::int) AS data, left(output::text, ${READ_CHARS}::int) AS output
    FROM engine_run WHERE id = ${runId}`;
  return rows[0];
}

export interface StepRow {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly status: "pending" | "done" | "failed";
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly error: StoredError | null;
  readonly output: string | null;
  readonly waiting: boolean;
  readonly eventName: string | null;
  readonly until: Date | null;
}

/** In the order they were finished, pending ones last. The run's visibility was checked by the caller. */
export async function stepRows(runId: string, limit: number): Promise<StepRow[]> {
  return db.$queryRaw<StepRow[]>`SELECT s.step_id AS id, s.display_name AS name, s.op AS kind, s.status, s.started_at AS "startedAt", s.ended_at AS "endedAt",
      CASE WHEN s.status = 'failed' THEN s.memo -> 'error' END AS error,
      CASE WHEN s.status = 'done' THEN left((s.memo -> 'data')::text, ${READ_CHARS}::int) END AS output,
      w.run_id IS NOT NULL AS waiting, w.event_name AS "eventName", w.expires_at AS until
    FROM engine_step s LEFT JOIN engine_wait w USING (run_id, step_id) WHERE s.run_id = ${runId}
    ORDER BY s.ord NULLS LAST, s.started_at, s.step_id LIMIT ${limit}`;
}

export async function countSteps(runId: string): Promise<number> {
  const rows = await db.$queryRaw<Array<{ count: number }>>`SELECT count(*)::int AS count FROM engine_step WHERE run_id = ${runId}`;
  return rows[0]?.count ?? 0;
}

export interface AttemptRow {
  readonly stepId: string;
  readonly attempt: number;
  readonly at: Date;
  readonly retryAt: Date | null;
  readonly error: StoredError;
}

export async function attemptRows(runId: string): Promise<AttemptRow[]> {
  return db.$queryRaw<AttemptRow[]>`SELECT step_id AS "stepId", attempt + 1 AS attempt, at, retry_at AS "retryAt", error
    FROM engine_attempt WHERE run_id = ${runId} ORDER BY id LIMIT 500`;
}

/** Runs that were started again from this one, oldest first. */
export async function retriesOf(run: Pick<RunRow, "id" | "functionId">): Promise<string[]> {
  const rows = await db.$queryRaw<Array<{ id: string }>>`SELECT id FROM engine_run
    WHERE fn_id = ${run.functionId} AND id > ${run.id} AND retried_from = ${run.id} ORDER BY id LIMIT 20`;
  return rows.map((row) => row.id);
}

export async function statusCounts(audience: Audience, filter: RunFilter): Promise<Array<{ status: RunStatus; count: number }>> {
  return db.$queryRaw<Array<{ status: RunStatus; count: number }>>`SELECT r.status, count(*)::int AS count FROM engine_run r
    WHERE ${Prisma.join(matching(audience, filter), " AND ")} GROUP BY r.status`;
}

export async function functionRows(): Promise<Array<{ id: string; name: string }>> {
  return db.$queryRaw<Array<{ id: string; name: string }>>`SELECT id, name FROM engine_function ORDER BY name, id`;
}

export async function workerRows(): Promise<Array<{ startedAt: Date; seenAt: Date }>> {
  return db.$queryRaw<Array<{ startedAt: Date; seenAt: Date }>>`SELECT started_at AS "startedAt", seen_at AS "seenAt" FROM engine_worker ORDER BY started_at`;
}

export interface QueueRow {
  readonly due: number;
  readonly executing: number;
  readonly blocked: number;
  readonly later: number;
  readonly events: number;
  readonly dueSince: Date | null;
}

/** Figures of the whole installation: one queue serves every workspace. */
export async function queueRow(): Promise<QueueRow | undefined> {
  const rows = await db.$queryRaw<QueueRow[]>`SELECT count(*) FILTER (WHERE state = 'ready' AND run_at <= now())::int AS due,
      count(*) FILTER (WHERE state = 'leased')::int AS executing, count(*) FILTER (WHERE state = 'blocked')::int AS blocked,
      count(*) FILTER (WHERE state = 'ready' AND run_at > now())::int AS later, min(run_at) FILTER (WHERE state = 'ready' AND run_at <= now()) AS "dueSince",
      (SELECT count(*)::int FROM engine_event WHERE handled_at IS NULL AND ts <= now()) AS events
    FROM engine_item`;
  return rows[0];
}

/** Whether the installation serves one workspace only, so that its managers are the installation's. */
export async function isOnlyWorkspace(): Promise<boolean> {
  return (await db.workspace.count({ take: 2 })) === 1;
}

const cancelKey = (runId: string) => `cancel:${runId}`;

/** Asks the workers to cancel a run; they do it in one transaction with everything that hangs on it. */
export async function requestCancel(tx: Tx, runId: string): Promise<void> {
  await tx.$queryRaw`SELECT (graphile_worker.add_job('engine:cancel', json_build_object('run', ${runId}::text), job_key => ${cancelKey(runId)})).id`;
}

/** Whether a request to cancel still waits for a worker. */
export async function isCancelRequested(runId: string): Promise<boolean> {
  const rows = await db.$queryRaw<Array<{ asked: boolean }>>`SELECT EXISTS (SELECT 1 FROM graphile_worker.jobs WHERE key = ${cancelKey(runId)}) AS asked`;
  return rows[0]?.asked ?? false;
}

export async function requestRetry(tx: Tx, runId: string, newRunId: string): Promise<void> {
  await tx.$queryRaw`SELECT (graphile_worker.add_job('engine:retry', json_build_object('run', ${runId}::text, 'as', ${newRunId}::text))).id`;
}
