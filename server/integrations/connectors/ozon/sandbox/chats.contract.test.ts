import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { SMALL } from "./index";
import { openStage } from "./testing/stage";

interface ListedChat {
  chat: { chat_id: string; chat_status: string; chat_type: string };
  last_message_id: string;
  unread_count: number;
}
interface Message {
  message_id: string;
  data: string[];
  is_image: boolean;
  is_read: boolean;
  user: { type: string };
}

const stage = await openStage();
const { call, control } = stage;
const HOUR_MS = 3_600_000;

beforeEach(() => control.reset());
afterAll(() => stage.sandbox.stop());

const history = async (body: Record<string, unknown>) => (await call("/v3/chat/history", body)).json as unknown as { has_next: boolean; messages: Message[] };
const send = (chatId: string, text: string) => call("/v1/chat/send/message", { chat_id: chatId, text });

describe("list", () => {
  it("pages to the end, newest first, each chat once", async () => {
    const seen: string[] = [];
    let cursor = "";
    for (;;) {
      const page = (await call("/v3/chat/list", { limit: 2, cursor })).json as unknown as { chats: ListedChat[]; cursor: string; has_next: boolean };
      seen.push(...page.chats.map((entry) => entry.chat.chat_id));
      if (!page.has_next) break;
      cursor = page.cursor;
    }
    const all = await control.ozon.chats();
    expect(seen).toEqual(all.map((chat) => chat.chatId));
    expect(new Set(seen).size).toBe(9);
    expect(seen[0]).toBe(SMALL.open);
  });

  it("filters by state and unread", async () => {
    const ids = async (filter: Record<string, unknown>) =>
      ((await call("/v3/chat/list", { limit: 100, filter })).json["chats"] as ListedChat[]).map((entry) => entry.chat.chat_id);
    expect(await ids({ chat_status: "CLOSED" })).toEqual([SMALL.closed]);
    expect(await ids({ chat_status: "Opened" })).not.toContain(SMALL.closed);
    expect(await ids({ unread_only: true })).toEqual([SMALL.open, SMALL.select, SMALL.support, SMALL.fboClosing, SMALL.fboExpired, SMALL.fbsExpired]);
  });
});

describe("history", () => {
  it("goes backward by default and inclusively from an id, without losing digits", async () => {
    const first = await history({ chat_id: SMALL.long });
    expect(first.messages).toHaveLength(50);
    expect(first.has_next).toBe(true);
    expect(first.messages[0]?.data).toEqual(["Сообщение 130"]);
    const oldest = first.messages.at(-1)?.message_id ?? "";
    expect(oldest).toMatch(/^300\d{16}$/);
    // The id goes as a bare number with all its digits, as the documents' own sample does.
    const second = (await call("/v3/chat/history", {}, { raw: `{"chat_id":"${SMALL.long}","from_message_id":${oldest},"limit":1000}` })).json as unknown as {
      has_next: boolean;
      messages: Message[];
    };
    expect(second.messages[0]?.message_id).toBe(oldest);
    expect(second.messages).toHaveLength(81);
    expect(second.has_next).toBe(false);
  });

  it("goes forward only from an id", async () => {
    expect((await call("/v3/chat/history", { chat_id: SMALL.long, direction: "Forward" })).json["code"]).toBe(3);
    const all = await control.ozon.messages({ chatId: SMALL.long });
    const page = await history({ chat_id: SMALL.long, direction: "Forward", from_message_id: all[10]?.messageId, limit: 5 });
    expect(page.messages.map((message) => message.message_id)).toEqual(all.slice(10, 15).map((message) => message.messageId));
    expect(page.has_next).toBe(true);
  });

  it("finds messages by id and prints ids bare when asked to", async () => {
    const all = await control.ozon.messages({ chatId: SMALL.long });
    await control.ozon.setQuirks({ unquotedIds: true });
    const answer = await call("/v3/chat/history", { chat_id: SMALL.long, filter: { message_ids: [all[3]?.messageId] } });
    expect(answer.text).toContain(`"message_id":${all[3]?.messageId}`);
  });

  it("prints the customer with a Cyrillic letter for some buyers and with a Latin one for others", async () => {
    const types = new Set<string>();
    for (const chat of await control.ozon.chats()) for (const message of (await history({ chat_id: chat.chatId })).messages) types.add(message.user.type);
    expect(types).toEqual(new Set(["Customer", "\u0421ustomer", "Seller", "Support"]));
  });
});

describe("sending", () => {
  it("keeps what arrived, with no id in the answer", async () => {
    const answer = await send(SMALL.open, "Да, при 30 градусах");
    expect(answer.json).toEqual({ result: "success" });
    const sent = await control.ozon.sent();
    expect(sent.map((message) => [message.chatId, message.text])).toEqual([[SMALL.open, "Да, при 30 градусах"]]);
    expect((await history({ chat_id: SMALL.open, limit: 1 })).messages[0]).toMatchObject({ message_id: sent[0]?.messageId, user: { type: "Seller" } });
  });

  it("counts 1 to 1000 characters, not bytes", async () => {
    expect((await send(SMALL.open, "")).json["code"]).toBe(3);
    expect((await send(SMALL.open, "ы".repeat(1_001))).json["code"]).toBe(3);
    expect((await send(SMALL.open, "ы".repeat(1_000))).status).toBe(200);
  });

  it("keeps the windows of FBO and FBS", async () => {
    expect((await send(SMALL.fboExpired, "?")).json).toMatchObject({ code: 9 });
    expect((await send(SMALL.fbsExpired, "?")).json).toMatchObject({ code: 9 });
    expect((await send(SMALL.closed, "?")).json).toMatchObject({ code: 9, message: "chat is closed" });
    expect((await send(SMALL.fbsOnTheWay, "Уже едет")).status).toBe(200);
    expect((await send(SMALL.fboClosing, "Есть")).status).toBe(200);
    await control.advance(11 * 60_000);
    expect((await send(SMALL.fboClosing, "Ещё одно")).status).toBe(400);
    expect((await send(SMALL.open, "ещё можно")).status).toBe(200);
    await control.advance(73 * HOUR_MS);
    expect((await send(SMALL.open, "уже нельзя")).status).toBe(400);
    await control.ozon.pushBuyerMessage({ chatId: SMALL.open, text: "А ещё вопрос" });
    expect((await send(SMALL.open, "снова можно")).status).toBe(200);
  });

  it("asks for Premium Plus to write, read and start, but not to look", async () => {
    await control.reset({ scenario: "no-premium" });
    for (const answer of [
      await send(SMALL.open, "?"),
      await call("/v2/chat/read", { chat_id: SMALL.open }),
      await call("/v1/chat/start", { posting_number: SMALL.postings.fbsNew }),
      await call("/v1/chat/send/file", { chat_id: SMALL.open, name: "a.png", base64_content: "iVBORw0K" }),
    ]) {
      expect([answer.status, answer.json]).toEqual([403, { code: 7, message: "not available with existing subscription", details: [] }]);
    }
    expect((await call("/v3/chat/list", { limit: 1 })).status).toBe(200);
    await control.reset({ scenario: "small" });
  });

  it("takes files as base64 and gives them back only with the keys", async () => {
    const content = Buffer.from("%PDF-1.7 test").toString("base64");
    expect((await call("/v1/chat/send/file", { chat_id: SMALL.open, name: "virus.exe", base64_content: content })).json["code"]).toBe(3);
    expect((await call("/v1/chat/send/file", { chat_id: SMALL.open, name: "a.pdf", base64_content: "не base64" })).json["code"]).toBe(3);
    expect((await call("/v1/chat/send/file", { chat_id: SMALL.open, name: "чек.pdf", base64_content: content })).status).toBe(200);
    const markdown = (await history({ chat_id: SMALL.open, limit: 1 })).messages[0]?.data[0] ?? "";
    const url = /^\[чек\.pdf\]\((.+)\)$/.exec(markdown)?.[1] ?? "";
    expect(url.startsWith(`${stage.sandbox.baseUrl("ozon")}/v2/chat/file/`)).toBe(true);
    expect((await fetch(url)).status).toBe(401);
    const file = await call(url.slice(stage.sandbox.baseUrl("ozon").length), undefined, { method: "GET" });
    expect([file.status, file.text]).toEqual([200, "%PDF-1.7 test"]);
  });

  it("links the pictures of the past to its own address", async () => {
    const picture = (await history({ chat_id: SMALL.select, limit: 1 })).messages[0];
    const url = /^!\[\]\((.+)\)$/.exec(picture?.data[0] ?? "")?.[1] ?? "";
    expect([picture?.is_image, url.startsWith(`${stage.sandbox.baseUrl("ozon")}/v2/chat/file/`)]).toEqual([true, true]);
    expect((await call(url.slice(stage.sandbox.baseUrl("ozon").length), undefined, { method: "GET" })).headers.get("content-type")).toBe("image/png");
  });

  it("marks as read up to a message", async () => {
    const all = await control.ozon.messages({ chatId: SMALL.select });
    expect((await call("/v2/chat/read", { chat_id: SMALL.select, from_message_id: all[0]?.messageId })).json).toEqual({ unread_count: 1 });
    expect((await call("/v2/chat/read", { chat_id: SMALL.select })).json).toEqual({ unread_count: 0 });
  });

  it("starts chats for fresh FBS postings only", async () => {
    const started = (await call("/v1/chat/start", { posting_number: SMALL.postings.fbsNew })).json as { result: { chat_id: string } };
    expect((await send(started.result.chat_id, "Здравствуйте! Уточните цвет.")).status).toBe(200);
    expect((await call("/v1/chat/start", { posting_number: SMALL.postings.fbo })).status).toBe(400);
    const old = { posting_number: SMALL.postings.fbsOld };
    expect((await call("/v1/chat/start", old)).json).toEqual({ result: { chat_id: SMALL.fbsExpired } });
    await control.ozon.closeChat({ chatId: SMALL.fbsExpired });
    expect((await call("/v1/chat/start", old)).status).toBe(400);
    expect((await call("/v1/chat/start", { posting_number: "1-1-1" })).status).toBe(404);
  });
});
