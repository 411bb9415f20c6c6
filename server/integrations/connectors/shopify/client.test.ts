import { describe, expect, it } from "vitest";
import { memoryTokens } from "../../contract/memory-tokens";
import type { ConnectorContext } from "../../contract/ports";
import { type ScriptedAnswer, type SeenRequest, scriptedHttp } from "../../contract/testing/scripted-http";
import { shopifyOffers } from "./capabilities/offers";
import { shopifyOrders } from "./capabilities/orders";
import { shopifyClient } from "./client";
import { unsubscribeSchema } from "./schemas";

interface Body {
  readonly operationName: string;
  readonly variables: {
    readonly key?: string;
    readonly first?: number;
    readonly input?: { readonly quantities: readonly { readonly quantity: number; readonly changeFromQuantity: number | null }[] };
  };
}
const bodyOf = (request: SeenRequest) => request.body as Body;

function scripted(answer: (request: SeenRequest) => ScriptedAnswer, credentials: Record<string, string> = {}) {
  const http = scriptedHttp(answer);
  const context: ConnectorContext = {
    connectionId: "c",
    credentials: { shop: "x.myshopify.com", clientId: "id", clientSecret: "secret-secret-secret", accessToken: "shpat_static_token_0", ...credentials },
    baseUrl: "https://x.myshopify.com",
    facts: {},
    http,
    clock: { now: () => new Date("2026-11-21T12:00:00Z") },
    tokens: memoryTokens(),
  };
  return { http, context };
}
const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe("the client", () => {
  it("sends token, version and the name of the operation; a write is never repeatable", async () => {
    const { http, context } = scripted(() => ({ json: { data: { webhookSubscriptionDelete: { deletedWebhookSubscriptionId: "x", userErrors: [] } } } }));
    await shopifyClient(context).mutate("Unsubscribe", { id: "gid://shopify/WebhookSubscription/1" }, unsubscribeSchema);
    expect(http.seen[0]?.request).toMatchObject({
      method: "POST",
      path: "/admin/api/2026-10/graphql.json",
      group: "writes",
      repeatable: false,
      headers: { "X-Shopify-Access-Token": "shpat_static_token_0", "Content-Type": "application/json" },
    });
  });

  it("keeps a token out of the error about an answer it cannot read", async () => {
    const { context } = scripted(() => ({ json: { access_token: "shpat_must_not_be_seen", expires_in: "soon" } }), { accessToken: "" });
    const error = await failureOf(shopifyOrders.read(context, { externalId: "gid://shopify/Order/1" }));
    expect(error).toMatchObject({ kind: "malformed", mayHaveTakenEffect: false });
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain("shpat_must_not_be_seen");
  });

  it("never fetches a result from a host that is not Shopify's storage, and sends no token there", async () => {
    const { http, context } = scripted(() => ({ status: 206, text: "{}" }));
    for (const address of [
      "https://evil.example/x",
      "http://storage.googleapis.com/x",
      "https://storage.googleapis.com.evil.example/x",
      "https://storage.googleapis.com:444/x",
    ]) {
      expect(await failureOf(shopifyClient(context).result(address, 0, 10))).toMatchObject({ code: "shopify.foreign_result" });
    }
    expect(http.seen).toHaveLength(0);
    await shopifyClient(context).result("https://storage.googleapis.com/a/b.jsonl?Signature=s", 5, 10);
    expect(http.seen[0]?.request).toMatchObject({ host: "results", path: "/a/b.jsonl?Signature=s", headers: { Range: "bytes=5-14" } });
    expect(JSON.stringify(http.seen[0]?.request)).not.toContain("shpat_");
  });

  it("an answer with data and a failure inside is a failure, and of a write an unknown one", async () => {
    const { context } = scripted(() => ({
      json: {
        data: { inventorySetQuantities: null },
        errors: [{ message: "boom", path: ["inventorySetQuantities"], extensions: { code: "INTERNAL_SERVER_ERROR" } }],
      },
    }));
    const listing = { externalId: "v", remoteContext: { item: "i", location: "l" } };
    const change = { listing, quantity: 1, previous: null, requestId: "r" };
    expect(await failureOf(Promise.resolve(shopifyOffers.stock?.set(context, [change])))).toMatchObject({ kind: "unavailable", mayHaveTakenEffect: true });
  });
});

describe("pages that cost too much", () => {
  it("are asked for again, half as long, and the next page stays short", async () => {
    const { http, context } = scripted((request) => {
      if ((bodyOf(request).variables.first ?? 0) > 2) return { json: { errors: [{ message: "too dear", extensions: { code: "MAX_COST_EXCEEDED" } }] } };
      return { json: { data: { orders: { pageInfo: { hasNextPage: true, endCursor: "c1" }, nodes: [] } } } };
    });
    const page = await shopifyOrders.pull(context, { checkpoint: { since: "2026-11-21T11:00:00.000Z" } });
    expect(http.seen.map((request) => bodyOf(request).variables.first)).toEqual([10, 5, 2]);
    expect(page.next).toMatchObject({ first: 2, after: "c1", query: "updated_at:>='2026-11-21T10:50:00Z'" });
    expect(page.checkpoint).toBeUndefined();
  });

  it("even one order at a time is too much: then it is said", async () => {
    const { context } = scripted(() => ({ json: { errors: [{ message: "too dear", extensions: { code: "MAX_COST_EXCEEDED" } }] } }));
    expect(await failureOf(shopifyOrders.pull(context, { checkpoint: { since: "2026-11-21T11:00:00.000Z" } }))).toMatchObject({
      code: "shopify.query_too_dear",
      retryable: false,
    });
  });
});

describe("stock refusals the simulator does not make", () => {
  const wish = (id: string, quantity: number, previous: number | null = null) => ({
    listing: { externalId: id, remoteContext: { item: `item-${id}`, location: "l", ...(previous === 0 ? { available: "-2" } : {}) } },
    quantity,
    previous,
    requestId: `r-${id}`,
  });
  const answered = (userErrors: readonly object[]): ScriptedAnswer => ({ json: { data: { inventorySetQuantities: { userErrors } } } });
  const set = (context: ConnectorContext, changes: readonly ReturnType<typeof wish>[]) => Promise.resolve(shopifyOffers.stock?.set(context, changes));

  it("a key whose first use failed inside the service is replaced, once", async () => {
    const { http, context } = scripted(() => answered(http.seen.length <= 1 ? [{ code: "IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED", message: "x" }] : []));
    expect(await set(context, [wish("a", 1)])).toEqual([{ externalId: "a", state: "acknowledged" }]);
    const keys = http.seen.map((request) => bodyOf(request).variables.key);
    expect([keys.length, new Set(keys).size]).toEqual([2, 2]);
  });

  it("a key in use right now is a wait, with the outcome open", async () => {
    const { context } = scripted(() => answered([{ code: "IDEMPOTENCY_CONCURRENT_REQUEST", message: "x" }]));
    expect(await failureOf(set(context, [wish("a", 1)]))).toMatchObject({ kind: "unavailable", mayHaveTakenEffect: true, retryAfterMs: 1_000 });
  });

  it("where the service does not name the bad entry it is found by halving, and the others are set", async () => {
    const { http, context } = scripted((request) => {
      const bad = bodyOf(request).variables.input?.quantities.some(({ quantity }) => quantity === 13) === true;
      return answered(bad ? [{ code: "INVALID_QUANTITY_TOO_HIGH", message: "no", field: null }] : []);
    });
    const outcomes = await set(context, [wish("a", 1), wish("b", 2), wish("c", 13), wish("d", 4), wish("e", 5)]);
    expect(outcomes?.map(({ externalId, state }) => [externalId, state])).toEqual([
      ["a", "acknowledged"],
      ["b", "acknowledged"],
      ["c", "rejected"],
      ["d", "acknowledged"],
      ["e", "acknowledged"],
    ]);
    expect(http.seen.length).toBeLessThanOrEqual(8);
  });

  it("compares with the service's own figure where it had sold below zero, and keeps its key for the same wish", async () => {
    const { http, context } = scripted(() => answered([]));
    await set(context, [wish("a", 5, 0)]);
    await set(context, [wish("a", 5, 0)]);
    await set(context, [wish("a", 6, 0)]);
    expect(bodyOf(http.seen[0] as SeenRequest).variables.input?.quantities).toMatchObject([{ quantity: 5, changeFromQuantity: -2 }]);
    const keys = http.seen.map((request) => bodyOf(request).variables.key);
    expect([keys[0] === keys[1], keys[1] === keys[2]]).toEqual([true, false]);
    expect(keys[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
