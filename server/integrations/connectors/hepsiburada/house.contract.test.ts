import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { answerPush, createWebhookAddress, testConnection } from "@/server/integrations/index";
import { db } from "@/server/platform/db";
import { callLog } from "@/server/platform/http/call-log";
import { ACTOR, housesOf } from "@/server/sync/testing/house";
import { workOff } from "@/server/sync/testing/work-off";
import { hepsiburadaStand } from "./testing/stand";

const openShop = housesOf("hepsiburada", hepsiburadaStand);
const STREAMS = ["products", "orders", "questions", "sales"] as const;

/** The door as the application opens it, on a port of its own. */
async function openDoor() {
  const server = createServer((request, response) => {
    if (!answerPush(request, response)) response.writeHead(418).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

describe("Hepsiburada in the real house", () => {
  it("brings products, orders, questions and sales, and a second time nothing; the key is nowhere in the call log", async () => {
    const { stand, workspaceId, connectionId, sync, remoteStates } = await openShop();
    expect((await testConnection(workspaceId, connectionId, ACTOR)).health).toMatchObject({ state: "ok" });
    for (const stream of STREAMS) expect(await sync(stream), stream).toMatchObject({ status: "succeeded", rejected: 0 });
    expect(await remoteStates()).toEqual(new Map(await stand.orders.truth()));
    const products = await db.product.findMany({ where: { connectionId }, select: { externalId: true } });
    expect(products.map((row) => row.externalId).sort()).toEqual([...((await stand.products?.()) ?? [])].sort());
    for (const stream of STREAMS) expect(await sync(stream), stream).toMatchObject({ status: "succeeded", applied: 0 });
    await callLog.flush();
    const log = JSON.stringify(await db.callLogEntry.findMany({ where: { connectionId } }));
    expect(log).not.toContain(stand.credentials["serviceKey"]);
    expect(log).not.toContain(Buffer.from(`${stand.credentials["merchantId"]}:${stand.credentials["serviceKey"]}`).toString("base64"));
  });

  it("follows an order from the buyer's click to its return", async () => {
    const { stand, connectionId, sync } = await openShop();
    const { number } = await stand.control.placeOrder({ lines: [{ merchantSku: "BARDAK-6LI", quantity: 2 }] });
    const stateOf = async () => {
      await sync("orders");
      return (await db.order.findFirstOrThrow({ where: { connectionId, externalId: number } })).state;
    };
    expect(await stateOf()).toBe("new");
    await stand.control.packOrder({ number });
    await stand.control.moveOrder({ number, step: "intransit" });
    expect(await stateOf()).toBe("shipped");
    await stand.control.moveOrder({ number, step: "deliver" });
    await stand.control.returnOrder({ number, status: "Refunded" });
    expect(await stateOf()).toBe("returned");
  });

  it("takes the marketplace's calls at the real door, by their paths and both methods, and reads what they are about", async () => {
    const { stand, workspaceId, connectionId } = await openShop();
    await testConnection(workspaceId, connectionId, ACTOR);
    const { url } = await createWebhookAddress(workspaceId, connectionId, ACTOR);
    const door = await openDoor();
    try {
      await stand.control.setWebhook({ url: `${door.base}${new URL(url).pathname}`, user: "karavan", password: "a-long-password" });
      const { number } = await stand.control.placeOrder({ lines: [{ merchantSku: "BARDAK-6LI" }] });
      await stand.control.cancelOrder({ number });
      await stand.advance(1_000);
      // The two calls are made side by side: which of them arrives first is not said.
      expect((await stand.control.deliveries()).map(({ status }) => status).sort()).toEqual([201, 204]);
      const rows = await db.delivery.findMany({ where: { connectionId }, orderBy: { eventType: "asc" } });
      expect(rows.map(({ eventType, subPath }) => [eventType, subPath.replace(/\/[0-9a-f-]{36}\//, "/…/")])).toEqual([
        ["line-cancelled", "/lineitems/…/cancel"],
        ["order-created", "/orders"],
      ]);
      expect(JSON.stringify(rows.map((row) => row.headers))).not.toContain("authorization");
      await workOff({ workspaceId, connectionId });
      expect(await db.order.findFirstOrThrow({ where: { connectionId, externalId: number } })).toMatchObject({ state: "cancelled" });
    } finally {
      await door.close();
    }
  });

  it.each(["error-after-accept", "drop-after-accept", "html-gateway"] as const)("%s: the buyer gets an answer exactly once", async (kind) => {
    const shop = await openShop();
    const { number } = await shop.stand.control.ask({ text: "Kaç litre?" });
    await shop.sync("questions");
    await shop.stand.fail({ kind }, "question-answer");
    expect(await shop.send(String(number), "Üç litre")).toBe("confirmed");
    expect(await shop.stand.answering["hepsiburada.question"]?.arrived(String(number))).toEqual(["Üç litre"]);
  });
});
