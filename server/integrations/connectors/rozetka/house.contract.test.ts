import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { testConnection } from "@/server/integrations/index";
import { deliverNextChange, requestChange } from "@/server/orders/index";
import { db } from "@/server/platform/db";
import { callLog } from "@/server/platform/http/call-log";
import { inWorkspace } from "@/server/platform/transaction";
import { ACTOR, housesOf } from "@/server/sync/testing/house";
import { DEFAULT_PASSWORD } from "./sandbox";
import { rozetkaStand } from "./testing/stand";

const openShop = housesOf("rozetka", () => rozetkaStand(new Date()));

describe("Rozetka in the real house", () => {
  it("brings products, orders, chats and sales, and a second time nothing; neither password nor session is in the call log", async () => {
    const { stand, workspaceId, connectionId, sync, remoteStates } = await openShop();
    expect((await testConnection(workspaceId, connectionId, ACTOR)).health).toMatchObject({ state: "ok" });
    for (const stream of ["products", "orders", "chats", "sales"] as const)
      expect(await sync(stream), stream).toMatchObject({ status: "succeeded", rejected: 0 });
    expect(await remoteStates()).toEqual(new Map(await stand.orders.truth()));
    const messages = await db.message.findMany({ where: { connectionId }, select: { externalId: true } });
    expect(messages.map(({ externalId }) => externalId).sort()).toEqual([...(await stand.messaging.truth()).values()].flat().sort());
    expect(await db.product.count({ where: { connectionId } })).toBe((await stand.products?.())?.length);
    for (const stream of ["products", "orders", "chats", "sales"] as const)
      expect(await sync(stream), stream).toMatchObject({ status: "succeeded", applied: 0 });
    expect(await stand.requests("test")).toBe(1);
    await callLog.flush();
    const log = JSON.stringify(await db.callLogEntry.findMany({ where: { connectionId } }));
    expect(log).not.toContain(DEFAULT_PASSWORD);
    expect(log).not.toContain(Buffer.from(DEFAULT_PASSWORD).toString("base64"));
  });

  it.each(["error-after-accept", "drop-after-accept", "html-gateway"] as const)("%s: the buyer gets a message exactly once", async (kind) => {
    const { stand, sync, send } = await openShop();
    const { conversation } = await stand.messaging.buyerWrites("Є в наявності?");
    await sync("chats");
    await stand.fail({ kind }, "send");
    expect(await send(conversation, "Так, є")).toBe("confirmed");
    expect(await stand.messaging.arrived(conversation)).toEqual(["Так, є"]);
  });

  it("carries a waybill to the order once, and sees it there", async () => {
    const { stand, workspaceId, sync, orderIdOf } = await openShop();
    const externalId = (await stand.orders.scenes["accepted"]?.()) ?? "";
    await sync("orders");
    const orderId = await orderIdOf(externalId);
    const wish = { orderId, changeId: randomUUID(), transitionId: "status:61", fields: { trackingNumber: "20450123456789" } };
    await inWorkspace(workspaceId, (scope) => requestChange(scope, { userId: null }, wish));
    await deliverNextChange({ workspaceId, orderId });
    await sync("orders");
    expect(await db.orderChange.findMany({ where: { orderId } })).toMatchObject([{ state: "confirmed" }]);
    expect(await db.order.findUniqueOrThrow({ where: { id: orderId } })).toMatchObject({
      state: "packed",
      remoteState: "61",
      trackingNumber: "20450123456789",
    });
    expect(await stand.orders.carriedOut(externalId)).toBe(1);
  });
});
