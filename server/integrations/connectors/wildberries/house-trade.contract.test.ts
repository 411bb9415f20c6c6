import { describe, expect, it } from "vitest";
import { db } from "@/server/platform/db";
import { housesOf } from "@/server/sync/testing/house";
import { wildberriesStand } from "./testing/stand";

const openShop = housesOf("wildberries", () => wildberriesStand("small"));

describe("orders and listings of Wildberries in the real house", () => {
  it("come in, a second time nothing, and their lines name listings the house has", async () => {
    const { stand, connectionId, sync, remoteStates } = await openShop();
    for (const stream of ["products", "orders"] as const) expect(await sync(stream), stream).toMatchObject({ status: "succeeded", rejected: 0 });
    expect(await remoteStates()).toEqual(new Map(await stand.orders.truth()));
    const lines = await db.orderLine.findMany({ where: { order: { connectionId, fulfilment: "fbs" } } });
    const listings = await db.product.findMany({ where: { connectionId } });
    const known = new Set(listings.map((listing) => listing.externalId));
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(known).toContain(line.productExternalId);
    const stocks = await stand.control.stocks({});
    for (const listing of listings) expect(listing).toMatchObject({ remoteStock: stocks[listing.externalId], currency: "RUB" });
    for (const stream of ["products", "orders"] as const) expect(await sync(stream), stream).toMatchObject({ status: "succeeded", applied: 0 });
  });

  it("change once although the answer was lost, and the service shows it", async () => {
    const { stand, sync, orderIdOf, change } = await openShop();
    const { externalId } = await stand.orders.place();
    await sync("orders");
    const orderId = await orderIdOf(externalId);
    await stand.orders.fail({ kind: "drop-after-accept" }, "change");
    await change(externalId, "confirm");
    expect(await stand.orders.carriedOut(externalId)).toBe(1);
    await sync("orders");
    await change(externalId, "ship");
    await sync("orders");
    expect(await db.orderChange.findMany({ where: { orderId }, orderBy: { requestedAt: "asc" }, select: { transitionId: true, state: true } })).toEqual([
      { transitionId: "confirm", state: "confirmed" },
      { transitionId: "ship", state: "confirmed" },
    ]);
    expect(await db.order.findUniqueOrThrow({ where: { id: orderId } })).toMatchObject({ state: "shipped", remoteState: "complete/waiting" });
  });
});
