import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { SMALL } from "./index";
import { openStage } from "./testing/stage";

const folder = mkdtempSync(join(tmpdir(), "karavan-wildberries-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a restart", () => {
  it("goes on with the same chats, answers, files, signatures and withdrawn tokens", async () => {
    const options = { stateFile: join(folder, "state.json") };
    const before = await openStage(options);
    const picture = await before.control.write({ chatId: SMALL.chats.open, image: true });
    await before.control.renewSign({ chatId: SMALL.chats.open });
    await before.control.answerElsewhere({ id: SMALL.reviews.open, text: "Заменим" });
    const { token: withdrawn } = await before.control.makeToken({});
    await before.control.revokeToken({ token: withdrawn });
    const [chats, reviews, totals] = [await before.control.chats({}), await before.control.reviews({}), await before.control.totals({})];
    await before.stop();
    const after = await openStage(options);
    try {
      expect([await after.control.chats({}), await after.control.reviews({}), await after.control.totals({})]).toEqual([chats, reviews, totals]);
      expect((await after.call("buyer-chat-api", `/api/v1/seller/download/${picture.files[0]}`, { token: before.token })).status).toBe(200);
      expect((await after.call("common-api", "/ping", { token: withdrawn })).status).toBe(401);
      const written = await after.control.write({ chatId: SMALL.chats.open, text: "после" });
      expect((await after.control.messages({ chatId: SMALL.chats.open })).filter((message) => message.messageId === written.messageId)).toHaveLength(1);
    } finally {
      await after.stop();
    }
  });

  it("makes tokens of five days in key-expiring", async () => {
    const stage = await openStage({ scenario: "key-expiring" });
    try {
      const { exp } = JSON.parse(Buffer.from(stage.token.split(".")[1] ?? "", "base64url").toString()) as { exp: number };
      expect(Math.round((exp * 1_000 - Date.now()) / 86_400_000)).toBe(5);
    } finally {
      await stage.stop();
    }
  });
});
