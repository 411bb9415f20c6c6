import { newId } from "@/lib/ids";
import { storableJson } from "@/lib/storable-json";
import type { PendingStep, StepResult } from "../decide";
import { DISCOVERY, type Memo, type WireEvent } from "../protocol";
import { enqueueItem } from "./items";
import type { Queryable } from "./transaction";

function resultRow(result: StepResult, attempts: number) {
  return {
    step_id: result.id,
    op: result.op,
    display_name: result.displayName,
    status: result.memo.type === "data" ? "done" : "failed",
    memo: result.memo,
    attempts,
  };
}

/** Writes step results, in their order. A result that is already there stays: no step is committed twice. */
export async function writeResults(tx: Queryable, runId: string, results: readonly StepResult[], attempts: number): Promise<void> {
  if (results.length === 0) return;
  await tx.query({
    name: "engine-write-results",
    text: `INSERT INTO engine_step AS s (run_id, step_id, op, display_name, status, memo, attempts, ord, ended_at)
      SELECT $1, x.step_id, x.op, x.display_name, x.status, x.memo, x.attempts, nextval('engine_step_ord'), now()
      FROM json_to_recordset($2::json) AS x(step_id TEXT, op TEXT, display_name TEXT, status TEXT, memo JSON, attempts INT)
      ON CONFLICT (run_id, step_id) DO UPDATE SET status = excluded.status, memo = excluded.memo, attempts = excluded.attempts,
        ord = excluded.ord, ended_at = excluded.ended_at WHERE s.status = 'pending'`,
    values: [runId, storableJson(results.map((result) => resultRow(result, attempts)))],
  });
}

/** Registers pending steps and returns those that were new; a step reported again is left alone. */
export async function insertPending(tx: Queryable, runId: string, pending: readonly PendingStep[]): Promise<PendingStep[]> {
  if (pending.length === 0) return [];
  const rows = pending.map((step) => ({
    step_id: step.id,
    op: step.op,
    display_name: step.displayName,
    race: step.race,
  }));
  const { rows: fresh } = await tx.query<{ step_id: string }>({
    name: "engine-insert-pending",
    text: `INSERT INTO engine_step (run_id, step_id, op, display_name, status, race)
      SELECT $1, x.step_id, x.op, x.display_name, 'pending', x.race
      FROM json_to_recordset($2::json) AS x(step_id TEXT, op TEXT, display_name TEXT, race BOOLEAN)
      ON CONFLICT (run_id, step_id) DO NOTHING RETURNING step_id`,
    values: [runId, storableJson(rows)],
  });
  const ids = new Set(fresh.map((row) => row.step_id));
  return pending.filter((step) => ids.has(step.id));
}

/** Registers what will end a pending step: the clock, an event, or another run. */
export async function insertWait(tx: Queryable, runId: string, step: Exclude<PendingStep, { kind: "planned" }>): Promise<void> {
  const awaited = step.kind === "wait" ? step : undefined;
  await tx.query({
    name: "engine-insert-wait",
    text: `WITH wait AS (
        INSERT INTO engine_wait (run_id, step_id, event_name, condition, expires_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING
        RETURNING run_id, step_id, expires_at
      ) SELECT graphile_worker.add_job('engine:timer', json_build_object('run', run_id, 'step', step_id), run_at => expires_at)
        FROM wait WHERE expires_at IS NOT NULL`,
    values: [runId, step.id, awaited?.eventName ?? null, awaited?.condition ?? null, step.dueAt ?? null],
  });
}

export interface PendingState {
  readonly pending: number;
  /** Whether one of the given steps belongs to a race, whose every completion lets the function go on. */
  readonly race: boolean;
}

export async function pendingState(tx: Queryable, runId: string, resolved: readonly string[]): Promise<PendingState> {
  const { rows } = await tx.query<{ pending: number; race: boolean }>({
    name: "engine-pending-state",
    text: `SELECT count(*) FILTER (WHERE status = 'pending')::int AS pending,
        coalesce(bool_or(race AND step_id = ANY($2)), false) AS race FROM engine_step WHERE run_id = $1`,
    values: [runId, resolved],
  });
  return rows[0] ?? { pending: 0, race: false };
}

/** Whether the function goes on now: all of a parallel group is there, or a racer came in. */
export const wakes = (state: PendingState): boolean => state.pending === 0 || state.race;

/** Gives a pending step its outcome and lets the function go on when that was the last one. The run is locked by the caller. */
export async function resolveStep(tx: Queryable, runId: string, stepId: string, memo: Memo): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: "engine-resolve-step",
    text: `WITH wait AS (DELETE FROM engine_wait WHERE run_id = $1 AND step_id = $2)
      UPDATE engine_step SET status = $3, memo = $4, ord = nextval('engine_step_ord'), ended_at = now()
      WHERE run_id = $1 AND step_id = $2 AND status = 'pending'`,
    values: [runId, stepId, memo.type === "data" ? "done" : "failed", storableJson(memo)],
  });
  if (rowCount !== 1) return false;
  if (wakes(await pendingState(tx, runId, [stepId]))) await enqueueItem(tx, newId(), runId, DISCOVERY);
  return true;
}

export async function recordAttempt(
  tx: Queryable,
  entry: { readonly runId: string; readonly stepId: string; readonly attempt: number; readonly error: unknown; readonly retryInMs?: number | undefined },
): Promise<void> {
  await tx.query(
    `INSERT INTO engine_attempt (run_id, step_id, attempt, error, retry_at)
     VALUES ($1, $2, $3, $4, now() + make_interval(secs => $5::float8))`,
    [entry.runId, entry.stepId, entry.attempt, storableJson(entry.error), entry.retryInMs === undefined ? null : entry.retryInMs / 1000],
  );
}

export interface AwaitingStep {
  readonly run_id: string;
  readonly step_id: string;
  readonly condition: string | null;
  /** The event that started the run. */
  readonly event: WireEvent;
}

export async function waitsFor(tx: Queryable, eventName: string): Promise<AwaitingStep[]> {
  const { rows } = await tx.query<AwaitingStep>({
    name: "engine-waits-for",
    text: `SELECT w.run_id, w.step_id, w.condition, r.event FROM engine_wait w JOIN engine_run r ON r.id = w.run_id
      WHERE w.event_name = $1 ORDER BY w.run_id, w.step_id`,
    values: [eventName],
  });
  return rows;
}
