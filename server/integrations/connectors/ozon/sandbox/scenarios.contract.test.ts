import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openStage, type Stage } from "./testing/stage";

const stages: Stage[] = [];
const open = async (options: Parameters<typeof openStage>[0]) => {
  const stage = await openStage(options);
  stages.push(stage);
  return stage;
};
afterAll(() => Promise.all(stages.map((stage) => stage.sandbox.stop())));
const NOW = new Date("2026-11-21T09:00:00Z");

describe("demo", () => {
  it("is the same shop every time", async () => {
    const [one, two] = [await open({ scenario: "demo", startAt: NOW }), await open({ scenario: "demo", startAt: NOW })];
    const ids = async (stage: Stage) => (await stage.control.ozon.chats()).map((chat) => [chat.chatId, chat.type, chat.status, chat.messages]);
    expect(await ids(one)).toEqual(await ids(two));
    const books = await one.control.ozon.books({ from: "2026-10-18", to: "2026-11-20" });
    expect(Object.keys(books.byDay).length).toBe(34);
    expect(Object.keys(books.byProduct).length).toBe(25);
    expect((await one.control.ozon.books({ from: "2026-10-18", to: "2026-11-20" })).total).toEqual(
      (await two.control.ozon.books({ from: "2026-10-18", to: "2026-11-20" })).total,
    );
  });

  it("stays quiet until the API is used, then buyers write, answer only us, and close", async () => {
    const { control, call } = await open({ scenario: "demo", startAt: NOW });
    const before = (await control.ozon.totals()).messages;
    await control.advance(60_000);
    expect((await control.ozon.totals()).messages).toBe(before);
    await call("/v1/roles");
    await control.advance(5_000);
    expect((await control.ozon.totals()).messages).toBe(before + 1);
    await control.advance(120_000);
    const later = (await control.ozon.totals()).messages;
    expect(later - before).toBeGreaterThanOrEqual(8);
    expect(later - before).toBeLessThanOrEqual(21);

    const fresh = (await control.ozon.chats({ limit: 1 }))[0];
    const chatId = fresh?.chatId ?? "";
    const texts = async () => (await control.ozon.messages({ chatId })).map((message) => message.userType);
    for (let round = 0; round < 4 && (await control.ozon.chats()).find((chat) => chat.chatId === chatId)?.status === "OPENED"; round += 1) {
      const said = (await texts()).length;
      await call("/v1/chat/send/message", { chat_id: chatId, text: "Здравствуйте! Сейчас посмотрим." });
      await control.advance(10_000);
      expect((await texts()).length).toBeGreaterThan(said + 1);
      await control.advance(60_000);
    }
    expect((await control.ozon.chats()).find((chat) => chat.chatId === chatId)?.status).toBe("CLOSED");
  });

  it("goes on after a restart with the same chats, ids and books", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sandbox-"));
    const stateFile = join(folder, "state", "sandbox.json");
    const parameters = { days: 8, chats: 10 };
    const one = await openStage({ scenario: "demo", parameters, stateFile });
    await one.call("/v1/roles");
    await one.control.advance(90_000);
    const chatId = (await one.control.ozon.chats({ limit: 1 }))[0]?.chatId;
    expect((await one.call("/v1/chat/send/message", { chat_id: chatId, text: "Ответ" })).status).toBe(200);
    const before = {
      chats: await one.control.ozon.chats(),
      books: await one.control.ozon.books(),
      reviews: await one.control.ozon.reviews({}),
      sent: (await one.control.ozon.sent()).length,
    };
    await one.sandbox.stop();
    const two = await openStage({ scenario: "demo", parameters, stateFile });
    expect(await two.control.ozon.books()).toEqual(before.books);
    const still = new Map((await two.control.ozon.reviews({})).map((entry) => [entry.id, entry.text]));
    expect(still.size).toBeGreaterThanOrEqual(before.reviews.length);
    for (const entry of before.reviews) expect(still.get(entry.id)).toBe(entry.text);
    expect(await two.control.ozon.sent()).toHaveLength(before.sent);
    // Buyers live on the real clock: one may have written meanwhile, but nothing that was there is gone or changed its id.
    const now = new Map((await two.control.ozon.chats()).map((chat) => [chat.chatId, chat]));
    for (const chat of before.chats) {
      expect(now.get(chat.chatId)).toMatchObject({ clientId: chat.clientId, orderNumber: chat.orderNumber, type: chat.type });
      expect(now.get(chat.chatId)?.messages).toBeGreaterThanOrEqual(chat.messages);
    }
    await two.call("/v1/roles");
    await two.control.advance(60_000);
    const ids = (await two.control.ozon.chats()).map((chat) => chat.lastMessageId);
    expect(new Set(ids).size).toBe(ids.length);
    expect((await two.control.ozon.totals()).messages).toBeGreaterThan(before.chats.reduce((sum, chat) => sum + chat.messages, 0));
    await two.sandbox.stop();
    rmSync(folder, { recursive: true });
  });

  it("never opens more chats than told", async () => {
    const { control, call } = await open({ scenario: "demo", startAt: NOW, parameters: { chats: 5, maxOpenChats: 8 } });
    await call("/v1/roles");
    await control.advance(30 * 60_000);
    const openChats = (await control.ozon.chats()).filter((chat) => chat.status === "OPENED" && chat.type.startsWith("BUYER_SELLER"));
    expect(openChats.length).toBe(8);
  });
});

describe("bulk", () => {
  it("has the sizes asked for, page by page", async () => {
    const { control, call } = await open({ scenario: "bulk", parameters: { chats: 300, messages: 4_000, saleLines: 5_000, days: 10, accrualPageSize: 200 } });
    expect(await control.ozon.totals()).toEqual({ chats: 300, messages: 4_000, unread: 300 });
    const books = await control.ozon.books();
    expect([books.total.lines, books.accruals]).toEqual([5_000, 5_000]);
    const ids = new Set<string>();
    let cursor = "";
    for (;;) {
      const page = (await call("/v3/chat/list", { limit: 100, cursor })).json as unknown as {
        chats: { chat: { chat_id: string } }[];
        cursor: string;
        has_next: boolean;
      };
      for (const entry of page.chats) ids.add(entry.chat.chat_id);
      if (!page.has_next) break;
      cursor = page.cursor;
    }
    expect(ids.size).toBe(300);
    const day = Object.keys(books.byDay)[3] ?? "";
    const first = (await call("/v1/finance/accrual/by-day", { date: day, last_id: "" })).json as unknown as {
      accruals: { unit_number: string }[];
      last_id: string;
    };
    expect(first.accruals).toHaveLength(200);
    const unit = first.accruals[5]?.unit_number ?? "";
    const byPosting = (await call("/v1/finance/accrual/postings", { posting_numbers: [unit] })).json as unknown as {
      posting_accruals: { accruals: { accrual_date: string }[] }[];
    };
    expect(byPosting.posting_accruals[0]?.accruals[0]?.accrual_date).toBe(day);
    const last = (await control.ozon.chats({ limit: 1 }))[0];
    expect((await call("/v1/chat/send/message", { chat_id: last?.chatId, text: "Ответ" })).status).toBe(200);
    expect((await control.ozon.totals()).messages).toBe(4_001);
  });
});

describe("small variations", () => {
  it("key-expiring ends in five days, no-premium has a plain Premium", async () => {
    const expiring = await open({ scenario: "key-expiring", startAt: NOW });
    expect(String((await expiring.call("/v1/roles")).json["expires_at"]).slice(0, 10)).toBe("2026-11-26");
    const plain = await open({ scenario: "no-premium" });
    expect((await plain.call("/v1/seller/info")).json["subscription"]).toEqual({ is_premium: true, type: "PREMIUM" });
  });
});
