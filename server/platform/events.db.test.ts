import { randomUUID } from "node:crypto";
import { runMigrations } from "graphile-worker";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { db, pool } from "./db";
import { defineEvent, emit } from "./events";
import { inSystem, inWorkspace } from "./transaction";

const happened = defineEvent("events-test/thing.happened", z.object({ n: z.number(), mark: z.string() }));

async function stored(mark: string) {
  const { rows } = await pool.query<{ id: string; ext_id: string | null; name: string; data: unknown; handled_at: Date | null }>(
    "SELECT id, ext_id, name, data, handled_at FROM engine_event WHERE data ->> 'mark' = $1 ORDER BY id",
    [mark],
  );
  return rows;
}

/** How many of these events wait in each job of the queue. */
async function queued(ids: readonly string[]): Promise<number[]> {
  const { rows } = await pool.query<{ events: string[] }>(
    "SELECT payload -> 'events' AS events FROM graphile_worker._private_jobs WHERE payload::jsonb -> 'events' ?| $1 ORDER BY id",
    [ids],
  );
  return rows.map(({ events }) => events.filter((id) => ids.includes(id)).length);
}

beforeAll(() => runMigrations({ pgPool: pool }));

describe("emit", () => {
  it("writes the event and queues its routing with the caller's rows", async () => {
    const mark = randomUUID();
    await inSystem((tx) => emit(tx, [happened.create({ n: 1, mark }, { id: `own-${mark}` }), happened.create({ n: 2, mark })]));
    const rows = await stored(mark);
    expect(rows.map((row) => [row.ext_id, row.name, row.data])).toEqual([
      [`own-${mark}`, "events-test/thing.happened", { n: 1, mark }],
      [null, "events-test/thing.happened", { n: 2, mark }],
    ]);
    expect(await queued(rows.map((row) => row.id))).toEqual([2]);
  });

  it("queues many together, fifty a job, each once", async () => {
    const mark = randomUUID();
    await inSystem((tx) =>
      emit(
        tx,
        Array.from({ length: 120 }, (_, n) => happened.create({ n, mark })),
      ),
    );
    expect(await queued((await stored(mark)).map((row) => row.id))).toEqual([50, 50, 20]);
  });

  it("leaves nothing behind when the transaction fails", async () => {
    const mark = randomUUID();
    let ids: string[] = [];
    await expect(
      inSystem(async (tx) => {
        await emit(tx, [happened.create({ n: 1, mark })]);
        ids = (await tx.$queryRaw<Array<{ id: string }>>`SELECT id FROM engine_event WHERE data ->> 'mark' = ${mark}`).map((row) => row.id);
        throw new Error("changed my mind");
      }),
    ).rejects.toThrow("changed my mind");
    expect(ids).toHaveLength(1);
    expect(await stored(mark)).toEqual([]);
    expect(await queued(ids)).toEqual([]);
  });

  it("works inside a workspace's transaction, whose role may not touch the queue itself", async () => {
    const mark = randomUUID();
    const workspaceId = randomUUID();
    await db.workspace.create({ data: { id: workspaceId, name: "Emitting" } });
    await inWorkspace(workspaceId, ({ db: tx }) => emit(tx, [happened.create({ n: 1, mark })]));
    expect(await stored(mark)).toHaveLength(1);
    const direct = inWorkspace(workspaceId, ({ db: tx }) => tx.$executeRaw`SELECT graphile_worker.add_job('engine:route', '{}'::json)`);
    await expect(direct).rejects.toThrow(/permission denied/);
  });

  it("refuses a payload that does not match its definition, before anything is written", async () => {
    const mark = randomUUID();
    const wrong = happened.create(JSON.parse(JSON.stringify({ n: "one", mark })));
    await expect(inSystem((tx) => emit(tx, [wrong]))).rejects.toMatchObject({ code: "event.invalid" });
    expect(await stored(mark)).toEqual([]);
  });

  it("stores texts with characters PostgreSQL refuses, without them", async () => {
    const mark = randomUUID();
    await inSystem((tx) => emit(tx, [{ name: "events-test/raw.happened", data: { mark, text: "a\u0000b" } }]));
    expect((await stored(mark)).map((row) => row.data)).toEqual([{ mark, text: "ab" }]);
  });
});
