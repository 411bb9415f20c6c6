import { describe, expect, it } from "vitest";
import { ozonError } from "./errors";

const answer = (status: number, body: unknown, extra: { path?: string; isWrite?: boolean; headers?: Record<string, string> } = {}) =>
  ozonError({
    path: extra.path ?? "/v3/chat/list",
    status,
    headers: extra.headers ?? {},
    body: typeof body === "string" ? body : JSON.stringify(body),
    isWrite: extra.isWrite ?? false,
  });
const rpc = (code: number, message: string) => ({ code, message, details: [] });

describe("failures in our words", () => {
  it.each([
    [403, rpc(7, "Invalid Api-Key, please check the key and try again"), "auth", "ozon.key_invalid"],
    [403, rpc(7, "Api-key is deactivated, use another one or generate a new one"), "auth", "ozon.key_deactivated"],
    [401, rpc(16, "anything"), "auth", "ozon.key_invalid"],
    [400, rpc(16, "Client-Id and Api-Key headers are required"), "auth", "ozon.key_invalid"],
    [403, rpc(7, "Api-Key is missing a required role for a method"), "forbidden", "ozon.role_missing"],
    [403, rpc(7, "Api-Key is restricted to specific IP addresses"), "forbidden", "ozon.address_restricted"],
    [403, "Offer not signed", "forbidden", "ozon.offer_unsigned"],
    [403, rpc(7, "not available with existing subscription"), "subscription", "ozon.subscription_required"],
    [400, rpc(9, "obsolete method cannot be used"), "invalid", "ozon.obsolete_method"],
    [429, rpc(8, "You have reached request rate limit per second"), "rate-limited", "remote.rate-limited"],
    [500, rpc(13, "Circle is open"), "rate-limited", "ozon.circle_open"],
    [404, rpc(5, "PRODUCT_NOT_FOUND"), "not-found", "remote.not-found"],
    [400, rpc(3, "bad cursor"), "invalid", "remote.invalid"],
    [409, rpc(6, "exists"), "conflict", "remote.conflict"],
    [500, rpc(13, "Internal error"), "unavailable", "remote.unavailable"],
    [502, "<html><body>Bad Gateway</body></html>", "unavailable", "remote.unavailable"],
    [504, "", "unavailable", "remote.unavailable"],
    [418, rpc(99, "teapot"), "invalid", "remote.invalid"],
    [302, "", "unknown", "remote.unknown"],
  ] as const)("%i %j is %s", (status, body, kind, code) => {
    expect(answer(status, body)).toMatchObject({ kind, code });
  });

  it.each([
    ["you can only answer within 48 hours after the buyer's last message", "ozon.window_closed"],
    ["chat is closed", "ozon.chat_closed"],
    ["Чат с покупателем закрыт", "ozon.chat_closed"],
  ])("a refusal to send that says %j is a closed window", (message, code) => {
    expect(answer(400, rpc(9, message), { path: "/v1/chat/send/message", isWrite: true })).toMatchObject({ kind: "closed", code, mayHaveTakenEffect: false });
  });

  it("names the method a role is missing for", () => {
    expect(answer(403, rpc(7, "Api-Key is missing a required role for a method")).params).toEqual({ permission: "/v3/chat/list" });
  });

  it("waits as long as the service says, a second for the limit, minutes for an open circle", () => {
    expect(answer(429, rpc(8, "x"), { headers: { "retry-after": "7" } }).retryAfterMs).toBe(7_000);
    expect(answer(429, rpc(8, "You have reached request rate limit per second")).retryAfterMs).toBe(1_000);
    expect(answer(429, "").retryAfterMs).toBe(1_000);
    expect(answer(429, rpc(8, "Circle is open")).retryAfterMs).toBeGreaterThanOrEqual(120_000);
    expect(answer(429, "", { headers: { "retry-after": "soon" } }).retryAfterMs).toBe(1_000);
  });

  it("does not know what a write did when the answer was a 5xx, and does when it was refused", () => {
    expect(answer(500, rpc(13, "Internal error"), { isWrite: true }).mayHaveTakenEffect).toBe(true);
    expect(answer(502, "<html>", { isWrite: true }).mayHaveTakenEffect).toBe(true);
    expect(answer(500, rpc(13, "Internal error")).mayHaveTakenEffect).toBe(false);
    expect(answer(429, rpc(8, "x"), { isWrite: true }).mayHaveTakenEffect).toBe(false);
    expect(answer(403, rpc(7, "x"), { isWrite: true }).mayHaveTakenEffect).toBe(false);
  });

  it("keeps at most 500 characters of the service's words", () => {
    expect(answer(400, rpc(3, "x".repeat(2_000))).remoteText).toHaveLength(500);
  });
});
