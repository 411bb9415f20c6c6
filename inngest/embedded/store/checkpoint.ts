import { storableJson } from "@/lib/storable-json";
import { kindOf, nameOf } from "../decide";
import { dataMemo, type Operation } from "../protocol";
import type { Queryable } from "./transaction";

/** Steps that a call has finished and posts while it goes on. */
export interface Checkpoint {
  readonly runId: string;
  readonly itemId: string;
  readonly generation: number;
  readonly operations: readonly Operation[];
}

/**
 * Writes steps only for calls whose item still has their generation, all in one statement, so nothing is written for a stale
 * call. A step that is already there stays.
 */
const checkpointText = (lock: string) => `WITH item AS (
    SELECT i.id, i.run_id, i.attempt, a.n FROM unnest($1::text[], $2::text[], $3::int[]) WITH ORDINALITY AS a(item_id, run_id, gen, n)
    JOIN engine_item i ON i.id = a.item_id AND i.run_id = a.run_id AND i.gen = a.gen AND i.state = 'leased' FOR UPDATE OF i ${lock}
  ), reset AS (
    UPDATE engine_item i SET attempt = 0 FROM item WHERE i.id = item.id AND item.attempt > 0
  ), written AS (
    INSERT INTO engine_step AS s (run_id, step_id, op, display_name, status, memo, ord, ended_at)
    SELECT run_id, step_id, op, display_name, 'done', memo, nextval('engine_step_ord'), now() FROM (
      SELECT item.run_id, x.* FROM json_to_recordset($4::json) AS x(n INT, at INT, step_id TEXT, op TEXT, display_name TEXT, memo JSON)
      JOIN item ON item.n = x.n ORDER BY x.n, x.at
    ) done
    ON CONFLICT (run_id, step_id) DO UPDATE SET status = excluded.status, memo = excluded.memo, ord = excluded.ord,
      ended_at = excluded.ended_at WHERE s.status = 'pending'
  )
  SELECT n::int AS n FROM item`;

function stepRows(checkpoints: readonly Checkpoint[]) {
  return checkpoints.flatMap((checkpoint, index) =>
    checkpoint.operations.map((operation, at) => ({
      n: index + 1,
      at,
      step_id: operation.id,
      op: kindOf(operation),
      display_name: nameOf(operation),
      memo: dataMemo(operation.data),
    })),
  );
}

async function write(db: Queryable, name: string, lock: string, checkpoints: readonly Checkpoint[]): Promise<Set<number>> {
  const { rows } = await db.query<{ n: number }>({
    name,
    text: checkpointText(lock),
    values: [
      checkpoints.map((checkpoint) => checkpoint.itemId),
      checkpoints.map((checkpoint) => checkpoint.runId),
      checkpoints.map((checkpoint) => checkpoint.generation),
      storableJson(stepRows(checkpoints)),
    ],
  });
  return new Set(rows.map((row) => row.n));
}

/** False when the call is not its item's current one: its worker was given up, the run was cancelled or has ended. */
export async function checkpointOne(db: Queryable, checkpoint: Checkpoint): Promise<boolean> {
  return (await write(db, "engine-checkpoint", "", [checkpoint])).size === 1;
}

/** True for those that are written; undefined for those that are stale or whose item somebody holds at the moment. */
export async function checkpointMany(db: Queryable, checkpoints: readonly Checkpoint[]): Promise<ReadonlyArray<true | undefined>> {
  const written = await write(db, "engine-checkpoint-many", "SKIP LOCKED", checkpoints);
  return checkpoints.map((_checkpoint, index) => (written.has(index + 1) ? true : undefined));
}
