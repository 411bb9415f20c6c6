import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { createConnection, syncNow, testConnection } from "@/server/integrations/index";
import { confirmChanges, deliverNextChange, requestChange } from "@/server/orders/index";
import { db } from "@/server/platform/db";
import { inWorkspace } from "@/server/platform/transaction";
import { runNextPage } from "@/server/sync/index";
import { type YandexStand, yandexStand } from "./testing/stand";
import { FBS_SHOP } from "./testing/trade-desks";

const ACTOR = { kind: "system" };
const open: YandexStand[] = [];
afterEach(async () => {
  for (const stand of open.splice(0)) await stand.stop();
});

/** The real house, its HTTP kit and PostgreSQL, connected to the simulator. */
async function openShop() {
  await db.rateLimitCounter.deleteMany({ where: { key: { startsWith: "http:" } } });
  const stand = await yandexStand("small", new Date());
  open.push(stand);
  const [workspaceId, organizationId] = [randomUUID(), randomUUID()];
  await db.workspace.create({ data: { id: workspaceId, name: "Yandex shop", organizations: { create: { id: organizationId, name: "Seller LLC" } } } });
  const { credentials, baseUrl } = stand;
  const connectionId = await createConnection(
    workspaceId,
    { connectorId: "yandex-market", organizationId, name: "Yandex", credentials, isActive: true, autoSync: true, streams: [], baseUrl },
    ACTOR,
  );
  const sync = async (stream: "orders" | "products") => {
    const [run] = await syncNow(workspaceId, { id: connectionId, streams: [stream] }, ACTOR);
    const ref = { workspaceId, connectionId, stream, runId: run?.id ?? "" };
    for (let turn = 0; turn < 100 && !(await runNextPage(ref)).done; turn += 1);
    return db.syncRun.findUniqueOrThrow({ where: { id: ref.runId } });
  };
  return { stand, workspaceId, connectionId, sync };
}

describe("Yandex Market orders in the real house", () => {
  it("come with their products, and a second time change nothing", async () => {
    const { stand, workspaceId, connectionId, sync } = await openShop();
    expect((await testConnection(workspaceId, connectionId, ACTOR)).health).toMatchObject({ state: "ok" });
    expect(await sync("products")).toMatchObject({ status: "succeeded", rejected: 0 });
    expect(await sync("orders")).toMatchObject({ status: "succeeded", rejected: 0 });
    const held = await db.order.findMany({ where: { connectionId }, select: { externalId: true, remoteState: true } });
    expect(new Map(held.map((order) => [order.externalId, order.remoteState]))).toEqual(new Map(await stand.orders.truth()));
    expect(await sync("orders")).toMatchObject({ status: "succeeded", applied: 0, rejected: 0 });
    const { orderId } = await stand.market.addOrder({ campaignId: FBS_SHOP });
    expect(await sync("orders")).toMatchObject({ applied: 1 });
    expect(await db.order.count({ where: { connectionId, number: String(orderId) } })).toBe(1);
  });

  it("are packed once at the service, although the answer is lost", async () => {
    const { stand, workspaceId, connectionId, sync } = await openShop();
    const { externalId } = await stand.orders.place();
    await sync("orders");
    const { id: orderId } = await db.order.findFirstOrThrow({ where: { connectionId, externalId } });
    await stand.orders.fail({ kind: "error-after-accept" }, "change");
    await inWorkspace(workspaceId, (scope) => requestChange(scope, { userId: null }, { orderId, changeId: randomUUID(), transitionId: "pack", fields: {} }));
    for (let turn = 0; turn < 20; turn += 1) {
      const delivery = await deliverNextChange({ workspaceId, orderId });
      if (delivery.kind === "idle" || delivery.kind === "person") break;
      // What the durable function sleeps through.
      if (delivery.kind === "later") await db.orderChange.updateMany({ where: { orderId }, data: { nextAt: new Date(0) } });
    }
    await confirmChanges({ workspaceId, orderId });
    expect(await db.orderChange.findMany({ where: { orderId }, select: { state: true } })).toEqual([{ state: "confirmed" }]);
    expect(await db.order.findUniqueOrThrow({ where: { id: orderId } })).toMatchObject({ state: "packed", remoteState: "PROCESSING/READY_TO_SHIP" });
    expect(await stand.orders.carriedOut(externalId)).toBe(1);
  });
});
