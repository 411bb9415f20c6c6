import type { Queryable } from "./transaction";

/**
 * Serialises "is there a free slot" with "a slot became free" so that no wake-up is lost: it must be a statement of its own,
 * because what follows has to see what the former holder did.
 */
export async function lockScopes(tx: Queryable, scopes: Iterable<string>): Promise<void> {
  await tx.query({
    name: "engine-lock-scopes",
    text: "SELECT pg_advisory_xact_lock(hashtextextended(scope, 4711)) FROM unnest($1::text[]) WITH ORDINALITY AS s(scope, n) ORDER BY n",
    values: [[...new Set(scopes)].sort()],
  });
}

/** Wakes one blocked call for every freed slot; a scope is named once per slot. */
export async function wakeBlocked(tx: Queryable, freed: readonly string[]): Promise<void> {
  if (freed.length === 0) return;
  await lockScopes(tx, freed);
  await wakeLocked(tx, freed);
}

/** The same when the caller has locked the scopes. */
export async function wakeLocked(tx: Queryable, freed: readonly string[]): Promise<void> {
  await tx.query({
    name: "engine-wake-blocked",
    text: `WITH freed AS (SELECT scope, count(*) AS slots FROM unnest($1::text[]) AS s(scope) GROUP BY scope), woken AS (
        UPDATE engine_item i SET state = 'ready', blocked_on = NULL FROM freed CROSS JOIN LATERAL (
          SELECT id FROM engine_item WHERE blocked_on = freed.scope ORDER BY run_at, id LIMIT freed.slots FOR UPDATE SKIP LOCKED
        ) first WHERE i.id = first.id RETURNING i.id
      ) SELECT graphile_worker.add_job('engine:call', json_build_object('item', id), max_attempts => 100) FROM woken`,
    values: [freed],
  });
}

/** Frees the slots of one call. */
export async function releaseSlots(tx: Queryable, itemId: string): Promise<void> {
  const { rows } = await tx.query<{ scope: string }>({
    name: "engine-release-slots",
    text: "DELETE FROM engine_slot WHERE item_id = $1 RETURNING scope",
    values: [itemId],
  });
  await wakeBlocked(
    tx,
    rows.map((row) => row.scope),
  );
}

/** Frees the slots of every call of a run that is about to end. */
export async function releaseRunSlots(tx: Queryable, runId: string): Promise<void> {
  const { rows } = await tx.query<{ scope: string }>({
    name: "engine-release-run-slots",
    text: "DELETE FROM engine_slot s USING engine_item i WHERE i.run_id = $1 AND s.item_id = i.id RETURNING s.scope",
    values: [runId],
  });
  await wakeBlocked(
    tx,
    rows.map((row) => row.scope),
  );
}
