import type { Pool } from "pg";
import { newId } from "@/lib/ids";
import { type FunctionConfig, maxAttemptsOf } from "./configuration";
import type { WireEvent } from "./protocol";
import { concurrencyScopes } from "./routing";
import { jitterMs, latestDue } from "./schedule";
import { insertRun } from "./store/runs";
import { inTransaction } from "./store/transaction";

/** The event a scheduled run gets; its id is the fire time. */
export function scheduledEvent(line: string, fireAt: Date): WireEvent {
  const at = fireAt.toISOString().replace(".000Z", "Z");
  return { id: at, name: "inngest/scheduled.timer", data: { cron: line, scheduledAt: at, fireAt: at }, ts: fireAt.getTime() };
}

/**
 * Starts scheduled functions. Every worker runs one; moving `engine_cron` forward decides who starts a fire time, so a
 * function fires once per time however many workers there are. After a stop only the last missed time is made up for.
 */
export class CronClock {
  readonly #pool: Pool;
  readonly #scheduled: readonly FunctionConfig[];
  readonly #since = new Map<string, Date>();

  constructor(pool: Pool, functions: readonly FunctionConfig[]) {
    this.#pool = pool;
    this.#scheduled = functions.filter((config) => config.triggers.some((trigger) => trigger.cron !== undefined));
  }

  /** Remembers when each function fired last; a function seen for the first time starts counting now. */
  async open(now: Date): Promise<void> {
    for (const config of this.#scheduled) {
      const { rows } = await this.#pool.query<{ last_fire_at: Date }>(
        `INSERT INTO engine_cron AS c (fn_id, last_fire_at) VALUES ($1, $2)
         ON CONFLICT (fn_id) DO UPDATE SET last_fire_at = c.last_fire_at RETURNING last_fire_at`,
        [config.id, now],
      );
      this.#since.set(config.id, rows[0]?.last_fire_at ?? now);
    }
  }

  /** Starts what is due at `now`; returns how many runs this worker started. */
  async tick(now: Date): Promise<number> {
    let started = 0;
    for (const config of this.#scheduled) {
      const since = this.#since.get(config.id) ?? now;
      for (const trigger of config.triggers) {
        const fireAt = trigger.cron === undefined ? undefined : latestDue(trigger.cron, since, now);
        if (trigger.cron === undefined || fireAt === undefined) continue;
        if (await this.#fire(config, trigger.cron, trigger.jitter, fireAt)) started += 1;
        this.#since.set(config.id, fireAt);
      }
    }
    return started;
  }

  async #fire(config: FunctionConfig, line: string, jitter: string | null | undefined, fireAt: Date): Promise<boolean> {
    return inTransaction(this.#pool, async (tx) => {
      const moved = await tx.query("UPDATE engine_cron SET last_fire_at = $2 WHERE fn_id = $1 AND last_fire_at < $2", [config.id, fireAt]);
      if (moved.rowCount !== 1) return false;
      const event = scheduledEvent(line, fireAt);
      await insertRun(tx, {
        id: newId(),
        fnId: config.id,
        event,
        maxAttempts: maxAttemptsOf(config),
        concurrency: concurrencyScopes(config, event),
        startAt: jitter === null || jitter === undefined ? undefined : new Date(fireAt.getTime() + jitterMs(config.id, fireAt, jitter)),
      });
      return true;
    });
  }
}
