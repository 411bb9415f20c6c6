import type { Pool } from "pg";
import { newId } from "@/lib/ids";
import { type FunctionConfig, maxAttemptsOf } from "./configuration";
import { parseDuration } from "./durations";
import { holds, keyOf } from "./expressions";
import { Gather } from "./gather";
import { cancelRun } from "./lifecycle";
import { dataMemo, type WireEvent } from "./protocol";
import { cancels, concurrencyScopes, functionsCancelledBy, functionsStartedBy, workspaceOf } from "./routing";
import { claimEvent, peekEvents, readEvent, type StoredEvent, type UnroutedEvent } from "./store/events";
import { closeDebounce, countUse, putOff, takeKey } from "./store/keys";
import { activeRuns, claimAndStart, insertRun, isActive, lockRun, type NewRun, type Start } from "./store/runs";
import { resolveStep, waitsFor } from "./store/steps";
import { inTransaction, persist, type Queryable } from "./store/transaction";

const DAY_SECONDS = 86_400;

/** What an event does: starts runs, ends waits, cancels runs. One event = one transaction. */
export class EventRouter {
  readonly #pool: Pool;
  readonly #functions: readonly FunctionConfig[];
  /** Null for an event that was routed before. */
  readonly #peeks: Gather<string, UnroutedEvent | null>;
  readonly #starts: Gather<Start, true>;

  constructor(pool: Pool, functions: readonly FunctionConfig[]) {
    this.#pool = pool;
    this.#functions = functions;
    this.#peeks = new Gather(async (ids) => {
      const found = await peekEvents(pool, ids);
      return ids.map((id) => found.get(id) ?? null);
    });
    this.#starts = new Gather((starts) => claimAndStart(pool, starts));
  }

  /** Each by itself: one that fails does not hold up the others, and fails the job, which is tried again; routed ones pass then. */
  async routeAll(eventIds: readonly string[]): Promise<void> {
    const outcomes = await Promise.allSettled(eventIds.map((id) => this.route(id)));
    for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
  }

  async route(eventId: string): Promise<void> {
    if (await persist(() => this.#routeQuietly(eventId))) return;
    await persist(() =>
      inTransaction(this.#pool, async (tx) => {
        const event = await claimEvent(tx, eventId);
        if (event === undefined) return;
        await this.#cancelRuns(tx, event.wire);
        await this.#endWaits(tx, event.wire);
        for (const config of functionsStartedBy(event.wire, this.#functions)) await startFor(tx, config, event);
      }),
    );
  }

  /**
   * The common event in one statement: nobody waits for it, it cancels nothing, and no key can hold the starts back.
   * False when it is not that simple, or somebody else has it in hand; nothing was written then.
   */
  async #routeQuietly(eventId: string): Promise<boolean> {
    const event = await this.#peeks.ask(eventId);
    if (event === null) return true;
    if (event === undefined) return false;
    const started = functionsStartedBy(event.wire, this.#functions);
    const plain = !event.awaited && event.extId === undefined && functionsCancelledBy(event.wire, this.#functions).length === 0 && started.every(isPlain);
    if (!plain) return false;
    return (await this.#starts.ask({ eventId, runs: started.map((config) => newRun(config, event)) })) ?? false;
  }

  /** Starts the run of a debounce whose stream has been quiet for its period. */
  async closeDebounce(fnId: string, key: string): Promise<void> {
    await persist(() =>
      inTransaction(this.#pool, async (tx) => {
        const config = this.#functions.find((one) => one.id === fnId);
        const eventId = await closeDebounce(tx, fnId, key);
        if (config === undefined || eventId === undefined) return;
        const event = await readEvent(tx, eventId);
        if (event !== undefined) await start(tx, config, event);
      }),
    );
  }

  async #cancelRuns(tx: Queryable, event: WireEvent): Promise<void> {
    for (const { config, entries } of functionsCancelledBy(event, this.#functions)) {
      for (const run of await activeRuns(tx, config.id)) {
        if (cancels(entries, event, run.event, run.queuedAt, new Date())) await cancelRun(tx, run.id, this.#functions);
      }
    }
  }

  async #endWaits(tx: Queryable, event: WireEvent): Promise<void> {
    for (const wait of await waitsFor(tx, event.name)) {
      if (wait.condition !== null && !holds(wait.condition, { event: wait.event, async: event })) continue;
      const run = await lockRun(tx, wait.run_id);
      if (run !== undefined && isActive(run.status)) await resolveStep(tx, wait.run_id, wait.step_id, dataMemo(event));
    }
  }
}

/** No option that needs a key or a look at other runs before the start. */
function isPlain(config: FunctionConfig): boolean {
  return !config.idempotency && !config.rateLimit && !config.debounce && !config.singleton;
}

function newRun(config: FunctionConfig, event: StoredEvent): NewRun {
  return {
    id: newId(),
    fnId: config.id,
    event: event.wire,
    eventId: event.internalId,
    workspaceId: workspaceOf(event.wire),
    maxAttempts: maxAttemptsOf(config),
    concurrency: concurrencyScopes(config, event.wire),
    startAt: new Date(event.wire.ts),
  };
}

/** Applies the keys that may hold a start back, then starts. */
async function startFor(tx: Queryable, config: FunctionConfig, event: StoredEvent): Promise<void> {
  const scope = { event: event.wire };
  if (event.extId !== undefined && !(await takeKey(tx, config.id, "event", event.extId, DAY_SECONDS))) return;
  if (typeof config.idempotency === "string") {
    if (!(await takeKey(tx, config.id, "idempotency", keyOf(config.idempotency, scope), DAY_SECONDS))) return;
  } else if (config.rateLimit !== null && config.rateLimit !== undefined) {
    const { limit, period, key } = config.rateLimit;
    const own = typeof key === "string" ? keyOf(key, scope) : "";
    if (!(await countUse(tx, config.id, own, limit, parseDuration(period) ?? 0))) return;
  }
  if (config.debounce !== null && config.debounce !== undefined) {
    const { period, key, timeout } = config.debounce;
    const own = typeof key === "string" ? keyOf(key, scope) : "";
    await putOff(tx, config.id, own, event.internalId, { periodMs: parseDuration(period) ?? 0, timeoutMs: parseDuration(timeout ?? "") });
    return;
  }
  await start(tx, config, event);
}

async function start(tx: Queryable, config: FunctionConfig, event: StoredEvent): Promise<void> {
  if (!(await passesSingleton(tx, config, event))) return;
  await insertRun(tx, newRun(config, event));
}

/** One active run per key: the newcomer is skipped, or takes the place of the old one. */
async function passesSingleton(tx: Queryable, config: FunctionConfig, event: StoredEvent): Promise<boolean> {
  if (config.singleton === null || config.singleton === undefined) return true;
  const { key, mode } = config.singleton;
  const keyFor = (subject: unknown) => (typeof key === "string" ? keyOf(key, { event: subject }) : "");
  const own = keyFor(event.wire);
  await tx.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 4712))", [`${config.id}|${own}`]);
  const rivals = (await activeRuns(tx, config.id)).filter((run) => keyFor(run.event) === own);
  if (rivals.length === 0) return true;
  if (mode === "skip") return false;
  for (const rival of rivals) await cancelRun(tx, rival.id, [config]);
  return true;
}
