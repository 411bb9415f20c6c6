import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { checkPushes, connectionsWithPushes, createWebhookAddress, testConnection, watchConnections } from "@/server/integrations/index";
import { subscribeWebhook } from "@/server/integrations/intake/subscribe-webhook";
import { db } from "@/server/platform/db";
import { callLog } from "@/server/platform/http/call-log";
import { processDeliveries } from "@/server/sync/index";
import { ACTOR, housesOf } from "@/server/sync/testing/house";
import { shopifyStand } from "./testing/stand";

const quickStand = async () => {
  const stand = await shopifyStand("small", new Date());
  await stand.shop.setSettings({ bulkMs: 0 });
  return stand;
};
const openShop = housesOf("shopify", quickStand, { sitsOutWaits: true });

describe("Shopify in the real house", () => {
  it("brings products, orders and sales, and a second time nothing; neither secret nor token nor buyer is in the call log", async () => {
    const { stand, workspaceId, connectionId, sync, remoteStates } = await openShop();
    expect((await testConnection(workspaceId, connectionId, ACTOR)).health).toMatchObject({ state: "ok" });
    for (const stream of ["products", "orders", "sales"] as const) expect(await sync(stream), stream).toMatchObject({ status: "succeeded", rejected: 0 });
    expect(await remoteStates()).toEqual(await stand.orders.truth());
    expect(await db.product.count({ where: { connectionId } })).toBe((await stand.shop.variants()).length);
    for (const stream of ["products", "orders", "sales"] as const) expect(await sync(stream), stream).toMatchObject({ status: "succeeded", applied: 0 });
    await callLog.flush();
    const log = JSON.stringify(await db.callLogEntry.findMany({ where: { connectionId } }));
    expect(log).toContain("graphql.json");
    for (const secret of [stand.credentials["clientSecret"] ?? "", "shpat_", "buyer5"]) expect(log).not.toContain(secret);
  });

  it.each(["error-after-accept", "drop-after-accept", "html-gateway"] as const)("%s: an order is shipped exactly once", async (kind) => {
    const house = await openShop();
    const { id } = await house.stand.shop.placeOrder({});
    await house.sync("orders");
    await house.stand.orders.fail({ kind }, "change");
    const done = await house.change(id, "ship", { trackingNumber: "YK-1", carrier: "Yurtiçi" });
    expect(["accepted", "confirmed"]).toContain(done.state);
    expect((await house.stand.shop.orders()).find((order) => order.id === id)).toMatchObject({ fulfilment: "FULFILLED", fulfilments: 1, tracking: "YK-1" });
    await house.sync("orders");
    expect(await db.order.findFirstOrThrow({ where: { connectionId: house.connectionId, externalId: id } })).toMatchObject({
      state: "shipped",
      trackingNumber: "YK-1",
    });
    expect(await db.orderChange.findUniqueOrThrow({ where: { id: done.id } })).toMatchObject({ state: "confirmed" });
  });

  it("subscriptions that went away are made again; what cannot be mended is an alert; an address entered by hand is left alone", async () => {
    const { stand, workspaceId, connectionId } = await openShop();
    const place = { workspaceId, connectionId };
    const isChecked = async () => (await connectionsWithPushes()).some((entry) => entry.connectionId === connectionId);
    await createWebhookAddress(workspaceId, connectionId, ACTOR);
    expect([await isChecked(), await checkPushes(place)]).toEqual([false, "skipped"]);
    await subscribeWebhook(workspaceId, connectionId, ACTOR);
    const before = await stand.shop.subscriptions();
    expect([await isChecked(), await checkPushes(place)]).toEqual([true, "ok"]);
    expect(await stand.shop.subscriptions()).toEqual(before);

    await stand.shop.subscribe({ uri: "https://elsewhere.example.com/hooks" });
    expect(await checkPushes(place)).toBe("mended");
    expect(await checkPushes(place)).toBe("ok");
    const uris = new Set((await stand.shop.subscriptions()).map(({ uri }) => uri));
    expect(uris.size).toBe(2);
    expect(uris).toContain("https://elsewhere.example.com/hooks");

    await stand.shop.uninstall();
    expect(await checkPushes(place)).toBe("failed");
    expect(await db.connection.findUniqueOrThrow({ where: { id: connectionId } })).toMatchObject({ pushesErrorCode: expect.stringMatching(/^shopify\./) });
    await watchConnections();
    expect(await db.connectionAlert.findMany({ where: { connectionId, subject: "webhooks" } })).toMatchObject([{ code: "pushes_gone", stage: 2 }]);
  });

  it("a push brings the order as it is now, and the end of access is noted", async () => {
    const house = await openShop();
    const { stand, workspaceId, connectionId } = house;
    await house.sync("orders");
    const { id } = await stand.shop.placeOrder({});
    const push = async (eventType: string, body: object) => {
      const deliveryId = randomUUID();
      const data = {
        id: deliveryId,
        workspaceId,
        connectionId,
        system: "shopify",
        dedupeKey: deliveryId,
        eventType,
        headers: {},
        body: Buffer.from(JSON.stringify(body)),
      };
      await db.delivery.create({ data });
      return processDeliveries({ workspaceId, connectionId, deliveryIds: [deliveryId] });
    };
    expect(await push("orders/create", { admin_graphql_api_id: id })).toEqual({ status: "processed" });
    expect(await db.order.count({ where: { connectionId, externalId: id, state: "new" } })).toBe(1);
    expect(await push("app/uninstalled", { id: 1 })).toEqual({ status: "processed" });
    expect(await db.connection.findUniqueOrThrow({ where: { id: connectionId } })).toMatchObject({ health: "auth_failed" });
  });
});
