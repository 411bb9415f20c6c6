import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, it } from "vitest";
import { db, pool } from "./db";
import { closeLive, type LiveEvent, publish, subscribe } from "./live";
import { inSystem, inWorkspace } from "./transaction";

afterAll(closeLive);

/** A browser's view: everything that reached it so far. */
function listenTo(workspaceId: string): { seen: LiveEvent[]; stop: () => Promise<void> } {
  const leaving = new AbortController();
  const seen: LiveEvent[] = [];
  const reading = (async () => {
    for await (const events of subscribe(workspaceId, leaving.signal)) seen.push(...events);
  })();
  return {
    seen,
    stop: () => {
      leaving.abort();
      return reading;
    },
  };
}

/** Publishes marks until one arrives: the listening connection is up from then on. */
async function untilLive(workspaceId: string, seen: readonly LiveEvent[]): Promise<void> {
  const id = randomUUID();
  await expect
    .poll(
      async () => {
        await inSystem((tx) => publish(tx, { workspaceId, topic: "mark", id }));
        return seen.some((event) => event.id === id);
      },
      { timeout: 20_000 },
    )
    .toBe(true);
}

describe("live events", () => {
  it("reach every reader of the workspace after the commit, nobody else, and nothing after a rollback", async () => {
    const [mine, theirs] = [randomUUID(), randomUUID()];
    await db.workspace.create({ data: { id: mine, name: "Mine" } });
    const readers = [listenTo(mine), listenTo(mine)];
    const stranger = listenTo(theirs);
    for (const reader of readers) await untilLive(mine, reader.seen);
    await expect(
      inWorkspace(mine, async ({ db: tx }) => {
        await publish(tx, { workspaceId: mine, topic: "conversation", id: "rolled-back" });
        throw new Error("rolled back");
      }),
    ).rejects.toThrow("rolled back");
    const together = { workspaceId: mine, topic: "conversation", id: "together" };
    await inWorkspace(mine, ({ db: tx }) => publish(tx, together, { ...together, id: "committed" }));
    for (const reader of readers)
      await expect.poll(() => reader.seen.at(-1), { timeout: 10_000 }).toEqual({ workspaceId: mine, topic: "conversation", id: "committed" });
    for (const { seen } of readers) {
      expect(seen.at(-2)).toEqual(together);
      expect(seen.some((event) => event.id === "rolled-back")).toBe(false);
    }
    expect(stranger.seen.filter((event) => event.topic !== "resync")).toEqual([]);
    await Promise.all([...readers, stranger].map((reader) => reader.stop()));
  });

  it("tell every reader to catch up after the connection was killed, and flow again", async () => {
    const workspaces = [randomUUID(), randomUUID()];
    const readers = workspaces.map(listenTo);
    for (const [index, reader] of readers.entries()) await untilLive(workspaces[index] ?? "", reader.seen);
    const before = readers.map((reader) => reader.seen.filter((event) => event.topic === "resync").length);
    const { rowCount } = await pool.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'karavan-live' AND datname = current_database()",
    );
    expect(rowCount).toBeGreaterThan(0);
    for (const [index, reader] of readers.entries()) {
      await expect.poll(() => reader.seen.filter((event) => event.topic === "resync").length, { timeout: 20_000 }).toBeGreaterThan(before[index] ?? 0);
      await untilLive(workspaces[index] ?? "", reader.seen);
    }
    await Promise.all(readers.map((reader) => reader.stop()));
  });

  it("survive what others send on the channel", async () => {
    const workspaceId = randomUUID();
    const reader = listenTo(workspaceId);
    await untilLive(workspaceId, reader.seen);
    await pool.query("SELECT pg_notify('karavan_live', 'not json'), pg_notify('karavan_live', '{\"topic\":1}')");
    await untilLive(workspaceId, reader.seen);
    await reader.stop();
  });

  it("refuse to carry data", async () => {
    await expect(inSystem((tx) => publish(tx, { workspaceId: randomUUID(), topic: "x", id: "я".repeat(4_000) }))).rejects.toThrow(RangeError);
  });
});
