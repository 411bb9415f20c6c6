import { EventEmitter } from "node:events";
import { Logger as QueueLogger, run as runQueue } from "graphile-worker";
import { Inngest } from "inngest";
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
const WARM_UP_RUNS = 100;
const RUNS = 800;
const CONCURRENCY = 10;
const SEND_BATCH = 50;

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
  const fiveSteps = client.createFunction({ id: "five-steps", triggers: [{ event: "bench/asked" }] }, async ({ step }) => {
    let sum = 0;
    for (let n = 0; n < STEPS; n += 1) sum += await step.run(`step-${n}`, () => n);
    return sum;
  });
  const handler = inProcess(serve({ client, functions: [fiveSteps] }));
  const engine = new Engine({ connectionString: url, handler, signingKey, logger: quiet, concurrency: CONCURRENCY });
  await engine.start();
  return { client, engine, pool };
}

/** @returns seconds from the first send until `runs` more runs have completed. */
async function timeRuns({ client, pool }: EngineStand, runs: number): Promise<number> {
  const completed = async () => {
    const { rows } = await pool.query<{ n: number }>("SELECT count(*)::int AS n FROM engine_run WHERE status = 'Completed'");
    return rows[0]?.n ?? 0;
  };
  const goal = (await completed()) + runs;
  const from = performance.now();
  for (let sent = 0; sent < runs; sent += SEND_BATCH) {
    const size = Math.min(SEND_BATCH, runs - sent);
    await client.send(Array.from({ length: size }, (_, n) => ({ name: "bench/asked", data: { n: sent + n } })));
  }
  while ((await completed()) < goal) await pause(50);
  return (performance.now() - from) / 1000;
}

/** Milliseconds from sending one event on an idle engine to the end of its run. */
async function timeIdleRun(stand: EngineStand): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < 20; n += 1) {
    const from = performance.now();
    const { ids } = await stand.client.send({ name: "bench/asked", data: { n } });
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

export async function run(_options: BenchOptions): Promise<BenchResult> {
  const url = process.env["DATABASE_URL"] ?? "";
  const stand = await openEngine(url, process.env["INNGEST_SIGNING_KEY"] ?? "");
  await timeRuns(stand, WARM_UP_RUNS);
  const seconds = await timeRuns(stand, RUNS);
  const idleMs = await timeIdleRun(stand);
  await stand.engine.stop();
  await stand.pool.end();
  const bareSeconds = await timeBareQueue(url, RUNS * STEPS);
  const stepsPerSecond = Math.round((RUNS * STEPS) / seconds);
  const bareJobsPerSecond = Math.round((RUNS * STEPS) / bareSeconds);
  return {
    bench: "engine",
    machine: describeMachine(),
    stepsPerSecond,
    results: { stepsPerSecond, runs: RUNS, stepsPerRun: STEPS, concurrency: CONCURRENCY, seconds, idleRunMedianMs: idleMs },
    baseline: { what: "bare graphile-worker: one job and one INSERT per step", jobsPerSecond: bareJobsPerSecond, seconds: bareSeconds },
    ratio: stepsPerSecond / bareJobsPerSecond,
  };
}
