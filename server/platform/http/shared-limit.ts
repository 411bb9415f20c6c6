import { pool } from "../db";

/** What a group of endpoints may take; the same shape as the contract's `LimitGroup`. */
export interface LimitGroup {
  readonly group: string;
  readonly points: number;
  readonly perSeconds: number;
}

/** The pace that keeps a group inside its limit in every window, not only in aligned ones. */
export interface Pace {
  readonly intervalMs: number;
  /** How far ahead of the even pace a burst may run. */
  readonly toleranceMs: number;
}

/**
 * Even spacing with a small burst: in any window there are at most `burst + window / interval` calls, which is `points`.
 * Short windows (Ozon: 50 a second) get a burst of a tenth; long ones (20 a minute) of two fifths, so that a person's two
 * clicks do not wait seconds for each other. One call of a window of ten or more stays unused as the margin for network jitter.
 */
export function paceOf({ points, perSeconds }: LimitGroup): Pace {
  const burst = Math.max(1, Math.floor(points * (perSeconds <= 2 ? 0.1 : 0.4)));
  const spaced = Math.max(1, points >= 10 ? points - burst : points - burst + 1);
  const intervalMs = Math.max(1, Math.ceil((perSeconds * 1_000) / spaced));
  return { intervalMs, toleranceMs: (burst - 1) * intervalMs };
}

/**
 * A counter is worth nothing after a crash, so nobody waits until its commit is on the disk: that wait would be as long as a call itself.
 * Within the statement's own transaction only.
 */
export const UNHURRIED = "set_config('synchronous_commit', 'off', true)";

export type Reservation = { readonly granted: true; readonly waitMs: number } | { readonly granted: false; readonly retryAfterMs: number };

/**
 * Takes the next free moment of a key for one call, shared by every process through one row and the database's own clock.
 * `expire` holds the moment the key is idle again; each caller moves it by one interval and is told how long to wait, so
 * nobody polls and nobody overtakes. Beyond `maxWaitMs` nothing is taken.
 */
export async function reserve(key: string, pace: Pace, maxWaitMs: number): Promise<Reservation> {
  const { rows } = await pool.query<{ wait: string | null; ahead: string | null }>({
    name: "karavan-reserve",
    text: `
      WITH t AS (SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now, ${UNHURRIED} AS unhurried),
      taken AS (
        INSERT INTO rate_limit_counter AS c (key, points, expire) SELECT $1, 1, t.now + $2 FROM t
        ON CONFLICT (key) DO UPDATE SET
          points = 1,
          expire = greatest(c.expire, (SELECT now FROM t)) + $2
        WHERE c.expire - $3 - (SELECT now FROM t) <= $4
        RETURNING expire - $2 - $3 - (SELECT now FROM t) AS wait
      )
      SELECT (SELECT wait FROM taken) AS wait, (SELECT c.expire - $3 - t.now FROM rate_limit_counter c, t WHERE c.key = $1) AS ahead`,
    values: [key, pace.intervalMs, pace.toleranceMs, Math.max(0, Math.floor(maxWaitMs))],
  });
  const [row] = rows;
  if (row?.wait !== null && row?.wait !== undefined) return { granted: true, waitMs: Math.max(0, Number(row.wait)) };
  return { granted: false, retryAfterMs: Math.max(1, Number(row?.ahead ?? pace.intervalMs)) };
}

/**
 * Shuts a key for every process, e.g. because the service answered 429 with Retry-After. A longer penalty already set stays.
 * A second row keeps the end of the penalty for those who took their moment before it and still wait for it.
 */
export async function penalise(key: string, pace: Pace, waitMs: number): Promise<void> {
  await pool.query({
    name: "karavan-penalise",
    text: `
      WITH t AS (SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint + $2 AS until)
      INSERT INTO rate_limit_counter AS c (key, points, expire) SELECT $1, 1, t.until + $3 FROM t UNION ALL SELECT $1 || ':shut', 1, t.until FROM t
      ON CONFLICT (key) DO UPDATE SET expire = greatest(c.expire, excluded.expire)`,
    values: [key, Math.ceil(waitMs), pace.toleranceMs],
  });
}

/** Whether a penalty of this key still runs. */
export async function isShut(key: string): Promise<boolean> {
  const { rows } = await pool.query({
    name: "karavan-shut",
    text: "SELECT 1 FROM rate_limit_counter WHERE key = $1 || ':shut' AND expire > extract(epoch FROM clock_timestamp()) * 1000",
    values: [key],
  });
  return rows.length > 0;
}

export interface ReservationState {
  /** How far into the future the key is spoken for, in milliseconds; negative = idle. */
  readonly aheadMs: number;
  /** Until when a penalty runs; null = none. */
  readonly shutUntil: Date | null;
}

/** Where keys stand now, for people to look at; keys nobody has used lately are absent. */
export async function readReservations(keys: readonly string[]): Promise<ReadonlyMap<string, ReservationState>> {
  const { rows } = await pool.query<{ key: string; ahead: string; shut: string | null }>({
    text: `
      WITH t AS (SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now)
      SELECT c.key, c.expire - t.now AS ahead, (SELECT s.expire FROM rate_limit_counter s WHERE s.key = c.key || ':shut' AND s.expire > t.now) AS shut
      FROM rate_limit_counter c, t WHERE c.key = ANY($1)`,
    values: [[...keys]],
  });
  return new Map(rows.map(({ key, ahead, shut }) => [key, { aheadMs: Number(ahead), shutUntil: shut === null ? null : new Date(Number(shut)) }]));
}
