import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openStage, type Stage } from "./testing/stage";

let stage: Stage;
let stops: (() => void)[] = [];
beforeEach(async () => {
  stage = await openStage();
});
afterEach(async () => {
  for (const stop of stops) stop();
  stops = [];
  await stage.sandbox.stop();
});

const MINUTE_MS = 60_000;
const GOOD = () => ({ status: 200, body: { version: "1.0.0", name: "test", time: new Date().toISOString() } as unknown, type: "application/json" });

/** A receiver whose answers the test decides. */
async function receiver(answer: (body: Record<string, unknown>) => { status: number; body: unknown; type: string } | null = GOOD) {
  const received: Record<string, unknown>[] = [];
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk: Buffer) => {
      text += chunk.toString("utf8");
    });
    request.on("end", () => {
      const body = JSON.parse(text) as Record<string, unknown>;
      received.push(body);
      const given = answer(body);
      if (given !== null) response.writeHead(given.status, { "content-type": given.type }).end(JSON.stringify(given.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  stops.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const of = (type: string) => received.filter((body) => body["notificationType"] === type);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, received, of };
}

const isPing = (body: Record<string, unknown>) => body["notificationType"] === "PING";
/** Lets what is due now happen, and what is under way end. */
async function settle(): Promise<void> {
  for (let time = 0; time < 4; time += 1) await stage.control.advance(50);
}

describe("the check of an address", () => {
  it.each([
    ["no JSON type", { ...GOOD(), type: "text/plain" }, "UNSUPPORTED_MEDIA_TYPE"],
    ["a missing name", { ...GOOD(), body: { version: "1", time: "2026-01-01T00:00:00Z" } }, "WRONG_RESPONSE_FORMAT"],
    ["a local time", { ...GOOD(), body: { version: "1", name: "x", time: "2026-01-01T00:00:00+03:00" } }, "WRONG_RESPONSE_FORMAT"],
    ["a 203", { ...GOOD(), status: 203 }, "HTTP_203"],
  ])("refuses %s", async (_, given, fault) => {
    const { url } = await receiver(() => given);
    await expect(stage.market.registerNotifications({ url })).rejects.toThrow(fault);
    expect(await stage.market.notificationTargets()).toEqual([]);
  });

  it("waits one second for the answer and no longer", async () => {
    const { url } = await receiver(() => null);
    await expect(stage.market.registerNotifications({ url })).rejects.toThrow("TIMEOUT");
  });
});

describe("delivery", () => {
  it("tells of chats, their messages (ours too) and disputes, ids as text where the documents have text", async () => {
    const { url, of } = await receiver();
    await stage.market.registerNotifications({ url });
    const { chatId, lastMessageId } = await stage.market.addChat({ text: "Здравствуйте" });
    await stage.call(`/v2/businesses/{b}/chats/message?chatId=${chatId}`, { message: "Добрый день" });
    await settle();
    expect(of("CHAT_CREATED")).toMatchObject([{ chatId: Number(chatId), businessId: 7100210 }]);
    expect(of("CHAT_MESSAGE_SENT")).toHaveLength(2);
    expect(of("CHAT_MESSAGE_SENT").map((body) => body["messageId"])).toContain(lastMessageId);
  });

  it("sends what is about a shop to the shop's own address and not to the cabinet's", async () => {
    const cabinet = await receiver();
    const shop = await receiver();
    await stage.market.registerNotifications({ url: cabinet.url });
    expect((await stage.market.registerNotifications({ url: shop.url, campaignId: "21000101" })).types.every((type) => type.startsWith("ORDER_"))).toBe(true);
    await stage.market.addOrder({ campaignId: "21000101" });
    await stage.market.addOrder({ campaignId: "21000102" });
    await settle();
    expect([shop.of("ORDER_CREATED").map((body) => body["campaignId"]), cabinet.of("ORDER_CREATED").map((body) => body["campaignId"])]).toEqual([
      [21000101],
      [21000102],
    ]);
  });

  it("repeats after a failure every minute for an hour, then every 15 minutes, and stops when it is taken", async () => {
    let isDown = true;
    const { url, of } = await receiver((body) => (isPing(body) || !isDown ? GOOD() : { status: 500, body: {}, type: "application/json" }));
    await stage.market.registerNotifications({ url });
    await stage.market.addQuestion({ text: "?" });
    await settle();
    await stage.control.advance(59 * MINUTE_MS);
    const inFirstHour = of("QUESTION_CREATED").length;
    expect(inFirstHour).toBeGreaterThan(55);
    expect(inFirstHour).toBeLessThanOrEqual(61);
    await stage.control.advance(61 * MINUTE_MS);
    expect(of("QUESTION_CREATED").length - inFirstHour).toBeLessThanOrEqual(6);
    isDown = false;
    await stage.control.advance(16 * MINUTE_MS);
    const count = of("QUESTION_CREATED").length;
    await stage.control.advance(120 * MINUTE_MS);
    expect(of("QUESTION_CREATED").length).toBe(count);
  });

  it("takes a 400 for an answer and does not come again", async () => {
    const { url, of } = await receiver((body) => (isPing(body) ? GOOD() : { status: 400, body: { error: { type: "UNKNOWN" } }, type: "application/json" }));
    await stage.market.registerNotifications({ url });
    await stage.market.addQuestion({ text: "?" });
    await settle();
    await stage.control.advance(120 * MINUTE_MS);
    expect(of("QUESTION_CREATED")).toHaveLength(1);
    expect((await stage.market.notificationTargets())[0]?.enabled).toBe(true);
  });

  it("can be made to repeat, swap and lose", async () => {
    const { url, received, of } = await receiver();
    await stage.market.registerNotifications({ url });
    await stage.market.fail({ kind: "push-duplicate", match: "QUESTION_CREATED" });
    await stage.market.addQuestion({ text: "раз" });
    await settle();
    expect(of("QUESTION_CREATED")).toHaveLength(2);
    await stage.market.fail({ kind: "push-drop", match: "QUESTION_CREATED" });
    await stage.market.addQuestion({ text: "два" });
    await settle();
    expect(of("QUESTION_CREATED")).toHaveLength(2);
    await stage.market.fail({ kind: "push-reorder", match: "QUESTION_CREATED" });
    await stage.market.addQuestion({ text: "три" });
    await stage.market.addFeedback({ text: "x" });
    await settle();
    expect(received.slice(-2).map((body) => body["notificationType"])).toEqual(["GOODS_FEEDBACK_CREATED", "QUESTION_CREATED"]);
  });
});
