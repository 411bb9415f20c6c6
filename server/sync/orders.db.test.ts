import { randomUUID } from "node:crypto";
import { describe, expect, it, vi } from "vitest";
import { ConnectorError } from "@/server/integrations/contract/errors";
import { getConnection, listDeadLetters } from "@/server/integrations/index";
import { deliverNextChange, requestChange } from "@/server/orders/index";
import { db } from "@/server/platform/db";
import { inWorkspace } from "@/server/platform/transaction";
import { processDeliveries, replayDeadLetter } from "./index";
import { type Fixture, makeFixture, sync } from "./testing/fixture";

vi.mock("@/server/integrations/registry", async () => (await import("./testing/fake-connector")).fakeRegistry);

const stored = (shop: Fixture) =>
  db.order.findMany({ where: { connectionId: shop.connectionId }, orderBy: { externalId: "asc" }, select: { externalId: true, state: true } });

/** A push as the door stores it, and what the durable function does with it. */
async function push(shop: Fixture, body: object) {
  const deliveryId = randomUUID();
  const raw = JSON.stringify({ id: deliveryId, account: shop.account, ...body });
  await db.delivery.create({
    data: {
      id: deliveryId,
      workspaceId: shop.workspaceId,
      connectionId: shop.connectionId,
      system: "fake",
      dedupeKey: deliveryId,
      eventType: "push",
      headers: {},
      body: Buffer.from(raw),
    },
  });
  return processDeliveries({ workspaceId: shop.workspaceId, connectionId: shop.connectionId, deliveryIds: [deliveryId] }, shop.clock);
}

describe("orders of a connection", () => {
  it("are pulled page by page, and every record is accounted for", async () => {
    const shop = await makeFixture();
    for (const id of ["a", "b", "c", "d", "e"]) shop.source.order(id);
    expect(await sync(shop, "orders")).toMatchObject({ status: "succeeded", received: 5, applied: 5, duplicate: 0, pages: 3 });
    shop.source.order("b", "shipped");
    expect(await sync(shop, "orders")).toMatchObject({ received: 5, applied: 1, duplicate: 4 });
    expect(await stored(shop)).toContainEqual({ externalId: "b", state: "shipped" });
  });

  it("are read from the first run on by their checkpoint: a window is only ever a person's", async () => {
    const shop = await makeFixture();
    shop.source.order("a");
    expect(await sync(shop, "orders")).toMatchObject({ windowFrom: null, windowTo: null });
    const stream = await db.syncStream.findFirstOrThrow({ where: { connectionId: shop.connectionId, stream: "orders" } });
    expect(stream).toMatchObject({ checkpoint: { committed: { seen: 1 } } });
  });

  it("keeps what cannot be stored as a dead letter, which a replay reads anew", async () => {
    const shop = await makeFixture();
    shop.source.order("a");
    shop.source.order("b", "new", { currency: "rub" });
    expect(await sync(shop, "orders")).toMatchObject({ status: "partial", applied: 1, rejected: 1 });
    const [letter] = await listDeadLetters(shop.workspaceId, { connectionId: shop.connectionId, includeResolved: false, limit: 10 });
    if (letter === undefined) throw new Error("no dead letter");
    const ref = { workspaceId: shop.workspaceId, connectionId: shop.connectionId, deadLetterId: letter.id };
    expect(await replayDeadLetter(ref, shop.clock)).toEqual({ outcome: "not_possible" });
    shop.source.order("b", "new", { currency: "RUB" });
    expect(await replayDeadLetter(ref, shop.clock)).toEqual({ outcome: "resolved" });
    expect(await stored(shop)).toHaveLength(2);
  });

  it("are read again when a push names them, whatever the order of pushes and polls", async () => {
    const shop = await makeFixture();
    shop.source.order("a");
    expect(await push(shop, { kind: "order", order: "a" })).toEqual({ status: "processed" });
    shop.source.order("a", "shipped");
    await Promise.all([push(shop, { kind: "order", order: "a" }), push(shop, { kind: "order", order: "a" }), sync(shop, "orders")]);
    expect(await stored(shop)).toEqual([{ externalId: "a", state: "shipped" }]);
    expect(await db.orderEvent.count({ where: { workspaceId: shop.workspaceId, type: "state" } })).toBe(1);
    await expect(push(shop, { kind: "order", order: "nobody" })).rejects.toBeInstanceOf(ConnectorError);
  });

  it("show a change of ours as carried out when the poll brings it", async () => {
    const shop = await makeFixture();
    shop.source.order("a");
    await sync(shop, "orders");
    const { id: orderId } = await db.order.findFirstOrThrow({ where: { connectionId: shop.connectionId } });
    await inWorkspace(shop.workspaceId, (scope) =>
      requestChange(scope, { userId: null }, { orderId, changeId: randomUUID(), transitionId: "confirm", fields: {} }),
    );
    await deliverNextChange({ workspaceId: shop.workspaceId, orderId });
    expect(await db.orderChange.findMany({ where: { orderId } })).toMatchObject([{ state: "accepted" }]);
    await sync(shop, "orders");
    expect(await db.orderChange.findMany({ where: { orderId } })).toMatchObject([{ state: "confirmed" }]);
    expect(await stored(shop)).toEqual([{ externalId: "a", state: "confirmed" }]);
  });
});

describe("news of the account", () => {
  it("says of a connection whose access was taken away what a refused key says", async () => {
    const shop = await makeFixture();
    await push(shop, { kind: "revoked" });
    expect(await getConnection(shop.workspaceId, shop.connectionId)).toMatchObject({ health: { state: "auth_failed", code: "credentials_rejected" } });
    expect(await db.auditEntry.count({ where: { workspaceId: shop.workspaceId, action: "connection.access_revoked" } })).toBe(1);
  });

  it("keeps a buyer's request by privacy law for a person, and erases nothing by itself", async () => {
    const shop = await makeFixture();
    shop.source.order("a", "new", { buyerName: "Emma" });
    await sync(shop, "orders");
    await push(shop, { kind: "privacy", order: "a" });
    expect(await db.auditEntry.findMany({ where: { workspaceId: shop.workspaceId, action: "privacy.requested" } })).toMatchObject([
      { details: { request: "erase-buyer", orders: ["a"] } },
    ]);
    expect(await stored(shop)).toHaveLength(1);
  });
});
