import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { ConnectorError } from "@/server/integrations/contract/errors";
import { bodyOfStream, listDeadLetters, listDeliveries, receiveWebhook, refusedToday, replayDelivery, setActive } from "@/server/integrations/index";
import { db } from "@/server/platform/db";
import { buryDeliveries, processDeliveries } from "./index";
import { lastTold, makeDoor, refOf } from "./testing/door";
import { ACTOR, type Fixture, finish, makeFixture, startRun, storedMessages, sync } from "./testing/fixture";
import { workOff } from "./testing/work-off";

vi.mock("@/server/integrations/registry", async () => (await import("./testing/fake-connector")).fakeRegistry);

const processAll = (fixture: Fixture) => workOff(fixture, fixture.clock);

const started = (fixture: Fixture) =>
  db.engineEvent.count({ where: { name: "integrations/deliveries.stored", data: { path: ["connectionId"], equals: fixture.connectionId } } });

describe("the webhook door", () => {
  it("stores a push once, answers every repeat alike, and starts its processing once", async () => {
    const shop = await makeFixture();
    const door = await makeDoor(shop);
    const answers = await Promise.all([door.push("p1", "a"), door.push("p1", "a"), door.push("p1", "a")]);
    expect(answers.map((answer) => [answer.status, answer.body])).toEqual(Array(3).fill([200, '{"result":true}']));
    const rows = await db.delivery.findMany({ where: { connectionId: shop.connectionId } });
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ repeats: 2, status: "stored", headers: { "content-type": "application/json" } });
    expect(await started(shop)).toBe(1);
  });

  it("answers the handshake at once and stores nothing", async () => {
    const shop = await makeFixture();
    const door = await makeDoor(shop);
    expect(await door.knock("ping")).toMatchObject({ status: 200, body: '{"pong":true}' });
    expect(await db.delivery.count({ where: { connectionId: shop.connectionId } })).toBe(0);
  });

  it("refuses forged, garbled, foreign and oversized pushes, counts them, and loses no valid one", async () => {
    const shop = await makeFixture();
    const door = await makeDoor(shop);
    await db.connection.update({ where: { id: shop.connectionId }, data: { accountRef: shop.account } });
    const statuses = [
      await door.knock("{not json"),
      await door.knock(JSON.stringify({ hello: 1 })),
      await door.knock(JSON.stringify({ id: "x", account: "someone-else" })),
      await door.knock("x".repeat(2_001)),
      await door.knock("{}", { headers: { "content-length": "999999" } }),
      await door.push("valid", "a"),
    ].map((answer) => answer.status);
    expect(statuses).toEqual([400, 400, 403, 413, 413, 200]);
    expect(await refusedToday("fake", shop.connectionId)).toBe(5);
    expect(await db.delivery.count({ where: { connectionId: shop.connectionId } })).toBe(1);
    expect((await door.knock("{}", { token: "guessed" })).status).toBe(404);
    expect((await door.knock("{}", { method: "GET" })).status).toBe(405);
  });

  it("stops reading an oversized body that does not announce itself", async () => {
    const shop = await makeFixture();
    const { token } = await makeDoor(shop);
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1;
        controller.enqueue(new Uint8Array(500));
      },
    });
    const answer = await receiveWebhook({ method: "POST", system: "fake", token, headers: {}, body: bodyOfStream(endless) });
    expect(answer.status).toBe(413);
    expect(sent).toBeLessThan(10);
  });

  it("checks the source address only where a trusted proxy tells it", async () => {
    const shop = await makeFixture();
    const door = await makeDoor(shop);
    const from = (forwarded: string) =>
      door.knock(JSON.stringify({ id: randomUUID(), account: shop.account, kind: "other" }), {
        headers: { "x-forwarded-for": forwarded },
        trustedProxies: ["10.0.0.0/8"],
      });
    expect((await from("192.0.2.7, 10.0.0.5")).status).toBe(200);
    expect((await from("::ffff:192.0.2.7")).status).toBe(200);
    expect((await from("192.0.2.7, 203.0.113.9, 10.0.0.5")).status).toBe(403);
    expect((await from("nonsense")).status).toBe(403);
    expect((await door.push(randomUUID(), "a")).status).toBe(200);
  });

  it("finds the connection by the account where the address names none", async () => {
    const shop = await makeFixture();
    const door = await makeDoor(shop);
    await db.connection.update({ where: { id: shop.connectionId }, data: { accountRef: shop.account } });
    expect((await door.knock(JSON.stringify({ id: "n1", account: shop.account }), { token: undefined })).status).toBe(200);
    expect((await door.knock(JSON.stringify({ id: "n1", account: "nobody" }), { token: undefined })).status).toBe(404);
    expect(await started(shop)).toBe(1);
  });

  it("a new address ends the old one", async () => {
    const shop = await makeFixture();
    const old = await makeDoor(shop);
    const fresh = await makeDoor(shop);
    expect([(await old.push("o", "a")).status, (await fresh.push("n", "a")).status]).toEqual([404, 200]);
  });
});

describe("processing", () => {
  it("reads the facts again and applies them, also for a paused connection", async () => {
    const shop = await makeFixture();
    const door = await makeDoor(shop);
    await setActive(shop.workspaceId, shop.connectionId, false, ACTOR);
    shop.source.write("a", "a1", "buyer", "the real text");
    await door.knock(JSON.stringify({ id: "p1", account: shop.account, chat: "a", message: "a1", text: "a forged text" }));
    await processAll(shop);
    const [message] = await db.message.findMany({ where: { connectionId: shop.connectionId } });
    expect(message?.text).toBe("the real text");
    expect(await listDeliveries(shop.workspaceId, { connectionId: shop.connectionId, limit: 10 })).toMatchObject([{ status: "processed", attempts: 1 }]);
  });

  it("fails, tries again, is buried, and is replayed", async () => {
    const shop = await makeFixture();
    const door = await makeDoor(shop);
    shop.source.write("a", "a1");
    await door.push("p1", "a", "a1");
    shop.source.failures.push(new ConnectorError("unavailable"), new ConnectorError("unavailable"));
    await expect(processAll(shop)).rejects.toMatchObject({ kind: "unavailable" });
    await expect(processAll(shop)).rejects.toMatchObject({ kind: "unavailable" });
    const [row] = await listDeliveries(shop.workspaceId, { connectionId: shop.connectionId, limit: 10 });
    expect(row).toMatchObject({ status: "failed", attempts: 2, errorCode: "remote.unavailable" });
    const deliveryId = row?.id ?? "";
    await buryDeliveries(refOf(shop, [deliveryId]), new Error("remote.unavailable"), shop.clock);
    expect((await listDeliveries(shop.workspaceId, { status: "dead", limit: 10 })).map((entry) => entry.id)).toEqual([deliveryId]);
    await replayDelivery(shop.workspaceId, deliveryId, ACTOR);
    const replayed = await lastTold(shop);
    expect(await processDeliveries(replayed, shop.clock)).toEqual({ status: "processed" });
    expect(await processDeliveries(replayed, shop.clock)).toEqual({ status: "gone" });
    await replayDelivery(shop.workspaceId, deliveryId, ACTOR);
    await processDeliveries(await lastTold(shop), shop.clock);
    expect(await storedMessages(shop)).toEqual(["a1"]);
    expect(await started(shop)).toBe(3);
  });

  it("keeps what it cannot understand as a dead letter and ignores what is not ours", async () => {
    const shop = await makeFixture();
    const door = await makeDoor(shop);
    await door.knock(JSON.stringify({ id: "g", account: shop.account, kind: "garbled" }));
    await door.knock(JSON.stringify({ id: "o", account: shop.account, kind: "other" }));
    await processAll(shop);
    const rows = await listDeliveries(shop.workspaceId, { connectionId: shop.connectionId, limit: 10 });
    expect(rows.map((row) => row.status).sort()).toEqual(["dead", "ignored"]);
    expect(await listDeadLetters(shop.workspaceId, { connectionId: shop.connectionId, includeResolved: false, limit: 10 })).toMatchObject([
      { kind: "push", errorCode: "fake.garbled" },
    ]);
  });
});

describe("poll and push together", () => {
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant("write" as const), chat: fc.constantFrom("a", "b", "c") }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant("push" as const), pick: fc.nat(1_000) }) },
    { weight: 2, arbitrary: fc.constant({ kind: "poll" as const }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("both" as const), pick: fc.nat(1_000) }) },
  );

  it("a push that came through does not hide the one before it that was lost", async () => {
    const shop = await makeFixture();
    const door = await makeDoor(shop);
    shop.source.write("a", "a1");
    await sync(shop, "chats");
    shop.source.write("a", "a2");
    shop.source.write("a", "a3");
    await door.push("p3", "a", "a3");
    await processAll(shop);
    await sync(shop, "chats");
    expect(await storedMessages(shop)).toEqual(["a1", "a2", "a3"]);
  });

  it("give each message once, whatever comes first, twice, late or at the same moment", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        const shop = await makeFixture();
        const door = await makeDoor(shop);
        const written: { chat: string; id: string }[] = [];
        const pushOne = async (pick: number) => {
          const message = written[pick % Math.max(1, written.length)];
          if (message === undefined) return;
          await door.push(`${message.id}/${pick % 3}`, message.chat, message.id);
          await processAll(shop);
        };
        for (const entry of steps) {
          if (entry.kind === "write") {
            const id = `${entry.chat}${String(written.length).padStart(3, "0")}`;
            shop.source.write(entry.chat, id);
            written.push({ chat: entry.chat, id });
          } else if (entry.kind === "push") await pushOne(entry.pick);
          else if (entry.kind === "poll") await sync(shop, "chats");
          else await Promise.all([startRun(shop, "chats").then((ref) => finish(shop, ref)), pushOne(entry.pick)]);
        }
        await sync(shop, "chats");
        expect(await storedMessages(shop)).toEqual(written.map((message) => message.id).sort());
        const runs = await db.syncRun.findMany({ where: { connectionId: shop.connectionId } });
        for (const run of runs) expect(run.received).toBe(run.applied + run.duplicate + run.rejected + run.deadLetter);
      }),
      { numRuns: 15 },
    );
  });
});
