import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { SMALL } from "./index";
import { openStage } from "./testing/stage";

const stage = await openStage();
const { call, control } = stage;
const send = (text: string, signal?: AbortSignal) => call("/v1/chat/send/message", { chat_id: SMALL.open, text }, signal ? { signal } : {});
const sentTexts = async () => (await control.ozon.sent()).map((message) => message.text);

beforeEach(() => control.reset());
afterAll(() => stage.sandbox.stop());

describe("planted faults", () => {
  it("carries a send out although the answer never comes", async () => {
    await control.ozon.fail({ kind: "timeout-after-accept", match: "/chat/send" });
    await expect(send("один раз", AbortSignal.timeout(200))).rejects.toThrow();
    expect(await sentTexts()).toEqual(["один раз"]);
    expect((await send("потом")).status).toBe(200);
  });

  it("tells 5xx before from 5xx after", async () => {
    await control.ozon.fail({ kind: "error-before", status: 503 });
    expect((await send("нет")).status).toBe(503);
    await control.ozon.fail({ kind: "error-after-accept" });
    const answer = await send("да");
    expect([answer.status, answer.json["code"]]).toEqual([500, 13]);
    expect(await sentTexts()).toEqual(["да"]);
  });

  it("cuts the connection before and after", async () => {
    await control.ozon.fail({ kind: "drop-before" });
    await expect(send("нет")).rejects.toThrow();
    await control.ozon.fail({ kind: "drop-after-accept" });
    await expect(send("да")).rejects.toThrow();
    expect(await sentTexts()).toEqual(["да"]);
  });

  it("storms with 429, with and without Retry-After, as often as told", async () => {
    await control.ozon.fail({ kind: "rate-limit", times: 2, retryAfterSeconds: 7 });
    await control.ozon.fail({ kind: "rate-limit", retryAfterSeconds: null });
    const answers = [await send("1"), await send("2"), await send("3"), await send("4")];
    expect(answers.map((answer) => [answer.status, answer.headers.get("retry-after")])).toEqual([
      [429, "7"],
      [429, "7"],
      [429, null],
      [200, null],
    ]);
    expect(await sentTexts()).toEqual(["4"]);
  });

  it("spoils answers: half a JSON, unknown enums, a gateway's page", async () => {
    await control.ozon.fail({ kind: "malformed-json" });
    const broken = await call("/v3/chat/list", { limit: 1 });
    expect(broken.status).toBe(200);
    expect(() => JSON.parse(broken.text)).toThrow();
    await control.ozon.fail({ kind: "unknown-enum" });
    expect((await call("/v3/chat/list", { limit: 1 })).text).toContain('"chat_type":"NEVER_SEEN_BEFORE"');
    await control.ozon.fail({ kind: "html-gateway" });
    expect((await call("/v3/chat/list", { limit: 1 })).headers.get("content-type")).toBe("text/html");
  });

  it("waits as long as told", async () => {
    await control.ozon.fail({ kind: "delay", delayMs: 60_000 });
    await expect(call("/v1/roles", {}, { signal: AbortSignal.timeout(100) })).rejects.toThrow();
    await control.ozon.clearFaults();
    expect((await call("/v1/roles")).status).toBe(200);
  });
});

describe("the desk", () => {
  it("shows what was asked without showing the key", async () => {
    await send("здравствуйте");
    const { requests, counts } = await control.ozon.requests({ last: 1, path: "/chat/send" });
    expect(requests[0]).toMatchObject({ method: "POST", path: "/ozon/v1/chat/send/message", status: 200, fault: null });
    expect(requests[0]?.headers["api-key"]).toBe("…1005");
    expect(counts["/ozon/v1/chat/send/message"]).toBe(1);
  });

  it("refuses what it does not understand in a sentence", async () => {
    await expect(control.ozon.messages({ chatId: "none" })).rejects.toThrow('There is no chat "none".');
    await expect(control.ozon.fail({ kind: "earthquake" as "delay" })).rejects.toThrow("kind");
    await expect(control.reset({ scenario: "moon" })).rejects.toThrow('There is no scenario "moon"');
    await expect(control.reset({ scenario: "bulk", parameters: { chat: 3 } })).rejects.toThrow('has no parameter "chat"');
    expect((await control.status()).scenario).toBe("small");
  });

  it("adds chats and sellers", async () => {
    await control.ozon.addSeller({ clientId: "777", apiKey: "a-third-key" });
    const chat = await control.ozon.addChat({ text: "Добрый день!" });
    expect((await control.ozon.messages({ chatId: chat.chatId })).map((message) => message.text)).toEqual(["Добрый день!"]);
    expect((await call("/v3/chat/list", { limit: 1 }, { clientId: "777", apiKey: "a-third-key" })).json["chats"]).toEqual([]);
  });
});
