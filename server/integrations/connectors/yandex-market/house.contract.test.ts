import { describe, expect, it } from "vitest";
import { testConnection } from "@/server/integrations/index";
import { confirmChanges } from "@/server/orders/index";
import { db } from "@/server/platform/db";
import { ACTOR, housesOf } from "@/server/sync/testing/house";
import { yandexStand } from "./testing/stand";
import { FBS_SHOP } from "./testing/trade-desks";

const openShop = housesOf("yandex-market", () => yandexStand("small", new Date()));

describe("Yandex Market orders in the real house", () => {
  it("come with their products, and a second time change nothing", async () => {
    const { stand, workspaceId, connectionId, sync, remoteStates } = await openShop();
    expect((await testConnection(workspaceId, connectionId, ACTOR)).health).toMatchObject({ state: "ok" });
    expect(await sync("products")).toMatchObject({ status: "succeeded", rejected: 0 });
    expect(await sync("orders")).toMatchObject({ status: "succeeded", rejected: 0 });
    expect(await remoteStates()).toEqual(new Map(await stand.orders.truth()));
    expect(await sync("orders")).toMatchObject({ status: "succeeded", applied: 0, rejected: 0 });
    const { orderId } = await stand.market.addOrder({ campaignId: FBS_SHOP });
    expect(await sync("orders")).toMatchObject({ applied: 1 });
    expect(await db.order.count({ where: { connectionId, number: String(orderId) } })).toBe(1);
  });

  it("are packed once at the service, although the answer is lost", async () => {
    const { stand, workspaceId, sync, orderIdOf, change } = await openShop();
    const { externalId } = await stand.orders.place();
    await sync("orders");
    const orderId = await orderIdOf(externalId);
    await stand.orders.fail({ kind: "error-after-accept" }, "change");
    await change(externalId, "pack");
    await confirmChanges({ workspaceId, orderId });
    expect(await db.orderChange.findMany({ where: { orderId }, select: { state: true } })).toEqual([{ state: "confirmed" }]);
    expect(await db.order.findUniqueOrThrow({ where: { id: orderId } })).toMatchObject({ state: "packed", remoteState: "PROCESSING/READY_TO_SHIP" });
    expect(await stand.orders.carriedOut(externalId)).toBe(1);
  });
});
