import type { Queryable } from "./transaction";

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
