import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { pool } from "./db";
import { env } from "./env";

/** How many points a key may use in a window, and for how long it is shut once it used more. */
export interface LimiterOptions {
  readonly points: number;
  readonly perSeconds: number;
  /** 0 (the default) = until the window ends. */
  readonly blockSeconds?: number | undefined;
}

export interface LimitVerdict {
  readonly allowed: boolean;
  /** 0 when allowed. */
  readonly retryAfterMs: number;
  /** Points left in the current window; 0 when refused. */
  readonly remaining: number;
}

/** A counter every process shares through PostgreSQL; a restart of the application does not reset it. */
export interface Limiter {
  /** Takes `points` (1) for `key`. A refusal is a verdict; only an unreachable database throws. */
  consume(key: string, points?: number): Promise<LimitVerdict>;
  /** What `consume` would say now, without taking anything. */
  peek(key: string): Promise<LimitVerdict>;
  /** Forgets what `key` used, e.g. after a successful sign-in. */
  reset(key: string): Promise<void>;
}

const held = new Map<string, Limiter>();

/**
 * The limiter of that name, made on first use. Keys are hashed by nobody: pass nothing secret.
 * @param name stable, unique per purpose, e.g. `sign-in-account`; part of the stored key.
 */
export function limiter(name: string, options: LimiterOptions): Limiter {
  const id = `${name}:${options.points}:${options.perSeconds}:${options.blockSeconds ?? 0}`;
  const existing = held.get(id);
  if (existing !== undefined) return existing;
  const made = makeLimiter(name, options);
  held.set(id, made);
  return made;
}

function makeLimiter(name: string, options: LimiterOptions): Limiter {
  const store = new RateLimiterPostgres({
    storeClient: pool,
    storeType: "pool",
    tableName: "rate_limit_counter",
    // The migrations made the table; the library must not try.
    tableCreated: true,
    keyPrefix: name,
    points: options.points,
    duration: options.perSeconds,
    blockDuration: options.blockSeconds ?? 0,
    // Its timer is unref'd; the test tier has nothing to clear.
    clearExpiredByTimeout: env.NODE_ENV !== "test",
  });
  return {
    async consume(key, points = 1) {
      try {
        return verdict(await store.consume(key, points), true);
      } catch (refusal) {
        // The library rejects with its result when the limit is reached, and with an Error when the store failed.
        if (refusal instanceof RateLimiterRes) return verdict(refusal, false);
        throw refusal;
      }
    },
    async peek(key) {
      const state = await store.get(key);
      if (state === null) return { allowed: true, retryAfterMs: 0, remaining: options.points };
      return verdict(state, state.consumedPoints < options.points);
    },
    async reset(key) {
      await store.delete(key);
    },
  };
}

function verdict(result: RateLimiterRes, allowed: boolean): LimitVerdict {
  return allowed ? { allowed, retryAfterMs: 0, remaining: result.remainingPoints } : { allowed, retryAfterMs: Math.max(1, result.msBeforeNext), remaining: 0 };
}
