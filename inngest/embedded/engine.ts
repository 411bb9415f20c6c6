import { EventEmitter } from "node:events";
import { Logger as QueueLogger, type Runner, run, type TaskList, type WorkerEventMap } from "graphile-worker";
import pg from "pg";
import { z } from "zod";
import { newId } from "@/lib/ids";
import { cancelOnRequest, retryOnRequest } from "./commands";
import type { FunctionConfig } from "./configuration";
import { CronClock } from "./cron";
import { Executor } from "./executor";
import { loadFunctions, type ServedHandler } from "./handler";
import { type Heartbeat, startHeartbeat } from "./heartbeat";
import { prune, requeueForgotten } from "./maintenance";
import { FROZEN_MS } from "./pool";
import { reap, recoverOwn } from "./reaper";
import { type RetryPolicy, standardRetry } from "./retry";
import { EventRouter } from "./router";
import { isTransient } from "./store/transaction";
import { fireTimer } from "./timers";

/** The part of a pino logger the engine uses. */
export interface EngineLogger {
  debug(facts: Record<string, unknown>, message: string): void;
  info(facts: Record<string, unknown>, message: string): void;
  warn(facts: Record<string, unknown>, message: string): void;
  error(facts: Record<string, unknown>, message: string): void;
}

export interface EngineOptions {
  readonly connectionString: string;
  readonly handler: ServedHandler;
  readonly signingKey: string;
  readonly logger: EngineLogger;
  /** Calls at a time. */
  readonly concurrency: number;
  readonly retry?: RetryPolicy | undefined;
  readonly callTimeoutMs?: number | undefined;
  readonly heartbeatMs?: number | undefined;
  /** A worker silent for this long is given up; at least three heartbeats. */
  readonly deadAfterMs?: number | undefined;
}

const DEFAULTS = { callTimeoutMs: 600_000, heartbeatMs: 2_000, deadAfterMs: FROZEN_MS } as const;
const MAINTENANCE_MS = 10_000;
const PRUNE_MS = 600_000;
const ROUTING_CONCURRENCY = 3;
const ROUTING_PORTION = 12;
const COMPLETE_BATCH_MS = 5;

const payloads = {
  /** Many from a transaction (engine_emit), one from whoever found it forgotten (maintenance). */
  route: z.union([z.object({ events: z.array(z.string()) }), z.object({ event: z.string() }).transform(({ event }) => ({ events: [event] }))]),
  call: z.object({ item: z.string() }),
  timer: z.object({ run: z.string(), step: z.string() }),
  debounce: z.object({ fn: z.string(), key: z.string() }),
  cancel: z.object({ run: z.string() }),
  retry: z.object({ run: z.string(), as: z.string() }),
};

/** One worker process of the embedded engine. */
export class Engine {
  readonly #options: EngineOptions;
  readonly #pool: pg.Pool;
  readonly #loops: NodeJS.Timeout[] = [];
  readonly #runners: Runner[] = [];
  readonly #turns = new Set<Promise<void>>();
  #heartbeat: Heartbeat | undefined;
  readonly #id = `worker-${newId()}`;
  #stopping = false;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#pool = new pg.Pool({
      connectionString: options.connectionString,
      max: options.concurrency + ROUTING_CONCURRENCY + 4,
      application_name: "karavan-worker",
      connectionTimeoutMillis: 10_000,
      // A worker that freezes in a transaction keeps its locks until the server ends it: as long as a silent worker is waited for.
      idle_in_transaction_session_timeout: options.deadAfterMs ?? DEFAULTS.deadAfterMs,
    });
    const onLost = (error: Error) => options.logger.warn({ err: error.message }, "database connection lost");
    this.#pool.on("error", onLost);
    this.#pool.on("connect", (client) => client.on("error", onLost));
  }

  /**
   * Checks the functions, then takes up work.
   * @returns how many functions are served.
   * @throws Error naming function, option and remedy when one cannot run here.
   */
  async start(): Promise<number> {
    // The SDK reads the whole environment five times a call, and Node asks the operating system for each variable every time.
    process.env = { ...process.env };
    const options = this.#options;
    const target = { handler: options.handler, signingKey: options.signingKey, timeoutMs: options.callTimeoutMs ?? DEFAULTS.callTimeoutMs };
    const functions = await loadFunctions(target);
    await this.#register(functions);
    const executor = new Executor({
      pool: this.#pool,
      target,
      functions,
      retry: options.retry ?? standardRetry(),
      owner: this.#id,
      log: (level, facts, message) => options.logger[level](facts, message),
    });
    const cron = new CronClock(this.#pool, functions);
    await cron.open(new Date());
    await this.#startQueues(executor, new EventRouter(this.#pool, functions), functions);
    this.#startLoops(executor, cron);
    return functions.length;
  }

  /** Stops taking work, lets calls that run finish, leaves the table of workers. */
  async stop(): Promise<void> {
    this.#stopping = true;
    for (const loop of this.#loops) clearInterval(loop);
    await Promise.all(this.#runners.map((runner) => runner.stop()));
    await Promise.allSettled(this.#turns);
    await this.#heartbeat?.stop();
    await this.#pool.end();
  }

  async #register(functions: readonly FunctionConfig[]): Promise<void> {
    await this.#pool.query(
      `INSERT INTO engine_function (id, name, config) SELECT x.id, x.name, x.config
       FROM json_to_recordset($1::json) AS x(id TEXT, name TEXT, config JSON)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, config = excluded.config, synced_at = now()`,
      [JSON.stringify(functions.map((config) => ({ id: config.id, name: config.name ?? config.id, config })))],
    );
  }

  /**
   * Two queues in one process: calls may take minutes, and must not hold up the events and timers behind them. Routing takes
   * its short jobs in portions; calls are taken one by one, so that none waits behind a long one while another worker is free.
   */
  async #startQueues(executor: Executor, router: EventRouter, functions: readonly FunctionConfig[]): Promise<void> {
    const options = this.#options;
    const calls = await this.#startQueue(options.concurrency, undefined, {
      "engine:call": (payload) => executor.execute(payloads.call.parse(payload).item),
    });
    const routing = await this.#startQueue(
      ROUTING_CONCURRENCY,
      { size: ROUTING_PORTION },
      {
        "engine:route": (payload) => router.routeAll(payloads.route.parse(payload).events),
        "engine:timer": (payload) => {
          const { run: runId, step } = payloads.timer.parse(payload);
          return fireTimer(this.#pool, runId, step);
        },
        "engine:cancel": (payload) => cancelOnRequest(this.#pool, payloads.cancel.parse(payload).run, functions),
        "engine:retry": (payload) => {
          const { run: runId, as } = payloads.retry.parse(payload);
          return retryOnRequest(this.#pool, runId, as, functions);
        },
        "engine:debounce": (payload) => {
          const { fn, key } = payloads.debounce.parse(payload);
          return router.closeDebounce(fn, key);
        },
      },
    );
    const worker = {
      connectionString: options.connectionString,
      id: this.#id,
      queuePools: [calls, routing],
      everyMs: options.heartbeatMs ?? DEFAULTS.heartbeatMs,
    };
    this.#heartbeat = await startHeartbeat(worker, (reason) => options.logger.warn({ reason }, "heartbeat failed"));
  }

  /** @returns the name under which this queue locks its jobs. */
  async #startQueue(concurrency: number, localQueue: { size: number } | undefined, taskList: TaskList): Promise<string> {
    let name = "";
    const events: WorkerEventEmitter = new EventEmitter();
    events.on("pool:create", ({ workerPool }) => {
      name = workerPool.id;
    });
    const runner = await run({
      pgPool: this.#pool,
      noHandleSignals: true,
      taskList,
      events,
      parsedCronItems: [],
      logger: this.#queueLogger(),
      concurrency,
      pollInterval: 1_000,
      preset: {
        worker: {
          // A finished job that is found again after a crash does nothing: leases, claims and pending steps are taken once.
          completeJobBatchDelay: COMPLETE_BATCH_MS,
          ...(localQueue === undefined ? {} : { localQueue }),
        },
      },
    });
    runner.promise.catch((error: unknown) => {
      if (!this.#stopping) this.#options.logger.error({ err: String(error) }, "the queue stopped by itself");
    });
    this.#runners.push(runner);
    return name;
  }

  #queueLogger(): QueueLogger {
    const { logger } = this.#options;
    return new QueueLogger(() => (level, message) => {
      if (level === "error" || level === "warning") logger.warn({ source: "queue" }, message);
    });
  }

  #startLoops(executor: Executor, cron: CronClock): void {
    const deadAfterMs = this.#options.deadAfterMs ?? DEFAULTS.deadAfterMs;
    this.#every(1_000, () => cron.tick(new Date()));
    this.#every(deadAfterMs / 3, async () => {
      const taken = await reap(this.#pool, deadAfterMs);
      if (taken > 0) this.#options.logger.warn({ calls: taken }, "took over the calls of a lost worker");
    });
    this.#every(MAINTENANCE_MS, async () => {
      await recoverOwn(this.#pool, this.#id, executor.running(), MAINTENANCE_MS);
      await requeueForgotten(this.#pool);
    });
    this.#every(PRUNE_MS, () => prune(this.#pool));
  }

  /** Repeats `work`; a turn that is still going on is not started a second time. */
  #every(ms: number, work: () => Promise<unknown>): void {
    let busy = false;
    const turn = async () => {
      busy = true;
      try {
        await work();
      } catch (error) {
        const level = isTransient(error) ? "warn" : "error";
        this.#options.logger[level]({ err: error instanceof Error ? error.message : String(error) }, "engine housekeeping failed, will repeat");
      } finally {
        busy = false;
      }
    };
    const start = () => {
      if (busy || this.#stopping) return;
      const going: Promise<void> = turn().finally(() => this.#turns.delete(going));
      this.#turns.add(going);
    };
    this.#loops.push(setInterval(start, ms));
    start();
  }
}

type WorkerEventEmitter = EventEmitter & { on<K extends keyof WorkerEventMap>(event: K, listener: (payload: WorkerEventMap[K]) => void): unknown };
