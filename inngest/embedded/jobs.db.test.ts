import { randomUUID } from "node:crypto";
import { Inngest } from "inngest";
import { serve } from "inngest/next";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDatabase } from "./behaviour/database";
import { quiet } from "./behaviour/driver";
import { Engine } from "./engine";
import { inProcess } from "./handler";
import { createFetchHook } from "./hook";

// An engine of one's own needs a database of one's own; the module under test opens what DATABASE_URL names.
const url = await createDatabase(process.env["DATABASE_URL"] ?? "", "engine_jobs");
process.env["DATABASE_URL"] = url;
const jobs = await import("@/server/jobs/index");

const SIGNING_KEY = `signkey-test-${"ef".repeat(32)}`;
const pool = new pg.Pool({ connectionString: url, max: 4 });
const client = new Inngest({ id: "jobs", isDev: false, eventKey: "test", signingKey: SIGNING_KEY, fetch: createFetchHook(pool), logger: quiet });
let broken = true;

const failing = client.createFunction({ id: "failing", name: "Failing job", triggers: [{ event: "jobs/failing" }], retries: 1 }, async ({ step }) => {
  await step.run("first", () => "fine");
  await step.run("second", () => {
    if (broken) throw new Error("second is broken");
    return "mended";
  });
});
const sleeping = client.createFunction({ id: "sleeping", triggers: [{ event: "jobs/sleeping" }] }, async ({ step }) => {
  await step.sleep("nap", "1h");
});
const child = client.createFunction({ id: "child", triggers: [] }, () => "done");
const parent = client.createFunction({ id: "parent", triggers: [{ event: "jobs/parent" }] }, async ({ step }) => step.invoke("call", { function: child }));

const engine = new Engine({
  connectionString: url,
  handler: inProcess(serve({ client, functions: [failing, sleeping, child, parent] })),
  signingKey: SIGNING_KEY,
  logger: quiet,
  concurrency: 4,
  retry: { delayMs: () => 50 },
});

beforeAll(async () => {
  await engine.start();
});

afterAll(async () => {
  await engine.stop();
  await pool.end();
});

const workspace = () => ({ workspaceId: randomUUID(), includeSystem: false });

async function until<T>(read: () => Promise<T | undefined>): Promise<T> {
  for (const end = Date.now() + 30_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 50))) {
    const found = await read();
    if (found !== undefined) return found;
  }
  throw new Error("waited 30 s in vain");
}

const runWith = (audience: ReturnType<typeof workspace>, status: "Failed" | "Cancelled" | "Running" | "Completed") =>
  until(async () => (await jobs.listRuns(audience, { limit: 10, status: [status] })).runs[0]);

describe("jobs", () => {
  it("shows the timeline of a failed run and runs it again", async () => {
    const audience = workspace();
    await client.send({ name: "jobs/failing", data: { workspaceId: audience.workspaceId } });
    const failed = await runWith(audience, "Failed");
    const view = await jobs.getRun(audience, failed.id);
    expect(view).toMatchObject({ functionName: "Failing job", status: "Failed", canRetry: true, canCancel: false, error: { message: "second is broken" } });
    expect(view.steps.map((step) => [step.name, step.kind, step.status])).toEqual([
      ["first", "step.run", "done"],
      ["second", "step.run", "failed"],
    ]);
    expect(view.attempts.map((attempt) => [attempt.stepName, attempt.attempt, attempt.retryAt !== null])).toEqual([
      ["second", 1, true],
      ["second", 2, false],
      [null, 1, false],
    ]);
    broken = false;
    const again = await jobs.retryRun(audience, failed.id);
    const mended = await until(async () => {
      const found = (await jobs.listRuns(audience, { limit: 10 })).runs.find((run) => run.id === again.runId);
      return found?.status === "Completed" ? found : undefined;
    });
    expect(mended.functionId).toBe(failed.functionId);
    expect((await jobs.getRun(audience, failed.id)).retriedAs).toEqual([again.runId]);
    expect((await jobs.getRun(audience, again.runId)).retriedFrom).toBe(failed.id);
  });

  it("cancels a sleeping run and says what it waited for", async () => {
    const audience = workspace();
    await client.send({ name: "jobs/sleeping", data: { workspaceId: audience.workspaceId } });
    const view = await until(async () => {
      const [run] = (await jobs.listRuns(audience, { limit: 10 })).runs;
      const found = run === undefined ? undefined : await jobs.getRun(audience, run.id);
      return found?.steps.length === 1 ? found : undefined;
    });
    expect(view.steps[0]).toMatchObject({ name: "nap", kind: "Sleep", status: "pending", waitsFor: { eventName: null } });
    await expect(jobs.retryRun(audience, view.id)).rejects.toMatchObject({ code: "jobs.run_active" });
    await jobs.cancelRun(audience, view.id);
    await runWith(audience, "Cancelled");
    await expect(jobs.cancelRun(audience, view.id)).rejects.toMatchObject({ code: "jobs.run_ended" });
    expect(await jobs.countByStatus(audience)).toEqual({ Queued: 0, Running: 0, Completed: 0, Failed: 0, Cancelled: 1 });
  });

  it("pages by key, filters, and gives an invoked run its caller's workspace", async () => {
    const audience = workspace();
    const { workspaceId } = audience;
    await client.send([1, 2, 3].map((n) => ({ name: "jobs/parent", data: { workspaceId, n } })));
    await until(async () => ((await jobs.countByStatus(audience)).Completed === 6 ? true : undefined));
    const first = await jobs.listRuns(audience, { limit: 4 });
    const second = await jobs.listRuns(audience, { limit: 4, cursor: first.nextCursor ?? "" });
    expect([first.runs.length, second.runs.length, second.nextCursor]).toEqual([4, 2, null]);
    expect(new Set([...first.runs, ...second.runs].map((run) => run.id)).size).toBe(6);
    const children = await jobs.listRuns(audience, { limit: 10, functionId: "jobs-child" });
    expect(children.runs).toHaveLength(3);
    expect((await jobs.listRuns(audience, { limit: 10, since: new Date(Date.now() + 60_000) })).runs).toEqual([]);
  });

  it("does not find another workspace's run", async () => {
    const [mine, theirs] = [workspace(), workspace()];
    await client.send({ name: "jobs/parent", data: { workspaceId: theirs.workspaceId } });
    const run = await runWith(theirs, "Completed");
    expect((await jobs.listRuns(mine, { limit: 10 })).runs).toEqual([]);
    for (const attempt of [jobs.getRun, jobs.cancelRun, jobs.retryRun]) {
      await expect(attempt(mine, run.id)).rejects.toMatchObject({ code: "jobs.run_not_found" });
    }
  });

  it("shows the installation's own runs only where asked", async () => {
    const mine = workspace();
    await client.send({ name: "jobs/parent", data: {} });
    const system = { ...mine, includeSystem: true };
    await until(async () => (await jobs.listRuns(system, { limit: 10 })).runs[0]);
    expect((await jobs.listRuns(mine, { limit: 10 })).runs).toEqual([]);
    const overview = await jobs.jobsOverview(system);
    expect(overview.workers).toHaveLength(1);
    expect(overview.functions.map((one) => one.name)).toContain("Failing job");
  });
});
