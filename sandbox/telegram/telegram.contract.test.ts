import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { createSandboxControl, createSimulatorControl } from "../control/client";
import { startSandbox } from "../server";
import { DEFAULT_BOT_TOKEN, type TelegramDesk } from "./index";

const OLGA = 5_100_000_001;
const MEHMET = 5_100_000_002;
const LINK = "https://t.me/karavan_demo_bot?start=abc";
const sandbox = await startSandbox({ scenario: "small" });
const world = createSandboxControl(sandbox.url);
const desk = createSimulatorControl<TelegramDesk>(sandbox.url, "telegram");

beforeEach(() => world.reset());
afterAll(() => sandbox.stop());

type Json = Record<string, unknown>;

async function call(method: string, fields: Json = {}, token = DEFAULT_BOT_TOKEN): Promise<{ status: number; json: Json }> {
  const answer = await fetch(`${sandbox.baseUrl("telegram")}/bot${token}/${method}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(fields),
  });
  return { status: answer.status, json: (await answer.json()) as Json };
}

const say = (text: string, more: Json = {}) => call("sendMessage", { chat_id: OLGA, text, ...more });

describe("tokens and methods", () => {
  it("401 for an unknown or revoked token, 404 for a malformed one or an unknown method", async () => {
    expect((await call("getMe")).json).toMatchObject({ ok: true, result: { id: 7_000_000_001, is_bot: true, username: "karavan_demo_bot" } });
    expect((await call("GETME")).status).toBe(200);
    expect((await call("getMe", {}, `7000000009:${"x".repeat(35)}`)).json).toEqual({ ok: false, error_code: 401, description: "Unauthorized" });
    expect((await call("getMe", {}, "nonsense")).json).toEqual({ ok: false, error_code: 404, description: "Not Found" });
    expect((await call("sendPigeon")).status).toBe(404);
    await desk.revokeToken({});
    expect((await call("getMe")).status).toBe(401);
  });

  it("takes fields from the query and from forms, too", async () => {
    await desk.openLink({ personId: OLGA, url: LINK });
    const base = `${sandbox.baseUrl("telegram")}/bot${DEFAULT_BOT_TOKEN}/sendMessage`;
    expect((await fetch(`${base}?chat_id=${OLGA}&text=query`)).status).toBe(200);
    await world.advance(1_000);
    expect((await fetch(base, { method: "POST", body: new URLSearchParams({ chat_id: String(OLGA), text: "form" }) })).status).toBe(200);
    await world.advance(1_000);
    const form = new FormData();
    form.set("chat_id", String(OLGA));
    form.set("text", "multipart");
    expect((await fetch(base, { method: "POST", body: form })).status).toBe(200);
    expect((await desk.received({ personId: OLGA })).map(({ text }) => text)).toEqual(["query", "form", "multipart"]);
  });
});

describe("sendMessage", () => {
  it.each([
    ["Bad Request: chat_id is empty", 400, { chat_id: "", text: "x" }],
    ["Bad Request: message text is empty", 400, { chat_id: OLGA, text: "  " }],
    ["Bad Request: chat not found", 400, { chat_id: 1, text: "x" }],
    ["Forbidden: bot can't initiate conversation with a user", 403, { chat_id: MEHMET, text: "x" }],
    ["Bad Request: message is too long", 400, { chat_id: OLGA, text: "x".repeat(4_097) }],
    [
      'Bad Request: can\'t parse entities: Unmatched end tag at byte offset 4, expected "</b>", found "</i>"',
      400,
      { chat_id: OLGA, text: "<b>x</i>", parse_mode: "HTML" },
    ],
    ["Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\"", 400, { chat_id: OLGA, text: "<b>x", parse_mode: "HTML" }],
    ["Bad Request: can't parse entities: Unclosed start tag at byte offset 2", 400, { chat_id: OLGA, text: "1 < 2", parse_mode: "HTML" }],
    ['Bad Request: can\'t parse entities: Unsupported start tag "h1" at byte offset 0', 400, { chat_id: OLGA, text: "<h1>x</h1>", parse_mode: "HTML" }],
  ])("%s", async (description, status, fields) => {
    await desk.openLink({ personId: OLGA, url: LINK });
    expect(await call("sendMessage", fields)).toMatchObject({ status, json: { ok: false, error_code: status, description } });
    expect(await desk.received({ personId: OLGA })).toEqual([]);
  });

  it("counts characters without tags", async () => {
    await desk.openLink({ personId: OLGA, url: LINK });
    expect((await say(`<b>${"&amp;".repeat(4_096)}</b>`, { parse_mode: "HTML" })).status).toBe(200);
    expect((await desk.received({ personId: OLGA }))[0]?.text).toBe("&".repeat(4_096));
  });

  it("one a second in a chat, then 429 with retry_after", async () => {
    await desk.openLink({ personId: OLGA, url: LINK });
    expect((await say("1")).status).toBe(200);
    expect((await say("2")).json).toEqual({ ok: false, error_code: 429, description: "Too Many Requests: retry after 1", parameters: { retry_after: 1 } });
    await world.advance(1_000);
    expect((await say("3")).status).toBe(200);
  });

  it("403 while blocked or gone", async () => {
    await desk.openLink({ personId: OLGA, url: LINK });
    await desk.block({ personId: OLGA });
    expect((await say("x")).json).toMatchObject({ error_code: 403, description: "Forbidden: bot was blocked by the user" });
    await desk.unblock({ personId: OLGA });
    expect((await say("x")).status).toBe(200);
    await desk.deactivate({ personId: OLGA });
    expect((await say("x")).json).toMatchObject({ error_code: 403, description: "Forbidden: user is deactivated" });
  });
});

describe("getUpdates", () => {
  it("keeps updates until an offset confirms them, and tells of blocks", async () => {
    await desk.openLink({ personId: OLGA, url: LINK });
    await desk.block({ personId: OLGA });
    const first = (await call("getUpdates")).json["result"] as Json[];
    expect(first).toMatchObject([
      { message: { chat: { id: OLGA, type: "private" }, from: { language_code: "ru" }, text: "/start abc" } },
      { my_chat_member: { new_chat_member: { status: "kicked" } } },
    ]);
    expect((await call("getUpdates")).json["result"]).toEqual(first);
    expect((await call("getUpdates", { offset: Number(first[0]?.["update_id"]) + 1 })).json["result"]).toEqual(first.slice(1));
    expect((await call("getUpdates", { offset: -1 })).json["result"]).toEqual(first.slice(1));
    expect((await call("getUpdates", { offset: Number(first[1]?.["update_id"]) + 1 })).json["result"]).toEqual([]);
  });

  it("sends only the kinds asked for, from then on", async () => {
    await call("getUpdates", { allowed_updates: ["message"] });
    await desk.openLink({ personId: OLGA, url: LINK });
    await desk.block({ personId: OLGA });
    expect((await call("getUpdates")).json["result"]).toHaveLength(1);
  });

  it("waits for something new; a second listener ends the first", async () => {
    const first = call("getUpdates", { timeout: 20 });
    await expect.poll(() => desk.isListening({})).toBe(true);
    const second = call("getUpdates", { timeout: 20 });
    expect((await first).json).toMatchObject({ error_code: 409, description: expect.stringContaining("terminated by other getUpdates") });
    await expect.poll(() => desk.isListening({})).toBe(true);
    await desk.openLink({ personId: OLGA, url: LINK });
    expect((await second).json["result"]).toHaveLength(1);
  });
});

describe("webhooks", () => {
  it("are https on four ports, with a plain secret", async () => {
    for (const [fields, part] of [
      [{ url: "http://shop.test/x" }, "HTTPS URL must be provided"],
      [{ url: "https://shop.test:444/x" }, "only on ports"],
      [{ url: "nonsense" }, "invalid webhook URL"],
      [{ url: "https://shop.test/x", secret_token: "no spaces" }, "unallowed characters"],
      [{ url: "https://shop.test/x", max_connections: 101 }, "max_connections"],
    ] as const) {
      expect((await call("setWebhook", fields)).json).toMatchObject({ error_code: 400, description: expect.stringContaining(part) });
    }
    expect((await call("setWebhook", { url: "https://shop.test:8443/x", secret_token: "s-_1" })).json).toEqual({
      ok: true,
      result: true,
      description: "Webhook was set",
    });
    expect((await call("getUpdates")).json).toMatchObject({ error_code: 409, description: expect.stringContaining("webhook is active") });
    expect((await call("deleteWebhook")).json).toMatchObject({ description: "Webhook was deleted" });
    expect((await call("deleteWebhook")).json).toMatchObject({ description: "Webhook is already deleted" });
  });

  it("carry the secret header, in order, each until it is answered with 2xx", async () => {
    const got: { secret: unknown; id: unknown }[] = [];
    const answers = [500, 200, 200];
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        got.push({ secret: request.headers["x-telegram-bot-api-secret-token"], id: (JSON.parse(Buffer.concat(chunks).toString()) as Json)["update_id"] });
        response.writeHead(answers.shift() ?? 200).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    await desk.setLocalServer({ isLocal: true });
    await call("setWebhook", { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`, secret_token: "s3cret" });
    await desk.openLink({ personId: OLGA, url: LINK });
    await desk.say({ personId: OLGA, text: "second" });
    await expect.poll(() => got.length).toBe(1);
    expect((await call("getWebhookInfo")).json).toMatchObject({ result: { last_error_message: "Wrong response from the webhook: 500" } });
    await world.advance(1_000);
    await expect.poll(() => world.advance(0).then(() => got.length)).toBe(3);
    expect(got.map(({ id }) => id)).toEqual([100_000_001, 100_000_001, 100_000_002]);
    expect(new Set(got.map(({ secret }) => secret))).toEqual(new Set(["s3cret"]));
    await expect.poll(async () => (await desk.pending({})).length).toBe(0);
    server.close();
  });
});
