import type { Pool } from "pg";
import { wakeBlocked } from "./store/slots";
import { inTransaction } from "./store/transaction";

const RETENTION = "30 days";

/**
 * Our rows are the truth and queue jobs only a hint: whatever is due for half a minute without having moved gets a job again.
 * A job too many is harmless, because leases, claims and pending steps are taken once.
 */
export async function requeueForgotten(pool: Pool): Promise<void> {
  const late = "interval '30 seconds'";
  await pool.query(
    `SELECT graphile_worker.add_job('engine:call', json_build_object('item', id), job_key => 'again:' || id, max_attempts => 100)
     FROM (SELECT id FROM engine_item WHERE state = 'ready' AND run_at < now() - ${late} ORDER BY run_at LIMIT 500) late`,
  );
  await pool.query(
    `SELECT graphile_worker.add_job('engine:route', json_build_object('event', id), job_key => 'again:' || id)
     FROM (SELECT id FROM engine_event WHERE handled_at IS NULL AND received_at < now() - ${late} ORDER BY received_at LIMIT 500) late`,
  );
  await pool.query(
    `SELECT graphile_worker.add_job('engine:timer', json_build_object('run', run_id, 'step', step_id), job_key => 'again:' || run_id || step_id)
     FROM (SELECT run_id, step_id FROM engine_wait WHERE expires_at < now() - ${late} ORDER BY expires_at LIMIT 500) late`,
  );
  await pool.query(
    `SELECT graphile_worker.add_job('engine:debounce', json_build_object('fn', fn_id, 'key', key), job_key => 'debounce:' || md5(fn_id || chr(10) || key))
     FROM engine_key WHERE kind = 'debounce' AND expires_at < now() - ${late} LIMIT 500`,
  );
  await wakeForgotten(pool);
}

/** Slots whose call is gone (its run ended at the moment it was leased), and blocked calls whose scope nobody holds any more. */
async function wakeForgotten(pool: Pool): Promise<void> {
  await inTransaction(pool, async (tx) => {
    await tx.query("DELETE FROM engine_slot s WHERE NOT EXISTS (SELECT 1 FROM engine_item i WHERE i.id = s.item_id AND i.state = 'leased')");
    const { rows } = await tx.query<{ scope: string }>(
      `SELECT DISTINCT i.blocked_on AS scope FROM engine_item i WHERE i.blocked_on IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM engine_slot s WHERE s.scope = i.blocked_on) LIMIT 500`,
    );
    await wakeBlocked(
      tx,
      rows.map((row) => row.scope),
    );
  });
}

/** Deletes ended runs and handled events after the retention, and keys that have run out; a bounded portion a call. */
export async function prune(pool: Pool): Promise<void> {
  await pool.query(
    `WITH old AS (
       DELETE FROM engine_run WHERE id IN (
         SELECT id FROM engine_run WHERE status IN ('Completed', 'Failed', 'Cancelled') AND ended_at < now() - interval '${RETENTION}' LIMIT 1000
       ) RETURNING id
     ), steps AS (DELETE FROM engine_step WHERE run_id IN (SELECT id FROM old))
     DELETE FROM engine_attempt WHERE run_id IN (SELECT id FROM old)`,
  );
  await pool.query(
    `DELETE FROM engine_event WHERE id IN (
       SELECT id FROM engine_event WHERE handled_at < now() - interval '${RETENTION}' AND received_at < now() - interval '${RETENTION}' LIMIT 1000)`,
  );
  await pool.query("DELETE FROM engine_key WHERE kind <> 'debounce' AND expires_at < now()");
}
