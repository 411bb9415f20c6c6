import { setImmediate } from "node:timers/promises";
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

/** Somebody who wants to make a call. */
interface Asking {
  readonly pace: Pace;
  readonly maxWaitMs: number;
  readonly answer: (reservation: Reservation) => void;
  readonly fail: (error: unknown) => void;
}

/** Those of this process who came while a statement for their key was on its way; a key that is here has one. */
const waiting = new Map<string, Asking[]>();

/**
 * Takes the next free moment of a key for one call, shared by every process through one row and the database's own clock.
 * `expire` holds the moment the key is idle again; each caller moves it by one interval and is told how long to wait, so
 * nobody polls and nobody overtakes. Beyond `maxWaitMs` nothing is taken. Callers of one process that ask at the same time
 * share a statement, each with a moment of its own.
 */
export async function reserve(key: string, pace: Pace, maxWaitMs: number): Promise<Reservation> {
  return new Promise((answer, fail) => {
    const asking = { pace, maxWaitMs: Math.max(0, Math.floor(maxWaitMs)), answer, fail };
    const others = waiting.get(key);
    if (others !== undefined) others.push(asking);
    else {
      waiting.set(key, [asking]);
      void askForAll(key);
    }
  });
}

/** Never rejects: whoever asked is told. */
async function askForAll(key: string): Promise<void> {
  // Whoever asks in the same turn of the loop comes along: answers that arrived together lead to the next calls together.
  await setImmediate();
  for (;;) {
    const [first, ...rest] = waiting.get(key) ?? [];
    if (first === undefined) break;
    const other = rest.findIndex((asking) => !isAlike(first, asking));
    const together = [first, ...(other === -1 ? rest : rest.slice(0, other))];
    waiting.set(key, rest.slice(together.length - 1));
    await answerTogether(key, first, together);
  }
  waiting.delete(key);
}

function isAlike(one: Asking, other: Asking): boolean {
  return one.maxWaitMs === other.maxWaitMs && one.pace.intervalMs === other.pace.intervalMs && one.pace.toleranceMs === other.pace.toleranceMs;
}

async function answerTogether(key: string, { pace, maxWaitMs }: Asking, together: readonly Asking[]): Promise<void> {
  try {
    const { moments, waitMs, aheadMs } = await takeMoments(key, pace, maxWaitMs, together.length);
    for (const [index, { answer }] of together.entries()) {
      if (index < moments) answer({ granted: true, waitMs: Math.max(0, waitMs + index * pace.intervalMs) });
      else answer({ granted: false, retryAfterMs: Math.max(1, aheadMs) });
    }
  } catch (error) {
    for (const { fail } of together) fail(error);
  }
}

interface Taken {
  /** How many of the wanted ones begin soon enough. */
  readonly moments: number;
  /** Until the first; the others follow at the pace's interval. */
  readonly waitMs: number;
  /** Until the moment after them. */
  readonly aheadMs: number;
}

/** How many moments from the key's next one on begin soon enough, of those that are wanted. */
const FITTING = `least($5::bigint, ($4::bigint + $3::bigint + (SELECT now FROM t) - greatest(c.expire, (SELECT now FROM t))) / $2::bigint + 1)`;

async function takeMoments(key: string, { intervalMs, toleranceMs }: Pace, maxWaitMs: number, wanted: number): Promise<Taken> {
  const { rows } = await pool.query<{ moments: number | null; wait: string | null; ahead: string | null }>({
    name: "karavan-reserve",
    text: `
      WITH t AS (SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now, ${UNHURRIED} AS unhurried),
      taken AS (
        INSERT INTO rate_limit_counter AS c (key, points, expire)
          SELECT $1, m.moments, t.now + m.moments * $2::bigint FROM t, LATERAL (SELECT least($5::bigint, ($4::bigint + $3::bigint) / $2::bigint + 1) AS moments) m
        ON CONFLICT (key) DO UPDATE SET
          points = ${FITTING},
          expire = greatest(c.expire, (SELECT now FROM t)) + $2::bigint * ${FITTING}
        WHERE c.expire - $3::bigint - (SELECT now FROM t) <= $4::bigint
        RETURNING points AS moments, expire - points * $2::bigint - $3::bigint - (SELECT now FROM t) AS wait, expire - $3::bigint - (SELECT now FROM t) AS ahead
      )
      SELECT (SELECT moments FROM taken) AS moments, (SELECT wait FROM taken) AS wait,
        coalesce((SELECT ahead FROM taken), (SELECT c.expire - $3::bigint - t.now FROM rate_limit_counter c, t WHERE c.key = $1)) AS ahead`,
    values: [key, intervalMs, toleranceMs, maxWaitMs, wanted],
  });
  const [row] = rows;
  return { moments: row?.moments ?? 0, waitMs: Number(row?.wait ?? 0), aheadMs: Number(row?.ahead ?? intervalMs) };
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
