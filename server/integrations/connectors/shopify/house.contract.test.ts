import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { createConnection, syncNow, testConnection } from "@/server/integrations/index";
import { deliverNextChange, requestChange } from "@/server/orders/index";
import { db } from "@/server/platform/db";
import { callLog } from "@/server/platform/http/call-log";
import { inWorkspace } from "@/server/platform/transaction";
import { processDelivery, runNextPage } from "@/server/sync/index";
import { type ShopifyStand, shopifyStand } from "./testing/stand";

const ACTOR = { kind: "system" };
const open: ShopifyStand[] = [];
afterEach(async () => {
  for (const stand of open.splice(0)) await stand.stop();
});

/** The real house, its HTTP kit and PostgreSQL, connected to the simulator. */
async function openShop() {
  await db.rateLimitCounter.deleteMany({ where: { key: { startsWith: "http:" } } });
  const stand = await shopifyStand("small");
  open.push(stand);
  await stand.shop.setSettings({ bulkMs: 0 });
  const [workspaceId, organizationId] = [randomUUID(), randomUUID()];
  await db.workspace.create({ data: { id: workspaceId, name: "Shopify", organizations: { create: { id: organizationId, name: "Seller Ltd" } } } });
  const connectionId = await createConnection(
    workspaceId,
    { connectorId: "shopify", organizationId, name: "S", credentials: stand.credentials, isActive: true, autoSync: true, streams: [], baseUrl: stand.baseUrl },
    ACTOR,
  );
  const sync = async (stream: "orders" | "products" | "sales") => {
    const [run] = await syncNow(workspaceId, { id: connectionId, streams: [stream] }, ACTOR);
    const ref = { workspaceId, connectionId, stream, runId: run?.id ?? "" };
    for (let turn = 0; turn < 100; turn += 1) {
      const { done, waitMs } = await runNextPage(ref);
      if (done) break;
      await sleep(waitMs);
    }
    return db.syncRun.findUniqueOrThrow({ where: { id: ref.runId } });
  };
  return { stand, workspaceId, connectionId, sync };
}
type House = Awaited<ReturnType<typeof openShop>>;

async function change({ workspaceId, connectionId }: House, externalId: string, transitionId: string, fields: Record<string, string>) {
  const { id: orderId } = await db.order.findFirstOrThrow({ where: { connectionId, externalId } });
  const changeId = randomUUID();
  await inWorkspace(workspaceId, (scope) => requestChange(scope, { userId: null }, { orderId, changeId, transitionId, fields }));
  for (let turn = 0; turn < 20; turn += 1) {
    const delivery = await deliverNextChange({ workspaceId, orderId });
    if (delivery.kind === "idle" || delivery.kind === "person") break;
    // What the durable function sleeps through.
    if (delivery.kind === "later") await db.orderChange.updateMany({ where: { id: changeId }, data: { nextAt: new Date(0) } });
  }
  return db.orderChange.findUniqueOrThrow({ where: { id: changeId } });
}

describe("Shopify in the real house", () => {
  it("brings products, orders and sales, and a second time nothing; neither secret nor token nor buyer is in the call log", async () => {
    const house = await openShop();
    const { stand, workspaceId, connectionId, sync } = house;
    expect((await testConnection(workspaceId, connectionId, ACTOR)).health).toMatchObject({ state: "ok" });
    for (const stream of ["products", "orders", "sales"] as const) expect(await sync(stream), stream).toMatchObject({ status: "succeeded", rejected: 0 });
    const held = await db.order.findMany({ where: { connectionId }, select: { externalId: true, remoteState: true } });
    expect(new Map(held.map((row) => [row.externalId, row.remoteState]))).toEqual(await stand.orders.truth());
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
    const done = await change(house, id, "ship", { trackingNumber: "YK-1", carrier: "Yurtiçi" });
    expect(["accepted", "confirmed"]).toContain(done.state);
    expect((await house.stand.shop.orders()).find((order) => order.id === id)).toMatchObject({ fulfilment: "FULFILLED", fulfilments: 1, tracking: "YK-1" });
    await house.sync("orders");
    expect(await db.order.findFirstOrThrow({ where: { connectionId: house.connectionId, externalId: id } })).toMatchObject({
      state: "shipped",
      trackingNumber: "YK-1",
    });
    expect(await db.orderChange.findUniqueOrThrow({ where: { id: done.id } })).toMatchObject({ state: "confirmed" });
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
      return processDelivery({ workspaceId, connectionId, deliveryId });
    };
    expect(await push("orders/create", { admin_graphql_api_id: id })).toEqual({ status: "processed" });
    expect(await db.order.count({ where: { connectionId, externalId: id, state: "new" } })).toBe(1);
    expect(await push("app/uninstalled", { id: 1 })).toEqual({ status: "processed" });
    expect(await db.connection.findUniqueOrThrow({ where: { id: connectionId } })).toMatchObject({ health: "auth_failed" });
  });
});
