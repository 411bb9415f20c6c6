import { newId } from "@/lib/ids";
import { storableJson } from "@/lib/storable-json";
import type { WireEvent } from "../protocol";
import type { ConcurrencyScope } from "../routing";
import type { Queryable } from "./transaction";

export interface NewRun {
  readonly id: string;
  readonly fnId: string;
  readonly event: WireEvent;
  readonly eventId?: string | undefined;
  /** Whose data it works on; undefined for the installation's own work. */
  readonly workspaceId?: string | undefined;
  readonly retriedFrom?: string | undefined;
  readonly parent?: { readonly runId: string; readonly stepId: string } | undefined;
  readonly maxAttempts: number;
  readonly concurrency: readonly ConcurrencyScope[];
  /** When the run may start; now when absent. */
  readonly startAt?: Date | undefined;
}

function runRow(run: NewRun) {
  return {
    id: run.id,
    fn_id: run.fnId,
    event: run.event,
    event_id: run.eventId,
    event_name: run.event.name,
    workspace_id: run.workspaceId,
    retried_from: run.retriedFrom,
    parent_run_id: run.parent?.runId,
    parent_step_id: run.parent?.stepId,
    max_attempts: run.maxAttempts,
    concurrency: run.concurrency.length === 0 ? undefined : run.concurrency,
    item_id: newId(),
    start_at: run.startAt?.toISOString(),
  };
}

/** Runs with their first calls, queued; `source` is what they come from. */
const insertRunsText = (source: string) => `fresh AS (
    SELECT x.* FROM json_to_recordset($1::json) AS x(id TEXT, fn_id TEXT, event JSON, event_id TEXT, event_name TEXT, workspace_id UUID,
      retried_from TEXT, parent_run_id TEXT, parent_step_id TEXT, max_attempts INT, concurrency JSON, item_id TEXT, start_at TIMESTAMPTZ) ${source}
  ), runs AS (
    INSERT INTO engine_run (id, fn_id, status, event, event_id, event_name, workspace_id, retried_from, parent_run_id, parent_step_id, max_attempts, concurrency)
    SELECT id, fn_id, 'Queued', event, event_id, event_name, workspace_id, retried_from, parent_run_id, parent_step_id, max_attempts, concurrency FROM fresh
  ), items AS (
    INSERT INTO engine_item (id, run_id, step_id, run_at) SELECT item_id, id, 'step', greatest(coalesce(start_at, now()), now()) FROM fresh
    RETURNING id, run_at
  ), specs AS (
    SELECT array_agg(('engine:call', json_build_object('item', id), NULL, run_at, 100::smallint, NULL, NULL, NULL)::graphile_worker.job_spec) AS all
    FROM items HAVING count(*) > 0
  ), queued AS (SELECT count(job.id) AS jobs FROM specs, graphile_worker.add_jobs(specs.all) AS job)`;

/** Creates a run with its first call and queues it. */
export async function insertRun(db: Queryable, run: NewRun): Promise<void> {
  await db.query({ name: "engine-insert-run", text: `WITH ${insertRunsText("")} SELECT jobs FROM queued`, values: [storableJson([runRow(run)])] });
}

/** An event and the runs it starts. */
export interface Start {
  readonly eventId: string;
  readonly runs: readonly NewRun[];
}

/**
 * Marks events as routed and creates their runs, in one statement; an event routed before starts nothing. Undefined for an event
 * that another worker is routing at the moment.
 */
export async function claimAndStart(db: Queryable, starts: readonly Start[]): Promise<ReadonlyArray<true | undefined>> {
  const once = new Map(starts.map((start) => [start.eventId, start]));
  const { rows } = await db.query<{ id: string }>({
    name: "engine-claim-and-start",
    text: `WITH claimed AS (
        UPDATE engine_event SET handled_at = now() WHERE id IN (
          SELECT id FROM engine_event WHERE id = ANY($2::text[]) AND handled_at IS NULL FOR UPDATE SKIP LOCKED
        ) RETURNING id
      ), ${insertRunsText("JOIN claimed ON claimed.id = x.event_id")}
      SELECT claimed.id, queued.jobs FROM claimed LEFT JOIN queued ON true`,
    values: [storableJson([...once.values()].flatMap((start) => start.runs.map(runRow))), [...once.keys()]],
  });
  const claimed = new Set(rows.map((row) => row.id));
  return starts.map((start) => (claimed.has(start.eventId) && once.get(start.eventId) === start ? true : undefined));
}

export interface RunHead {
  readonly id: string;
  readonly fnId: string;
  readonly status: string;
  readonly event: WireEvent;
  readonly parent: { readonly runId: string; readonly stepId: string } | undefined;
  readonly queuedAt: Date;
}

interface RunRow {
  id: string;
  fn_id: string;
  status: string;
  event: WireEvent;
  parent_run_id: string | null;
  parent_step_id: string | null;
  queued_at: Date;
}

const HEAD = "id, fn_id, status, event, parent_run_id, parent_step_id, queued_at";

function toHead(row: RunRow): RunHead {
  const parent = row.parent_run_id === null || row.parent_step_id === null ? undefined : { runId: row.parent_run_id, stepId: row.parent_step_id };
  return { id: row.id, fnId: row.fn_id, status: row.status, event: row.event, parent, queuedAt: row.queued_at };
}

/** Locks a run until the transaction ends: all changes of one run happen one after another. */
export async function lockRun(db: Queryable, runId: string): Promise<RunHead | undefined> {
  const { rows } = await db.query<RunRow>({
    name: "engine-lock-run",
    text: `SELECT ${HEAD} FROM engine_run WHERE id = $1 FOR UPDATE`,
    values: [runId],
  });
  return rows[0] === undefined ? undefined : toHead(rows[0]);
}

export async function activeRuns(db: Queryable, fnId: string): Promise<RunHead[]> {
  const { rows } = await db.query<RunRow>(`SELECT ${HEAD} FROM engine_run WHERE fn_id = $1 AND status IN ('Queued', 'Running') ORDER BY id`, [fnId]);
  return rows.map(toHead);
}

export const isActive = (status: string): boolean => status === "Queued" || status === "Running";

export interface RunEnd {
  readonly status: "Completed" | "Failed" | "Cancelled";
  readonly output?: unknown;
  readonly error?: unknown;
}

/** Writes the end of a run and removes everything that could still move it, waking calls that waited for its slots. */
export async function endRun(db: Queryable, runId: string, end: RunEnd): Promise<void> {
  await db.query({
    name: "engine-end-run",
    text: `WITH waits AS (DELETE FROM engine_wait WHERE run_id = $1),
          items AS (DELETE FROM engine_item WHERE run_id = $1 RETURNING id)
       UPDATE engine_run SET status = $2, output = $3, error = $4, ended_at = now() WHERE id = $1`,
    values: [runId, end.status, end.output === undefined ? null : storableJson(end.output), end.error === undefined ? null : storableJson(end.error)],
  });
}
