import type { Pool } from "pg";
import { wakeBlocked } from "./store/slots";
import { inTransaction, type Queryable } from "./store/transaction";

const LOST = JSON.stringify({ name: "WorkerLost", message: "The worker process ended or froze during this attempt" });

/**
 * Gives up workers whose heartbeat is older than `deadAfterMs`: their calls count as a failed attempt and are queued again,
 * their queue jobs are unlocked. A worker that was only frozen finds its leases gone and its results are dropped. What such a
 * worker holds in an open transaction is left for the next time: the server ends that transaction (engine.ts).
 * @returns how many calls were taken back.
 */
export async function reap(pool: Pool, deadAfterMs: number): Promise<number> {
  return inTransaction(pool, async (tx) => {
    const { rows: locked } = await tx.query<{ got: boolean }>("SELECT pg_try_advisory_xact_lock(4713, 1) AS got");
    if (locked[0]?.got !== true) return 0;
    const seconds = deadAfterMs / 1000;
    const { rows } = await tx.query<{ id: string }>(
      `WITH lost AS (
         SELECT i.id FROM engine_item i
         WHERE i.state = 'leased' AND i.leased_at < now() - make_interval(secs => $1) AND NOT EXISTS (
           SELECT 1 FROM engine_worker w WHERE w.id = i.lease_owner AND w.seen_at >= now() - make_interval(secs => $1)
         ) FOR UPDATE OF i SKIP LOCKED
       ), taken AS (
         UPDATE engine_item i SET state = 'ready', attempt = i.attempt + 1, lease_owner = NULL, run_at = now()
         FROM lost WHERE i.id = lost.id RETURNING i.id, i.run_id, i.step_id, i.attempt
       ), noted AS (
         INSERT INTO engine_attempt (run_id, step_id, attempt, error, retry_at)
         SELECT run_id, step_id, attempt - 1, $2::json, now() FROM taken
       )
       SELECT id, graphile_worker.add_job('engine:call', json_build_object('item', id), max_attempts => 100) FROM taken`,
      [seconds, LOST],
    );
    await freeSlots(
      tx,
      rows.map((row) => row.id),
    );
    await unlockQueue(tx, seconds);
    await tx.query("DELETE FROM engine_worker WHERE seen_at < now() - make_interval(secs => $1)", [seconds]);
    return rows.length;
  });
}

async function unlockQueue(tx: Queryable, seconds: number): Promise<void> {
  await tx.query(
    `SELECT graphile_worker.force_unlock_workers(array_agg(DISTINCT j.locked_by)) FROM graphile_worker.jobs j
     WHERE j.locked_at < now() - make_interval(secs => $1) AND NOT EXISTS (
       SELECT 1 FROM engine_worker w WHERE j.locked_by = ANY(w.queue_pools) AND w.seen_at >= now() - make_interval(secs => $1)
     )`,
    [seconds],
  );
}

async function freeSlots(tx: Queryable, itemIds: readonly string[]): Promise<void> {
  const { rows } = await tx.query<{ scope: string }>("DELETE FROM engine_slot WHERE item_id = ANY($1) RETURNING scope", [itemIds]);
  await wakeBlocked(
    tx,
    rows.map((row) => row.scope),
  );
}

/**
 * Takes back this worker's own leases that no call of it is using any more: the database went away between the lease and its
 * answer, or the commit was given up. Not an attempt: nothing is known to have run to an end.
 */
export async function recoverOwn(pool: Pool, owner: string, running: readonly string[], olderThanMs: number): Promise<number> {
  return inTransaction(pool, async (tx) => {
    const { rows } = await tx.query<{ id: string }>(
      `WITH taken AS (
         UPDATE engine_item SET state = 'ready', lease_owner = NULL, run_at = now()
         WHERE state = 'leased' AND lease_owner = $1 AND leased_at < now() - make_interval(secs => $3) AND id <> ALL($2::text[])
         RETURNING id
       ) SELECT id, graphile_worker.add_job('engine:call', json_build_object('item', id), max_attempts => 100) FROM taken`,
      [owner, running, olderThanMs / 1000],
    );
    await freeSlots(
      tx,
      rows.map((row) => row.id),
    );
    return rows.length;
  });
}
