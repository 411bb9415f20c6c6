import { storableJson } from "@/lib/storable-json";
import type { Lease, Limited } from "./leases";
import { lockScopes, wakeLocked } from "./slots";
import type { Queryable } from "./transaction";

/** A call whose answer completes its run and does nothing else. */
export interface QuietEnd {
  readonly lease: Lease;
  readonly output: unknown;
}

/** `more`: further effects on the runs in `held`. */
const endText = (more: string) => `WITH held AS (
    SELECT r.id, a.n, a.output FROM unnest($1::text[], $2::text[], $3::int[], $4::json[]) WITH ORDINALITY AS a(item_id, run_id, gen, output, n)
    JOIN engine_item i ON i.id = a.item_id AND i.run_id = a.run_id AND i.gen = a.gen AND i.state = 'leased'
    JOIN engine_run r ON r.id = a.run_id AND r.status IN ('Queued', 'Running') AND r.parent_run_id IS NULL
    WHERE NOT EXISTS (SELECT 1 FROM engine_wait w WHERE w.event_name = $5) FOR UPDATE OF i, r SKIP LOCKED
  ), waits AS (DELETE FROM engine_wait w USING held WHERE w.run_id = held.id),
  items AS (DELETE FROM engine_item i USING held WHERE i.run_id = held.id), ${more}
  done AS (UPDATE engine_run r SET status = 'Completed', output = held.output, ended_at = now() FROM held WHERE r.id = held.id RETURNING held.n)`;

const END = `${endText("")} SELECT n::int AS n FROM done`;

const END_LIMITED = `${endText(`slots AS (
    DELETE FROM engine_slot s USING held, engine_item i WHERE i.run_id = held.id AND s.item_id = i.id RETURNING s.scope
  ),`)} SELECT n::int AS n, ARRAY(SELECT scope FROM slots) AS freed FROM done`;

function valuesOf(ends: readonly QuietEnd[], heard: string): unknown[] {
  return [
    ends.map((end) => end.lease.itemId),
    ends.map((end) => end.lease.runId),
    ends.map((end) => end.lease.generation),
    ends.map((end) => storableJson(end.output)),
    heard,
  ];
}

/**
 * The common end of runs in one statement: they have no parent to answer and nobody waits for the event `heard` that would tell
 * of it. True for those it ended; undefined for those that are not that simple, not ours any more, or held by somebody at the
 * moment: their full commit then finds out which.
 */
export async function completeQuietly(db: Queryable, ends: readonly QuietEnd[], heard: string): Promise<ReadonlyArray<true | undefined>> {
  const { rows } = await db.query<{ n: number }>({ name: "engine-complete-quietly", text: END, values: valuesOf(ends, heard) });
  const ended = new Set(rows.map((row) => row.n));
  return ends.map((_end, index) => (ended.has(index + 1) ? true : undefined));
}

/** The same for one run that holds slots, in a transaction: others may be waiting for them. */
export async function completeLimited(tx: Queryable, end: QuietEnd, { scopes }: Limited, heard: string): Promise<true | undefined> {
  // First of all, as a lease does: a lease of another item of this run is then either seen here or finds its item gone.
  await lockScopes(
    tx,
    scopes.map((one) => one.scope),
  );
  const { rows } = await tx.query<{ freed: string[] }>({ name: "engine-complete-limited", text: END_LIMITED, values: valuesOf([end], heard) });
  if (rows[0] === undefined) return undefined;
  await wakeLocked(tx, rows[0].freed);
  return true;
}
