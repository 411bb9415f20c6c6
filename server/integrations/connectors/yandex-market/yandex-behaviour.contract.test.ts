import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MemoryInbox } from "../../contract/testing/memory-house";
import { storedPush } from "../../contract/testing/push";
import { contextOf } from "../../contract/testing/stand";
import { yandexMessaging } from "./capabilities/messaging";
import { yandexMarket } from "./connector";
import { SECOND_API_KEY, SECOND_BUSINESS_ID } from "./sandbox";
import { openReceiver } from "./testing/receiver";
import { type YandexStand, yandexStand } from "./testing/stand";
import { yandexWebhook } from "./webhook";

let stand: YandexStand;
beforeEach(async () => {
  stand = await yandexStand();
});
afterEach(() => stand.stop());

const inboxOf = (stream: "chats" | "questions" | "reviews" = "chats") => new MemoryInbox(yandexMessaging, contextOf(stand), stream);
const FULL_MS = 16 * 60_000;
async function countOf(part: string): Promise<number> {
  const { counts } = await stand.market.requests({ last: 1 });
  return Object.entries(counts).reduce((sum, [path, count]) => sum + (path.endsWith(part) ? count : 0), 0);
}

describe("whatever the documents leave open", () => {
  it.each([
    ["the newest message comes first", { historyNewestFirst: true }],
    ["the message asked from does not come again", { historyFromExclusive: true }],
    ["both", { historyNewestFirst: true, historyFromExclusive: true }],
  ])("nothing is lost or doubled when %s", async (_, quirks) => {
    await stand.market.setQuirks(quirks);
    const inbox = inboxOf();
    await inbox.run();
    const { conversation } = await stand.messaging.buyerWrites("раз");
    await inbox.run();
    await stand.messaging.buyerWrites("два", conversation);
    await stand.messaging.sellerWritesElsewhere("три", conversation);
    await stand.messaging.buyerWrites("четыре", conversation);
    await inbox.run();
    expect(inbox.thread(conversation).map((message) => message.text)).toEqual(["раз", "два", "три", "четыре"]);
    expect(inbox.duplicates).toBe(0);
  });
});

describe("sweeps", () => {
  it("a quiet minute is one list and at most one look at the chat that changed last", async () => {
    const inbox = inboxOf();
    await inbox.run();
    await stand.advance(60_000);
    await inbox.run();
    const [lists, histories] = [await countOf("/chats"), await countOf("/chats/history")];
    await stand.advance(60_000);
    expect(await inbox.run()).toBe(0);
    expect((await countOf("/chats")) - lists).toBe(1);
    expect((await countOf("/chats/history")) - histories).toBeLessThanOrEqual(1);
  });

  it("a full sweep reads only what changed, however many chats there are", async () => {
    for (let index = 0; index < 30; index += 1) await stand.messaging.buyerWrites(`Вопрос ${index}`);
    const inbox = inboxOf();
    await inbox.run();
    for (let sweep = 0; sweep < 3; sweep += 1) {
      await stand.advance(FULL_MS);
      const { conversation } = await stand.messaging.buyerWrites("Новый");
      await stand.messaging.sellerWritesElsewhere("Ответ в кабинете", conversation);
      const before = await countOf("/chats/history");
      await inbox.run();
      expect(inbox.thread(conversation)).toHaveLength(2);
      // The new one, and again those that changed since before the previous sweep began.
      expect((await countOf("/chats/history")) - before).toBeLessThanOrEqual(sweep === 0 ? 3 : 4);
    }
  });

  it("a change made while a sweep is under way is found by the next one", async () => {
    for (let index = 0; index < 50; index += 1) await stand.messaging.buyerWrites(`Вопрос ${index}`);
    const inbox = inboxOf();
    await inbox.run();
    await stand.advance(FULL_MS);
    const all = await stand.market.chats();
    const [newest, oldest] = [all.at(-1)?.chatId ?? "", all[0]?.chatId ?? ""];
    expect(await inbox.step()).toBe(true);
    // The page with the newest chat has been read; something later on another page makes the clock look further along.
    await stand.messaging.sellerWritesElsewhere("Между страницами", newest);
    await stand.advance(1_000);
    await stand.messaging.buyerWrites("Позже", oldest);
    await inbox.run();
    await stand.advance(FULL_MS);
    await inbox.run();
    expect(inbox.thread(newest).at(-1)?.text).toBe("Между страницами");
    expect(inbox.thread(oldest).at(-1)?.text).toBe("Позже");
  });

  it.each([
    ["an hour fast", 3_600_000],
    ["an hour slow", -3_600_000],
  ])("nothing is lost when our own clock is %s", async (_, offMs) => {
    const clock = { now: () => new Date(stand.clock.now().getTime() + offMs) };
    const inbox = new MemoryInbox(yandexMessaging, { ...contextOf(stand), clock });
    await inbox.run();
    const { conversation } = await stand.messaging.buyerWrites("раз");
    for (const text of ["два", "три"]) {
      await inbox.run();
      await stand.messaging.sellerWritesElsewhere(text, conversation);
      await stand.advance(FULL_MS);
    }
    await inbox.run();
    expect(inbox.thread(conversation).map((message) => message.text)).toEqual(["раз", "два", "три"]);
  });

  it("a dispute and its end are states, not messages", async () => {
    const { orderId } = await stand.market.addOrder();
    const { chatId } = await stand.market.addChat({ text: "Брак", orderId });
    const inbox = inboxOf();
    await inbox.run();
    await stand.market.arbitrage({ chatId });
    await stand.advance(FULL_MS);
    await inbox.run();
    expect(inbox.conversations.get(chatId)?.remoteStatus).toBe("open");
    await stand.market.arbitrage({ chatId, finish: true });
    await stand.advance(FULL_MS);
    await inbox.run();
    expect([inbox.conversations.get(chatId)?.remoteStatus, inbox.thread(chatId).length]).toEqual(["closed", 1]);
  });

  it("a chat the service no longer shows is set aside with its number, the others are read", async () => {
    const { conversation } = await stand.messaging.buyerWrites("Здравствуйте");
    await stand.market.fail({ kind: "error-before", status: 404, match: "/chats/history" });
    const inbox = inboxOf();
    await inbox.run();
    expect(inbox.rejected).toBe(1);
    expect(inbox.messages.size).toBe((await stand.market.chats()).length - 1);
    expect(inbox.messages.has(conversation)).toBe(false);
  });
});

describe("what a chat is about", () => {
  it("an order brings its number, product and delivery model; a key that may not read orders brings the chat without", async () => {
    const { orderId } = await stand.market.addOrder({ campaignId: "21000102" });
    const order = (await stand.market.orders()).find((entry) => entry.orderId === orderId);
    const { chatId } = await stand.market.addChat({ text: "Где заказ?", orderId });
    const inbox = inboxOf();
    await inbox.run();
    expect(inbox.conversations.get(chatId)).toMatchObject({
      orderNumber: String(orderId),
      sku: order?.items[0]?.offerId,
      productName: order?.items[0]?.name,
      order: { schema: "fbo" },
    });
    await stand.market.setScopes({ scopes: ["COMMUNICATION"] });
    const page = await yandexMessaging.pull(contextOf(stand), { stream: "chats", knownHeads: async () => new Map() });
    expect(page.warnings).toEqual([{ code: "yandex-market.scope_missing", params: expect.objectContaining({ method: "/v1/businesses/{businessId}/orders" }) }]);
    const calls = await countOf("/orders");
    const facts = { scopes: ["COMMUNICATION"] };
    expect((await yandexMessaging.pull(contextOf(stand, undefined, facts), { stream: "chats", knownHeads: async () => new Map() })).warnings).toBeUndefined();
    expect(await countOf("/orders")).toBe(calls);
  });

  it("one is begun about an order or a return, the same one when asked again, and written into at once", async () => {
    const { orderId } = await stand.market.addOrder();
    const start = (about: "order" | "return", number: string) => yandexMessaging.start?.(contextOf(stand), { about, number });
    const begun = await start("order", String(orderId));
    expect(await start("order", ` ${orderId} `)).toEqual(begun);
    const externalId = begun?.externalId ?? "";
    await yandexMessaging.send(contextOf(stand), {
      conversationExternalId: externalId,
      channel: "yandex-market.chat",
      remoteContext: {},
      text: "Ваш заказ собран",
    });
    expect(await stand.messaging.arrived(externalId)).toEqual(["Ваш заказ собран"]);
    await expect(start("order", "1")).rejects.toMatchObject({ kind: "not-found" });
    await expect(start("return", "48-001")).rejects.toMatchObject({ kind: "invalid", code: "yandex-market.order_number" });
    const returned = (await stand.market.orders()).find((order) => order.returnId !== null);
    expect((await start("return", String(returned?.returnId)))?.externalId).toBeTruthy();
  });

  it("one that has no message yet is known from then on and comes once", async () => {
    const { chatId } = await stand.market.addChat({});
    const inbox = inboxOf();
    await inbox.run();
    expect(inbox.messages.get(chatId)?.size).toBe(0);
    for (let minute = 0; minute < 3; minute += 1) {
      await stand.advance(60_000);
      await stand.messaging.buyerWrites(`${minute}`);
      await inbox.run();
    }
    const before = inbox.duplicates;
    await stand.advance(60_000);
    await inbox.run();
    expect(inbox.duplicates).toBe(before);
  });
});

describe("reviews and questions", () => {
  it("a comment is new when it is first seen, and older than that only when nobody looked before", async () => {
    const { conversation } = await stand.answering["yandex-market.review"].buyerPosts({ text: "Плохо", stars: 1 });
    const inbox = inboxOf("reviews");
    await inbox.run();
    await stand.advance(3 * 3_600_000);
    await stand.market.commentFeedback({ feedbackId: conversation.slice(2), text: "Жаль" });
    await inbox.run();
    const [review, comment] = inbox.thread(conversation);
    expect((comment?.sentAt.getTime() ?? 0) - (review?.sentAt.getTime() ?? 0)).toBeGreaterThan(2.9 * 3_600_000);
    const late = inboxOf("reviews");
    await late.run();
    const [first, second] = late.thread(conversation);
    expect((second?.sentAt.getTime() ?? 0) - (first?.sentAt.getTime() ?? 0)).toBeLessThan(60_000);
  });

  it("a review put away is closed, and open again when the buyer says more", async () => {
    const { conversation } = await stand.answering["yandex-market.review"].buyerPosts({ text: "Ок", stars: 5 });
    const inbox = inboxOf("reviews");
    await inbox.run();
    await yandexMessaging.act?.(contextOf(stand), { ...inbox.ref(conversation), action: "skip" });
    await inbox.run();
    expect(inbox.conversations.get(conversation)?.remoteStatus).toBe("closed");
    await stand.market.commentFeedback({ feedbackId: conversation.slice(2), text: "И ещё", buyer: true });
    await inbox.run();
    expect(inbox.conversations.get(conversation)?.remoteStatus).toBe("open");
    expect(inbox.thread(conversation).at(-1)).toMatchObject({ side: "buyer", text: "И ещё" });
  });

  it("a comment just seen stands after its review, although our clock is behind the service's", async () => {
    const { conversation } = await stand.answering["yandex-market.review"].buyerPosts({ text: "Ок", stars: 5 });
    const clock = { now: () => new Date(stand.clock.now().getTime() - 60_000) };
    const inbox = new MemoryInbox(yandexMessaging, { ...contextOf(stand), clock }, "reviews");
    await inbox.run();
    for (const text of ["И ещё", "И напоследок"]) {
      await stand.market.commentFeedback({ feedbackId: conversation.slice(2), text, buyer: true });
      await inbox.run();
    }
    expect(inbox.thread(conversation).map(({ text }) => text)).toEqual(["Ок", "И ещё", "И напоследок"]);
  });

  it("what a buyer says after our answer is found by the next quick look, and told once", async () => {
    const review = await stand.answering["yandex-market.review"].buyerPosts({ text: "Плохо", stars: 1 });
    const question = await stand.answering["yandex-market.question"].buyerPosts({ text: "Размер?" });
    for (const [stream, { conversation }] of [
      ["reviews", review],
      ["questions", question],
    ] as const) {
      const inbox = inboxOf(stream);
      await inbox.run();
      await yandexMessaging.send(contextOf(stand), { ...inbox.ref(conversation), text: "Отвечаем" });
      await stand.advance(300_000);
      await inbox.run();
      if (stream === "reviews") await stand.market.commentFeedback({ feedbackId: conversation.slice(2), text: "И всё же", buyer: true });
      else await stand.market.commentAnswer({ questionId: conversation.slice(2), text: "И всё же" });
      await stand.advance(300_000);
      await inbox.run();
      expect(
        inbox
          .thread(conversation)
          .map(({ side, text }) => [side, text])
          .slice(1),
      ).toEqual([
        ["seller", "Отвечаем"],
        ["buyer", "И всё же"],
      ]);
      await stand.advance(300_000);
      expect(await inbox.run()).toBe(0);
    }
  });

  it.each([
    ["reviews", 2],
    ["questions", 12],
  ] as const)("a quiet look at %s costs at most %i calls, whatever there is", async (stream, most) => {
    for (let index = 0; index < 30; index += 1) {
      const { questionId } = await stand.market.addQuestion({ text: `${index}` });
      await stand.market.answerQuestion({ questionId, text: "Да" });
    }
    const inbox = inboxOf(stream);
    await inbox.run();
    await stand.advance(300_000);
    const requests = async () => (await stand.market.requests({ last: 2_000 })).requests.length;
    const before = await requests();
    await inbox.run();
    expect((await requests()) - before).toBe(most);
  });
});

describe("notifications end to end", () => {
  it("the simulator's own bodies are understood, and lead to what happened", async () => {
    const receiver = await openReceiver();
    try {
      await stand.market.registerNotifications({ url: receiver.url });
      const { conversation, message } = await stand.messaging.buyerWrites("Здравствуйте");
      const { conversation: review } = await stand.answering["yandex-market.review"].buyerPosts({ text: "Хорошо", stars: 5 });
      const { conversation: question } = await stand.answering["yandex-market.question"].buyerPosts({ text: "Размер?" });
      const bodies = await receiver.waitFor(5);
      const events = bodies.slice(1).flatMap((body) => yandexWebhook.parse(storedPush(new TextEncoder().encode(JSON.stringify(body)))).events);
      expect(events).toEqual([
        { type: "conversation-changed", conversationExternalId: conversation, messageIds: [] },
        { type: "conversation-changed", conversationExternalId: conversation, messageIds: [message] },
        { type: "conversation-changed", conversationExternalId: review, messageIds: [review] },
        { type: "conversation-changed", conversationExternalId: question, messageIds: [question] },
      ]);
      for (const [externalId, text] of [
        [conversation, "Здравствуйте"],
        [review, "Хорошо"],
        [question, "Размер?"],
      ] as const) {
        const read = await yandexMessaging.readConversation(contextOf(stand), { externalId, messageIds: [externalId] });
        expect(read.messages.map((entry) => entry.text)).toEqual([text]);
      }
    } finally {
      await receiver.stop();
    }
  });
});

describe("limits", () => {
  it("reading a full inbox stays within four requests at once", async () => {
    for (let index = 0; index < 20; index += 1) await stand.messaging.buyerWrites(`${index}`);
    await stand.market.setQuirks({ latencyMs: 10 });
    await inboxOf().run();
    await inboxOf("reviews").run();
    await inboxOf("questions").run();
    expect(await stand.refusedForLimit()).toBe(0);
  });

  it("the fifth request at once is told to come back soon, and a write of it did not happen", async () => {
    const { conversation } = await stand.messaging.buyerWrites("?");
    await stand.market.setQuirks({ latencyMs: 200 });
    const send = () =>
      yandexMessaging.send(contextOf(stand), { conversationExternalId: conversation, channel: "yandex-market.chat", remoteContext: {}, text: "Да" });
    const results = await Promise.allSettled(Array.from({ length: 5 }, send));
    const refused = results.filter((result): result is PromiseRejectedResult => result.status === "rejected");
    expect(refused).toHaveLength(1);
    expect(refused[0]?.reason).toMatchObject({ kind: "rate-limited", retryAfterMs: 500, mayHaveTakenEffect: false });
    expect(await stand.messaging.arrived(conversation)).toHaveLength(4);
  });
});

describe("another cabinet", () => {
  it("is reached by its own key alone, whatever number is entered", async () => {
    const second = { apiKey: SECOND_API_KEY, businessId: "" };
    expect(await yandexMarket.test(contextOf(stand, second))).toMatchObject({
      accountRef: SECOND_BUSINESS_ID,
      missingPermissions: ["sales", "orders", "products", "order_changes", "stock", "price"].map((capability) => ({ capability })),
    });
    await expect(yandexMarket.test(contextOf(stand, { ...stand.credentials, businessId: SECOND_BUSINESS_ID }))).rejects.toMatchObject({
      code: "yandex-market.business_foreign",
    });
    const foreign = contextOf(stand, { ...second, businessId: stand.credentials["businessId"] ?? "" });
    await expect(yandexMessaging.pull(foreign, { stream: "chats", knownHeads: async () => new Map() })).rejects.toMatchObject({ kind: "forbidden" });
  });
});
