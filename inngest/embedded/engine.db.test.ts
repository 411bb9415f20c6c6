import { Inngest } from "inngest";
import { serve } from "inngest/next";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDatabase } from "./behaviour/database";
import { quiet } from "./behaviour/driver";
import { CronClock } from "./cron";
import { Engine } from "./engine";
import { inProcess, loadFunctions } from "./handler";
import { createFetchHook } from "./hook";
import { prune, requeueForgotten } from "./maintenance";
import { recoverOwn } from "./reaper";

/** What only this engine has: its refusals, its clock, its housekeeping. */
const SIGNING_KEY = `signkey-test-${"56".repeat(32)}`;
let url = "";
let pool: pg.Pool;

beforeAll(async () => {
  url = await createDatabase(process.env["DATABASE_URL"] ?? "", "engine_own");
  pool = new pg.Pool({ connectionString: url, max: 6 });
});

afterAll(() => pool.end());

function makeClient(id: string): Inngest {
  return new Inngest({ id, isDev: false, eventKey: "test", signingKey: SIGNING_KEY, fetch: createFetchHook(pool), logger: quiet });
}

function makeEngine(client: Inngest, functions: Parameters<typeof serve>[0]["functions"]): Engine {
  return new Engine({
    connectionString: url,
    handler: inProcess(serve({ client, functions })),
    signingKey: SIGNING_KEY,
    logger: quiet,
    concurrency: 4,
    retry: { delayMs: () => 50 },
  });
}

async function until(what: string, check: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 30_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 50))) {
    if (await check()) return;
  }
  throw new Error(`waited 30 s in vain for ${what}`);
}

const count = async (sql: string, values: unknown[] = []) =>
  (await pool.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${sql}`, values)).rows[0]?.n ?? -1;

describe("start-up", () => {
  it("is refused, naming function, option and remedy, before any work is taken", async () => {
    const client = makeClient("refused");
    const batched = client.createFunction({ id: "batched", triggers: [{ event: "refused/x" }], batchEvents: { maxSize: 3, timeout: "2s" } }, () => "never");
    const throttled = client.createFunction({ id: "throttled", triggers: [{ event: "refused/x" }], throttle: { limit: 1, period: "1s" } }, () => "never");
    const engine = makeEngine(client, [batched, throttled]);
    await expect(engine.start()).rejects.toThrow(/refused-batched: batchEvents: .*\n.*refused-throttled: throttle: /);
    await engine.stop();
    expect(await count("engine_worker")).toBe(0);
  });
});

describe("schedule", () => {
  it("starts one run per fire time however many workers tick, and makes up for the last missed one only", async () => {
    const client = makeClient("cron");
    const hourly = client.createFunction({ id: "hourly", triggers: [{ cron: "0 * * * *" }] }, () => "done");
    const functions = await loadFunctions({ handler: inProcess(serve({ client, functions: [hourly] })), signingKey: SIGNING_KEY, timeoutMs: 5_000 });
    const at = (text: string) => new Date(`2026-05-01T${text}:00Z`);
    const [first, second] = [new CronClock(pool, functions), new CronClock(pool, functions)];
    await Promise.all([first.open(at("10:30")), second.open(at("10:30"))]);
    const started = await Promise.all([first.tick(at("11:00")), second.tick(at("11:00"))]);
    expect(started[0] + started[1]).toBe(1);
    expect(await first.tick(at("11:30"))).toBe(0);
    const afterStop = new CronClock(pool, functions);
    await afterStop.open(at("17:45"));
    expect(await afterStop.tick(at("17:45"))).toBe(1);
    const { rows } = await pool.query<{ at: string }>("SELECT event -> 'data' ->> 'fireAt' AS at FROM engine_run WHERE fn_id = 'cron-hourly' ORDER BY id");
    expect(rows.map((row) => row.at)).toEqual(["2026-05-01T11:00:00Z", "2026-05-01T17:00:00Z"]);
    await pool.query("TRUNCATE engine_run, engine_item; DELETE FROM graphile_worker._private_jobs");
  });
});

describe("housekeeping", () => {
  it("finds work whose queue jobs are lost, and leases nobody uses", async () => {
    const client = makeClient("lost");
    const napping = client.createFunction({ id: "napping", triggers: [{ event: "lost/x" }] }, async ({ step }) => {
      await step.sleep("nap", "1s");
      return "awake";
    });
    await client.send({ name: "lost/x", data: {} });
    await pool.query("DELETE FROM graphile_worker._private_jobs");
    await pool.query("UPDATE engine_event SET received_at = now() - interval '1 minute'");
    const engine = makeEngine(client, [napping]);
    await engine.start();
    await until("the event to be routed after all", async () => (await count("engine_wait")) === 1);
    await pool.query("DELETE FROM graphile_worker._private_jobs");
    await pool.query("UPDATE engine_wait SET expires_at = now() - interval '1 minute'");
    await requeueForgotten(pool);
    await until("the sleep to end after all", async () => (await count("engine_run WHERE status = 'Completed'")) === 1);
    await engine.stop();
    await pool.query("TRUNCATE engine_run, engine_item");
    await pool.query("INSERT INTO engine_run (id, fn_id, status, event, event_name, max_attempts) VALUES ('r', 'f', 'Running', '{}', 'x', 1)");
    await pool.query(
      "INSERT INTO engine_item (id, run_id, step_id, state, lease_owner, leased_at) VALUES ('i', 'r', 'step', 'leased', 'me', now() - interval '1 minute')",
    );
    expect(await recoverOwn(pool, "me", ["i"], 10_000)).toBe(0);
    expect(await recoverOwn(pool, "somebody", [], 10_000)).toBe(0);
    expect(await recoverOwn(pool, "me", [], 10_000)).toBe(1);
    expect(await count("engine_item WHERE state = 'ready' AND attempt = 0")).toBe(1);
    await pool.query("TRUNCATE engine_run, engine_item");
  });

  it("prunes what ended a month ago, with all that belongs to it, and nothing active", async () => {
    const insert =
      "INSERT INTO engine_run (id, fn_id, status, event, event_name, max_attempts, queued_at, ended_at) VALUES ($1, 'f', $2, '{}', 'x', 1, now() - interval '60 days', $3)";
    const old = new Date(Date.now() - 31 * 86_400_000);
    await pool.query(insert, ["old", "Completed", old]);
    await pool.query(insert, ["fresh", "Failed", new Date()]);
    await pool.query(insert, ["active", "Running", null]);
    await pool.query(
      "INSERT INTO engine_step (run_id, step_id, op, display_name, status) VALUES ('old', 's', 'step.run', 's', 'done'), ('fresh', 's', 'step.run', 's', 'done')",
    );
    await prune(pool);
    expect((await pool.query<{ id: string }>("SELECT id FROM engine_run ORDER BY id")).rows.map((row) => row.id)).toEqual(["active", "fresh"]);
    expect(await count("engine_step WHERE run_id = 'old'")).toBe(0);
    expect(await count("engine_step WHERE run_id = 'fresh'")).toBe(1);
  });
});
