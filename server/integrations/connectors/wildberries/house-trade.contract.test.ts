import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { createConnection, syncNow } from "@/server/integrations/index";
import { deliverNextChange, requestChange } from "@/server/orders/index";
import { db } from "@/server/platform/db";
import { inWorkspace } from "@/server/platform/transaction";
import { runNextPage } from "@/server/sync/index";
import { type WildberriesStand, wildberriesStand } from "./testing/stand";

const ACTOR = { kind: "system" };
const open: WildberriesStand[] = [];
afterEach(async () => {
  for (const stand of open.splice(0)) await stand.stop();
});

/** The real house, its HTTP kit and PostgreSQL, connected to the simulator. */
async function openShop() {
  await db.rateLimitCounter.deleteMany({ where: { key: { startsWith: "http:" } } });
  const stand = await wildberriesStand("small");
  open.push(stand);
  const [workspaceId, organizationId] = [randomUUID(), randomUUID()];
  await db.workspace.create({ data: { id: workspaceId, name: "WB shop", organizations: { create: { id: organizationId, name: "Seller LLC" } } } });
  const connectionId = await createConnection(
    workspaceId,
    {
      connectorId: "wildberries",
      organizationId,
      name: "WB",
      credentials: { token: (await stand.control.makeToken({})).token, warehouseId: "" },
      isActive: true,
      autoSync: true,
      streams: [],
      baseUrl: stand.baseUrl,
    },
    ACTOR,
  );
  const sync = async (stream: "orders" | "products") => {
    const [run] = await syncNow(workspaceId, { id: connectionId, streams: [stream] }, ACTOR);
    const ref = { workspaceId, connectionId, stream, runId: run?.id ?? "" };
    for (let turn = 0; turn < 100 && !(await runNextPage(ref)).done; turn += 1);
    return db.syncRun.findUniqueOrThrow({ where: { id: ref.runId } });
  };
  const orders = () => db.order.findMany({ where: { connectionId }, select: { externalId: true, remoteState: true } });
  return { stand, workspaceId, connectionId, sync, orders };
}

describe("orders and listings of Wildberries in the real house", () => {
  it("come in, a second time nothing, and their lines name listings the house has", async () => {
    const { stand, connectionId, sync, orders } = await openShop();
    for (const stream of ["products", "orders"] as const) expect(await sync(stream), stream).toMatchObject({ status: "succeeded", rejected: 0 });
    // A first run looks back 30 days: what was sold before stays out.
    const recent = [...(await stand.orders.truth())].filter(([, word]) => word !== "complete/sold");
    expect(new Map((await orders()).map((order) => [order.externalId, order.remoteState]))).toEqual(new Map(recent));
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
    const { stand, workspaceId, connectionId, sync } = await openShop();
    const { externalId } = await stand.orders.place();
    await sync("orders");
    const { id: orderId } = await db.order.findFirstOrThrow({ where: { connectionId, externalId } });
    const change = (transitionId: string) =>
      inWorkspace(workspaceId, (scope) => requestChange(scope, { userId: null }, { orderId, changeId: randomUUID(), transitionId, fields: {} }));
    const settle = async () => {
      for (let turn = 0; turn < 20; turn += 1) {
        const { kind } = await deliverNextChange({ workspaceId, orderId });
        if (kind === "idle" || kind === "person") return;
        // What the durable function sleeps through.
        if (kind === "later") await db.orderChange.updateMany({ where: { orderId }, data: { nextAt: new Date(0) } });
      }
    };
    await stand.orders.fail({ kind: "drop-after-accept" }, "change");
    await change("confirm");
    await settle();
    expect(await stand.orders.carriedOut(externalId)).toBe(1);
    await sync("orders");
    await change("ship");
    await settle();
    await sync("orders");
    expect(await db.orderChange.findMany({ where: { orderId }, orderBy: { requestedAt: "asc" }, select: { transitionId: true, state: true } })).toEqual([
      { transitionId: "confirm", state: "confirmed" },
      { transitionId: "ship", state: "confirmed" },
    ]);
    expect(await db.order.findUniqueOrThrow({ where: { id: orderId } })).toMatchObject({ state: "shipped", remoteState: "complete/waiting" });
  });
});
