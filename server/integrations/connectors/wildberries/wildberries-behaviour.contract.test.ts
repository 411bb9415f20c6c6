import { describe, expect, it } from "vitest";
import { MemoryInbox } from "../../contract/testing/memory-house";
import { contextOf, onStand } from "../../contract/testing/stand";
import { wildberriesMessaging as port } from "./capabilities/messaging";
import { wildberries } from "./connector";
import { SMALL } from "./sandbox";
import { type WildberriesStand, wildberriesStand } from "./testing/stand";

const DAY_MS = 86_400_000;
const on = (scenario: string, work: (stand: WildberriesStand) => Promise<void>) =>
  onStand(
    () => wildberriesStand(scenario),
    (stand) => work(stand as WildberriesStand),
  );
const chatRef = (chatId: string, replySign?: string) => ({
  conversationExternalId: chatId,
  channel: "wildberries.chat",
  remoteContext: replySign === undefined ? {} : { replySign },
});
const arrived = async (stand: WildberriesStand) => (await stand.control.sent({})).map((message) => message.text);

describe("what the connection test finds out", () => {
  it("names the seller, the end of the token and its kind", () =>
    on("small", async (stand) => {
      const facts = await wildberries.test(contextOf(stand));
      expect(facts).toMatchObject({ accountName: "Уютная кухня", subscription: "Персональный токен", missingPermissions: [] });
      expect(facts.accountRef).toBe((await stand.control.sellers({}))[0]?.sid);
      expect(Math.round(((facts.credentialsExpireAt?.getTime() ?? 0) - Date.now()) / DAY_MS)).toBe(180);
    }));

  it.each([
    [["chat", "marketplace", "prices"], false, ["questions", "reviews", "sales", "products"], ["Вопросы и отзывы", "Вопросы и отзывы", "Финансы", "Контент"]],
    [["feedbacks", "finance", "content", "marketplace", "prices"], false, ["chats"], ["Чат с покупателями"]],
    [
      ["chat", "feedbacks", "finance", "content"],
      false,
      ["orders", "order_changes", "stock", "price"],
      ["Маркетплейс", "Маркетплейс", "Маркетплейс", "Цены и скидки"],
    ],
    [["statistics", "finance", "content", "marketplace", "prices"], false, ["chats", "questions", "reviews", "send"], undefined],
    [
      ["chat", "feedbacks", "finance", "content", "marketplace", "prices"],
      true,
      ["send", "order_changes", "stock", "price"],
      ["Чтение и запись", "Чтение и запись", "Чтение и запись", "Чтение и запись"],
    ],
  ] as const)("names what a token of %j (read-only %s) cannot do", (categories, readOnly, capabilities, permissions) =>
    on("small", async (stand) => {
      stand.replaceToken((await stand.control.makeToken({ categories: [...categories], readOnly })).token);
      const { missingPermissions } = await wildberries.test(contextOf(stand));
      expect(missingPermissions.map((missing) => missing.capability)).toEqual(capabilities);
      if (permissions !== undefined) expect(missingPermissions.map((missing) => missing.permission)).toEqual(permissions);
    }),
  );

  it("proves a base token by a ping: seller-info would cost its call of the day", () =>
    on("small", async (stand) => {
      stand.replaceToken((await stand.control.makeToken({ kind: "base" })).token);
      expect(await wildberries.test(contextOf(stand))).toMatchObject({ subscription: "Базовый токен", facts: { tokenType: "base" } });
      expect(await stand.requests("test")).toBe(0);
    }));

  it.each([
    ["an ended token", { days: -1 }, "auth", "wildberries.token_expired"],
    ["a test token", { kind: "test" }, "forbidden", "wildberries.token_test"],
  ] as const)("tells %s", (_, plan, kind, code) =>
    on("small", async (stand) => {
      stand.replaceToken((await stand.control.makeToken(plan)).token);
      await expect(wildberries.test(contextOf(stand))).rejects.toMatchObject({ kind, code });
    }),
  );
});

describe("signatures", () => {
  it("carries the signature of every chat, from its first event or from the list", () =>
    on("small", async (stand) => {
      const inbox = new MemoryInbox(port, contextOf(stand));
      await inbox.run();
      for (const chat of await stand.control.chats({})) expect(inbox.ref(chat.chatId).remoteContext).toEqual({ replySign: chat.replySign });
    }));

  it("looks a missing one up, and renews a refused one for exactly one more try", () =>
    on("small", async (stand) => {
      const chatId = SMALL.chats.open;
      await port.send(contextOf(stand), { ...chatRef(chatId), text: "первое" });
      const before = await stand.requests("send");
      await port.send(contextOf(stand), { ...chatRef(chatId, `${chatId}:stale`), text: "второе" });
      expect((await stand.requests("send")) - before).toBe(2);
      expect(await arrived(stand)).toEqual(["первое", "второе"]);
    }));

  it("does not try again what may have been sent, nor with the signature just refused", () =>
    on("small", async (stand) => {
      const [chat] = (await stand.control.chats({})).filter((one) => one.chatId === SMALL.chats.open);
      const ref = chatRef(SMALL.chats.open, chat?.replySign);
      await stand.fail({ kind: "error-after-accept" }, "send");
      await expect(port.send(contextOf(stand), { ...ref, text: "раз" })).rejects.toMatchObject({ kind: "unavailable", mayHaveTakenEffect: true });
      expect([await stand.requests("send"), await stand.requests("list")]).toEqual([1, 0]);
      await expect(port.send(contextOf(stand), { ...chatRef("1:00000000-0000-4000-8000-000000000000"), text: "никому" })).rejects.toMatchObject({
        code: "wildberries.chat_unknown",
        mayHaveTakenEffect: false,
      });
      expect(await arrived(stand)).toEqual(["раз"]);
    }));

  it("says so when the list itself hands out a signature that is refused", () =>
    on("small", async (stand) => {
      const { chatId, replySign } = await stand.control.addChat({ text: "Здравствуйте" });
      const context = contextOf(stand);
      // The list is asked before the renewal and again after it: a service that never agrees with itself must not loop.
      const http = {
        send: async (request: Parameters<typeof context.http.send>[0]) => {
          const answer = await context.http.send(request);
          if (request.path === "/api/v1/seller/chats") await stand.control.renewSign({ chatId });
          return answer;
        },
      };
      await expect(port.send({ ...context, http }, { ...chatRef(chatId, `${replySign}0`), text: "x" })).rejects.toMatchObject({
        code: "wildberries.signature_refused",
        mayHaveTakenEffect: false,
      });
      expect(await stand.requests("send")).toBe(2);
    }));
});

describe("chats", () => {
  it("survives events without message, words of the platform and ids that are no uuid; knows order, product and buyer", () =>
    on("small", async (stand) => {
      const inbox = new MemoryInbox(port, contextOf(stand));
      await inbox.run();
      const thread = inbox.thread(SMALL.chats.odd);
      expect(thread.map((message) => [message.side, message.attachments.length])).toEqual([
        ["buyer", 0],
        ["buyer", 1],
        ["seller", 0],
        ["system", 0],
        ["seller", 0],
      ]);
      expect(thread.map((message) => message.externalId)).toContain("fd22e5bf-64fd-43f7-b3a0-ad29uu027f97");
      const [chat] = (await stand.control.chats({})).filter((one) => one.chatId === SMALL.chats.odd);
      const products = await stand.control.products({});
      expect(inbox.conversations.get(SMALL.chats.odd)).toMatchObject({
        buyerName: "Алёна",
        orderNumber: chat?.rid,
        sku: String(products[2]?.nmId),
        remoteStatus: "open",
      });
    }));

  it("finds an event that became visible late, and costs one call when nothing is new", () =>
    on("small", async (stand) => {
      const inbox = new MemoryInbox(port, contextOf(stand));
      await inbox.run();
      const early = stand.clock.now().getTime();
      await stand.control.write({ chatId: SMALL.chats.open, text: "раньше" });
      await inbox.run();
      await stand.control.write({ chatId: SMALL.chats.long, text: "позже, но старше", atMs: early - 3_000 });
      await inbox.run();
      expect(inbox.thread(SMALL.chats.long).map((message) => message.text)).toContain("позже, но старше");
      const before = await stand.requests("history");
      expect(await inbox.run()).toBe(0);
      expect((await stand.requests("history")) - before).toBe(1);
    }));

  it("waits for files under moderation, and never asks again for a refused one", () =>
    on("small", async (stand) => {
      await stand.control.write({ chatId: SMALL.chats.open, image: true, moderation: "pending" });
      await stand.control.write({ chatId: SMALL.chats.open, image: true, moderation: "failed" });
      const inbox = new MemoryInbox(port, contextOf(stand));
      await inbox.run();
      const [pending, failed] = inbox
        .thread(SMALL.chats.open)
        .slice(-2)
        .map((message) => message.attachments[0]?.url ?? "");
      const fetched = (url: string | undefined) => port.fetchAttachment?.(contextOf(stand), url ?? "");
      await expect(fetched(pending)).rejects.toMatchObject({ code: "wildberries.file_pending", retryable: true, retryAfterMs: 30_000 });
      await expect(fetched(failed)).rejects.toMatchObject({ code: "wildberries.file_blocked", retryable: false });
      await expect(fetched(failed?.replace(/[^/]+$/, "nothing"))).rejects.toMatchObject({ kind: "not-found" });
    }));

  it("reads an hour's single page with a base token, says so, and asks no more until the hour is over", () =>
    on("small", async (stand) => {
      stand.replaceToken((await stand.control.makeToken({ kind: "base" })).token);
      const pull = (checkpoint?: Readonly<Record<string, unknown>>) =>
        port.pull(contextOf(stand), { stream: "chats", checkpoint, knownHeads: async () => new Map() });
      const first = await pull();
      expect(first.next).toBeUndefined();
      expect(first.warnings).toEqual([{ code: "wildberries.base_token" }]);
      expect(await pull(first.checkpoint)).toMatchObject({ received: 0, checkpoint: first.checkpoint });
      expect(await stand.requests("history")).toBe(1);
    }));
});

describe("reviews and questions", () => {
  it("tells rating, parts and photos, closes what the service archives, and fetches photos without the token", () =>
    on("small", async (stand) => {
      const inbox = new MemoryInbox(port, contextOf(stand), "reviews");
      await inbox.run();
      const [open] = inbox.thread(`r:${SMALL.reviews.open}`);
      expect(open?.text).toBe("★★☆☆☆\nКрышка пришла с трещиной.\nДостоинства: Цвет\nНедостатки: Крышка");
      expect(inbox.conversations.get(`r:${SMALL.reviews.open}`)).toMatchObject({ rating: 2, buyerName: "Николай", remoteStatus: "open" });
      const closed = [...inbox.conversations.values()].filter((one) => one.remoteStatus === "closed").map((one) => one.externalId);
      expect(closed.sort()).toEqual([SMALL.reviews.bare, SMALL.reviews.late].map((id) => `r:${id}`).sort());
      const [photo] = inbox.thread(`r:${SMALL.reviews.photo}`);
      const file = await port.fetchAttachment?.(contextOf(stand), photo?.attachments[0]?.url ?? "");
      expect(file?.contentType).toBe("image/png");
      const { requests } = await stand.control.requests({ last: 1 });
      expect(requests[0]?.headers["authorization"]).toBeUndefined();
    }));

  it("closes a review that grew old between two readings, without its messages", () =>
    on("small", async (stand) => {
      const inbox = new MemoryInbox(port, contextOf(stand), "reviews");
      await inbox.run();
      await stand.advance(31 * DAY_MS);
      expect(await inbox.run()).toBe(2);
      expect(inbox.conversations.get(`r:${SMALL.reviews.open}`)?.remoteStatus).toBe("closed");
      expect(inbox.thread(`r:${SMALL.reviews.open}`)).toHaveLength(1);
      expect(await inbox.run()).toBe(0);
    }));

  it("brings an answer edited in the cabinet once, as a newer version", () =>
    on("small", async (stand) => {
      const inbox = new MemoryInbox(port, contextOf(stand), "reviews");
      await inbox.run();
      await stand.control.answerElsewhere({ id: SMALL.reviews.answered, text: "Исправили ответ" });
      await stand.advance(31 * 60_000);
      expect(await inbox.run()).toBeGreaterThan(0);
      expect(inbox.thread(`r:${SMALL.reviews.answered}`).at(-1)).toMatchObject({ text: "Исправили ответ", moderation: "pending" });
      await stand.advance(31 * 60_000);
      expect(await inbox.run()).toBe(0);
    }));

  it("refuses an answer to a review that does not exist, although the service would say 204", () =>
    on("small", async (stand) => {
      const ref = { conversationExternalId: "r:nobody", channel: "wildberries.review", remoteContext: {} };
      await expect(port.send(contextOf(stand), { ...ref, text: "Спасибо" })).rejects.toMatchObject({ kind: "not-found", mayHaveTakenEffect: false });
      expect(await stand.requests("review-answer")).toBe(0);
    }));

  it("repeats no answer that is there already, and takes no answer to a rejected question", () =>
    on("small", async (stand) => {
      const ref = (id: string) => ({ conversationExternalId: `q:${id}`, channel: "wildberries.question", remoteContext: {} });
      await port.send(contextOf(stand), { ...ref(SMALL.questions.answered), text: " 18 см. " });
      expect((await stand.control.questions({})).find((one) => one.id === SMALL.questions.answered)?.answer?.edits).toBe(0);
      await expect(port.send(contextOf(stand), { ...ref(SMALL.questions.rejected), text: "Всё же ответим" })).rejects.toMatchObject({
        code: "wildberries.question_rejected",
      });
      const act = (text?: string) => port.act?.(contextOf(stand), { ...ref(SMALL.questions.open), action: "reject", text });
      await expect(act()).rejects.toMatchObject({ code: "wildberries.reject_needs_text" });
    }));
});

describe("the demo", () => {
  it("has a believable past, wakes with the first call, and its buyers write, ask, review and answer", () =>
    on("demo", async (stand) => {
      const inbox = new MemoryInbox(port, contextOf(stand));
      await inbox.run();
      const before = await stand.control.totals({});
      expect(before.chats).toBeGreaterThan(20);
      await stand.advance(10 * 60_000);
      const after = await stand.control.totals({});
      expect(after.messages).toBeGreaterThan(before.messages + 5);
      expect(after.questions).toBeGreaterThan(before.questions);
      expect(after.reviews).toBeGreaterThan(before.reviews);
      const [chat] = await stand.control.chats({ limit: 1 });
      const count = (await stand.control.messages({ chatId: chat?.chatId ?? "" })).length;
      await port.send(contextOf(stand), { ...chatRef(chat?.chatId ?? ""), text: "Здравствуйте!" });
      await stand.advance(15_000);
      expect((await stand.control.messages({ chatId: chat?.chatId ?? "" })).length).toBeGreaterThanOrEqual(count + 2);
    }));
});
