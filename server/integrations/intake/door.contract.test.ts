import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { changeConnection, createConnection, createWebhookAddress, listDeliveries, refusedToday, removeConnection } from "@/server/integrations/index";
import { db } from "@/server/platform/db";
import { getDelivery, replayDeliveries } from "./deliveries";
import { answerPush, placeOf } from "./door";
import { testWebhook } from "./test-webhook";
import { signatureOf } from "./testing/signed-connector";

vi.mock("@/server/integrations/registry", async () => (await import("./testing/signed-connector")).signedRegistry);

const ACTOR = { kind: "system" } as const;
const SECRET = "s3cret-value-7788";
const server = createServer((request, response) => {
  if (!answerPush(request, response)) response.writeHead(418).end("somebody else");
});
let base = "";

beforeAll(async () => {
  // On a slow machine a line would be closed just when it is used again.
  server.keepAliveTimeout = 600_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
});

async function makeShop() {
  const workspaceId = randomUUID();
  const organizationId = randomUUID();
  await db.workspace.create({ data: { id: workspaceId, name: "Test", organizations: { create: { id: organizationId, name: "Test LLC" } } } });
  const input = { connectorId: "signed", organizationId, name: "Shop", credentials: { secret: SECRET }, isActive: true, autoSync: true, streams: [] };
  const connectionId = await createConnection(workspaceId, input, ACTOR);
  const { url } = await createWebhookAddress(workspaceId, connectionId, ACTOR);
  const path = new URL(url).pathname;
  const push = (body: string, extra: { secret?: string; subPath?: string; method?: string; headers?: Record<string, string> } = {}) => {
    const subPath = extra.subPath ?? "/orders/1";
    const hmac = signatureOf(extra.secret ?? SECRET, subPath, Buffer.from(body));
    return fetch(`${base}${path}${subPath}`, { method: extra.method ?? "POST", headers: { "x-signed-hmac": hmac, ...extra.headers }, body });
  };
  return { workspaceId, connectionId, path, push };
}

const count = (connectionId: string) => db.delivery.count({ where: { connectionId } });

describe("the door in front of the page framework", () => {
  it("takes only what lies below its path", async () => {
    expect((await fetch(`${base}/api/health`)).status).toBe(418);
    expect((await fetch(`${base}/api/integrations/webhookish`)).status).toBe(418);
    expect((await fetch(`${base}/api/integrations/webhook/nobody`, { method: "POST" })).status).toBe(404);
    expect(placeOf("/api/integrations/webhook/a/b/c//d?x=/y")).toEqual({ system: "a", token: "b", subPath: "/c/d" });
    expect(placeOf("/api/integrations/webhook/a")).toEqual({ system: "a", token: undefined, subPath: "" });
    expect(placeOf("/api/integrations/webhook/")).toBeNull();
  });

  it("judges the raw bytes, keeps path and telling headers, and nothing that proves the push", async () => {
    const shop = await makeShop();
    const odd = '{ "text" : "тест  \\u00e9" }\n';
    expect((await shop.push(odd, { headers: { "x-shop-topic": "orders/create" } })).status).toBe(200);
    expect((await shop.push(odd, { secret: "another secret" })).status).toBe(401);
    const row = await db.delivery.findFirstOrThrow({ where: { connectionId: shop.connectionId } });
    expect(Buffer.from(row.body).toString("utf8")).toBe(odd);
    expect(row.subPath).toBe("/orders/1");
    expect(row.headers).toMatchObject({ "x-shop-topic": "orders/create" });
    expect(row.headers).not.toHaveProperty("x-signed-hmac");
    expect(await refusedToday("signed", shop.connectionId)).toBe(1);
  });

  it("takes the methods the service uses and no others", async () => {
    const shop = await makeShop();
    expect((await shop.push("{}", { method: "PUT" })).status).toBe(200);
    expect((await shop.push("{}", { method: "DELETE" })).status).toBe(405);
  });

  it("stores many at once, each once, however often it comes", async () => {
    const shop = await makeShop();
    const statuses = await Promise.all(Array.from({ length: 200 }, (_, n) => shop.push(`{"n":${n % 50}}`).then((answer) => answer.status)));
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(await count(shop.connectionId)).toBe(50);
    expect((await db.delivery.aggregate({ where: { connectionId: shop.connectionId }, _sum: { repeats: true } }))._sum.repeats).toBe(150);
  });

  it("lets nothing in with a key that was replaced a moment ago, and everything with the new one", async () => {
    const shop = await makeShop();
    expect((await shop.push("before")).status).toBe(200);
    await changeConnection(shop.workspaceId, { id: shop.connectionId, credentials: { secret: "a brand new secret" } }, ACTOR);
    expect((await shop.push("new key", { secret: "a brand new secret" })).status).toBe(200);
    await changeConnection(shop.workspaceId, { id: shop.connectionId, credentials: { secret: SECRET } }, ACTOR);
    expect((await shop.push("old key", { secret: "a brand new secret" })).status).toBe(401);
    await removeConnection(shop.workspaceId, shop.connectionId, ACTOR);
    expect((await shop.push("too late")).status).toBe(404);
    expect(await count(shop.connectionId)).toBe(2);
  });

  it("cuts off who sends too much, and stores nothing of a body that broke off", async () => {
    const shop = await makeShop();
    expect((await shop.push("x".repeat(10_001))).status).toBe(413);
    const raw = (announced: number, onAnswer: "wait" | "hang up") =>
      new Promise<string>((resolve) => {
        let text = "";
        const socket = connect((server.address() as AddressInfo).port, "127.0.0.1", () => {
          socket.write(`POST ${shop.path} HTTP/1.1\r\nhost: x\r\ncontent-length: ${announced}\r\n\r\n{"half":`, () => {
            if (onAnswer === "hang up") socket.destroy();
          });
        });
        socket.on("data", (chunk) => {
          text += chunk.toString();
        });
        socket.once("close", () => resolve(text));
      });
    expect(await raw(5_000_000, "wait")).toMatch(/^HTTP\/1\.1 413 [\s\S]*connection: close/i);
    await raw(100, "hang up");
    expect((await shop.push("{}")).status).toBe(200);
    expect(await count(shop.connectionId)).toBe(1);
  });

  it("throttles one connection and nobody else", async () => {
    const [busy, quiet] = await Promise.all([makeShop(), makeShop()]);
    const statuses = await Promise.all(Array.from({ length: 640 }, () => busy.push("{}").then((answer) => answer.status)));
    expect(statuses.filter((status) => status === 200)).toHaveLength(600);
    expect(statuses.filter((status) => status === 503)).toHaveLength(40);
    expect((await quiet.push("{}")).status).toBe(200);
  });
});

describe("the test button", () => {
  const address = (system: string, token: string) => `${base}/api/integrations/webhook/${system}/${token}`;

  it("sends a signed sample through the whole way and says how far it came", async () => {
    const shop = await makeShop();
    const result = await testWebhook(shop.workspaceId, shop.connectionId, ACTOR, { address, patienceMs: 0 });
    expect(result.stages.map(({ stage, state }) => `${stage} ${state}`)).toEqual([
      "address ok",
      "sample ok",
      "signature ok",
      "reached ok",
      "accepted ok",
      "stored ok",
      "processed waiting",
    ]);
    const [row] = await listDeliveries(shop.workspaceId, { connectionId: shop.connectionId, limit: 10 });
    expect(row).toMatchObject({ id: result.deliveryId, eventType: "/orders/sample", status: "stored" });
    expect(await db.webhookTest.count({ where: { connectionId: shop.connectionId } })).toBe(0);
  });

  it("names the stage that fails", async () => {
    const shop = await makeShop();
    await db.connection.update({ where: { id: shop.connectionId }, data: { webhookTokenHash: null } });
    const nowhere = await testWebhook(shop.workspaceId, shop.connectionId, ACTOR, { address: () => "http://127.0.0.1:1/none" });
    expect(nowhere.stages.filter((stage) => stage.state === "failed").map((stage) => stage.code)).toEqual(["intake.no_address", "intake.address_unreachable"]);
    const elsewhere = await testWebhook(shop.workspaceId, shop.connectionId, ACTOR, { address: () => `${base}/api/health` });
    expect(elsewhere.stages.at(-1)).toMatchObject({ stage: "accepted", state: "failed", code: "intake.sample_not_accepted" });
  });
});

describe("deliveries", () => {
  it("are shown redacted and replayed one by one or all dead ones of a connection", async () => {
    const shop = await makeShop();
    await shop.push('{"token":"abc-very-secret","phone":"+79161234567"}');
    await shop.push('{"n":2}');
    const rows = await listDeliveries(shop.workspaceId, { connectionId: shop.connectionId, limit: 10 });
    const shown = await Promise.all(rows.map((row) => getDelivery(shop.workspaceId, row.id)));
    expect(JSON.stringify(shown)).not.toMatch(/abc-very-secret|79161234567/);
    expect(await replayDeliveries(shop.workspaceId, { connectionId: shop.connectionId }, ACTOR)).toEqual({ replayed: 0 });
    await db.delivery.updateMany({ where: { connectionId: shop.connectionId }, data: { status: "dead" } });
    expect(await replayDeliveries(shop.workspaceId, { connectionId: shop.connectionId }, ACTOR)).toEqual({ replayed: 2 });
    const id = rows[0]?.id ?? "";
    expect(await replayDeliveries(shop.workspaceId, { deliveryIds: [id, id] }, ACTOR)).toEqual({ replayed: 1 });
    await expect(replayDeliveries(shop.workspaceId, { deliveryIds: [id, randomUUID()] }, ACTOR)).rejects.toMatchObject({ code: "intake.delivery_not_found" });
    await expect(replayDeliveries(randomUUID(), { deliveryIds: [id] }, ACTOR)).rejects.toMatchObject({ code: "intake.delivery_not_found" });
  });
});
