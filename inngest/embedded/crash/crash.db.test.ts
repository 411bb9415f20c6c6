import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import getPort from "get-port";
import { afterEach, describe, expect, it } from "vitest";
import { startEmbeddedPostgres } from "@/cli/database/postgres";
import { createDatabase, prepareDatabase } from "../behaviour/database";
import { STEPS } from "./functions";
import { CrashStand, pause } from "./stand";

const SERVER = process.env["DATABASE_URL"] ?? "";
const TEST_MS = 120_000;
const KEYS = ["k0", "k1", "k2", "k3", "k4", "k5"];

let stand: CrashStand | undefined;

afterEach(async () => {
  await stand?.close();
  stand = undefined;
});

async function openStand(name: string): Promise<CrashStand> {
  const opened = new CrashStand(await createDatabase(SERVER, name));
  stand = opened;
  await opened.prepare();
  return opened;
}

/** Every run completed with the tokens that its steps' bodies made, nothing committed twice, nothing left over. */
async function expectExact(on: CrashStand, keys: readonly string[]): Promise<void> {
  const runs = await on.runs();
  expect(runs.map((run) => [run.key, run.status]).sort()).toEqual(keys.map((key) => [key, "Completed"]).sort());
  for (const run of runs) {
    const made = new Set((await on.effects(run.key)).map((row) => row.token));
    const tokens = run.output as string[];
    expect(tokens.every((token) => made.has(token))).toBe(true);
    const { rows } = await on.pool.query<{ n: number }>("SELECT count(*)::int AS n FROM engine_step WHERE run_id = $1 AND memo ->> 'data' = ANY($2)", [
      run.id,
      tokens,
    ]);
    expect(rows[0]?.n).toBe(tokens.length);
  }
  expect(await on.committedTwice()).toEqual([]);
  expect(await on.leftovers()).toBe(0);
}

const allEnded = (on: CrashStand, count: number) => async () =>
  (await on.runs()).filter((run) => ["Completed", "Failed", "Cancelled"].includes(run.status)).length === count;

describe("a worker that dies", () => {
  it("kill -9 in the middle of steps: every run ends, only interrupted steps run again", { timeout: TEST_MS }, async () => {
    const on = await openStand("engine_crash_kill");
    const first = await on.child();
    await on.client.send(KEYS.map((key) => ({ name: "crash/steps.asked", data: { key, ms: 250 } })));
    await on.until("steps to be under way", async () => (await on.effects()).length >= 7);
    await on.kill(first, "SIGKILL");
    const cut = (await on.effects()).length;
    await on.child();
    await on.until("all runs to end", allEnded(on, KEYS.length));
    await expectExact(on, KEYS);
    const after = (await on.effects()).length;
    // Four calls at a time: at most four steps were interrupted and ran a second time; at least one was, or the test shows nothing.
    expect(cut).toBeLessThan(KEYS.length * STEPS);
    expect(after - KEYS.length * STEPS).toBeGreaterThanOrEqual(1);
    expect(after - KEYS.length * STEPS).toBeLessThanOrEqual(4);
  });

  it("kill -9 among parallel branches: the join still happens, once", { timeout: TEST_MS }, async () => {
    const on = await openStand("engine_crash_fan");
    const first = await on.child();
    await on.client.send({ name: "crash/fan.asked", data: { key: "fan", ms: 800 } });
    await on.until("a branch to be under way", async () => (await on.effects("fan")).length >= 2);
    await on.kill(first, "SIGKILL");
    await on.child();
    await on.until("the run to end", allEnded(on, 1));
    await expectExact(on, ["fan"]);
  });

  it("a step that kills its worker stops after its attempts", { timeout: TEST_MS }, async () => {
    const on = await openStand("engine_crash_poison");
    await on.client.send({ name: "crash/poison.asked", data: { key: "poison" } });
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const child = await on.child();
      await on.until("the worker to be killed by its step", () => child.process.signalCode === "SIGKILL");
    }
    await on.child();
    await on.until("the run to end", allEnded(on, 1));
    const [run] = await on.runs();
    expect(run).toMatchObject({ status: "Failed", error: { name: "WorkerLost" } });
    expect((await on.effects("poison")).length).toBe(2);
  });
});

describe("a worker that freezes", () => {
  it("is fenced off after it wakes up, and works on", { timeout: TEST_MS }, async () => {
    const on = await openStand("engine_crash_freeze");
    const frozen = await on.child();
    await on.client.send(KEYS.slice(0, 3).map((key) => ({ name: "crash/steps.asked", data: { key, ms: 400 } })));
    await on.until("steps to be under way", async () => (await on.effects()).length >= 5);
    frozen.process.kill("SIGSTOP");
    const second = await on.child();
    await on.until("the calls to be taken over", () => second.output().includes("took over the calls of a lost worker"));
    // Awake while the other one is still at it: both now hold the same calls, one of them rightly.
    frozen.process.kill("SIGCONT");
    await on.until("all runs to end", allEnded(on, 3));
    await on.until("the frozen worker to notice", () => frozen.output().includes("stale result dropped"));
    await expectExact(on, KEYS.slice(0, 3));
    // Only the step each call was in runs twice. Without the fence the woken worker would carry on with the steps after it.
    expect((await on.effects()).length - 3 * STEPS).toBeGreaterThanOrEqual(1);
    expect((await on.effects()).length - 3 * STEPS).toBeLessThanOrEqual(3);
    await on.kill(second, "SIGTERM");
    await on.client.send({ name: "crash/steps.asked", data: { key: "later", ms: 10 } });
    await on.until("the once frozen worker to do the next run", allEnded(on, 4));
    expect((await on.effects("later")).every((row) => row.pid === frozen.process.pid)).toBe(true);
  });

  it("is not waited for when it froze in a transaction, with locks that the others need", { timeout: TEST_MS }, async () => {
    const on = await openStand("engine_crash_freeze_tx");
    const frozen = await on.child();
    await on.client.send({ name: "crash/steps.asked", data: { key: "k0", ms: 4_000 } });
    await on.until("a step to be under way", async () => (await on.effects()).length >= 1);
    // The worker's housekeeping is held up in its last statement until the worker is frozen.
    const holder = await on.pool.connect();
    await holder.query("BEGIN");
    await holder.query("LOCK TABLE engine_worker IN SHARE MODE");
    await on.until("the housekeeping to wait", async () => (await on.sessions("karavan-worker", "active", "DELETE FROM engine_worker")) === 1);
    frozen.process.kill("SIGSTOP");
    await holder.query("ROLLBACK");
    holder.release();
    await on.until("a transaction to be left open", async () => (await on.sessions("karavan-worker", "idle in transaction", "DELETE")) === 1);
    await on.child();
    await on.until("the run to end elsewhere", async () => new Set((await on.effects()).map((row) => row.pid)).size === 2);
    frozen.process.kill("SIGCONT");
    await on.until("the run to end", allEnded(on, 1), 80_000);
    await expectExact(on, ["k0"]);
  });
});

describe("a database that restarts", () => {
  it("loses no run and no worker", { timeout: TEST_MS }, async () => {
    const folder = mkdtempSync(join(tmpdir(), "karavan-restart-"));
    const options = { dataDir: join(folder, "data"), port: await getPort() };
    let postgres = await startEmbeddedPostgres(options);
    try {
      await prepareDatabase(postgres.url);
      const on = new CrashStand(postgres.url);
      stand = on;
      await on.prepare();
      const child = await on.child();
      await on.client.send(KEYS.map((key) => ({ name: "crash/steps.asked", data: { key, ms: 250 } })));
      await on.client.send({ name: "crash/fan.asked", data: { key: "fan", ms: 400 } });
      await on.until("steps to be under way", async () => (await on.effects()).length >= 7);
      await postgres.stop();
      await pause(1_000);
      postgres = await startEmbeddedPostgres(options);
      await on.until(
        "all runs to end",
        async () => {
          try {
            return await allEnded(on, KEYS.length + 1)();
          } catch {
            return false;
          }
        },
        60_000,
      );
      await expectExact(on, [...KEYS, "fan"]);
      expect(child.process.exitCode).toBe(null);
      await on.close();
    } finally {
      stand = undefined;
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
