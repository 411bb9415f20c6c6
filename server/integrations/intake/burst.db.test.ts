import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { newId } from "@/lib/ids";
import { db, pool } from "@/server/platform/db";
import { eventRow } from "@/server/platform/events";
import { captureQueries } from "@/server/platform/testing/capture";
import { inWorkspace } from "@/server/platform/transaction";
import { deliveriesStored } from "../events";
import { gatherBurst, listBurst, ring } from "./burst.repository";
import { putDeliveries } from "./delivery.repository";

async function makeShop() {
  const [workspaceId, organizationId, connectionId] = [randomUUID(), randomUUID(), randomUUID()];
  await db.workspace.create({ data: { id: workspaceId, name: "Test", organizations: { create: { id: organizationId, name: "Test LLC" } } } });
  await db.connection.create({ data: { id: connectionId, workspaceId, organizationId, connectorId: "ozon", name: "Shop" } });
  const push = async (dedupeKey: string) => {
    const id = newId();
    return {
      ...{ id, workspaceId, connectionId, dedupeKey, system: "ozon", eventType: "x", subPath: "", headers: {}, body: Buffer.from("{}"), sourceIp: null },
      receivedAt: new Date(),
      event: await eventRow(deliveriesStored.create({ workspaceId, connectionId, deliveryIds: [id] })),
      seen: { accountRef: null, tokenHash: null, credentialVersion: null },
    };
  };
  return {
    workspaceId,
    connectionId,
    store: async (...keys: string[]) => putDeliveries(db, await Promise.all(keys.map(push))),
    /** What the run of an event does first. */
    gather: (burstId: string, deliveryIds: readonly string[], most = 200) =>
      inWorkspace(workspaceId, async (scope) => {
        const left = await gatherBurst(scope, { id: burstId, connectionId, deliveryIds }, most);
        if (left !== undefined) await ring(scope, connectionId);
        return { left, keys: (await listBurst(scope, burstId)).map(({ dedupeKey }) => dedupeKey) };
      }),
    /** The deliveries that each event tells of. */
    told: async () => {
      const events = await db.engineEvent.findMany({ where: { data: { path: ["connectionId"], equals: connectionId } }, orderBy: { id: "asc" } });
      return events.map(({ data }) => deliveriesStored.schema.parse(data).deliveryIds);
    },
    waiting: () => db.delivery.count({ where: { connectionId, burstId: null } }),
  };
}

describe("the bell of a connection", () => {
  it("is rung by the first push after a run began; the next ones send for nobody", async () => {
    const shop = await makeShop();
    await shop.store("a");
    await shop.store("b");
    expect(await shop.told()).toHaveLength(2);
    const [[first]] = (await shop.told()) as [[string]];
    expect(await shop.gather(first, [first])).toEqual({ left: undefined, keys: ["a", "b"] });
    await shop.store("c", "d");
    await shop.store("e");
    await shop.store("c");
    const told = await shop.told();
    expect(told.map((ids) => ids.length)).toEqual([1, 1, 2]);
    expect((await shop.gather(told[2]?.[0] ?? "", told[2] ?? [])).keys).toEqual(["c", "d", "e"]);
    expect(await shop.gather(told[1]?.[0] ?? "", told[1] ?? [])).toEqual({ left: undefined, keys: [] });
    await shop.store("f");
    expect(await shop.told()).toHaveLength(4);
  });

  it("is not waited for by the door: while somebody holds it, a push sends for a run of its own", async () => {
    const shop = await makeShop();
    await shop.gather(randomUUID(), []);
    await db.$transaction(async (tx) => {
      await tx.$executeRaw`UPDATE delivery_bell SET is_rung = false WHERE connection_id = ${shop.connectionId}::uuid`;
      await shop.store("a");
      await shop.store("b");
    });
    expect(await shop.told()).toHaveLength(2);
    await shop.store("c");
    await shop.store("d");
    expect(await shop.told()).toHaveLength(3);
  });

  it("is shared by doors: none waits for the other, and both may find it rung", async () => {
    const shop = await makeShop();
    await shop.gather(randomUUID(), []);
    await shop.store("a");
    await db.$transaction(async (tx) => {
      await shop.store("b", "c");
      await tx.$executeRaw`SELECT 1 FROM delivery_bell WHERE connection_id = ${shop.connectionId}::uuid FOR SHARE`;
      await shop.store("d");
    });
    expect(await shop.told()).toHaveLength(1);
  });

  it("stays rung where a run leaves something behind", async () => {
    const shop = await makeShop();
    await shop.store("a", "b", "c", "d");
    const [ids] = (await shop.told()) as [string[]];
    const first = ids[0] ?? "";
    const gathered = await shop.gather(first, [first], 3);
    expect(gathered.keys).toEqual(["a", "b", "c"]);
    expect(gathered.left).toBe(ids[3]);
    await shop.store("e");
    expect(await shop.told()).toHaveLength(1);
    // Tried again it takes no more than it holds already.
    expect((await shop.gather(first, [first], 3)).keys).toEqual(["a", "b", "c"]);
  });

  it("leaves no push without a run, however doors and runs meet", async () => {
    const shop = await makeShop();
    let isOpen = true;
    const begun = new Set<string>();
    const run = async (ids: readonly string[]): Promise<void> => {
      // What a small burst leaves behind is the next one's.
      const { left } = await shop.gather(ids[0] ?? "", ids, 5);
      if (left !== undefined) await run([left]);
    };
    const door = async (name: string) => {
      for (let n = 0; n < 60; n += 1) await shop.store(`${name}${n}`, `${name}${n}+`);
    };
    const worker = async () => {
      for (let isLast = false; !isLast; ) {
        isLast = !isOpen;
        const fresh = (await shop.told()).filter(([first = ""]) => !begun.has(first));
        for (const [first = ""] of fresh) begun.add(first);
        for (const ids of fresh) await run(ids);
      }
    };
    const workers = [worker(), worker()];
    await Promise.all(["a", "b", "c", "d"].map(door));
    isOpen = false;
    await Promise.all(workers);
    expect(await db.delivery.count({ where: { connectionId: shop.connectionId } })).toBe(480);
    expect(await shop.waiting()).toBe(0);
  });

  it("finds what waits by its keys, however much there is", async () => {
    const shop = await makeShop();
    const burst = { id: randomUUID(), connectionId: shop.connectionId, deliveryIds: [randomUUID()] };
    const [, take, , ...others] = await captureQueries(shop.workspaceId, (scope) => gatherBurst(scope, burst, 200));
    expect(others).toEqual([]);
    const client = await pool.connect();
    try {
      await client.query("BEGIN");
      await client.query("SET LOCAL enable_seqscan = off");
      const { rows } = await client.query<{ "QUERY PLAN": string }>(`EXPLAIN ${take?.text}`, [...(take?.values ?? [])]);
      const indexes = rows.flatMap((row) => /(?:using|Index Scan on) (\w+)/.exec(row["QUERY PLAN"])?.[1] ?? []);
      expect(new Set(indexes)).toEqual(new Set(["delivery_under_way", "delivery_waiting", "delivery_pkey"]));
    } finally {
      await client.query("ROLLBACK");
      client.release();
    }
  });
});
