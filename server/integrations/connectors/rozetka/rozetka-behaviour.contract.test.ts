import { afterEach, describe, expect, it } from "vitest";
import type { ConnectorContext } from "../../contract/ports";
import { MemoryInbox } from "../../contract/testing/memory-house";
import { contextOf } from "../../contract/testing/stand";
import { rozetkaCatalog } from "./capabilities/catalog";
import { rozetkaMessaging } from "./capabilities/messaging";
import { rozetkaOrders } from "./capabilities/orders";
import { rozetka } from "./connector";
import { DEFAULT_ROLE_TOKEN } from "./sandbox";
import { type RozetkaStand, rozetkaStand } from "./testing/stand";

const open: RozetkaStand[] = [];
afterEach(async () => {
  for (const stand of open.splice(0)) await stand.stop();
});

async function begin(): Promise<{ readonly stand: RozetkaStand; readonly context: ConnectorContext }> {
  const stand = await rozetkaStand();
  open.push(stand);
  return { stand, context: contextOf(stand) };
}

const withToken = (stand: RozetkaStand, token: string) => contextOf(stand, { token, login: "", password: "" });

describe("who we are to Rozetka", () => {
  it("logs in once for many calls, and once more when the session is over, also under a write", async () => {
    const { stand, context } = await begin();
    const { conversation } = await stand.messaging.buyerWrites("Добрий день");
    await rozetkaOrders.pull(context, {});
    await rozetkaCatalog.pull(context, {});
    expect(await stand.requests("test")).toBe(1);
    await stand.desk.expireSessions();
    const found = await rozetkaMessaging.readConversation(context, { externalId: conversation });
    expect(await stand.requests("test")).toBe(2);
    await stand.desk.expireSessions();
    const ref = { conversationExternalId: conversation, channel: found.channel, remoteContext: found.remoteContext ?? {} };
    await rozetkaMessaging.send(context, { ...ref, text: "Вітаємо!" });
    expect(await stand.messaging.arrived(conversation)).toEqual(["Вітаємо!"]);
    expect(await stand.requests("test")).toBe(3);
  });

  it("goes on after a day, when the token has run out by itself", async () => {
    const { stand, context } = await begin();
    await rozetkaOrders.pull(context, {});
    await stand.advance(25 * 3_600_000);
    await expect(rozetkaOrders.pull(context, {})).resolves.toMatchObject({ rejected: [] });
  });

  it("shares the account with another login although each ends the other's session", async () => {
    const { stand, context } = await begin();
    await stand.desk.setQuirks({ loginEndsOthers: true });
    const other = contextOf(stand);
    for (const each of [context, other, context, other]) await expect(rozetkaOrders.pull(each, {})).resolves.toMatchObject({ rejected: [] });
  });

  it("does not try a changed password again and again", async () => {
    const { stand, context } = await begin();
    await rozetkaOrders.pull(context, {});
    await stand.desk.setPassword({ password: "another" });
    await stand.desk.expireSessions();
    await expect(rozetkaOrders.pull(context, {})).rejects.toMatchObject({ kind: "auth", code: "rozetka.login_rejected" });
    expect(await stand.requests("test")).toBe(2);
  });

  it("works with a role token without ever logging in, and takes its refusal for final", async () => {
    const { stand } = await begin();
    const facts = await rozetka.test(withToken(stand, DEFAULT_ROLE_TOKEN));
    expect(facts).toMatchObject({ accountRef: "1086", missingPermissions: [] });
    await expect(rozetka.test(withToken(stand, "rt0wrong"))).rejects.toMatchObject({ kind: "auth", code: "rozetka.token_rejected" });
    expect(await stand.requests("test")).toBe(0);
  });

  it("names what the role may not see, and what the user may not write", async () => {
    const { stand } = await begin();
    const { token } = await stand.desk.makeRoleToken({ sections: ["orders"] });
    expect((await rozetka.test(withToken(stand, token))).missingPermissions).toEqual([
      { capability: "chats", permission: "Повідомлення" },
      { capability: "products", permission: "Товари" },
      { capability: "stock", permission: "Товари" },
      { capability: "price", permission: "Товари" },
    ]);
    await stand.desk.setPermissions({ permissions: ["order_edit"] });
    expect((await rozetka.test(contextOf(stand))).missingPermissions).toEqual([{ capability: "send", permission: "correspondence" }]);
  });

  it("learns the shop and the Ukrainian names of the statuses, and proves the password anew each time", async () => {
    const { stand, context } = await begin();
    const first = await rozetka.test(context);
    expect(first).toMatchObject({ accountRef: "1086", accountName: "Затишний дім", facts: { statuses: { 26: "Обробляється менеджером" } } });
    await rozetka.test(context);
    expect(await stand.requests("test")).toBe(2);
  });

  it("waits out the service's maintenance", async () => {
    const { stand, context } = await begin();
    await rozetkaOrders.pull(context, {});
    await stand.desk.setQuirks({ maintenance: true });
    await expect(rozetkaOrders.pull(context, {})).rejects.toMatchObject({ kind: "unavailable", code: "rozetka.maintenance", retryAfterMs: 600_000 });
  });
});

describe("chats", () => {
  it("reads without marking as read; only opening does", async () => {
    const { stand, context } = await begin();
    const { conversation, message } = await stand.messaging.buyerWrites("Є хто?");
    const inbox = new MemoryInbox(rozetkaMessaging, context);
    await inbox.run();
    await rozetkaMessaging.readConversation(context, { externalId: conversation });
    const unread = async () => (await stand.desk.chats()).find(({ chatId }) => String(chatId) === conversation)?.unread;
    expect(await unread()).toBe(1);
    await rozetkaMessaging.markRead?.(context, { ...inbox.ref(conversation), messageExternalId: message });
    expect(await unread()).toBe(0);
  });

  it("brings a moderator's verdict when it falls, once, however late within a day", async () => {
    const { stand, context } = await begin();
    await stand.desk.setQuirks({ passesAtOnce: false });
    const { conversation } = await stand.messaging.buyerWrites("Який телефон?");
    const inbox = new MemoryInbox(rozetkaMessaging, context);
    await inbox.run();
    await rozetkaMessaging.send(context, { ...inbox.ref(conversation), text: "Телефонуйте 050…" });
    await inbox.run();
    expect(inbox.thread(conversation).at(-1)?.moderation).toBe("pending");
    await stand.advance(5 * 3_600_000);
    expect(await inbox.run()).toBe(0);
    await stand.desk.moderate({ chatId: Number(conversation), passed: false });
    expect(await inbox.run()).toBe(1);
    expect(inbox.thread(conversation).at(-1)?.moderation).toBe("failed");
    expect(await inbox.run()).toBe(0);
  });

  it("loses no chat when others are thrown away between two pages", async () => {
    const { stand, context } = await begin();
    for (let index = 0; index < 45; index += 1) await stand.messaging.buyerWrites(`Питання ${index}`);
    const inbox = new MemoryInbox(rozetkaMessaging, context);
    // The list of chats about orders is one page; the second step reads the first page of the others.
    await inbox.step();
    await inbox.step();
    const shown = [...inbox.conversations.keys()].filter((id) => inbox.thread(id)[0]?.text.startsWith("Питання "));
    for (const id of shown.slice(0, 5)) {
      const answer = await fetch(`${stand.baseUrl}/messages/${id}/delete-chat`, {
        method: "POST",
        headers: { authorization: `Bearer ${DEFAULT_ROLE_TOKEN}`, "content-type": "application/json" },
        body: "{}",
      });
      expect(await answer.json()).toMatchObject({ success: true });
    }
    await inbox.run();
    const texts = [...inbox.conversations.keys()].map((id) => inbox.thread(id)[0]?.text ?? "").filter((text) => text.startsWith("Питання "));
    expect(texts).toHaveLength(45);
  });

  it("sends text and file as one message, and knows it again only by both", async () => {
    const { stand, context } = await begin();
    const { conversation } = await stand.messaging.buyerWrites("Надішліть інструкцію");
    const inbox = new MemoryInbox(rozetkaMessaging, context);
    await inbox.run();
    const content = new TextEncoder().encode("%PDF-1.4");
    const { externalId } = await rozetkaMessaging.send(context, { ...inbox.ref(conversation), text: "Ось вона", file: { name: "інструкція.pdf", content } });
    const { messages } = await rozetkaMessaging.readConversation(context, { externalId: conversation });
    const found = messages.find((message) => message.externalId === externalId);
    expect(found).toMatchObject({ side: "seller", text: "Ось вона", attachments: [{ name: "інструкція.pdf", kind: "file" }] });
    if (found === undefined) throw new Error("not found");
    expect(rozetkaMessaging.isSame({ text: "Ось вона", fileName: "інструкція.pdf" }, found)).toBe(true);
    expect(rozetkaMessaging.isSame({ text: "Інша", fileName: "інструкція.pdf" }, found)).toBe(false);
    expect(rozetkaMessaging.isSame({ text: "Ось вона" }, found)).toBe(false);
    const fetched = await rozetkaMessaging.fetchAttachment?.(context, found.attachments[0]?.url ?? "");
    expect([fetched?.contentType, new TextDecoder().decode(fetched?.content)]).toEqual(["application/pdf", "%PDF-1.4"]);
  });

  it("opens the chat of an order, the same one each time, and can write there", async () => {
    const { stand, context } = await begin();
    const { externalId: order } = await stand.orders.place();
    const started = await rozetkaMessaging.start?.(context, { about: "order", number: order });
    expect(await rozetkaMessaging.start?.(context, { about: "order", number: order })).toEqual(started);
    const { externalId = "" } = started ?? {};
    const found = await rozetkaMessaging.readConversation(context, { externalId });
    expect(found).toMatchObject({ orderNumber: order, remoteContext: { list: "orders" } });
    await rozetkaMessaging.send(context, {
      conversationExternalId: externalId,
      channel: found.channel,
      remoteContext: found.remoteContext ?? {},
      text: "Добрий день!",
    });
    expect(await stand.messaging.arrived(externalId)).toEqual(["Добрий день!"]);
    await expect(rozetkaMessaging.start?.(context, { about: "order", number: "999999999" })).rejects.toMatchObject({ kind: "not-found" });
    await expect(rozetkaMessaging.start?.(context, { about: "return", number: order })).rejects.toMatchObject({ kind: "invalid" });
  });

  it("says not-found for a chat there is not, and refuses an id that is none", async () => {
    const { context } = await begin();
    await expect(rozetkaMessaging.readConversation(context, { externalId: "1" })).rejects.toMatchObject({ kind: "not-found" });
    await expect(rozetkaMessaging.readConversation(context, { externalId: "../orders" })).rejects.toMatchObject({ kind: "invalid" });
  });
});
