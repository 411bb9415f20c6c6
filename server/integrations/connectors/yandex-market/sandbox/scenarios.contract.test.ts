import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openStage, type Stage } from "./testing/stage";

async function on(options: Parameters<typeof openStage>[0], work: (stage: Stage) => Promise<void>): Promise<void> {
  const stage = await openStage(options);
  try {
    await work(stage);
  } finally {
    await stage.sandbox.stop();
  }
}

const startAt = new Date("2026-11-21T09:00:00Z");

describe("scenarios", () => {
  it("are the same world for the same start", async () => {
    const worlds: unknown[] = [];
    for (let run = 0; run < 2; run += 1)
      await on({ startAt }, async ({ market }) => {
        worlds.push([
          (await market.chats()).map((chat) => ({ ...chat, lastMessageId: chat.lastMessageId?.slice(0, 10) })),
          await market.feedbacks(),
          await market.totals(),
        ]);
      });
    expect(worlds[0]).toEqual(worlds[1]);
  });

  it("demo: buyers write, review and ask once the API is used, and answer whoever answers them", () =>
    on({ scenario: "demo", startAt }, async ({ market, control, call }) => {
      const before = await market.totals();
      await control.advance(60_000);
      expect(await market.totals()).toEqual(before);
      await call("/v2/businesses/{b}/chats");
      await control.advance(180_000);
      const after = await market.totals();
      expect([after.chats > before.chats, after.reviews > before.reviews, after.questions > before.questions]).toEqual([true, true, true]);
      const chat = (await market.chats()).find(({ status }) => status === "NEW");
      await call(`/v2/businesses/{b}/chats/message?chatId=${chat?.chatId}`, { message: "Здравствуйте!" });
      const count = (await market.messages({ chatId: chat?.chatId ?? "" })).length;
      await control.advance(15_000);
      expect((await market.messages({ chatId: chat?.chatId ?? "" })).length).toBeGreaterThan(count);
    }));

  it("demo: what the shop says passes the moderators after a while", () =>
    on({ scenario: "demo", startAt }, async ({ market, control, call }) => {
      const { feedbackId } = await market.addFeedback({ text: "x" });
      await call("/v2/businesses/{b}/goods-feedback/comments/update", { feedbackId: Number(feedbackId), comment: { text: "Спасибо" } });
      const status = async () =>
        (await market.feedbacks()).find((feedback) => feedback.feedbackId === feedbackId)?.comments.find(({ by }) => by === "BUSINESS")?.status;
      expect(await status()).toBe("UNMODERATED");
      await control.advance(60_000);
      expect(await status()).toBe("PUBLISHED");
    }));

  it("bulk: any size by formula, without quotas", () =>
    on({ scenario: "bulk", parameters: { chats: 500, messages: 100_000 } }, async ({ market, call }) => {
      expect(await market.totals()).toMatchObject({ chats: 500, messages: 100_000 });
      const [chat] = await market.chats();
      const { result } = (await call(`/v2/businesses/{b}/chats/history?chatId=${chat?.chatId}&limit=100`)).json;
      expect((result as { messages: unknown[] }).messages).toHaveLength(100);
    }));

  it("a kept state goes on after a restart, with the same chats, files and ids", async () => {
    const folder = mkdtempSync(join(tmpdir(), "karavan-yandex-"));
    const stateFile = join(folder, "state.json");
    try {
      let chats: unknown;
      let reviews: unknown;
      await on({ scenario: "demo", stateFile, startAt }, async ({ market }) => {
        const { chatId } = await market.addChat({ text: "Здравствуйте" });
        await market.pushBuyerMessage({ chatId, image: true });
        chats = await market.chats();
        reviews = await market.feedbacks();
      });
      await on({ scenario: "demo", stateFile, startAt }, async ({ market, call }) => {
        expect(await market.chats()).toEqual(chats);
        expect(await market.feedbacks()).toEqual(reviews);
        const last = (await market.chats()).at(-1);
        const { result } = (await call(`/v2/businesses/{b}/chats/history?chatId=${last?.chatId}`)).json;
        const url = (result as { messages: { payload?: { url: string }[] }[] }).messages.at(-1)?.payload?.[0]?.url ?? "";
        expect((await fetch(url)).status).toBe(200);
        const fresh = await market.addChat({ text: "Новый" });
        expect((chats as { chatId: string }[]).map(({ chatId }) => chatId)).not.toContain(fresh.chatId);
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
