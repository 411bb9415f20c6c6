import type { Queryable } from "./transaction";

/**
 * Holds a key until `seconds` from now. True when it was free: at most one caller gets it.
 * Kinds: `event` (sender's event id), `idempotency`.
 */
export async function takeKey(db: Queryable, fnId: string, kind: string, key: string, seconds: number): Promise<boolean> {
  const { rowCount } = await db.query(
    `INSERT INTO engine_key AS k (fn_id, kind, key, expires_at) VALUES ($1, $2, $3, now() + make_interval(secs => $4))
     ON CONFLICT (fn_id, kind, key) DO UPDATE SET expires_at = excluded.expires_at WHERE k.expires_at <= now()`,
    [fnId, kind, key, seconds],
  );
  return rowCount === 1;
}

/** Counts one use in the window of `periodMs` that the first use opened; false when `limit` uses are spent. */
export async function countUse(db: Queryable, fnId: string, key: string, limit: number, periodMs: number): Promise<boolean> {
  const { rows } = await db.query<{ used: number }>(
    `INSERT INTO engine_key AS k (fn_id, kind, key, value, expires_at)
     VALUES ($1, 'rate', $2, '1', now() + make_interval(secs => $3))
     ON CONFLICT (fn_id, kind, key) DO UPDATE SET
       value = CASE WHEN k.expires_at <= now() THEN '1'::json ELSE to_json((k.value #>> '{}')::int + 1) END,
       expires_at = CASE WHEN k.expires_at <= now() THEN excluded.expires_at ELSE k.expires_at END
     RETURNING (value #>> '{}')::int AS used`,
    [fnId, key, periodMs / 1000],
  );
  return (rows[0]?.used ?? 1) <= limit;
}

export interface DebounceWindow {
  readonly periodMs: number;
  /** The longest a stream of events may hold back the run. */
  readonly timeoutMs?: number | undefined;
}

/** Puts the event off until the stream is quiet for the period; the last event wins. */
export async function putOff(db: Queryable, fnId: string, key: string, eventId: string, window: DebounceWindow): Promise<void> {
  await db.query(
    `WITH open AS (
       INSERT INTO engine_key AS k (fn_id, kind, key, value, expires_at)
       VALUES ($1, 'debounce', $2, json_build_object('event', $3::text, 'since', now()), now() + make_interval(secs => $4))
       ON CONFLICT (fn_id, kind, key) DO UPDATE SET
         value = json_build_object('event', $3::text, 'since', k.value ->> 'since'),
         expires_at = least(excluded.expires_at, CASE WHEN $5::float8 IS NULL THEN NULL
           ELSE (k.value ->> 'since')::timestamptz + make_interval(secs => $5::float8) END)
       RETURNING expires_at
     )
     SELECT graphile_worker.add_job('engine:debounce', json_build_object('fn', $1::text, 'key', $2::text),
       run_at => expires_at, job_key => 'debounce:' || md5($1 || chr(10) || $2)) FROM open`,
    [fnId, key, eventId, window.periodMs / 1000, window.timeoutMs === undefined ? null : window.timeoutMs / 1000],
  );
}

/** Closes a debounce that is due and gives the event that won; undefined when it was put off again or is gone. */
export async function closeDebounce(db: Queryable, fnId: string, key: string): Promise<string | undefined> {
  const { rows } = await db.query<{ event: string }>(
    "DELETE FROM engine_key WHERE fn_id = $1 AND kind = 'debounce' AND key = $2 AND expires_at <= now() RETURNING value ->> 'event' AS event",
    [fnId, key],
  );
  return rows[0]?.event;
}
