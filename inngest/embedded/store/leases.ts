import type { Memo, WireEvent } from "../protocol";
import type { ConcurrencyScope } from "../routing";
import { lockScopes } from "./slots";
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

/** The item's function has concurrency limits: a lease needs a slot of each. */
export interface Limited {
  readonly scopes: readonly ConcurrencyScope[];
}

interface LeaseRow {
  id: string;
  run_id: string;
  step_id: string;
  attempt: number;
  gen: number;
  fn_id: string;
  event: WireEvent;
  max_attempts: number;
  memos: Array<[string, Memo]> | null;
}

function toLease(row: LeaseRow): Lease {
  return {
    itemId: row.id,
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

/**
 * Takes the items of `held` and marks their runs as running. `dirty` is left as it is: whoever resolves a step while this
 * statement goes on marks the item, and the commit of the call then runs the function once more with the memo this snapshot
 * could not see.
 */
const TAKE = `item AS (
    UPDATE engine_item i SET state = 'leased', gen = i.gen + 1, lease_owner = $2, leased_at = now()
    FROM held, engine_run r WHERE i.id = held.id AND r.id = i.run_id
    RETURNING i.id, i.run_id, i.step_id, i.attempt, i.gen, r.fn_id, r.event, r.max_attempts
  ), started AS (
    UPDATE engine_run r SET status = 'Running', started_at = now() FROM item WHERE r.id = item.run_id AND r.status = 'Queued'
  ), leased AS (
    SELECT item.*, (
      SELECT json_agg(json_build_array(s.step_id, s.memo) ORDER BY s.ord) FROM engine_step s WHERE s.run_id = item.run_id AND s.ord IS NOT NULL
    ) AS memos FROM item
  )`;

const READY = `SELECT i.id FROM engine_item i JOIN engine_run r ON r.id = i.run_id WHERE i.id = ANY($1::text[]) AND i.state = 'ready'`;

/** Holds the item and, where the first call is going to mark it, the run. */
const leaseText = (lock: string) => `WITH fresh AS (
    ${READY} AND r.concurrency IS NULL AND r.status = 'Queued' FOR NO KEY UPDATE OF i, r ${lock}
  ), again AS (
    ${READY} AND r.concurrency IS NULL AND r.status <> 'Queued' FOR NO KEY UPDATE OF i ${lock}
  ), held AS (SELECT id FROM fresh UNION ALL SELECT id FROM again), ${TAKE}
  SELECT a.id AS asked, leased.*, r.concurrency FROM unnest($1::text[]) AS a(id) LEFT JOIN leased ON leased.id = a.id
  LEFT JOIN engine_item i ON i.id = a.id AND i.state = 'ready' LEFT JOIN engine_run r ON r.id = i.run_id`;

type LeaseAnswer = Lease | Limited | undefined;
type LeaseAnswerRow = { asked: string; concurrency: ConcurrencyScope[] | null } & (LeaseRow | { id: null });

function toAnswer(row: LeaseAnswerRow | undefined): LeaseAnswer {
  if (row === undefined) return undefined;
  if (row.id !== null) return toLease(row);
  return row.concurrency === null ? undefined : { scopes: row.concurrency };
}

/** Leases an item whose function has no concurrency limit; undefined when it is not there to take. */
export async function leaseFree(db: Queryable, itemId: string, owner: string): Promise<LeaseAnswer> {
  const { rows } = await db.query<LeaseAnswerRow>({ name: "engine-lease-free", text: leaseText(""), values: [[itemId], owner] });
  return toAnswer(rows[0]);
}

/**
 * The same for many items in one statement that waits for nobody: undefined also for an item that somebody holds at the moment.
 * An item named twice is leased once.
 */
export async function leaseMany(db: Queryable, itemIds: readonly string[], owner: string): Promise<readonly LeaseAnswer[]> {
  const { rows } = await db.query<LeaseAnswerRow>({ name: "engine-lease-many", text: leaseText("SKIP LOCKED"), values: [itemIds, owner] });
  const answers = new Map(rows.map((row) => [row.asked, row]));
  return itemIds.map((id) => {
    const row = answers.get(id);
    answers.delete(id);
    return toAnswer(row);
  });
}

/** Leases an item under its concurrency limits, inside a transaction; sets it aside as blocked when a limit is reached. */
export async function leaseLimited(tx: Queryable, itemId: string, { scopes }: Limited, owner: string): Promise<Lease | undefined> {
  await lockScopes(
    tx,
    scopes.map((one) => one.scope),
  );
  const { rows } = await tx.query<LeaseRow>({
    name: "engine-lease-limited",
    text: `WITH ready AS (${READY} FOR NO KEY UPDATE OF i), full_scope AS (
        SELECT a.scope FROM unnest($3::text[], $4::int[]) WITH ORDINALITY AS a(scope, slots, n)
        WHERE (SELECT count(*) FROM engine_slot s WHERE s.scope = a.scope) >= a.slots ORDER BY a.n LIMIT 1
      ), blocked AS (
        UPDATE engine_item i SET state = 'blocked', blocked_on = full_scope.scope FROM ready, full_scope WHERE i.id = ready.id
      ), held AS (SELECT id FROM ready WHERE NOT EXISTS (SELECT 1 FROM full_scope)), slot AS (
        INSERT INTO engine_slot (scope, item_id) SELECT a.scope, held.id FROM held, unnest($3::text[]) AS a(scope) ON CONFLICT DO NOTHING
      ), ${TAKE}
      SELECT * FROM leased`,
    values: [[itemId], owner, scopes.map((one) => one.scope), scopes.map((one) => one.limit)],
  });
  return rows[0] === undefined ? undefined : toLease(rows[0]);
}
