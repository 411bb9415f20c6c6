import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SECOND_API_KEY, SECOND_BUSINESS_ID } from "./index";
import { openStage, type Stage } from "./testing/stage";

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.sandbox.stop());

const CHATS = "/v2/businesses/{b}/chats";

describe("who may call", () => {
  it.each([
    [null, {}, 401, "Authorization data is missing"],
    [null, { authorization: "Bearer y0_token" }, 401, "OAuth token is invalid"],
    ["Bearer ACMA:x", {}, 401, "Api-Key token prefix invalid"],
    ["ACMA:nobody", {}, 401, "Api-Key token is invalid"],
  ] as const)("key %j with %j: %i %s", async (apiKey, headers, status, message) => {
    const answer = await stage.call(CHATS, {}, { apiKey, headers });
    expect([answer.status, answer.json.status, answer.json.errors?.[0]?.message]).toEqual([status, "ERROR", message]);
  });

  it("a revoked key is told so", async () => {
    await stage.market.revokeKey();
    expect((await stage.call(CHATS)).json.errors?.[0]).toEqual({ code: "UNAUTHORIZED", message: "Api-Key token is revoked" });
  });

  it("a key reaches its own cabinet only, and its own shops", async () => {
    expect((await stage.call(`/v2/businesses/${SECOND_BUSINESS_ID}/chats`)).status).toBe(403);
    expect((await stage.call("/v2/businesses/999/chats")).json.errors?.[0]?.code).toBe("BUSINESS_NOT_FOUND");
    expect((await stage.call("/v2/campaigns/22000201/stats/orders")).status).toBe(403);
    expect((await stage.call("/v2/campaigns/1/stats/orders")).json.errors?.[0]?.code).toBe("CAMPAIGN_NOT_FOUND");
    await stage.market.setApiAvailability({ campaignId: "21000101", availability: "DISABLED_BY_INACTIVITY" });
    expect((await stage.call("/v2/campaigns/21000101/stats/orders")).json.errors?.[0]?.code).toBe("API_DISABLED");
  });

  it("scopes open what they name: COMMUNICATION no orders, read-only no writing", async () => {
    const other = (path: string) => stage.call(path.replace("{b}", SECOND_BUSINESS_ID), {}, { apiKey: SECOND_API_KEY });
    expect((await other(CHATS)).status).toBe(200);
    expect((await other("/v1/businesses/{b}/orders")).status).toBe(403);
    await stage.market.setScopes({ scopes: ["ALL_METHODS_READ_ONLY"] });
    expect((await stage.call(CHATS)).status).toBe(200);
    expect((await stage.call(`${CHATS}/message?chatId=1`, { message: "x" })).status).toBe(403);
    expect((await stage.call("/v2/auth/token")).json.result).toEqual({ apiKey: { name: "Karavan", authScopes: ["ALL_METHODS_READ_ONLY"] } });
  });
});

describe("what a call must look like", () => {
  it("wrong paths, verbs, types, sizes and texts have their own refusals", async () => {
    const statuses = async (...calls: Parameters<Stage["call"]>[]) => Promise.all(calls.map(async (call) => (await stage.call(...call)).status));
    expect(
      await statuses(
        ["/v2/businesses/{b}/nothing"],
        [CHATS, {}, { method: "GET" }],
        [CHATS, {}, { headers: { "content-type": "text/plain" } }],
        [CHATS, {}, { raw: "{" }],
      ),
    ).toEqual([404, 405, 415, 400]);
    expect((await stage.call(CHATS, {}, { raw: `{"x":"${"y".repeat(520 * 1024)}"}` })).status).toBe(400);
  });

  it("a path without a version means v2; newer methods have only v1", async () => {
    expect((await stage.call("/businesses/{b}/chats")).status).toBe(200);
    expect((await stage.call("/businesses/{b}/goods-questions")).status).toBe(404);
    expect((await stage.call("/v2/businesses/{b}/goods-questions")).status).toBe(404);
  });

  it.each([
    ["limit=0", {}],
    ["limit=21", {}],
    ["limit=x", {}],
    ["pageToken=nonsense", {}],
    ["", { statuses: [] }],
    ["", { statuses: ["OPEN"] }],
    ["", { contexts: [{ type: "DIRECT", id: 1 }] }],
    ["", { orderIds: ["1"] }],
    ["", { anything: true }],
  ])("refuses a list with %j and %j", async (query, body) => {
    expect((await stage.call(`${CHATS}?${query}`, body)).status).toBe(400);
  });

  it("lists page by page, by both names of the token, and ends without one", async () => {
    for (let index = 0; index < 25; index += 1) await stage.market.addChat({ text: `${index}` });
    const seen: unknown[] = [];
    let query = "limit=7";
    for (let pages = 0; pages < 10; pages += 1) {
      const { result } = (await stage.call(`${CHATS}?${query}`)).json;
      const { chats, paging } = result as { chats: { chatId: number }[]; paging: { nextPageToken?: string } };
      seen.push(...chats.map((chat) => chat.chatId));
      if (paging.nextPageToken === undefined) break;
      query = `limit=7&${pages % 2 === 0 ? "pageToken" : "page_token"}=${paging.nextPageToken}`;
    }
    expect(seen).toHaveLength((await stage.market.chats()).length);
    expect(new Set(seen).size).toBe(seen.length);
  });
});

describe("quotas", () => {
  it("count down in the answers and end in 420 with the moment of their end; another method has its own", async () => {
    await stage.market.setQuirks({ quotaFactor: 0.001 });
    const answers = [];
    for (let index = 0; index < 6; index += 1) answers.push(await stage.call(CHATS));
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200, 200, 420]);
    expect(answers.map((answer) => answer.headers.get("x-ratelimit-resource-remaining"))).toEqual(["4", "3", "2", "1", "0", "0"]);
    expect(answers[5]?.json.errors?.[0]?.message).toMatch(/^Hit rate limit of 5 requests per hour for resource /);
    expect((await stage.call("/v1/businesses/{b}/orders")).status).toBe(200);
    const until = Date.parse(answers[5]?.headers.get("x-ratelimit-resource-until") ?? "");
    const told = Date.parse(answers[5]?.headers.get("date") ?? "");
    await stage.control.advance(until - told + 1_000);
    expect((await stage.call(CHATS)).status).toBe(200);
  });

  it("are larger with a subscription, where the method has such", async () => {
    const limitOf = async (path: string) => (await stage.call(path)).headers.get("x-ratelimit-resource-limit");
    const questions = "/v1/businesses/{b}/goods-questions";
    expect([await limitOf(questions), await limitOf(CHATS)]).toEqual(["1000", "5000"]);
    await stage.market.setSubscription({ level: "MEDIUM" });
    expect([await limitOf(questions), await limitOf(CHATS)]).toEqual(["5000", "5000"]);
  });

  it("lets four calls of a cabinet run at once and refuses the fifth; orders have six", async () => {
    await stage.market.setQuirks({ latencyMs: 150 });
    const at = (path: string, count: number) => Promise.all(Array.from({ length: count }, () => stage.call(path)));
    const chats = await at(CHATS, 6);
    expect(chats.map((answer) => answer.status).sort()).toEqual([200, 200, 200, 200, 420, 420]);
    expect(chats.find((answer) => answer.status === 420)?.json.errors?.[0]?.message).toBe("Hit rate limit of 4 parallel requests");
    expect((await at("/v1/businesses/{b}/orders", 7)).filter((answer) => answer.status === 420)).toHaveLength(1);
    expect((await at(CHATS, 4)).map((answer) => answer.status)).toEqual([200, 200, 200, 200]);
  });
});
