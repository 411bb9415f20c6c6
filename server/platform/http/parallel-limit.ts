import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { pool } from "../db";
import { describeError } from "../errors";
import { logger } from "../logger";
import { UNHURRIED } from "./shared-limit";

/** How many requests of one key may be on their way at once, over all processes. */
export interface ParallelOptions {
  readonly key: string;
  readonly slots: number;
  /** How long a slot stays taken when its holder dies without giving it back; longer than any exchange may last. */
  readonly leaseMs: number;
  /** How long to wait for a free slot. */
  readonly maxWaitMs: number;
}

const POLL_MIN_MS = 15;
const POLL_MAX_MS = 120;
/** Told to those who waited in vain: somebody's exchange will have ended by then. */
const ASK_AGAIN_MS = 500;

export type Slot = { readonly granted: true; readonly waitedMs: number; release(): Promise<void> } | { readonly granted: false; readonly retryAfterMs: number };

/** Those of one process wait here first, so that only `slots` of them ever ask the database. */
class Queue {
  private free: number;
  private readonly waiting: (() => void)[] = [];

  constructor(slots: number) {
    this.free = slots;
  }

  /** @returns false when no place came free in time. */
  async enter(maxWaitMs: number): Promise<boolean> {
    if (this.free > 0) {
      this.free -= 1;
      return true;
    }
    return new Promise((resolve) => {
      const enter = () => {
        clearTimeout(timer);
        resolve(true);
      };
      const timer = setTimeout(() => {
        this.waiting.splice(this.waiting.indexOf(enter), 1);
        resolve(false);
      }, maxWaitMs);
      this.waiting.push(enter);
    });
  }

  leave(): void {
    const next = this.waiting.shift();
    if (next === undefined) this.free += 1;
    else next();
  }
}

/**
 * Leases of numbered slots in `rate_limit_counter`, shared by every process. A lease that is not given back (kill -9, a lost
 * database connection) ends by itself, by the database's own clock. One object a process; a second one stands for another process.
 */
export class ParallelLimit {
  private readonly queues = new Map<string, Queue>();

  /** Waits for a slot. Whoever got one must `release` it, also after a failure. */
  async acquire({ key, slots, leaseMs, maxWaitMs }: ParallelOptions): Promise<Slot> {
    const startedAt = performance.now();
    const leftMs = () => maxWaitMs - (performance.now() - startedAt);
    const queue = this.queueOf(key, slots);
    if (!(await queue.enter(Math.max(0, maxWaitMs)))) return { granted: false, retryAfterMs: ASK_AGAIN_MS };
    const token = randomInt(1, 2 ** 31 - 1);
    try {
      for (let pauseMs = POLL_MIN_MS; ; pauseMs = Math.min(pauseMs * 2, POLL_MAX_MS)) {
        const slot = await take(key, slots, token, leaseMs);
        if (slot !== undefined) return { granted: true, waitedMs: performance.now() - startedAt, release: () => this.giveBack(queue, slot, token) };
        if (leftMs() <= 0) break;
        // Uneven, so that those who wait do not ask in step.
        await sleep(Math.min(leftMs(), pauseMs * (0.5 + Math.random())));
      }
    } catch (error) {
      queue.leave();
      throw error;
    }
    queue.leave();
    return { granted: false, retryAfterMs: ASK_AGAIN_MS };
  }

  /** Never throws: what the request answered is worth more than its slot, whose lease ends by itself. */
  private async giveBack(queue: Queue, slot: string, token: number): Promise<void> {
    try {
      await pool.query({
        name: "karavan-slot-release",
        text: `UPDATE rate_limit_counter SET expire = 0 WHERE key = $1 AND points = $2 AND ${UNHURRIED} = 'off'`,
        values: [slot, token],
      });
    } catch (error) {
      logger.warn({ err: describeError(error), slot }, "a parallel slot could not be given back; its lease will end by itself");
    } finally {
      queue.leave();
    }
  }

  private queueOf(key: string, slots: number): Queue {
    const id = `${key}|${slots}`;
    const existing = this.queues.get(id);
    if (existing !== undefined) return existing;
    const made = new Queue(slots);
    this.queues.set(id, made);
    return made;
  }
}

/** Takes any slot that is free or whose lease has run out; undefined when there is none, or another was faster. */
async function take(key: string, slots: number, token: number, leaseMs: number): Promise<string | undefined> {
  const { rows } = await pool.query<{ key: string }>({
    name: "karavan-slot-take",
    text: `
      WITH t AS (SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now, ${UNHURRIED} AS unhurried),
      free AS (
        SELECT s.key FROM unnest($1::text[]) AS s (key) LEFT JOIN rate_limit_counter c ON c.key = s.key, t
        WHERE c.key IS NULL OR c.expire <= t.now ORDER BY random() LIMIT 1
      )
      INSERT INTO rate_limit_counter AS c (key, points, expire) SELECT free.key, $2, t.now + $3 FROM free, t
      ON CONFLICT (key) DO UPDATE SET points = excluded.points, expire = excluded.expire WHERE c.expire <= (SELECT now FROM t)
      RETURNING c.key`,
    values: [Array.from({ length: slots }, (_, index) => `${key}:slot:${index + 1}`), token, Math.ceil(leaseMs)],
  });
  return rows[0]?.key;
}

/** Of this process. */
export const parallelLimit = new ParallelLimit();
