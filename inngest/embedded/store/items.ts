import type { Memo, WireEvent } from "../protocol";
import type { ConcurrencyScope } from "../routing";
import type { Queryable } from "./transaction";

/** A call this worker may make now. The result counts only while the item still has this generation. */
export interface Lease {
  readonly itemId: string;
  readonly runId: string;
  readonly stepId: string;
  readonly attempt: number;
  readonly generation: number;
  readonly fnId: string;
  readonly event: WireEvent;
  readonly maxAttempts: number;
  readonly memos: ReadonlyArray<readonly [string, Memo]>;
}

interface LeaseRow {
  run_id: string;
  step_id: string;
  attempt: number;
  gen: number;
  fn_id: string;
  event: WireEvent;
  max_attempts: number;
  memos: Array<[string, Memo]> | null;
}

/**
 * `dirty` is left as it is: whoever resolves a step while this statement waits for the row marks it, and the commit of the
 * call then runs the function once more with the memo this snapshot could not see.
 */
const leaseText = (condition: string) => `WITH item AS (
    UPDATE engine_item i SET state = 'leased', gen = i.gen + 1, lease_owner = $2, leased_at = now()
    FROM engine_run r
    WHERE i.id = $1 AND i.state = 'ready' AND r.id = i.run_id AND r.concurrency IS ${condition}
    RETURNING i.run_id, i.step_id, i.attempt, i.gen, r.fn_id, r.event, r.max_attempts
  ), started AS (
    UPDATE engine_run r SET status = 'Running', started_at = now() FROM item WHERE r.id = item.run_id AND r.status = 'Queued'
  )
  SELECT item.*, (
    SELECT json_agg(json_build_array(s.step_id, s.memo) ORDER BY s.ord) FROM engine_step s WHERE s.run_id = item.run_id AND s.ord IS NOT NULL
  ) AS memos FROM item`;

function toLease(itemId: string, row: LeaseRow | undefined): Lease | undefined {
  if (row === undefined) return undefined;
  return {
    itemId,
    runId: row.run_id,
    stepId: row.step_id,
    attempt: row.attempt,
    generation: row.gen,
    fnId: row.fn_id,
    event: row.event,
    maxAttempts: row.max_attempts,
    memos: row.memos ?? [],
  };
}

/** Leases an item whose function has no concurrency limit; undefined when it is not there to take. */
export async function leaseFree(db: Queryable, itemId: string, owner: string): Promise<Lease | undefined> {
  const { rows } = await db.query<LeaseRow>({ name: "engine-lease-free", text: leaseText("NULL"), values: [itemId, owner] });
  return toLease(itemId, rows[0]);
}

/** Leases an item under its concurrency limits, inside a transaction; sets it aside as blocked when a limit is reached. */
export async function leaseLimited(tx: Queryable, itemId: string, owner: string): Promise<Lease | undefined> {
  const found = await tx.query<{ concurrency: ConcurrencyScope[] | null }>(
    "SELECT r.concurrency FROM engine_item i JOIN engine_run r ON r.id = i.run_id WHERE i.id = $1 AND i.state = 'ready' FOR UPDATE OF i",
    [itemId],
  );
  const scopes = found.rows[0]?.concurrency;
  if (scopes === undefined || scopes === null) return undefined;
  for (const { scope, limit } of [...scopes].sort((a, b) => (a.scope < b.scope ? -1 : 1))) {
    await lockScope(tx, scope);
    const { rows } = await tx.query<{ taken: number }>("SELECT count(*)::int AS taken FROM engine_slot WHERE scope = $1", [scope]);
    if ((rows[0]?.taken ?? 0) >= limit) {
      await tx.query("DELETE FROM engine_slot WHERE item_id = $1", [itemId]);
      await tx.query("UPDATE engine_item SET state = 'blocked', blocked_on = $2 WHERE id = $1", [itemId, scope]);
      return undefined;
    }
    await tx.query("INSERT INTO engine_slot (scope, item_id) VALUES ($1, $2) ON CONFLICT DO NOTHING", [scope, itemId]);
  }
  const { rows } = await tx.query<LeaseRow>({ name: "engine-lease-limited", text: leaseText("NOT NULL"), values: [itemId, owner] });
  return toLease(itemId, rows[0]);
}

/** Serialises "is there a free slot" with "a slot became free" so that no wake-up is lost. */
async function lockScope(tx: Queryable, scope: string): Promise<void> {
  await tx.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 4711))", [scope]);
}

/** Wakes one blocked call per scope. */
export async function wakeBlocked(tx: Queryable, scopes: readonly string[]): Promise<void> {
  for (const scope of [...scopes].sort()) {
    await lockScope(tx, scope);
    await tx.query(
      `WITH woken AS (
         UPDATE engine_item SET state = 'ready', blocked_on = NULL WHERE id = (
           SELECT id FROM engine_item WHERE blocked_on = $1 ORDER BY run_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
         ) RETURNING id
       ) SELECT graphile_worker.add_job('engine:call', json_build_object('item', id), max_attempts => 100) FROM woken`,
      [scope],
    );
  }
}

/** Frees the slots of one call. */
export async function releaseSlots(tx: Queryable, itemId: string): Promise<void> {
  const { rows } = await tx.query<{ scope: string }>("DELETE FROM engine_slot WHERE item_id = $1 RETURNING scope", [itemId]);
  await wakeBlocked(
    tx,
    rows.map((row) => row.scope),
  );
}

/** Frees the slots of every call of a run that is about to end. */
export async function releaseRunSlots(tx: Queryable, runId: string): Promise<void> {
  const { rows } = await tx.query<{ scope: string }>(
    "DELETE FROM engine_slot s USING engine_item i WHERE i.run_id = $1 AND s.item_id = i.id RETURNING s.scope",
    [runId],
  );
  await wakeBlocked(
    tx,
    rows.map((row) => row.scope),
  );
}

/** Queues the same call again; `retry` counts an attempt, otherwise the count starts anew. */
export async function requeueItem(tx: Queryable, itemId: string, delayMs: number, retry: boolean): Promise<void> {
  await tx.query({
    name: "engine-requeue-item",
    text: `WITH item AS (
        UPDATE engine_item SET state = 'ready', dirty = false, lease_owner = NULL, attempt = CASE WHEN $3 THEN attempt + 1 ELSE 0 END,
          run_at = now() + make_interval(secs => $2) WHERE id = $1 RETURNING id, run_at
      ) SELECT graphile_worker.add_job('engine:call', json_build_object('item', id), run_at => run_at, max_attempts => 100) FROM item`,
    values: [itemId, delayMs / 1000, retry],
  });
}

export async function deleteItem(tx: Queryable, itemId: string): Promise<void> {
  await tx.query({ name: "engine-delete-item", text: "DELETE FROM engine_item WHERE id = $1", values: [itemId] });
}

/** Queues a call of a planned step (idempotent), or marks the running discovery so that it runs once more. */
export async function enqueueItem(tx: Queryable, id: string, runId: string, stepId: string): Promise<void> {
  await tx.query({
    name: "engine-enqueue-item",
    text: `WITH item AS (
        INSERT INTO engine_item AS i (id, run_id, step_id) VALUES ($1, $2, $3)
        ON CONFLICT (run_id, step_id) DO UPDATE SET dirty = true
        RETURNING i.id
      ) SELECT graphile_worker.add_job('engine:call', json_build_object('item', id), max_attempts => 100) FROM item WHERE id = $1`,
    values: [id, runId, stepId],
  });
}
