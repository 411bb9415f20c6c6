import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_CLIENT, LEGACY_TOKEN } from "./index";
import { openStage, type Stage } from "./testing/stage";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.stop());

const PATH = "/admin/api/2026-10/graphql.json";
const SHOP = JSON.stringify({ query: "{ shop { name } }" });
const json = { "content-type": "application/json" };
const codes = (answer: Awaited<ReturnType<Stage["ask"]>>) => answer.errors?.map(({ extensions }) => extensions?.code);

describe("who may call", () => {
  it("gives tokens of a day for client credentials, as a form or as JSON", async () => {
    const body = JSON.stringify({ grant_type: "client_credentials", client_id: DEFAULT_CLIENT.clientId, client_secret: DEFAULT_CLIENT.clientSecret });
    const answer = await stage.post("/admin/oauth/access_token", body, json);
    expect(await answer.json()).toMatchObject({ access_token: expect.stringMatching(/^shpat_/), expires_in: 86_399 });
    for (const wrong of [{ grant_type: "password" }, { grant_type: "client_credentials", client_id: "x", client_secret: "y" }]) {
      expect((await stage.post("/admin/oauth/access_token", JSON.stringify(wrong), json)).status).toBe(400);
    }
  });

  it("refuses a missing, wrong or ended token, a wrong content type and unknown addresses", async () => {
    expect((await stage.post(PATH, SHOP, json)).status).toBe(401);
    expect((await stage.post(PATH, SHOP, { ...json, "x-shopify-access-token": "shpat_wrong" })).status).toBe(401);
    expect((await stage.post(PATH, SHOP, { "content-type": "text/plain", "x-shopify-access-token": stage.token })).status).toBe(415);
    expect((await stage.post("/admin/api/2031-01/graphql.json", SHOP, { ...json, "x-shopify-access-token": stage.token })).status).toBe(404);
    expect((await stage.post("/admin/api/2026-10/orders.json", SHOP, { ...json, "x-shopify-access-token": stage.token })).status).toBe(404);
    const other = await openStage();
    await other.advance(86_400_000);
    expect((await other.post(PATH, SHOP, { ...json, "x-shopify-access-token": other.token })).status).toBe(401);
    expect((await other.post(PATH, SHOP, { ...json, "x-shopify-access-token": LEGACY_TOKEN })).status).toBe(200);
    await other.stop();
  });

  it("serves an old version by the oldest there is and says so", async () => {
    const answer = await stage.post("/admin/api/2024-01/graphql.json", SHOP, { ...json, "x-shopify-access-token": stage.token });
    expect(answer.headers.get("x-shopify-api-version")).toBe("2026-01");
  });

  it("refuses each field without its scope, and hides buyers where only they are out of reach", async () => {
    const scopes = await stage.control.scopes();
    await stage.control.setScopes({ scopes: scopes.filter((scope) => scope !== "read_customers" && !scope.endsWith("_inventory")) });
    const orders = await stage.ask("{ orders(first: 1) { nodes { name customer { id } } } }");
    expect([orders.data !== undefined, codes(orders)]).toEqual([true, ["ACCESS_DENIED"]]);
    const stock = await stage.ask(
      'mutation { inventorySetQuantities(input: {name: "available", reason: "correction", quantities: []}) @idempotent(key: "k") { userErrors { code } } }',
    );
    expect(codes(stock)).toEqual(["ACCESS_DENIED"]);
    await stage.control.setScopes({ scopes });
  });
});

describe("documents", () => {
  it.each([
    ["{ shop { colour } }", "undefinedField"],
    ["{ orders(first: 1, sortKey: COLOUR) { nodes { id } } }", "undefinedField"],
    ['mutation { orderCancel(orderId: "gid://shopify/Order/1", reason: INVENTORY) { job { id } } }', "undefinedField"],
    [
      'mutation { inventorySetQuantities(input: {name: "available", reason: "correction", ignoreCompareQuantity: true, quantities: []}) { userErrors { code } } }',
      "undefinedField",
    ],
    ["{ orders { nodes { id } } }", "BAD_REQUEST"],
    ["{ orders(first: 251) { nodes { id } } }", "BAD_REQUEST"],
    ['{ orders(first: 1, query: "updated_at:>=2026-01-01T00:00:00Z") { nodes { id } } }', "BAD_REQUEST"],
    ['{ orders(first: 1, query: "colour:red") { nodes { id } } }', "BAD_REQUEST"],
    ['{ orders(first: 1, after: "*") { nodes { id } } }', "BAD_REQUEST"],
  ])("%s is refused", async (query, code) => {
    expect(codes(await stage.ask(query))).toEqual([code]);
  });

  it("a document that is none has a syntax error", async () => {
    expect((await stage.ask("{ shop ")).errors?.[0]?.message).toMatch(/Syntax Error/);
  });
});

describe("cost", () => {
  it("is told with every answer, is paid back where less was found, and fills again", async () => {
    const answer = await stage.ask("{ orders(first: 50) { nodes { id lineItems(first: 5) { nodes { id } } } } }");
    expect(answer.extensions?.cost.requestedQueryCost).toBe(50 * (1 + 5));
    expect(answer.extensions?.cost.actualQueryCost).toBeLessThan(300);
  });

  it("refuses what costs more than a query may, and throttles an empty bucket with status 200 and no data", async () => {
    expect(codes(await stage.ask("{ orders(first: 100) { nodes { id lineItems(first: 20) { nodes { id } } } } }"))).toEqual(["MAX_COST_EXCEEDED"]);
    await stage.control.setPlan({ restoreRate: 1 });
    await stage.control.drain();
    const answer = await stage.ask("{ orders(first: 100) { nodes { id } } }");
    expect([answer.data, codes(answer), answer.extensions?.cost.actualQueryCost]).toEqual([undefined, ["THROTTLED"], null]);
    await stage.control.setPlan({ restoreRate: 1_000 });
  });
});
