import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { SECOND_API_KEY, SECOND_CLIENT_ID, SMALL } from "./index";
import { openStage } from "./testing/stage";

const stage = await openStage();
const { call, control } = stage;
const refusal = (code: number, message: string) => ({ code, message, details: [] });

beforeEach(() => control.reset());
afterAll(() => stage.sandbox.stop());

describe("who may call", () => {
  it("asks for both headers", async () => {
    const answer = await call("/v1/roles", {}, { headers: { "api-key": "" } });
    expect(answer.status).toBe(401);
    expect(answer.json).toEqual(refusal(16, "Client-Id and Api-Key headers are required"));
  });

  it("refuses a wrong key, another seller's key and an unknown seller alike", async () => {
    for (const options of [{ apiKey: "wrong" }, { apiKey: SECOND_API_KEY }, { clientId: "404404" }]) {
      const answer = await call("/v1/roles", {}, options);
      expect(answer.status).toBe(403);
      expect(answer.json).toEqual(refusal(7, "Invalid Api-Key, please check the key and try again"));
    }
  });

  it("lets each seller see only its own chats", async () => {
    const other = { clientId: SECOND_CLIENT_ID, apiKey: SECOND_API_KEY };
    expect((await call("/v1/roles", {}, other)).status).toBe(200);
    expect((await call("/v3/chat/history", { chat_id: SMALL.open }, other)).status).toBe(404);
  });

  it("refuses an expired and a revoked key as deactivated", async () => {
    await control.ozon.expireKey();
    const text = "Api-key is deactivated, use another one or generate a new one";
    expect((await call("/v1/roles")).json).toEqual(refusal(7, text));
    await control.reset();
    await control.ozon.revokeKey({});
    expect((await call("/v3/chat/list", { limit: 1 })).json).toEqual(refusal(7, text));
  });

  it("lets the key run out when time passes", async () => {
    expect((await call("/v1/seller/info")).status).toBe(200);
    await control.advance(81 * 86_400_000);
    expect((await call("/v1/seller/info")).status).toBe(403);
  });

  it("opens only what the roles name, and always /v1/roles", async () => {
    await control.ozon.setRoles({ roles: ["finance"] });
    expect((await call("/v3/chat/list", { limit: 1 })).json).toEqual(refusal(7, "Api-Key is missing a required role for a method"));
    expect((await call("/v1/finance/accrual/types")).status).toBe(200);
    expect((await call("/v1/roles")).json["roles"]).toEqual([{ name: "Finance", methods: ["/v1/finance", "/v2/finance"] }]);
  });

  it("knows unsigned offers and restricted addresses", async () => {
    await control.ozon.setOffer({ signed: false });
    expect((await call("/v1/roles")).json).toEqual(refusal(7, "Offer not signed"));
    await control.ozon.setOffer({ signed: true });
    await control.ozon.setAllowedIps({ ips: ["203.0.113.7"] });
    expect((await call("/v1/roles")).json["message"]).toBe("Api-Key is restricted to specific IP addresses");
  });
});

describe("what may be asked", () => {
  it("answers unknown paths, wrong methods and wrong types in the service's shape", async () => {
    expect((await call("/v9/nothing")).status).toBe(404);
    expect((await call("/v1/roles", {}, { method: "GET" })).status).toBe(405);
    expect((await call("/v1/roles", {}, { headers: { "content-type": "text/plain" } })).status).toBe(415);
  });

  it("refuses broken JSON, unknown and mistyped fields with code 3", async () => {
    for (const raw of [
      "{",
      '{"limit":1,"page":2}',
      '{"limit":"many"}',
      '{"limit":0}',
      '{"limit":101}',
      "[]",
      '{"limit":1,"filter":{"chat_status":"SLEEPING"}}',
    ]) {
      const answer = await call("/v3/chat/list", {}, { raw });
      expect([raw, answer.status, answer.json["code"]]).toEqual([raw, 400, 3]);
    }
  });

  it("answers switched-off methods with code 9 since the day they went", async () => {
    const answer = await call("/v3/finance/transaction/list");
    expect(answer.status).toBe(400);
    expect(answer.json).toEqual(refusal(9, "obsolete method cannot be used"));
    await control.reset({ startAt: "2026-08-30T00:00:00Z" });
    expect((await call("/v3/finance/transaction/list")).status).toBe(404);
  });
});

describe("how often", () => {
  it("lets 50 calls a second through and says when to come back", async () => {
    const answers = await Promise.all(Array.from({ length: 120 }, () => call("/v1/finance/accrual/types")));
    const refused = answers.filter((answer) => answer.status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(answers.filter((answer) => answer.status === 200).length).toBeGreaterThanOrEqual(50);
    expect(refused[0]?.json).toEqual(refusal(8, "You have reached request rate limit per second"));
    expect(refused[0]?.headers.get("retry-after")).toBe("1");
    expect(refused[0]?.headers.get("ratelimit-remaining")).toBe("0");
  });

  it("closes a flooded method for minutes and leaves the others open", async () => {
    await control.ozon.setLimits({ requestsPerSecond: 1 });
    await Promise.all(Array.from({ length: 300 }, () => call("/v3/chat/list", { limit: 1 })));
    expect((await call("/v3/chat/list", { limit: 1 })).json["message"]).toBe("Circle is open");
    await control.ozon.setLimits({ requestsPerSecond: 5_000 });
    expect((await call("/v1/roles")).status).toBe(200);
    await control.advance(4 * 60_000);
    expect((await call("/v3/chat/list", { limit: 1 })).status).toBe(200);
  });
});
