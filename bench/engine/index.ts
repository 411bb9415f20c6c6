import { EventEmitter } from "node:events";
import { loadavg } from "node:os";
import { Logger as QueueLogger, run as runQueue } from "graphile-worker";
import { type GetStepTools, Inngest } from "inngest";
import { serve } from "inngest/next";
import pg from "pg";
import { Engine } from "@/inngest/embedded/engine";
import { inProcess } from "@/inngest/embedded/handler";
import { createFetchHook } from "@/inngest/embedded/hook";
import { type BenchOptions, type BenchResult, describeMachine } from "../contract";

/**
 * Durable steps per second of one worker process: runs of five tiny steps, checkpointed, from sending the events to the last
 * run's end. Baseline: the bare queue doing the least that is durable per step, one job and one INSERT.
 */
const STEPS = 5;
const WARM_UP_RUNS = 200;
const RUNS = 1_600;
const CONCURRENCY = 10;
const SEND_BATCH = 50;

const PLAIN = "bench/asked";
/** Runs of a function with a concurrency key, as nearly all of Karavan's own have; every run has a key of its own. */
const LIMITED = "bench/asked-limited";

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function openPool(url: string, max: number): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max });
  // The server is stopped at the end of the bench with connections still open.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

interface EngineStand {
  readonly client: Inngest;
  readonly engine: Engine;
  readonly pool: pg.Pool;
}

async function openEngine(url: string, signingKey: string): Promise<EngineStand> {
  const pool = openPool(url, 12);
  const client = new Inngest({ id: "bench", isDev: false, eventKey: "bench", signingKey, fetch: createFetchHook(pool), logger: quiet, aiMetadata: false });
  const addUp = async ({ step }: { step: GetStepTools<Inngest> }) => {
    let sum = 0;
    for (let n = 0; n < STEPS; n += 1) sum += await step.run(`step-${n}`, () => n);
    return sum;
  };
  const fiveSteps = client.createFunction({ id: "five-steps", triggers: [{ event: PLAIN }] }, addUp);
  const concurrency: [{ key: string; limit: number }] = [{ key: "string(event.data.n)", limit: 1 }];
  const oneAtATime = client.createFunction({ id: "one-at-a-time", triggers: [{ event: LIMITED }], concurrency }, addUp);
  const handler = inProcess(serve({ client, functions: [fiveSteps, oneAtATime] }));
  const engine = new Engine({ connectionString: url, handler, signingKey, logger: quiet, concurrency: CONCURRENCY });
  await engine.start();
  return { client, engine, pool };
}

/** @returns seconds from the first send until `runs` more runs have completed. */
async function timeRuns({ client, pool }: EngineStand, runs: number, name = PLAIN): Promise<number> {
  const completed = async () => {
    const { rows } = await pool.query<{ n: number }>("SELECT count(*)::int AS n FROM engine_run WHERE status = 'Completed'");
    return rows[0]?.n ?? 0;
  };
  const goal = (await completed()) + runs;
  const from = performance.now();
  for (let sent = 0; sent < runs; sent += SEND_BATCH) {
    const size = Math.min(SEND_BATCH, runs - sent);
    await client.send(Array.from({ length: size }, (_, n) => ({ name, data: { n: sent + n } })));
  }
  while ((await completed()) < goal) await pause(50);
  return (performance.now() - from) / 1000;
}

/** Milliseconds from sending one event on an idle engine to the end of its run. */
async function timeIdleRun(stand: EngineStand): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < 20; n += 1) {
    const from = performance.now();
    const { ids } = await stand.client.send({ name: PLAIN, data: { n } });
    for (let done = false; !done; await pause(2)) {
      const { rowCount } = await stand.pool.query("SELECT 1 FROM engine_run WHERE event_id = $1 AND status = 'Completed'", [ids[0]]);
      done = rowCount === 1;
    }
    times.push(performance.now() - from);
  }
  return times.sort((a, b) => a - b)[10] ?? 0;
}

async function timeBareQueue(url: string, jobs: number): Promise<number> {
  const pool = openPool(url, CONCURRENCY + 4);
  await pool.query("CREATE TABLE bench_step (id BIGSERIAL PRIMARY KEY, value JSON NOT NULL)");
  const events = new EventEmitter();
  let done = 0;
  const runner = await runQueue({
    pgPool: pool,
    concurrency: CONCURRENCY,
    noHandleSignals: true,
    events,
    logger: new QueueLogger(() => () => undefined),
    parsedCronItems: [],
    taskList: {
      "bench:step": async (payload) => {
        await pool.query({ name: "bench-step", text: "INSERT INTO bench_step (value) VALUES ($1)", values: [JSON.stringify(payload)] });
        done += 1;
      },
    },
  });
  const from = performance.now();
  for (let sent = 0; sent < jobs; sent += SEND_BATCH) {
    await pool.query("SELECT graphile_worker.add_job('bench:step', json_build_object('n', n)) FROM generate_series(1, $1::int) AS n", [
      Math.min(SEND_BATCH, jobs - sent),
    ]);
  }
  while (done < jobs) await pause(20);
  const seconds = (performance.now() - from) / 1000;
  await runner.stop();
  await pool.end();
  return seconds;
}

interface Rate {
  readonly seconds: number;
  readonly stepsPerSecond: number;
  /** Processor time of this process, which is the worker, the sender of the events and the watcher of their ends in one. */
  readonly cpuMsPerStep: number;
}

async function rateOf(stand: EngineStand, name: string): Promise<Rate> {
  await timeRuns(stand, WARM_UP_RUNS, name);
  const before = process.cpuUsage();
  const seconds = await timeRuns(stand, RUNS, name);
  const { user, system } = process.cpuUsage(before);
  const steps = RUNS * STEPS;
  return { seconds, stepsPerSecond: Math.round(steps / seconds), cpuMsPerStep: (user + system) / 1000 / steps };
}

export async function run(_options: BenchOptions): Promise<BenchResult> {
  const url = process.env["DATABASE_URL"] ?? "";
  const stand = await openEngine(url, process.env["INNGEST_SIGNING_KEY"] ?? "");
  const { stepsPerSecond, seconds, cpuMsPerStep } = await rateOf(stand, PLAIN);
  const limited = await rateOf(stand, LIMITED);
  const idleRunMedianMs = await timeIdleRun(stand);
  await stand.engine.stop();
  await stand.pool.end();
  const bareSeconds = await timeBareQueue(url, RUNS * STEPS);
  const bareJobsPerSecond = Math.round((RUNS * STEPS) / bareSeconds);
  return {
    bench: "engine",
    machine: describeMachine(),
    stepsPerSecond,
    results: {
      stepsPerSecond,
      withConcurrencyKeyStepsPerSecond: limited.stepsPerSecond,
      cpuMsPerStep,
      withConcurrencyKeyCpuMsPerStep: limited.cpuMsPerStep,
      runs: RUNS,
      stepsPerRun: STEPS,
      concurrency: CONCURRENCY,
      seconds,
      idleRunMedianMs,
      load: loadavg()[0] ?? 0,
    },
    baseline: { what: "bare graphile-worker: one job and one INSERT per step", jobsPerSecond: bareJobsPerSecond, seconds: bareSeconds },
    ratio: stepsPerSecond / bareJobsPerSecond,
  };
}
