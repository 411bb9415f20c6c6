import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { newId } from "@/lib/ids";
import { createDatabase } from "../behaviour/database";
import { requeueForgotten } from "../maintenance";
import { reap } from "../reaper";
import { type Checkpoint, checkpointMany, checkpointOne } from "./checkpoint";
import { type Lease, leaseFree, leaseLimited, leaseMany } from "./leases";
import { completeLimited, completeQuietly } from "./quiet-end";
import { claimAndStart, insertRun, type NewRun } from "./runs";
import { inTransaction } from "./transaction";

/** The statements that serve many runs at once: each run for itself, none held up by another, nothing twice. */
let pool: pg.Pool;
const FINISHED = "inngest/function.finished";

beforeAll(async () => {
  pool = new pg.Pool({ connectionString: await createDatabase(process.env["DATABASE_URL"] ?? "", "engine_groups"), max: 6 });
});
afterAll(() => pool.end());
beforeEach(async () => {
  await pool.query("TRUNCATE engine_run, engine_item, engine_step, engine_slot, engine_wait, engine_event, graphile_worker._private_jobs");
});

const run = (id: string, more: Partial<NewRun> = {}): NewRun => ({
  id,
  fnId: "f",
  event: { id: `e-${id}`, name: "a/b", data: {}, ts: 1 },
  maxAttempts: 3,
  concurrency: [],
  ...more,
});

const items = async () => (await pool.query<{ id: string; run_id: string; state: string }>("SELECT id, run_id, state FROM engine_item ORDER BY run_id")).rows;
const itemOf = async (runId: string) => (await items()).find((item) => item.run_id === runId)?.id ?? "";
const steps = async () => (await pool.query<{ at: string }>("SELECT run_id || '/' || step_id AS at FROM engine_step ORDER BY ord")).rows.map((row) => row.at);
const statuses = async () => Object.fromEntries((await pool.query("SELECT id, status FROM engine_run")).rows.map((row) => [row.id, row.status]));

async function leased(...ids: string[]): Promise<Lease[]> {
  for (const id of ids) await insertRun(pool, run(id));
  const answers = await leaseMany(pool, await Promise.all(ids.map(itemOf)), "me");
  return answers.filter((answer): answer is Lease => answer !== undefined && "generation" in answer);
}

/** Holds rows the way another worker's open transaction does. */
async function whileHeld<T>(sql: string, work: () => Promise<T>): Promise<T> {
  const other = await pool.connect();
  try {
    await other.query("BEGIN");
    await other.query(sql);
    return await work();
  } finally {
    await other.query("ROLLBACK");
    other.release();
  }
}

const checkpoint = (lease: Lease, ...names: string[]): Checkpoint => ({
  runId: lease.runId,
  itemId: lease.itemId,
  generation: lease.generation,
  operations: names.map((id) => ({ id, op: "StepRun", data: id })),
});

describe("checkpoints of several calls", () => {
  it("are written in the order of each call's steps, but not those of a stale call", async () => {
    const [a, b, c] = (await leased("a", "b", "c")) as [Lease, Lease, Lease];
    const stale = { ...checkpoint(b, "never"), generation: b.generation - 1 };
    expect(await checkpointMany(pool, [checkpoint(a, "z", "y"), stale, checkpoint(c, "x"), checkpoint(b)])).toEqual([true, undefined, true, true]);
    expect(await steps()).toEqual(["a/z", "a/y", "c/x"]);
    expect(await checkpointOne(pool, stale)).toBe(false);
  });

  it("do not wait for a call that somebody holds, and keep the first result of a step", async () => {
    const [a, b] = (await leased("a", "b")) as [Lease, Lease];
    await whileHeld(`SELECT 1 FROM engine_item WHERE id = '${a.itemId}' FOR UPDATE`, async () => {
      expect(await checkpointMany(pool, [checkpoint(a, "one"), checkpoint(b, "one")])).toEqual([undefined, true]);
    });
    expect(await checkpointOne(pool, checkpoint(a, "one"))).toBe(true);
    await checkpointMany(pool, [{ ...checkpoint(a), operations: [{ id: "one", op: "StepRun", data: "again" }] }]);
    const { rows } = await pool.query("SELECT memo FROM engine_step WHERE run_id = 'a'");
    expect(rows).toEqual([{ memo: { type: "data", data: "one" } }]);
  });

  it("start the count of attempts anew", async () => {
    const [a] = (await leased("a")) as [Lease];
    await pool.query("UPDATE engine_item SET attempt = 2");
    await checkpointMany(pool, [checkpoint(a, "one")]);
    expect((await pool.query("SELECT attempt FROM engine_item")).rows).toEqual([{ attempt: 0 }]);
  });
});

describe("leases of several items", () => {
  it("go to one asker each and name the limits of those that have them", async () => {
    await insertRun(pool, run("a"));
    await insertRun(pool, run("b", { concurrency: [{ scope: "s", limit: 1 }] }));
    const [a, b] = [await itemOf("a"), await itemOf("b")];
    const answers = await leaseMany(pool, [a, b, a, "gone"], "me");
    expect(answers).toMatchObject([{ runId: "a", generation: 1, memos: [] }, { scopes: [{ scope: "s", limit: 1 }] }, undefined, undefined]);
    expect(await leaseMany(pool, [a], "other")).toEqual([undefined]);
    expect(await statuses()).toEqual({ a: "Running", b: "Queued" });
  });

  it("do not wait for a run that is being cancelled, and bring the memos", async () => {
    await insertRun(pool, run("a"));
    await insertRun(pool, run("b"));
    const ids = [await itemOf("a"), await itemOf("b")];
    await pool.query(
      `INSERT INTO engine_step (run_id, step_id, op, display_name, status, memo, ord) VALUES ('b', 'two', 'x', 'x', 'done', '{"type":"data","data":2}', 2),
        ('b', 'one', 'x', 'x', 'done', '{"type":"data","data":1}', 1), ('b', 'open', 'x', 'x', 'pending', NULL, NULL)`,
    );
    await whileHeld("SELECT 1 FROM engine_run WHERE id = 'a' FOR UPDATE", async () => {
      const answers = await leaseMany(pool, ids, "me");
      expect(answers[0]).toBeUndefined();
      expect(answers[1]).toMatchObject({
        memos: [
          ["one", { data: 1 }],
          ["two", { data: 2 }],
        ],
      });
    });
    expect(await leaseFree(pool, ids[0] ?? "", "me")).toMatchObject({ runId: "a" });
  });
});

describe("ends of several runs", () => {
  it("are written for those that are simple and still ours", async () => {
    const [a, b] = (await leased("a", "b", "d")) as [Lease, Lease, Lease];
    await insertRun(pool, run("c", { parent: { runId: "p", stepId: "s" } }));
    const [c] = (await leaseMany(pool, [await itemOf("c")], "me")) as [Lease];
    const stale = { ...b, generation: 0 };
    const ends = [a, stale, c].map((lease) => ({ lease, output: { of: lease.runId } }));
    expect(await completeQuietly(pool, ends, FINISHED)).toEqual([true, undefined, undefined]);
    expect(await statuses()).toEqual({ a: "Completed", b: "Running", c: "Running", d: "Running" });
    expect((await pool.query("SELECT output FROM engine_run WHERE id = 'a'")).rows).toEqual([{ output: { of: "a" } }]);
    expect((await items()).map((item) => item.run_id)).toEqual(["b", "c", "d"]);
  });

  it("are left to the full commit while somebody waits for them", async () => {
    const [a] = (await leased("a")) as [Lease];
    await pool.query("INSERT INTO engine_wait (run_id, step_id, event_name) VALUES ('w', 's', $1)", [FINISHED]);
    expect(await completeQuietly(pool, [{ lease: a, output: null }], FINISHED)).toEqual([undefined]);
  });
});

describe("starts by several events", () => {
  it("happen once an event, and not for one that is being routed elsewhere", async () => {
    for (const id of ["e1", "e2", "e3"]) await pool.query("INSERT INTO engine_event (id, name, data, ts) VALUES ($1, 'a/b', '{}', now())", [id]);
    const start = (eventId: string) => ({ eventId, runs: [run(newId(), { eventId })] });
    const [one, twice, two, three, none] = [start("e1"), start("e1"), start("e2"), start("e3"), start("unknown")];
    await whileHeld("SELECT 1 FROM engine_event WHERE id = 'e2' FOR UPDATE", async () => {
      const answers = await claimAndStart(pool, [one, twice, two, three, none]);
      expect(answers.filter((answer) => answer === true)).toHaveLength(2);
      expect(answers.slice(2)).toEqual([undefined, true, undefined]);
    });
    expect(await claimAndStart(pool, [start("e3"), { eventId: "e2", runs: [] }])).toEqual([undefined, true]);
    const { rows } = await pool.query("SELECT event_id FROM engine_run ORDER BY event_id");
    expect(rows).toEqual([{ event_id: "e1" }, { event_id: "e3" }]);
    const jobs = await pool.query("SELECT payload ->> 'item' AS item, max_attempts FROM graphile_worker._private_jobs ORDER BY 1");
    expect(jobs.rows).toEqual((await items()).map((item) => ({ item: item.id, max_attempts: 100 })).sort((x, y) => (x.item < y.item ? -1 : 1)));
  });
});

describe("concurrency limits", () => {
  const limited = {
    scopes: [
      { scope: "s", limit: 2 },
      { scope: "t", limit: 5 },
    ],
  };
  const take = async (id: string) => {
    const item = await itemOf(id);
    return inTransaction(pool, (tx) => leaseLimited(tx, item, limited, "me"));
  };

  it("set aside the call over the limit and wake it, and only it, when a slot is free", async () => {
    for (const id of ["a", "b", "c", "d"]) await insertRun(pool, run(id, { concurrency: limited.scopes }));
    const a = await take("a");
    expect(await take("b")).toBeDefined();
    expect(await take("c")).toBeUndefined();
    expect(await take("d")).toBeUndefined();
    expect((await items()).map((item) => item.state)).toEqual(["leased", "leased", "blocked", "blocked"]);
    if (a === undefined) throw new Error("not leased");
    await pool.query("TRUNCATE graphile_worker._private_jobs");
    expect(await inTransaction(pool, (tx) => completeLimited(tx, { lease: a, output: 1 }, limited, FINISHED))).toBe(true);
    expect((await items()).map((item) => item.state)).toEqual(["leased", "ready", "blocked"]);
    expect((await pool.query("SELECT payload ->> 'item' AS item FROM graphile_worker._private_jobs")).rows).toEqual([{ item: await itemOf("c") }]);
    expect(await take("c")).toMatchObject({ runId: "c" });
    expect((await pool.query("SELECT scope, count(*)::int AS n FROM engine_slot GROUP BY scope ORDER BY scope")).rows).toEqual([
      { scope: "s", n: 2 },
      { scope: "t", n: 2 },
    ]);
  });

  it("never let more than the limit through, however many ask at once", async () => {
    const names = Array.from({ length: 12 }, (_, n) => `r${String(n).padStart(2, "0")}`);
    for (const id of names) await insertRun(pool, run(id, { concurrency: limited.scopes }));
    const answers = await Promise.all(names.map(take));
    expect(answers.filter((lease) => lease !== undefined)).toHaveLength(2);
    expect((await items()).filter((item) => item.state === "blocked")).toHaveLength(10);
  });

  it("are not used up by a slot whose call is gone", async () => {
    await pool.query("INSERT INTO engine_slot (scope, item_id) VALUES ('s', 'gone'), ('s', 'gone too')");
    await insertRun(pool, run("a", { concurrency: limited.scopes }));
    expect(await take("a")).toBeUndefined();
    await requeueForgotten(pool);
    expect(await take("a")).toMatchObject({ runId: "a" });
  });
});

describe("giving up a worker", () => {
  it("takes back its calls but waits for none that it holds in a transaction it froze in", async () => {
    const [a, b] = (await leased("a", "b")) as [Lease, Lease];
    await pool.query("UPDATE engine_item SET leased_at = now() - interval '1 minute'");
    await whileHeld(`SELECT 1 FROM engine_item WHERE id = '${a.itemId}' FOR UPDATE`, async () => {
      expect(await reap(pool, 15_000)).toBe(1);
      expect((await items()).map((item) => [item.id, item.state])).toEqual([
        [a.itemId, "leased"],
        [b.itemId, "ready"],
      ]);
    });
    expect(await reap(pool, 15_000)).toBe(1);
    expect((await items()).map((item) => item.state)).toEqual(["ready", "ready"]);
  });
});
