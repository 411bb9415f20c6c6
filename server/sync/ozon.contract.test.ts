import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import type { SandboxOptions } from "@/sandbox/server";
import { DEFAULT_API_KEY } from "@/server/integrations/connectors/ozon/sandbox";
import { getConnection, listDeliveries, testConnection } from "@/server/integrations/index";
import { db } from "@/server/platform/db";
import { callLog } from "@/server/platform/http/call-log";
import { type OzonShop, openOzonShop } from "./testing/ozon-shop";

const open: OzonShop[] = [];
async function shopOf(options: SandboxOptions = {}): Promise<OzonShop> {
  // What one test's service said about limits must not slow the next one's.
  await db.rateLimitCounter.deleteMany({ where: { key: { startsWith: "http:" } } });
  const shop = await openOzonShop(options);
  open.push(shop);
  return shop;
}
afterEach(async () => {
  for (const shop of open.splice(0)) await shop.close();
});

const ACTOR = { kind: "system" };
const adds = (run: { received: number; applied: number; duplicate: number; rejected: number; deadLetter: number }) =>
  run.received === run.applied + run.duplicate + run.rejected + run.deadLetter;

describe("Ozon, the whole path against the simulator", () => {
  it("brings chats, sales and products, and a second time nothing", async () => {
    const shop = await shopOf();
    const runs = [await shop.sync("products"), await shop.sync("chats"), await shop.sync("sales")];
    expect(runs.map((run) => [run.stream, run.status])).toEqual([
      ["products", "succeeded"],
      ["chats", "succeeded"],
      ["sales", "succeeded"],
    ]);
    expect(runs.every((run) => run.applied > 0 && adds(run))).toBe(true);
    expect(await shop.held()).toEqual(await shop.truth());
    const again = [await shop.sync("products"), await shop.sync("chats"), await shop.sync("sales")];
    expect(again.map((run) => [run.status, run.applied])).toEqual([
      ["succeeded", 0],
      ["succeeded", 0],
      ["succeeded", 0],
    ]);
    await callLog.flush();
    const calls = await db.callLogEntry.findMany({ where: { connectionId: shop.connectionId } });
    expect(new Set(calls.map((call) => call.outcome))).toEqual(new Set(["ok"]));
    expect(JSON.stringify(calls)).not.toContain(DEFAULT_API_KEY);
  });

  it.each([
    ["small", { state: "ok", code: null }],
    ["no-premium", { state: "degraded", code: "subscription_too_small" }],
  ] as const)("tells what a key of scenario %s may do", async (scenario, health) => {
    const shop = await shopOf({ scenario });
    expect((await testConnection(shop.workspaceId, shop.connectionId, ACTOR)).health).toMatchObject(health);
  });

  it("names the missing role, the revoked key, and the key that is about to end", async () => {
    const shop = await shopOf({ scenario: "key-expiring" });
    await testConnection(shop.workspaceId, shop.connectionId, ACTOR);
    expect((await getConnection(shop.workspaceId, shop.connectionId)).expiry).toMatchObject({ level: "soon" });
    await shop.sandbox.ozon.setRoles({ roles: ["finance", "product", "seller"] });
    expect((await testConnection(shop.workspaceId, shop.connectionId, ACTOR)).health).toMatchObject({
      state: "missing_permission",
      params: { capability: "chats", permission: expect.stringContaining("/v3/chat/list") },
    });
    await shop.sandbox.ozon.revokeKey({});
    expect((await testConnection(shop.workspaceId, shop.connectionId, ACTOR)).health).toMatchObject({ state: "auth_failed", code: "credentials_rejected" });
    expect(await shop.sync("chats")).toMatchObject({ status: "failed" });
    await shop.sandbox.ozon.revokeKey({ active: true });
    await shop.sandbox.ozon.setRoles({ roles: ["admin"] });
    expect((await testConnection(shop.workspaceId, shop.connectionId, ACTOR)).ok).toBe(true);
    expect(await shop.sync("chats")).toMatchObject({ status: "succeeded" });
  });

  it.each([
    ["a storm of 429", { kind: "rate-limit", times: 4, retryAfterSeconds: 1 }],
    ["5xx", { kind: "error-before", times: 3, status: 503 }],
    ["cut connections", { kind: "drop-before", times: 3 }],
    ["malformed JSON", { kind: "malformed-json", times: 2 }],
    ["a gateway's HTML", { kind: "html-gateway", times: 2 }],
  ] as const)("loses nothing through %s", async (_name, fault) => {
    const shop = await shopOf();
    await shop.sandbox.ozon.fail({ ...fault, match: "/v3/chat" });
    const run = await shop.sync("chats");
    expect(run.status, run.errorCode ?? "").toBe("succeeded");
    expect(adds(run)).toBe(true);
    expect(await shop.held()).toEqual(await shop.truth());
  });

  it("takes enum values nobody has heard of as something else, and loses nothing once they are gone", async () => {
    const shop = await shopOf();
    await shop.sandbox.ozon.fail({ kind: "unknown-enum", times: 50, match: "/v3/chat" });
    const run = await shop.sync("chats");
    expect(["succeeded", "partial"]).toContain(run.status);
    await shop.sandbox.ozon.clearFaults();
    await shop.sync("chats");
    await db.syncStream.updateMany({ where: { connectionId: shop.connectionId }, data: { checkpoint: {} } });
    await shop.sync("chats");
    expect(await shop.held()).toEqual(await shop.truth());
  });
});

describe("Ozon pushes", () => {
  it("pass the handshake and bring a message, duplicated, reordered or dropped, together with polling, once", async () => {
    const shop = await shopOf();
    await testConnection(shop.workspaceId, shop.connectionId, ACTOR);
    await shop.listen();
    await shop.sandbox.ozon.fail({ kind: "push-duplicate", times: 2 });
    await shop.sandbox.ozon.fail({ kind: "push-reorder", times: 2 });
    await shop.sandbox.ozon.fail({ kind: "push-drop", times: 1 });
    const chats = (await shop.sandbox.ozon.chats({})).filter((chat) => chat.type === "BUYER_SELLER" && chat.status === "OPENED");
    for (let n = 0; n < 6; n += 1) {
      await shop.sandbox.ozon.pushBuyerMessage({ chatId: chats[n % 2]?.chatId ?? "", text: `hello ${n}` });
      if (n === 2) await Promise.all([shop.sync("chats"), shop.processPushes()]);
    }
    await shop.sandbox.advance(60_000);
    // The simulator's last pushes may still be on their way; the ledger tells when they are in.
    const processed = async () => {
      await shop.processPushes();
      const deliveries = await listDeliveries(shop.workspaceId, { connectionId: shop.connectionId, limit: 50 });
      return deliveries.length >= 4 && deliveries.every((delivery) => delivery.status === "processed");
    };
    await expect.poll(processed, { timeout: 20_000 }).toBe(true);
    await shop.sync("chats");
    expect(await shop.held()).toEqual(await shop.truth());
    expect((await shop.sandbox.ozon.deliveries()).map((attempt) => attempt.outcome)).not.toContain("refused");
  });

  it("are taken as hints: a forged message never shows up, a foreign account is refused", async () => {
    const shop = await shopOf();
    await testConnection(shop.workspaceId, shop.connectionId, ACTOR);
    const { url } = await shop.listen();
    const [chat] = (await shop.sandbox.ozon.chats({})).filter((entry) => entry.type === "BUYER_SELLER");
    const forged = (seller_id: string) =>
      fetch(url, {
        method: "POST",
        body: JSON.stringify({
          message_type: "TYPE_NEW_MESSAGE",
          chat_id: chat?.chatId,
          chat_type: "Buyer_Seller",
          message_id: "3000000000999999999",
          created_at: "2026-11-18T20:58:04.528Z",
          user: { id: "1", type: "Customer" },
          data: ["pay me at evil.example"],
          seller_id,
        }),
      });
    expect((await forged("999")).status).toBe(403);
    const accepted = await forged("1005001");
    expect([accepted.status, await accepted.json()]).toEqual([200, { result: true }]);
    await shop.processPushes();
    await shop.sync("chats");
    expect(await db.message.count({ where: { connectionId: shop.connectionId, text: { contains: "evil.example" } } })).toBe(0);
    expect(await shop.held()).toEqual(await shop.truth());
    expect((await fetch(url, { method: "POST", body: "x".repeat(300_000) })).status).toBe(413);
    expect((await fetch(url.replace(/[^/]+$/, randomUUID()), { method: "POST", body: "{}" })).status).toBe(404);
  });

  it("reach the inbox while the key is revoked as soon as it works again", async () => {
    const shop = await shopOf();
    await testConnection(shop.workspaceId, shop.connectionId, ACTOR);
    await shop.sync("chats");
    await shop.listen();
    await shop.sandbox.ozon.revokeKey({});
    const [chat] = (await shop.sandbox.ozon.chats({})).filter((entry) => entry.type === "BUYER_SELLER" && entry.status === "OPENED");
    await shop.sandbox.ozon.pushBuyerMessage({ chatId: chat?.chatId ?? "", text: "are you there?" });
    await shop.sandbox.advance(1_000);
    await expect.poll(() => db.delivery.count({ where: { connectionId: shop.connectionId } }), { timeout: 20_000 }).toBe(1);
    await expect(shop.processPushes()).rejects.toMatchObject({ kind: "auth" });
    expect((await getConnection(shop.workspaceId, shop.connectionId)).sendingBlocked).toBe(true);
    await shop.sandbox.ozon.revokeKey({ active: true });
    await shop.processPushes();
    expect(await shop.held()).toEqual(await shop.truth());
  });
});
