import { describe, expect, it, vi } from "vitest";
import { newId } from "@/lib/ids";
import { ConnectorError } from "@/server/integrations/contract/errors";
import { deliveriesStored } from "@/server/integrations/events";
import { replayDelivery } from "@/server/integrations/index";
import { db } from "@/server/platform/db";
import { buryDeliveries, processDeliveries } from "./index";
import { lastTold, makeDoor, refOf } from "./testing/door";
import { ACTOR, type Fixture, makeFixture, storedMessages } from "./testing/fixture";

vi.mock("@/server/integrations/registry", async () => (await import("./testing/fake-connector")).fakeRegistry);

describe("pushes stored together", () => {
  const deliveriesOf = (shop: Fixture) => db.delivery.findMany({ where: { connectionId: shop.connectionId }, orderBy: { dedupeKey: "asc" } });
  const statesOf = async (shop: Fixture) => (await deliveriesOf(shop)).map(({ dedupeKey, status, attempts }) => `${dedupeKey} ${status} ${attempts}`);
  /** Who has a run sent for, and in how many seconds it starts by the shop's clock; what starts at once does so by the machine's. */
  const handedOn = async (shop: Fixture) => {
    const events = await db.engineEvent.findMany({
      where: { name: "integrations/deliveries.stored", data: { path: ["connectionId"], equals: shop.connectionId } },
      orderBy: { id: "asc" },
    });
    const keys = new Map((await deliveriesOf(shop)).map(({ id, dedupeKey }) => [id, dedupeKey]));
    return events.map(({ data, ts }) => {
      const { deliveryIds } = deliveriesStored.schema.parse(data);
      const seconds = Math.round((ts.getTime() - shop.clock.now().getTime()) / 1_000);
      return `${deliveryIds.map((id) => keys.get(id)).join("+")} ${Math.abs(ts.getTime() - Date.now()) < 60_000 ? "at once" : `in ${seconds}`}`;
    });
  };
  async function burst(pushes: readonly (readonly [id: string, chat: string, message?: string])[]) {
    const shop = await makeFixture();
    const door = await makeDoor(shop);
    for (const [id, chat, message] of pushes) await door.push(id, chat, message);
    await db.engineEvent.deleteMany({ where: { data: { path: ["connectionId"], equals: shop.connectionId } } });
    const ids = (await deliveriesOf(shop)).map(({ id }) => id);
    return { shop, door, ref: refOf(shop, ids) };
  }
  /** Two pushes whose service was away when their run came. */
  async function burstThatFailed() {
    const made = await burst([
      ["p1", "a", "a1"],
      ["p2", "b", "b1"],
    ]);
    const { shop, ref } = made;
    shop.source.write("a", "a1");
    shop.source.write("b", "b1");
    shop.source.failures.push(new ConnectorError("unavailable"), new ConnectorError("unavailable"));
    await expect(processDeliveries(ref, shop.clock)).rejects.toMatchObject({ kind: "unavailable" });
    return made;
  }

  it("are worked off in company: each conversation is read once, each delivery has its attempt", async () => {
    const { shop, ref } = await burst([
      ["p1", "a", "a1"],
      ["p2", "a", "a2"],
      ["p3", "b", "b1"],
      ["p4", "a", "a3"],
    ]);
    for (const id of ["a1", "a2", "b1", "a3"]) shop.source.write(id.slice(0, 1), id);
    const before = shop.source.calls;
    expect(await processDeliveries(ref, shop.clock)).toEqual({ status: "processed" });
    expect(shop.source.calls - before).toBe(2);
    expect(await storedMessages(shop)).toEqual(["a1", "a2", "a3", "b1"]);
    expect(await statesOf(shop)).toEqual(["p1 processed 1", "p2 processed 1", "p3 processed 1", "p4 processed 1"]);
    expect(await processDeliveries(ref, shop.clock)).toEqual({ status: "gone" });
    expect(await db.deliveryAttempt.count({ where: { workspaceId: shop.workspaceId, outcome: "processed" } })).toBe(4);
    expect(await handedOn(shop)).toEqual([]);
  });

  it("one whose conversation cannot be read is tried again by itself, later", async () => {
    const { shop, ref } = await burst([
      ["p1", "a", "a1"],
      ["p2", "nobody knows", "x"],
      ["p3", "c", "c1"],
    ]);
    shop.source.write("a", "a1");
    shop.source.write("c", "c1");
    expect(await processDeliveries(ref, shop.clock)).toEqual({ status: "processed" });
    expect(await storedMessages(shop)).toEqual(["a1", "c1"]);
    expect(await statesOf(shop)).toEqual(["p1 processed 1", "p2 failed 1", "p3 processed 1"]);
    expect(await handedOn(shop)).toEqual(["p2 in 15"]);
  });

  it("are tried again together when the service is away, and buried together in the end", async () => {
    const { shop, ref } = await burstThatFailed();
    expect(await statesOf(shop)).toEqual(["p1 failed 1", "p2 failed 1"]);
    expect(await handedOn(shop)).toEqual([]);
    await buryDeliveries(ref, new Error("remote.unavailable"), shop.clock);
    expect(await statesOf(shop)).toEqual(["p1 dead 1", "p2 dead 1"]);
    await replayDelivery(shop.workspaceId, ref.deliveryIds[0] ?? "", ACTOR);
    expect(await processDeliveries(await lastTold(shop), shop.clock)).toEqual({ status: "processed" });
    expect(await statesOf(shop)).toEqual(["p1 processed 2", "p2 dead 1"]);
  });

  it("one that a person replays leaves those behind that still wait for their common run", async () => {
    const { shop, ref } = await burstThatFailed();
    await replayDelivery(shop.workspaceId, ref.deliveryIds[0] ?? "", ACTOR);
    expect(await processDeliveries(await lastTold(shop), shop.clock)).toEqual({ status: "processed" });
    expect(await statesOf(shop)).toEqual(["p1 processed 2", "p2 failed 1"]);
  });

  it("what says something else than messages gets a run of its own, once", async () => {
    const { shop, ref, door } = await burst([["p1", "a", "a1"]]);
    shop.source.write("a", "a1");
    await door.knock(JSON.stringify({ id: "p2", account: shop.account, kind: "other" }));
    await db.engineEvent.deleteMany({ where: { data: { path: ["connectionId"], equals: shop.connectionId } } });
    const ids = (await deliveriesOf(shop)).map(({ id }) => id);
    shop.source.failures.push(new ConnectorError("unavailable"));
    await expect(processDeliveries({ ...ref, deliveryIds: ids }, shop.clock)).rejects.toMatchObject({ kind: "unavailable" });
    await processDeliveries({ ...ref, deliveryIds: ids }, shop.clock);
    expect(await statesOf(shop)).toEqual(["p1 processed 2", "p2 stored 0"]);
    expect(await handedOn(shop)).toEqual(["p2 at once"]);
  });

  it("are followed by what comes before their run begins, and no other run is sent for meanwhile", async () => {
    const { shop, door, ref } = await burst([["p1", "a", "a1"]]);
    for (const id of ["a1", "a2", "b1", "b2"]) shop.source.write(id.slice(0, 1), id);
    await processDeliveries(ref, shop.clock);
    await door.push("p2", "a", "a2");
    await door.push("p3", "b", "b1");
    expect(await handedOn(shop)).toEqual(["p2 at once"]);
    const [, second, third] = (await deliveriesOf(shop)).map(({ id }) => id);
    await processDeliveries(refOf(shop, [second ?? ""]), shop.clock);
    expect(await statesOf(shop)).toEqual(["p1 processed 1", "p2 processed 1", "p3 processed 1"]);
    expect(await processDeliveries(refOf(shop, [third ?? ""]), shop.clock)).toEqual({ status: "gone" });
    await door.push("p4", "b", "b2");
    expect(await handedOn(shop)).toEqual(["p2 at once", "p4 at once"]);
  });

  it("are taken up again by their own run when its process was killed, by no other", async () => {
    const { shop, door, ref } = await burst([["p1", "a", "a1"]]);
    shop.source.write("a", "a1");
    await processDeliveries(ref, shop.clock);
    await door.push("p2", "a", "a1");
    await door.push("p3", "b", "b1");
    shop.source.failures.push(new ConnectorError("unavailable"), new ConnectorError("unavailable"));
    const [, second, third] = (await deliveriesOf(shop)).map(({ id }) => id);
    await expect(processDeliveries(refOf(shop, [second ?? ""]), shop.clock)).rejects.toMatchObject({ kind: "unavailable" });
    // Killed instead of failed: nothing says how it ended.
    await db.delivery.updateMany({ where: { connectionId: shop.connectionId, dedupeKey: { in: ["p2", "p3"] } }, data: { status: "stored" } });
    expect(await processDeliveries(refOf(shop, [third ?? ""]), shop.clock)).toEqual({ status: "gone" });
    shop.source.write("b", "b1");
    expect(await processDeliveries(refOf(shop, [second ?? ""]), shop.clock)).toEqual({ status: "processed" });
    expect(await statesOf(shop)).toEqual(["p1 processed 1", "p2 processed 2", "p3 processed 2"]);
  });

  it("of a long backlog the rest gets the next run, also when the first one gives up", async () => {
    const { shop, ref } = await burst([["p0", "a", "a1"]]);
    shop.source.write("a", "a1");
    const { workspaceId, connectionId } = shop;
    const late = { workspaceId, connectionId, system: "fake", eventType: "message", headers: {}, receivedAt: new Date(shop.clock.now().getTime() + 60_000) };
    const bodyOf = (id: string) => Buffer.from(JSON.stringify({ id, account: shop.account, chat: "a", message: "a1" }));
    const keys = Array.from({ length: 205 }, (_, n) => `q${String(n).padStart(3, "0")}`);
    await db.delivery.createMany({ data: keys.map((key) => ({ ...late, id: newId(), dedupeKey: key, body: bodyOf(key) })) });
    await processDeliveries(ref, shop.clock);
    const left = (await statesOf(shop)).filter((state) => state.endsWith("stored 0"));
    expect(left).toEqual(["q199 stored 0", "q200 stored 0", "q201 stored 0", "q202 stored 0", "q203 stored 0", "q204 stored 0"]);
    expect(await handedOn(shop)).toEqual(["q199 at once"]);
    const next = (await deliveriesOf(shop)).find(({ dedupeKey }) => dedupeKey === "q199")?.id ?? "";
    await buryDeliveries(refOf(shop, [next]), new Error("remote.unavailable"), shop.clock);
    expect((await statesOf(shop)).filter((state) => state.startsWith("q199") || state.startsWith("q20"))).toEqual(["q199 dead 0", ...left.slice(1)]);
    expect(await handedOn(shop)).toEqual(["q199 at once", "q200 at once"]);
  });
});
