import { describe, expect, it } from "vitest";
import { graphqlError, shopifyError, waitForPoints } from "./errors";

const cost = (requested: number, available: number, restoreRate = 100) => ({
  requestedQueryCost: requested,
  actualQueryCost: null,
  throttleStatus: { maximumAvailable: 2_000, currentlyAvailable: available, restoreRate },
});
const remote = (code: string, message = "") => [{ message, extensions: { code } }];
const judge = (status: number, body: unknown, given: { path?: string; isWrite?: boolean; headers?: Record<string, string> } = {}) =>
  shopifyError({ path: "OrdersPage", status, headers: {}, body: typeof body === "string" ? body : JSON.stringify(body), isWrite: false, ...given });

describe("throttling", () => {
  it("waits for exactly the points that are missing, at the told rate", () => {
    expect(waitForPoints(cost(600, 100))).toBe(5_000);
    expect(waitForPoints(cost(600, 100, 1_000))).toBe(500);
    expect(waitForPoints(cost(600, 599, 1_000))).toBe(100);
    expect(waitForPoints(cost(1_000, 0, 0.001))).toBe(600_000);
    expect(waitForPoints(undefined)).toBe(1_000);
  });

  it("is definite: nothing was carried out, also by a write", () => {
    expect(graphqlError("Ship", remote("THROTTLED", "Throttled"), cost(10, 0), true)).toMatchObject({
      kind: "rate-limited",
      retryAfterMs: 100,
      mayHaveTakenEffect: false,
    });
    expect(judge(429, "", { isWrite: true, headers: { "retry-after": "2.0" } })).toMatchObject({
      kind: "rate-limited",
      retryAfterMs: 2_000,
      mayHaveTakenEffect: false,
    });
  });
});

describe("errors inside answers", () => {
  it.each([
    ["MAX_COST_EXCEEDED", "invalid", "shopify.query_too_dear"],
    ["SHOP_INACTIVE", "forbidden", "shopify.shop_inactive"],
    ["undefinedField", "invalid", "shopify.query_refused"],
    ["INTERNAL_SERVER_ERROR", "unavailable", "remote.unavailable"],
  ])("%s", (code, kind, ours) => {
    expect(graphqlError("Ship", remote(code), undefined, true)).toMatchObject({ kind, code: ours, mayHaveTakenEffect: kind === "unavailable" });
  });

  it("names the scope that is missing", () => {
    const message = "Access denied for orders field. Required access: `read_orders` access scope.";
    expect(graphqlError("OrdersPage", remote("ACCESS_DENIED", message), undefined, false)).toMatchObject({
      kind: "forbidden",
      code: "shopify.scope_missing",
      params: { permission: "read_orders" },
    });
  });
});

describe("refusals by status", () => {
  it.each([
    [401, "auth", "shopify.token_refused"],
    [402, "subscription", "shopify.shop_frozen"],
    [403, "forbidden", "shopify.scope_missing"],
    [404, "unavailable", "shopify.shop_unknown"],
    [423, "forbidden", "shopify.shop_locked"],
    [430, "rate-limited", "remote.rate-limited"],
    [418, "invalid", "remote.invalid"],
    [503, "unavailable", "remote.unavailable"],
    [304, "unknown", "remote.unknown"],
  ])("%i", (status, kind, code) => {
    expect(judge(status, { errors: "x" })).toMatchObject({ kind, code, mayHaveTakenEffect: false });
    expect(judge(status, "<html><b>x</b></html>", { isWrite: true }).mayHaveTakenEffect).toBe(kind === "unavailable" || kind === "unknown");
  });

  it.each([
    [400, { error: "shop_not_permitted" }, "shopify.shop_not_permitted"],
    [400, { error: "app_not_installed" }, "shopify.app_not_installed"],
    [400, { error: "invalid_client" }, "shopify.client_refused"],
    [404, "<html>Not found</html>", "shopify.shop_unknown"],
  ])("of the token: %i %o", (status, body, code) => {
    expect(judge(status, body, { path: "token" })).toMatchObject({ kind: "auth", code, retryable: false });
  });
});
