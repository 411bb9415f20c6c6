import { describe, expect, it } from "vitest";
import { yandexError } from "./errors";

const now = new Date("2026-11-21T12:00:00Z");
const answer = (status: number, body: unknown, extra: { path?: string; isWrite?: boolean; headers?: Record<string, string> } = {}) =>
  yandexError({
    path: extra.path ?? "/v2/businesses/{businessId}/chats",
    status,
    headers: extra.headers ?? {},
    body: typeof body === "string" ? body : JSON.stringify(body),
    isWrite: extra.isWrite ?? false,
    now,
  });
const error = (code: string, message = "") => ({ status: "ERROR", errors: [{ code, message }] });

describe("failures in our words", () => {
  it.each([
    [401, error("UNAUTHORIZED", "Api-Key token is invalid"), "auth", "yandex-market.key_invalid"],
    [401, error("UNAUTHORIZED", "Api-Key token is revoked"), "auth", "yandex-market.key_revoked"],
    [403, error("FORBIDDEN", "Access denied"), "forbidden", "yandex-market.scope_missing"],
    [403, error("API_DISABLED"), "forbidden", "yandex-market.api_disabled"],
    [403, error("SUBSCRIPTION_REQUIRED"), "subscription", "yandex-market.subscription_required"],
    [400, error("NO_ACCESS_BY_DEPRECATION_POLICY"), "invalid", "yandex-market.obsolete_method"],
    [400, error("BAD_REQUEST", "bad limit"), "invalid", "remote.invalid"],
    [404, error("NOT_FOUND"), "not-found", "remote.not-found"],
    [405, error("METHOD_NOT_ALLOWED"), "invalid", "remote.invalid"],
    [420, error("X", "Hit rate limit of 4 parallel requests"), "rate-limited", "remote.rate-limited"],
    [423, error("LOCKED"), "unavailable", "yandex-market.locked"],
    [500, error("INTERNAL_ERROR"), "unavailable", "remote.unavailable"],
    [502, "<html><body>Bad Gateway</body></html>", "unavailable", "remote.unavailable"],
    [302, "", "unknown", "remote.unknown"],
  ] as const)("%i %j is %s", (status, body, kind, code) => {
    expect(answer(status, body)).toMatchObject({ kind, code });
  });

  it.each(["Chat 5 is finished", "Chat is closed", "Чат завершён"])("a refusal to write that says %j is a closed chat", (message) => {
    const refused = answer(400, error("BAD_REQUEST", message), { path: "/v2/businesses/{businessId}/chats/message", isWrite: true });
    expect(refused).toMatchObject({ kind: "closed", code: "yandex-market.chat_closed", mayHaveTakenEffect: false });
  });

  it("names the access a key lacks as the cabinet calls it", () => {
    const permission = (path: string) => answer(403, error("FORBIDDEN"), { path }).params?.["permission"];
    expect(permission("/v2/businesses/{businessId}/goods-feedback")).toBe("COMMUNICATION");
    expect(permission("/v2/campaigns/{campaignId}/stats/orders")).toBe("INVENTORY_AND_ORDER_PROCESSING");
    expect(permission("/v2/businesses/{businessId}/offer-mappings")).toBe("OFFERS_AND_CARDS_MANAGEMENT");
  });

  it("waits until the told moment by the service's own clock, by ours where it tells none, a moment for the parallel limit", () => {
    const quota = error("X", "Hit rate limit of 1000 requests per hour for resource chats");
    const until = { "x-ratelimit-resource-until": "Sat, 21 Nov 2026 13:00:00 GMT" };
    expect(answer(420, quota, { headers: { ...until, date: "Sat, 21 Nov 2026 12:59:30 GMT" } }).retryAfterMs).toBe(30_000);
    expect(answer(420, quota, { headers: until }).retryAfterMs).toBe(3_600_000);
    expect(answer(420, quota, { headers: { ...until, date: "Sat, 21 Nov 2026 13:00:10 GMT" } }).retryAfterMs).toBe(1_000);
    expect(answer(420, quota).retryAfterMs).toBe(1_000);
    expect(answer(420, error("X", "Hit rate limit of 4 parallel requests for campaignId 1")).retryAfterMs).toBeLessThan(1_000);
  });

  it("does not know what a write did when the answer was a 5xx, and does when it was refused, limited or locked", () => {
    const effect = (status: number) => answer(status, error("X"), { isWrite: true }).mayHaveTakenEffect;
    expect([500, 502, 503].map(effect)).toEqual([true, true, true]);
    expect([400, 401, 403, 404, 420, 423].map(effect)).toEqual([false, false, false, false, false, false]);
    expect(answer(500, error("X")).mayHaveTakenEffect).toBe(false);
  });

  it("keeps at most 500 characters of the service's words", () => {
    expect(answer(400, error("X", "x".repeat(2_000))).remoteText).toHaveLength(500);
  });
});
