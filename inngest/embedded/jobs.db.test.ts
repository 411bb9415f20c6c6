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

const DAY = { period: "day", limit: 10 } as const;

const workspace = () => ({ workspaceId: randomUUID(), includeSystem: false });
const actor = { kind: "user", id: randomUUID(), ip: "203.0.113.7" } as const;
const auditOf = async ({ workspaceId }: ReturnType<typeof workspace>) =>
  (await pool.query("SELECT action, actor_id, subject_id, ip FROM audit_entry WHERE workspace_id = $1 ORDER BY id", [workspaceId])).rows;

async function until<T>(read: () => Promise<T | undefined>): Promise<T> {
  for (const end = Date.now() + 30_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 50))) {
    const found = await read();
    if (found !== undefined) return found;
  }
  throw new Error("waited 30 s in vain");
}

const runWith = (audience: ReturnType<typeof workspace>, status: "Failed" | "Cancelled" | "Running" | "Completed") =>
  until(async () => (await jobs.listRuns(audience, { ...DAY, status: [status] })).runs[0]);

describe("jobs beside a running engine", () => {
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
    expect(view.steps[1]?.failedAttempts.map((attempt) => [attempt.attempt, attempt.retryAt !== null])).toEqual([
      [1, true],
      [2, false],
    ]);
    expect(view.failedCalls.map(({ attempt, error }) => [attempt, error.message])).toEqual([[1, "second is broken"]]);
    expect(view.error?.stack).toContain("second is broken");
    expect(failed).toMatchObject({ stepsDone: 2, failedAttempts: 3, activity: null, error: { stack: null } });
    broken = false;
    const again = await jobs.retryRun(audience, failed.id, actor);
    const mended = await until(async () => {
      const found = (await jobs.listRuns(audience, DAY)).runs.find((run) => run.id === again.runId);
      return found?.status === "Completed" ? found : undefined;
    });
    expect(mended.functionId).toBe(failed.functionId);
    expect((await jobs.getRun(audience, failed.id)).retriedAs).toEqual([again.runId]);
    expect((await jobs.getRun(audience, again.runId)).retriedFrom).toBe(failed.id);
    expect(await auditOf(audience)).toEqual([{ action: "job.retried", actor_id: actor.id, subject_id: failed.id, ip: actor.ip }]);
  });

  it("cancels a sleeping run and says what it waited for", async () => {
    const audience = workspace();
    await client.send({ name: "jobs/sleeping", data: { workspaceId: audience.workspaceId } });
    const view = await until(async () => {
      const [run] = (await jobs.listRuns(audience, DAY)).runs;
      const found = run === undefined ? undefined : await jobs.getRun(audience, run.id);
      return found?.steps.length === 1 ? found : undefined;
    });
    expect(view).toMatchObject({ activity: "waiting", cancelRequested: false, canCancel: true });
    expect(view.dueAt?.getTime()).toBeGreaterThan(Date.now() + 3_500_000);
    expect(view.steps[0]).toMatchObject({ name: "nap", kind: "Sleep", status: "pending", waitsFor: { eventName: null } });
    await expect(jobs.retryRun(audience, view.id, actor)).rejects.toMatchObject({ code: "jobs.run_active" });
    await jobs.cancelRun(audience, view.id, actor);
    await runWith(audience, "Cancelled");
    await expect(jobs.cancelRun(audience, view.id, actor)).rejects.toMatchObject({ code: "jobs.run_ended" });
    const { counts } = await jobs.jobsOverview(audience, { period: "day" });
    expect(counts).toEqual({ Queued: 0, Running: 0, Completed: 0, Failed: 0, Cancelled: 1 });
    expect(await auditOf(audience)).toEqual([{ action: "job.cancelled", actor_id: actor.id, subject_id: view.id, ip: actor.ip }]);
  });

  it("gives an invoked run its caller's workspace, and pages by key", async () => {
    const audience = workspace();
    const { workspaceId } = audience;
    await client.send([1, 2, 3].map((n) => ({ name: "jobs/parent", data: { workspaceId, n } })));
    await until(async () => ((await jobs.jobsOverview(audience, { period: "day" })).counts.Completed === 6 ? true : undefined));
    const first = await jobs.listRuns(audience, { period: "day", limit: 4 });
    const second = await jobs.listRuns(audience, { period: "day", limit: 4, cursor: first.nextCursor ?? "" });
    expect([first.runs.length, second.runs.length, second.nextCursor]).toEqual([4, 2, null]);
    expect(new Set([...first.runs, ...second.runs].map((run) => run.id)).size).toBe(6);
    const children = await jobs.listRuns(audience, { ...DAY, functionId: "jobs-child" });
    expect(children.runs).toHaveLength(3);
    await expect(jobs.retryRun(audience, children.runs[0]?.id ?? "", actor)).rejects.toMatchObject({ code: "jobs.invoked_run" });
    const tomorrow = { now: () => new Date(Date.now() + 25 * 3_600_000) };
    expect((await jobs.listRuns(audience, DAY, tomorrow)).runs).toEqual([]);
    expect((await jobs.listRuns(audience, { ...DAY, period: "week" }, tomorrow)).runs).toHaveLength(6);
  });

  it("does not find another workspace's run", async () => {
    const [mine, theirs] = [workspace(), workspace()];
    await client.send({ name: "jobs/parent", data: { workspaceId: theirs.workspaceId } });
    const run = await runWith(theirs, "Completed");
    expect((await jobs.listRuns(mine, DAY)).runs).toEqual([]);
    await expect(jobs.getRun(mine, run.id)).rejects.toMatchObject({ code: "jobs.run_not_found" });
    await expect(jobs.cancelRun(mine, run.id, actor)).rejects.toMatchObject({ code: "jobs.run_not_found" });
    await expect(jobs.retryRun(mine, run.id, actor)).rejects.toMatchObject({ code: "jobs.run_not_found" });
  });

  it("shows what a run was given and gave back, without secrets", async () => {
    const audience = workspace();
    const { workspaceId } = audience;
    await client.send({ name: "jobs/parent", data: { workspaceId, apiKey: "abcdef-123456", note: "call +7 912 345 67 89" } });
    const parents = { ...DAY, functionId: "jobs-parent" };
    const run = await until(async () => (await jobs.listRuns(audience, parents)).runs.find(({ status }) => status === "Completed"));
    const view = await jobs.getRun(audience, run.id);
    expect(JSON.parse(view.payload ?? "")).toEqual({ workspaceId, apiKey: "[redacted]", note: "call [phone]" });
    expect(view.steps.map(({ name, kind, output }) => [name, kind, output])).toEqual([["call", "InvokeFunction", '"done"']]);
    expect(view.output).toBe('"done"');
  });

  it("shows the installation's own runs only where asked, and without what they work on", async () => {
    const mine = workspace();
    await client.send({ name: "jobs/parent", data: { note: "of somebody" } });
    const system = { ...mine, includeSystem: true };
    const parents = { ...DAY, functionId: "jobs-parent" };
    const run = await until(async () => (await jobs.listRuns(system, parents)).runs.find(({ status }) => status === "Completed"));
    expect(run.origin).toBe("installation");
    expect((await jobs.listRuns(mine, DAY)).runs).toEqual([]);
    expect((await jobs.listRuns(mine, { ...DAY, origin: "installation" })).runs).toEqual([]);
    expect((await jobs.listRuns(system, { ...DAY, origin: "workspace" })).runs).toEqual([]);
    const view = await jobs.getRun(system, run.id);
    expect([view.payload, view.output, view.steps.map(({ output }) => output)]).toEqual([null, null, [null]]);
  });

  it("lets only the owner of a whole installation move the installation's runs", async () => {
    const mine = { ...workspace(), includeSystem: true };
    const found = (id: string) => pool.query("INSERT INTO workspace (id, name) VALUES ($1, 'any')", [id]);
    await found(mine.workspaceId);
    await client.send({ name: "jobs/sleeping", data: {} });
    const sleeping = { ...DAY, functionId: "jobs-sleeping", origin: "installation" } as const;
    const run = await until(async () => (await jobs.listRuns(mine, sleeping)).runs.find(({ activity }) => activity === "waiting"));
    expect(await jobs.getRun(mine, run.id)).toMatchObject({ canCancel: true });
    const neighbour = randomUUID();
    await found(neighbour);
    expect(await jobs.getRun(mine, run.id)).toMatchObject({ canCancel: false, canRetry: false });
    await expect(jobs.cancelRun(mine, run.id, actor)).rejects.toMatchObject({ code: "jobs.installation_run" });
    await pool.query("DELETE FROM workspace WHERE id = $1", [neighbour]);
    await jobs.cancelRun(mine, run.id, actor);
    await until(async () => (await jobs.listRuns(mine, { ...sleeping, status: ["Cancelled"] })).runs[0]);
  });

  it("tells workers, functions and the queue", async () => {
    const overview = await jobs.jobsOverview(workspace(), { period: "hour" });
    expect(overview).toMatchObject({ engine: "embedded", workers: [{ alive: true }], queue: { due: 0, blocked: 0, events: 0 } });
    expect(overview.functions.map((one) => one.name)).toContain("Failing job");
    const later = { now: () => new Date(Date.now() + 60_000) };
    expect((await jobs.jobsOverview(workspace(), { period: "hour" }, later)).workers).toMatchObject([{ alive: false }]);
  });
});
