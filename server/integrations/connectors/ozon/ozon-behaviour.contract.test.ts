import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, vi } from "vitest";
import type { ConversationRef, WriteStateInput } from "../../contract/ports";
import { MemoryInbox, sortedIds } from "../../contract/testing/memory-house";
import { NOBODY, pushOf, storedPush } from "../../contract/testing/push";
import { contextOf, onStand } from "../../contract/testing/stand";
import type { PushEvent, WebhookPort } from "../../contract/webhook";
import { ozonMessaging } from "./capabilities/messaging";
import { ozonSales } from "./capabilities/sales";
import { ozon } from "./connector";
import { CHANNEL } from "./mapper";
import { type OzonStand, ozonStand } from "./testing/stand";

const on = (scenario: string, work: (stand: OzonStand) => Promise<void>) =>
  onStand(
    () => ozonStand(scenario),
    (stand) => work(stand as OzonStand),
  );
const DAY_MS = 86_400_000;
const refOf = (conversationExternalId: string): ConversationRef => ({ conversationExternalId, channel: CHANNEL, remoteContext: {} });
const inChat = (known: Pick<WriteStateInput, "lastBuyerMessageAt" | "order" | "now">): WriteStateInput => ({
  channel: CHANNEL,
  answers: 0,
  createdAt: known.now,
  remoteStatus: "open",
  ...known,
});
const nothingKnown = { stream: "chats", knownHeads: async () => new Map<string, string>() } as const;

describe("what the connection test finds out", () => {
  it("names what a key without roles cannot do", () =>
    on("small", async (stand) => {
      await stand.control.ozon.setRoles({ roles: ["chats"] });
      const { missingPermissions, facts } = await ozon.test(contextOf(stand));
      expect(missingPermissions.map((missing) => missing.capability)).toEqual([
        "questions",
        "reviews",
        "sales",
        "products",
        "orders",
        "order_changes",
        "stock",
        "price",
      ]);
      expect(missingPermissions.map((missing) => missing.permission)).toContainEqual(expect.stringContaining("/v1/finance/accrual/by-day"));
      expect(facts["methods"]).toContain("/v3/chat/list");
      await stand.control.ozon.setRoles({ roles: ["finance", "product"] });
      expect((await ozon.test(contextOf(stand))).missingPermissions.map((missing) => missing.capability)).toEqual([
        "chats",
        "send",
        "questions",
        "reviews",
        "orders",
        "order_changes",
      ]);
    }));

  it("says when the subscription does not allow sending, and the send is refused for that reason", () =>
    on("no-premium", async (stand) => {
      const tested = await ozon.test(contextOf(stand));
      expect(tested).toMatchObject({
        subscription: "PREMIUM",
        missingPermissions: [
          { capability: "send", permission: "PREMIUM_PLUS / PREMIUM_PRO" },
          { capability: "questions", permission: "PREMIUM_PLUS" },
          { capability: "reviews", permission: "Управление отзывами / PREMIUM_PRO" },
        ],
      });
      const { conversation } = await stand.messaging.buyerWrites("Здравствуйте");
      const now = stand.clock.now();
      expect(ozonMessaging.writeState(tested.facts, inChat({ lastBuyerMessageAt: now, now }))).toMatchObject({
        open: false,
        code: "subscription",
      });
      await expect(ozonMessaging.send(contextOf(stand), { ...refOf(conversation), text: "Да" })).rejects.toMatchObject({
        kind: "subscription",
        mayHaveTakenEffect: false,
      });
    }));

  it("knows when the key ends", () =>
    on("key-expiring", async (stand) => {
      const days = ((await ozon.test(contextOf(stand))).credentialsExpireAt?.getTime() ?? 0) - stand.clock.now().getTime();
      expect(Math.round(days / DAY_MS)).toBe(5);
    }));

  it.each([
    ["an ended key", (stand: OzonStand) => stand.control.ozon.expireKey({}), "auth"],
    ["a deactivated key", (stand: OzonStand) => stand.control.ozon.revokeKey({}), "auth"],
    ["a foreign address", (stand: OzonStand) => stand.control.ozon.setAllowedIps({ ips: ["203.0.113.9"] }), "forbidden"],
    ["an unsigned offer", (stand: OzonStand) => stand.control.ozon.setOffer({ signed: false }), "forbidden"],
  ] as const)("tells %s", (_, spoil, kind) =>
    on("small", async (stand) => {
      await spoil(stand);
      await expect(ozon.test(contextOf(stand))).rejects.toMatchObject({ kind, code: expect.stringMatching(/^ozon\./) });
    }),
  );
});

describe("the service's moods", () => {
  it.each([
    { unquotedIds: true },
    { hasNextAsString: true },
    { historyFromExclusive: true },
    { unquotedIds: false, hasNextAsString: false, historyFromExclusive: false },
  ])("reads the same chats with %j", (quirks) =>
    on("small", async (stand) => {
      await stand.control.ozon.setQuirks(quirks);
      const inbox = new MemoryInbox(ozonMessaging, contextOf(stand));
      await inbox.run();
      const { conversation } = await stand.messaging.buyerWrites("ещё");
      for (let index = 0; index < 3; index += 1) await stand.messaging.buyerWrites(`и ещё ${index}`, conversation);
      await inbox.run();
      expect(inbox.ids()).toEqual(sortedIds(await stand.messaging.truth()));
    }),
  );

  it("stops at the last page of a day although it names a last_id", () =>
    on("small", async (stand) => {
      await stand.control.ozon.setQuirks({ lastIdOnLastPage: true });
      await stand.control.ozon.setLimits({ accrualPageSize: 1 });
      const page = await ozonSales.pull(contextOf(stand), { window: { from: new Date(stand.clock.now().getTime() - DAY_MS), to: stand.clock.now() } });
      expect(page.rejected).toEqual([]);
    }));
});

describe("orders behind chats", () => {
  it("knows schema, payment and the end of the window after delivery, as the service itself sees it", () =>
    on("small", async (stand) => {
      const { postingNumber } = await stand.control.ozon.addPosting({ scheme: "FBS" });
      const { externalId } = (await ozonMessaging.start?.(contextOf(stand), { about: "order", number: postingNumber })) ?? { externalId: "" };
      await ozonMessaging.send(contextOf(stand), { ...refOf(externalId), text: "Уточните, пожалуйста, цвет" });
      const read = async () => (await ozonMessaging.readConversation(contextOf(stand), { externalId })).order;
      const isOpen = async () => ozonMessaging.writeState({}, inChat({ order: await read(), now: stand.clock.now() })).open;
      expect(await read()).toMatchObject({ schema: "fbs", paidAt: expect.any(Date) });
      expect(await isOpen()).toBe(true);
      await stand.control.ozon.setPostingStatus({ postingNumber, status: "delivered" });
      await stand.advance(71 * 3_600_000);
      expect(await isOpen()).toBe(true);
      await ozonMessaging.send(contextOf(stand), { ...refOf(externalId), text: "Всё ли в порядке?" });
      await stand.advance(2 * 3_600_000);
      expect(await isOpen()).toBe(false);
      await expect(ozonMessaging.send(contextOf(stand), { ...refOf(externalId), text: "Ау" })).rejects.toMatchObject({ kind: "closed" });
    }));

  it("goes without them when the key may not read postings, and says so", () =>
    on("small", async (stand) => {
      await stand.control.ozon.setRoles({ roles: ["chats"] });
      const page = await ozonMessaging.pull(contextOf(stand), nothingKnown);
      expect(page.records.length).toBeGreaterThan(0);
      expect(page.records.some((record) => record.order !== undefined)).toBe(false);
      expect(page.warnings).toContainEqual({ code: "ozon.role_missing", params: { method: "/v4/posting/fbs/list", permission: "/v4/posting/fbs/list" } });
      const { facts } = await ozon.test(contextOf(stand));
      const informed = await ozonMessaging.pull(contextOf(stand, stand.credentials, facts), nothingKnown);
      expect(informed.warnings).toBeUndefined();
    }));

  it("cannot start a chat about an FBO posting", () =>
    on("small", async (stand) => {
      const { postingNumber } = await stand.control.ozon.addPosting({ scheme: "FBO" });
      await expect(ozonMessaging.start?.(contextOf(stand), { about: "order", number: postingNumber })).rejects.toMatchObject({
        retryable: false,
        mayHaveTakenEffect: false,
      });
    }));
});

describe("reading and pushes", () => {
  it("marks read up to a message named by all its digits", () =>
    on("small", async (stand) => {
      const { conversation, message } = await stand.messaging.buyerWrites("Прочтите");
      await ozonMessaging.markRead?.(contextOf(stand), { ...refOf(conversation), messageExternalId: message });
      const chat = (await stand.control.ozon.chats({ limit: 1_000 })).find((entry) => entry.chatId === conversation);
      expect(chat?.unread).toBe(0);
    }));

  it("passes the service's own address check and turns its pushes into events", () =>
    on("small", async (stand) => {
      const events: PushEvent[] = [];
      const receiver = await receive(ozon.webhook, (body) => events.push(...(ozon.webhook?.parse(storedPush(body)).events ?? [])));
      try {
        await stand.control.ozon.registerPush({ url: receiver.url });
        const { conversation, message } = await stand.messaging.buyerWrites("Пуш");
        await stand.messaging.close?.(conversation);
        await vi.waitFor(() => expect(events).toHaveLength(2), { timeout: 5_000 });
        expect(events).toContainEqual({ type: "conversation-changed", conversationExternalId: conversation, messageIds: [message] });
        expect(events).toContainEqual({ type: "conversation-closed", conversationExternalId: conversation });
        expect((await stand.control.ozon.deliveries()).map((delivery) => delivery.status)).not.toContain(400);
      } finally {
        await receiver.stop();
      }
    }));
});

describe("subscribing", () => {
  it("registers the address for all we understand, again without a change, and takes what became free", () =>
    on("small", async (stand) => {
      const receiver = await receive(ozon.webhook, () => undefined);
      const other = await receive(ozon.webhook, () => undefined);
      try {
        await stand.control.ozon.registerPush({ url: other.url, types: ["TYPE_NEW_POSTING"] });
        await ozon.webhook?.subscribe?.(contextOf(stand), receiver.url);
        const ours = async () => (await stand.control.ozon.pushEndpoints({})).find(({ url }) => url === receiver.url)?.types ?? [];
        const first = await ours();
        expect(first).toEqual(expect.arrayContaining(["TYPE_NEW_MESSAGE", "TYPE_STATE_CHANGED", "TYPE_STOCKS_CHANGED", "TYPE_FBO_POSTING_NEW"]));
        expect(first).not.toContain("TYPE_NEW_POSTING");
        await ozon.webhook?.subscribe?.(contextOf(stand), receiver.url);
        expect(await ours()).toEqual(first);
        // A new address of the same house takes the old one's place.
        await ozon.webhook?.subscribe?.(contextOf(stand), `${receiver.url}-new`);
        expect((await stand.control.ozon.pushEndpoints({})).map(({ url, types }) => [url, types])).toEqual([
          [other.url, ["TYPE_NEW_POSTING"]],
          [`${receiver.url}-new`, first],
        ]);
        expect(await stand.control.ozon.pushEndpoints({})).toHaveLength(2);
        const missing = async (address: string) => (await ozon.webhook?.checkPushes?.(contextOf(stand), (url) => url === address))?.missing;
        // What goes to somebody else is theirs.
        expect(await missing(`${receiver.url}-new`)).toEqual([]);
        expect(await missing(receiver.url)).toEqual(expect.arrayContaining([...first]));
      } finally {
        await Promise.all([receiver.stop(), other.stop()]);
      }
    }));

  it("says when the address does not answer, and when everything goes elsewhere", () =>
    on("small", async (stand) => {
      await expect(ozon.webhook?.subscribe?.(contextOf(stand), "http://127.0.0.1:9/")).rejects.toMatchObject({ kind: "invalid", mayHaveTakenEffect: false });
      const receiver = await receive(ozon.webhook, () => undefined);
      try {
        await ozon.webhook?.subscribe?.(contextOf(stand), receiver.url);
        await expect(ozon.webhook?.subscribe?.(contextOf(stand), `${receiver.url}/other`)).rejects.toMatchObject({ kind: "conflict", code: "ozon.push_taken" });
      } finally {
        await receiver.stop();
      }
    }));
});

/** A bare receiver that answers what the webhook port says. */
async function receive(port: WebhookPort | undefined, accepted: (body: Uint8Array) => void): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = new Uint8Array(Buffer.concat(chunks));
      const reception = port?.receive(pushOf(body), NOBODY);
      if (reception?.action === "accept") accepted(body);
      response.writeHead(reception?.answer.status ?? 500, { "content-type": reception?.answer.contentType ?? "text/plain" });
      response.end(reception?.answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
