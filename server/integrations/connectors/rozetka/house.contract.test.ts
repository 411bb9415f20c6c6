import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { confirmSends, deliverNext, sendMessage } from "@/server/inbox/index";
import { createConnection, syncNow, testConnection } from "@/server/integrations/index";
import { deliverNextChange, requestChange } from "@/server/orders/index";
import { db } from "@/server/platform/db";
import { callLog } from "@/server/platform/http/call-log";
import { inWorkspace } from "@/server/platform/transaction";
import { runNextPage } from "@/server/sync/index";
import { DEFAULT_LOGIN, DEFAULT_PASSWORD } from "./sandbox";
import { type RozetkaStand, rozetkaStand } from "./testing/stand";

const ACTOR = { kind: "system" };
const open: RozetkaStand[] = [];
afterEach(async () => {
  for (const stand of open.splice(0)) await stand.stop();
});

/** The real house, its HTTP kit and PostgreSQL, connected to the simulator. */
async function openShop() {
  await db.rateLimitCounter.deleteMany({ where: { key: { startsWith: "http:" } } });
  const stand = await rozetkaStand();
  open.push(stand);
  const [workspaceId, organizationId] = [randomUUID(), randomUUID()];
  await db.workspace.create({ data: { id: workspaceId, name: "Rozetka shop", organizations: { create: { id: organizationId, name: "Seller LLC" } } } });
  const credentials = { token: "", login: DEFAULT_LOGIN, password: DEFAULT_PASSWORD };
  const connectionId = await createConnection(
    workspaceId,
    { connectorId: "rozetka", organizationId, name: "Rozetka", credentials, isActive: true, autoSync: true, streams: [], baseUrl: stand.baseUrl },
    ACTOR,
  );
  const sync = async (stream: "chats" | "orders" | "products" | "sales") => {
    const [run] = await syncNow(workspaceId, { id: connectionId, streams: [stream] }, ACTOR);
    const ref = { workspaceId, connectionId, stream, runId: run?.id ?? "" };
    for (let turn = 0; turn < 100 && !(await runNextPage(ref)).done; turn += 1);
    return db.syncRun.findUniqueOrThrow({ where: { id: ref.runId } });
  };
  return { stand, workspaceId, connectionId, sync };
}

describe("Rozetka in the real house", () => {
  it("brings products, orders, chats and sales, and a second time nothing; neither password nor session is in the call log", async () => {
    const { stand, workspaceId, connectionId, sync } = await openShop();
    expect((await testConnection(workspaceId, connectionId, ACTOR)).health).toMatchObject({ state: "ok" });
    for (const stream of ["products", "orders", "chats", "sales"] as const)
      expect(await sync(stream), stream).toMatchObject({ status: "succeeded", rejected: 0 });
    const orders = await db.order.findMany({ where: { connectionId }, select: { externalId: true, remoteState: true } });
    expect(new Map(orders.map((order) => [order.externalId, order.remoteState]))).toEqual(new Map(await stand.orders.truth()));
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
    const { stand, workspaceId, connectionId, sync } = await openShop();
    const { conversation } = await stand.messaging.buyerWrites("Є в наявності?");
    await sync("chats");
    await stand.fail({ kind }, "send");
    const { id: conversationId } = await db.conversation.findFirstOrThrow({ where: { connectionId, externalId: conversation } });
    const author = { userId: randomUUID(), mayOverride: false };
    const { messageId } = await sendMessage(workspaceId, author, { conversationId, sendId: randomUUID(), text: "Так, є", origin: "person", undoable: false });
    for (let turn = 0; turn < 30; turn += 1) {
      const delivery = await deliverNext({ workspaceId, conversationId });
      if (delivery.kind === "idle" || delivery.kind === "person") break;
      // What the durable function sleeps through.
      if (delivery.kind === "later") await db.message.updateMany({ where: { id: messageId }, data: { sendNextAt: new Date(0) } });
    }
    await confirmSends({ workspaceId, conversationId });
    expect((await db.message.findUniqueOrThrow({ where: { id: messageId } })).sendState).toBe("confirmed");
    expect(await stand.messaging.arrived(conversation)).toEqual(["Так, є"]);
  });

  it("carries a waybill to the order once, and sees it there", async () => {
    const { stand, workspaceId, connectionId, sync } = await openShop();
    const externalId = (await stand.orders.scenes["accepted"]?.()) ?? "";
    await sync("orders");
    const { id: orderId } = await db.order.findFirstOrThrow({ where: { connectionId, externalId } });
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
