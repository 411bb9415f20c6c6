import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { createSandboxControl, type SandboxControl } from "@/sandbox/control/client";
import { startSandbox } from "@/sandbox/server";
import { DEFAULT_API_KEY, DEFAULT_CLIENT_ID } from "@/server/integrations/connectors/ozon/sandbox";
import { createConnection, openMessaging, testConnection } from "@/server/integrations/index";
import { systemClock } from "@/server/platform/clock";
import { db } from "@/server/platform/db";
import { inWorkspace } from "@/server/platform/transaction";
import { ingestConversations } from "../ingest/ingest-conversations";
import { confirmSends } from "./confirm-sends";
import { type DeliveryDeps, deliverNext } from "./deliver-next";
import { integrationsGateway } from "./gateway";
import { sendMessage } from "./send-message";

const ACTOR = { kind: "system" };
/** The simulator shows an accepted message at once, so the test need not be patient. */
const deps: DeliveryDeps = { gateway: integrationsGateway, clock: systemClock, timings: { leaseMs: 60_000, requestMs: 10_000, graceMs: 1, maxChecks: 5 } };

const open: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const running of open.splice(0)) await running.stop();
});

interface Shop {
  readonly workspaceId: string;
  readonly conversationId: string;
  readonly chatId: string;
  readonly sandbox: SandboxControl;
}

/** A chat of the Ozon simulator in which we may write, read into an inbox of its own. */
async function openShop(): Promise<Shop> {
  await db.rateLimitCounter.deleteMany({ where: { key: { startsWith: "http:" } } });
  const running = await startSandbox({ scenario: "small" });
  open.push(running);
  const sandbox = createSandboxControl(running.url);
  const [workspaceId, organizationId] = [randomUUID(), randomUUID()];
  await db.workspace.create({ data: { id: workspaceId, name: "Ozon shop", organizations: { create: { id: organizationId, name: "Seller LLC" } } } });
  const credentials = { clientId: DEFAULT_CLIENT_ID, apiKey: DEFAULT_API_KEY };
  const connectionId = await createConnection(
    workspaceId,
    { connectorId: "ozon", organizationId, name: "Ozon", credentials, isActive: true, autoSync: true, streams: [], baseUrl: running.baseUrl("ozon") },
    ACTOR,
  );
  await testConnection(workspaceId, connectionId, ACTOR);
  const chats = (await sandbox.ozon.chats({ limit: 1_000 })).filter((chat) => chat.type.startsWith("BUYER_SELLER"));
  for (const { chatId } of chats) {
    const { port, context } = await inWorkspace(workspaceId, (scope) => openMessaging(scope, connectionId));
    const history = await port.readConversation(context, { externalId: chatId });
    const lastBuyerMessageAt = history.messages.filter((one) => one.side === "buyer").at(-1)?.sentAt;
    const state = port.writeState(context.facts, {
      channel: history.channel,
      answers: 0,
      createdAt: history.createdAt,
      remoteStatus: history.remoteStatus,
      lastBuyerMessageAt,
      order: history.order,
      now: new Date(),
    });
    if (!state.open) continue;
    await inWorkspace(workspaceId, (scope) =>
      ingestConversations(scope, { connection: { id: connectionId, organizationId }, conversations: [history], source: "push" }),
    );
    const { id } = await db.conversation.findFirstOrThrow({ where: { connectionId, externalId: chatId } });
    return { workspaceId, conversationId: id, chatId, sandbox };
  }
  throw new Error("the scenario has no chat that is open for writing");
}

async function sendAndSettle(shop: Shop, text: string): Promise<string | null> {
  const { workspaceId, conversationId } = shop;
  const { messageId } = await sendMessage(
    workspaceId,
    { userId: randomUUID(), mayOverride: false },
    { conversationId, sendId: randomUUID(), text, origin: "person", undoable: false },
  );
  for (let turn = 0; turn < 30; turn += 1) {
    const delivery = await deliverNext({ workspaceId, conversationId }, deps);
    if (delivery.kind === "idle" || delivery.kind === "person") break;
    // What the durable function sleeps through.
    if (delivery.kind === "later") await db.message.updateMany({ where: { id: messageId }, data: { sendNextAt: new Date(0) } });
  }
  await confirmSends({ workspaceId, conversationId }, deps);
  return (await db.message.findUniqueOrThrow({ where: { id: messageId } })).sendState;
}

const arrivals = async (shop: Shop, text: string) =>
  (await shop.sandbox.ozon.messages({ chatId: shop.chatId })).filter((message) => JSON.stringify(message).includes(text)).length;

describe("sending to Ozon", () => {
  it("arrives once and is confirmed from the history", async () => {
    const shop = await openShop();
    expect(await sendAndSettle(shop, "Отправили сегодня")).toBe("confirmed");
    expect(await arrivals(shop, "Отправили сегодня")).toBe(1);
  });

  it.each(["error-after-accept", "drop-after-accept", "error-before", "drop-before", "html-gateway", "malformed-json"] as const)(
    "%s: the buyer gets it exactly once",
    async (kind) => {
      const shop = await openShop();
      await shop.sandbox.ozon.fail({ kind, times: 1, match: "/v1/chat/send/message" });
      expect(await sendAndSettle(shop, `Ответ ${kind}`)).toBe("confirmed");
      expect(await arrivals(shop, `Ответ ${kind}`)).toBe(1);
    },
  );
});
