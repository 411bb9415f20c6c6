import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SECOND_MERCHANT } from "./index";
import { openStage, type Stage } from "./testing/stage";

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.stop());

const OPEN = "/orders/merchantid/{m}?offset=0&limit=10";
const basic = (user: string, key: string) => `Basic ${Buffer.from(`${user}:${key}`).toString("base64")}`;

describe("who may call", () => {
  it.each([
    ["no key", { authorization: null }, 401, "Unauthorized"],
    ["a wrong key", { authorization: basic("6fc6d90d-ee1d-4372-b3a6-264b12750001", "Sandbox00009") }, 401, "Unauthorized"],
    ["the old user and password", { authorization: basic("mutfak_dev", "secret") }, 401, "Unauthorized"],
    ["another name", { "user-agent": "somebody_dev" }, 403, "Forbidden"],
    ["the name with the merchant before it", { "user-agent": "6fc6d90d - mutfak_dev" }, 403, "Forbidden"],
  ])("not with %s", async (_, headers, status, body) => {
    const answer = await stage.call("oms-external", OPEN, { headers });
    expect([answer.status, answer.json]).toEqual([status, body]);
  });

  it("not for another merchant's path, in whatever case it is written", async () => {
    for (const word of ["merchantid", "merchantId"]) {
      expect((await stage.call("oms-external", `/orders/${word}/${SECOND_MERCHANT.id}?offset=0&limit=10`)).status).toBe(403);
    }
  });

  it("not with a key the seller has replaced", async () => {
    expect((await stage.call("oms-external", OPEN)).status).toBe(200);
    await stage.control.rotateKey({ key: "Renewed00001" });
    expect((await stage.call("oms-external", OPEN)).status).toBe(401);
  });

  it("not about questions without the merchant's header or the permission", async () => {
    const path = "/api/v1.0/issues/count";
    expect((await stage.call("api-asktoseller-merchant", path)).status).toBe(200);
    expect((await stage.call("api-asktoseller-merchant", path, { headers: { merchantid: null } })).status).toBe(401);
    await stage.control.withhold({ permissions: ["questions"] });
    expect((await stage.call("api-asktoseller-merchant", path)).status).toBe(403);
  });
});

describe("addresses", () => {
  it("listing knows merchantid in lower case only, orders both", async () => {
    expect((await stage.call("listing-external", "/listings/merchantId/{m}?offset=0&limit=1")).status).toBe(400);
    expect((await stage.call("listing-external", "/listings/merchantid/{m}?offset=0&limit=1")).status).toBe(200);
    expect((await stage.call("oms-external", OPEN.replace("merchantid", "merchantId"))).status).toBe(200);
  });

  it("hosts are told apart", async () => {
    expect((await stage.call("listing-external", OPEN)).status).toBe(404);
    expect((await stage.call("mpop", "/nothing")).status).toBe(404);
  });
});

describe("limits", () => {
  it("the catalogue says 403 where it means too many, orders 429 with the seconds", async () => {
    const path = "/product/api/products/all-products-of-merchant/{m}?page=0&size=1";
    await stage.control.setSettings({ catalogPerSecond: 1 });
    const statuses = await Promise.all(Array.from({ length: 30 }, async () => (await stage.call("mpop", path)).status));
    expect(new Set(statuses)).toEqual(new Set([200, 403]));
    await stage.control.fail({ kind: "rate-limit", retryAfterSeconds: 4 });
    const refused = await stage.call("oms-external", OPEN);
    expect([refused.status, refused.headers.get("x-ratelimit-reset"), refused.headers.get("retry-after")]).toEqual([429, "4", null]);
  });
});
