import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OutboxDrain } from "./drain";
import { createDatabase } from "./embedded/behaviour/database";

let url = "";
let pool: pg.Pool;

beforeAll(async () => {
  url = await createDatabase(process.env["DATABASE_URL"] ?? "", "engine_drain");
  pool = new pg.Pool({ connectionString: url, max: 4 });
});

afterAll(() => pool.end());

/** What `emit` writes with ENGINE=inngest. */
async function write(rows: ReadonlyArray<{ id: string; ext_id?: string; n: number }>): Promise<void> {
  await pool.query("SELECT engine_emit($1::json, false)", [
    JSON.stringify(rows.map((row) => ({ id: row.id, ext_id: row.ext_id, name: "drain/x", data: { n: row.n } }))),
  ]);
}

const unsent = async () => (await pool.query<{ n: number }>("SELECT count(*)::int AS n FROM engine_event WHERE handled_at IS NULL")).rows[0]?.n;

async function until(check: () => Promise<boolean> | boolean): Promise<void> {
  for (const end = Date.now() + 20_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 20))) {
    if (await check()) return;
  }
  throw new Error("waited 20 s in vain");
}

describe("the drain of ENGINE=inngest", () => {
  it("queues nothing for the embedded engine", async () => {
    await write([{ id: "q", n: 0 }]);
    expect((await pool.query("SELECT 1 FROM graphile_worker._private_jobs")).rowCount).toBe(0);
    await pool.query("TRUNCATE engine_event");
  });

  it("sends rows once and in order, under their own ids, without waiting for the poll", async () => {
    const sent: unknown[] = [];
    const drain = new OutboxDrain({
      connectionString: url,
      pollMs: 600_000,
      client: {
        send: async (payload) => {
          sent.push(...[payload].flat());
          return { ids: [] };
        },
      },
      onFailure: (error) => sent.push(error),
    });
    await write(Array.from({ length: 230 }, (_, n) => ({ id: `a${String(n).padStart(3, "0")}`, n })));
    drain.start();
    await until(async () => (await unsent()) === 0);
    await write([{ id: "b", ext_id: "own", n: 1_000 }]);
    await until(() => sent.length === 231);
    await drain.stop();
    expect(sent.slice(0, 2)).toMatchObject([{ id: "a000", name: "drain/x", data: { n: 0 } }, { id: "a001" }]);
    expect(sent.at(-1)).toMatchObject({ id: "own", data: { n: 1_000 } });
    expect(new Set(sent.map((event) => (event as { id: string }).id)).size).toBe(231);
  });

  it("keeps what could not be sent and sends it when the server is back", async () => {
    await pool.query("TRUNCATE engine_event");
    let up = false;
    const failures: unknown[] = [];
    const sent: unknown[] = [];
    const drain = new OutboxDrain({
      connectionString: url,
      pollMs: 50,
      client: {
        send: async (payload) => {
          if (!up) throw new Error("server away");
          sent.push(payload);
          return { ids: [] };
        },
      },
      onFailure: (error) => failures.push(error),
    });
    await write([{ id: "c", n: 1 }]);
    drain.start();
    await until(() => failures.length >= 2);
    expect(await unsent()).toBe(1);
    up = true;
    await until(async () => (await unsent()) === 0);
    await drain.stop();
    expect(sent).toHaveLength(1);
  });
});
