import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openStage, type Stage } from "./testing/stage";

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.sandbox.stop());

const BASE = "/v2/businesses/{b}";
const write = (chatId: string, message: string) => stage.call(`${BASE}/chats/message?chatId=${chatId}`, { message });
const chatOf = async (chatId: string) => (await stage.call(`${BASE}/chat?chatId=${chatId}`, {}, { method: "GET" })).json.result as Record<string, unknown>;

describe("chats", () => {
  it("move their status with whoever writes, and their moment with it", async () => {
    const { chatId } = await stage.market.addChat({ text: "Здравствуйте" });
    const statuses: unknown[] = [(await chatOf(chatId))["status"]];
    const before = String((await chatOf(chatId))["updatedAt"]);
    await stage.control.advance(60_000);
    await write(chatId, "Добрый день");
    statuses.push((await chatOf(chatId))["status"]);
    await stage.market.pushBuyerMessage({ chatId, text: "А когда?" });
    statuses.push((await chatOf(chatId))["status"]);
    await stage.market.pushBuyerMessage({ chatId, text: "Сообщение Маркета", sender: "MARKET" });
    statuses.push((await chatOf(chatId))["status"]);
    await stage.market.finishChat({ chatId });
    statuses.push((await chatOf(chatId))["status"]);
    await stage.market.pushBuyerMessage({ chatId, text: "Ещё вопрос" });
    statuses.push((await chatOf(chatId))["status"]);
    expect(statuses).toEqual(["NEW", "WAITING_FOR_CUSTOMER", "WAITING_FOR_PARTNER", "WAITING_FOR_PARTNER", "FINISHED", "WAITING_FOR_PARTNER"]);
    expect(Date.parse(String((await chatOf(chatId))["updatedAt"]))).toBeGreaterThan(Date.parse(before));
  });

  it("take 1 to 4096 characters, and nothing once finished", async () => {
    const { chatId } = await stage.market.addChat({ text: "?" });
    const statuses = [];
    for (const text of ["", "я".repeat(4_097), "я".repeat(4_096), "😀".repeat(4_096)]) statuses.push((await write(chatId, text)).status);
    expect(statuses).toEqual([400, 400, 200, 200]);
    await stage.market.finishChat({ chatId });
    expect((await write(chatId, "Поздно")).status).toBe(400);
    expect((await write("999", "Кому?")).status).toBe(404);
    expect(await stage.market.sent()).toHaveLength(2);
  });

  it("stay with the arbiter while a dispute lasts; a chat about a product has none", async () => {
    const { orderId } = await stage.market.addOrder();
    const { chatId } = await stage.market.addChat({ text: "Брак", orderId });
    await stage.market.arbitrage({ chatId });
    await write(chatId, "Вот документы");
    expect(await chatOf(chatId)).toMatchObject({ type: "ARBITRAGE", status: "WAITING_FOR_ARBITER", context: { type: "ORDER", orderId } });
    await stage.market.arbitrage({ chatId, finish: true });
    expect((await chatOf(chatId))["status"]).toBe("FINISHED");
    const direct = await stage.market.addChat({ text: "?" });
    await expect(stage.market.arbitrage({ chatId: direct.chatId })).rejects.toThrow("no arbitration");
  });

  it("take one file of up to 5 MB as a part called file, and serve it without a key", async () => {
    const { chatId } = await stage.market.addChat({ text: "?" });
    const send = (name: string, bytes: number, part = "file") => {
      const form = new FormData();
      form.set(part, new Blob([new Uint8Array(bytes)], { type: "image/png" }), name);
      return stage.call(`${BASE}/chats/file/send?chatId=${chatId}`, {}, { raw: form });
    };
    expect((await send("фото.png", 5 * 1024 * 1024)).status).toBe(200);
    expect((await send("big.png", 5 * 1024 * 1024 + 1)).status).toBe(400);
    expect((await send("empty.png", 0)).status).toBe(400);
    expect((await send("a.png", 5, "upload")).status).toBe(400);
    expect((await stage.call(`${BASE}/chats/file/send?chatId=${chatId}`, { file: "x" })).status).toBe(415);
    const history = (await stage.call(`${BASE}/chats/history?chatId=${chatId}`)).json.result as {
      messages: { sender: string; payload?: { name: string; url: string; size: number }[] }[];
    };
    const file = history.messages.at(-1)?.payload?.[0];
    expect([history.messages.at(-1)?.sender, file?.name, file?.size]).toEqual(["PARTNER", "фото.png", 5 * 1024 * 1024]);
    const fetched = await fetch(file?.url ?? "");
    expect([fetched.status, fetched.headers.get("content-type"), (await fetched.arrayBuffer()).byteLength]).toEqual([200, "image/png", 5 * 1024 * 1024]);
  });

  it("can be begun about an order or a return, once; not about nothing, and not about a return of a DBS shop", async () => {
    const { orderId } = await stage.market.addOrder();
    const start = (context: unknown) => stage.call(`${BASE}/chats/new`, { context });
    const first = await start({ type: "ORDER", id: orderId });
    expect((await start({ type: "ORDER", id: orderId })).json.result).toEqual(first.json.result);
    expect((await start({ type: "ORDER", id: 1 })).status).toBe(404);
    expect((await start({ type: "DIRECT", id: orderId })).status).toBe(400);
    expect((await stage.call(`${BASE}/chats/new`, {})).status).toBe(400);
    expect((await stage.call(`${BASE}/chats/new`, { orderId })).json.result).toEqual(first.json.result);
  });

  it("print message ids beyond 2^53 with all digits, and read from one on", async () => {
    const { chatId, lastMessageId } = await stage.market.addChat({ text: "раз" });
    await stage.market.pushBuyerMessage({ chatId, text: "два" });
    const raw = (await stage.call(`${BASE}/chats/history?chatId=${chatId}`)).text;
    expect(raw).toContain(`"messageId":${lastMessageId}`);
    expect(Number.isSafeInteger(Number(lastMessageId))).toBe(false);
    const from = (await stage.call(`${BASE}/chats/history?chatId=${chatId}`, {}, { raw: `{"messageIdFrom":${BigInt(lastMessageId ?? "0") + 1n}}` })).json
      .result;
    expect((from as { messages: unknown[] }).messages).toHaveLength(1);
  });
});

describe("reviews and questions", () => {
  it("a comment waits for the moderators, takes the review off the list, and may be edited and deleted", async () => {
    const { feedbackId } = await stage.market.addFeedback({ text: "Плохо", stars: 1 });
    const needing = async () =>
      (
        (await stage.call(`${BASE}/goods-feedback?limit=50`, { reactionStatus: "NEED_REACTION" })).json.result as { feedbacks: { feedbackId: number }[] }
      ).feedbacks.map((feedback) => String(feedback.feedbackId));
    expect(await needing()).toContain(feedbackId);
    const written = await stage.call(`${BASE}/goods-feedback/comments/update`, { feedbackId: Number(feedbackId), comment: { text: "Жаль" } });
    const { id, status } = written.json.result as { id: number; status: string };
    expect(status).toBe("UNMODERATED");
    expect(await needing()).not.toContain(feedbackId);
    await stage.call(`${BASE}/goods-feedback/comments/update`, { feedbackId: Number(feedbackId), comment: { id, text: "Очень жаль" } });
    const comments = async () =>
      ((await stage.call(`${BASE}/goods-feedback/comments`, { feedbackId: Number(feedbackId) })).json.result as { comments: { id: number; text: string }[] })
        .comments;
    expect(await comments()).toMatchObject([{ id, text: "Очень жаль" }]);
    await stage.call(`${BASE}/goods-feedback/comments/delete`, { id });
    expect(await comments()).toEqual([]);
  });

  it("links and telephone numbers are refused, six months are the longest span, and ids exclude other filters", async () => {
    const { feedbackId } = await stage.market.addFeedback({ text: "x" });
    const say = (text: string) => stage.call(`${BASE}/goods-feedback/comments/update`, { feedbackId: Number(feedbackId), comment: { text } });
    expect([
      (await say("Пишите на https://example.com")).status,
      (await say("Звоните +7 900 123-45-67")).status,
      (await say("Смотрите https://market.yandex.ru/1")).status,
    ]).toEqual([400, 400, 200]);
    const list = (body: unknown) => stage.call(`${BASE}/goods-feedback`, body);
    expect((await list({ dateTimeFrom: "2025-01-01T00:00:00Z" })).status).toBe(400);
    expect((await list({ feedbackIds: [Number(feedbackId)], reactionStatus: "ALL" })).status).toBe(400);
    expect(((await list({ feedbackIds: [Number(feedbackId)] })).json.result as { feedbacks: unknown[] }).feedbacks).toHaveLength(1);
  });

  it("a question needs an answer until the shop gives one that is not turned down", async () => {
    const qa = "/v1/businesses/{b}/goods-questions";
    const { questionId } = await stage.market.addQuestion({ text: "Есть гарантия?" });
    const waiting = async () =>
      ((await stage.call(`${qa}?limit=50`, { needAnswer: true })).json.result as { questions: { questionIdentifiers: { id: number } }[] }).questions.map(
        (question) => String(question.questionIdentifiers.id),
      );
    await stage.market.answerQuestion({ questionId, text: "У меня есть", buyer: true });
    expect(await waiting()).toContain(questionId);
    const create = { operationType: "CREATE", parentEntityId: { id: Number(questionId), type: "QUESTION" }, text: "Да, год" };
    expect((await stage.call(`${qa}/update`, create)).json.result).toMatchObject({ entity: { type: "ANSWER" } });
    expect(await waiting()).not.toContain(questionId);
    await stage.market.moderateAnswer({ questionId, verdict: "BANNED" });
    expect(await waiting()).toContain(questionId);
    expect((await stage.call(qa, { dateFrom: "2026-01-01", dateTo: "2026-03-01" })).status).toBe(400);
    expect((await stage.call(`${qa}/update`, { operationType: "CREATE", text: "?" })).status).toBe(400);
  });
});
