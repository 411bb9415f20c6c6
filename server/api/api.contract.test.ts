import { randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeMember, makeWorkspace } from "@/server/access/testing/make-workspace";
import { db } from "@/server/platform/db";
import { openApiDocument, serveApi } from "./index";
import { type ApiScope, apiScopeSchema } from "./schema";
import { documentShape, makeJudge, operationsOf, shotsAt } from "./testing/fuzz-document";
import { createToken, listTokens, revokeToken } from "./tokens/manage-tokens";

const document = documentShape.parse(JSON.parse(JSON.stringify(openApiDocument("http://localhost"))));
let server: Server;
let base = "";

beforeAll(async () => {
  server = createServer(getRequestListener(serveApi));
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

async function makeHouse(scopes: readonly ApiScope[] = apiScopeSchema.options) {
  const { workspaceId, organizationId } = await makeWorkspace(`House ${randomUUID()}`);
  const { userId } = await makeMember(workspaceId, "admin");
  const actor = { kind: "user", id: userId, ip: undefined } as const;
  const { token, created } = await createToken(workspaceId, { name: "Books", scopes: [...scopes], expiresInDays: null }, actor);
  const call = async (path: string, init: { method?: string; body?: unknown; key?: string; token?: string } = {}) => {
    const headers = {
      authorization: `Bearer ${init.token ?? token}`,
      ...(init.body === undefined ? {} : { "content-type": "application/json" }),
      ...(init.key === undefined ? {} : { "idempotency-key": init.key }),
    };
    const answer = await fetch(`${base}${path}`, {
      method: init.method ?? (init.body === undefined ? "GET" : "POST"),
      headers,
      body: init.body === undefined ? null : JSON.stringify(init.body),
    });
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Record<string, unknown> };
  };
  const config = (name: string) => ({ organizationId, name, credentials: { clientId: "1005001", apiKey: randomUUID() }, streams: [] });
  const configure = (name: string, key?: string) => call("/api/integrations/ozon/config", { body: config(name), ...(key === undefined ? {} : { key }) });
  const connections = () => db.connection.count({ where: { workspaceId } });
  return { workspaceId, organizationId, actor, token, tokenId: created.id, call, config, configure, connections };
}

describe("tokens", () => {
  it("open what their scopes name, and nothing once revoked, expired or forged", async () => {
    const house = await makeHouse(["sales:read"]);
    expect((await house.call("/api/v1/sales")).status).toBe(200);
    expect((await house.call("/api/v1/orders")).body).toMatchObject({ status: 403, code: "api.scope_missing" });
    expect((await house.call("/api/v1/sales", { token: `krv_${"x".repeat(43)}` })).body).toMatchObject({ status: 401, code: "api.unauthorized" });
    expect((await fetch(`${base}/api/v1/sales`)).headers.get("www-authenticate")).toBe("Bearer");
    const [listed] = await listTokens(house.workspaceId);
    expect(listed).toMatchObject({ prefix: house.token.slice(0, 10), lastUsedAt: expect.any(Date), revokedAt: null });
    expect(JSON.stringify(await db.apiToken.findMany({ where: { workspaceId: house.workspaceId } }))).not.toContain(house.token);
    await db.apiToken.update({ where: { id: house.tokenId }, data: { expiresAt: new Date(0) } });
    expect((await house.call("/api/v1/sales")).status).toBe(401);
    await db.apiToken.update({ where: { id: house.tokenId }, data: { expiresAt: null } });
    expect((await house.call("/api/v1/sales")).status).toBe(200);
    await revokeToken(house.workspaceId, house.tokenId, house.actor);
    expect((await house.call("/api/v1/sales")).status).toBe(401);
    await expect(revokeToken(house.workspaceId, house.tokenId, house.actor)).rejects.toMatchObject({ code: "api.token_not_found" });
  });

  it("stop with their maker's membership or role, say why, and come back with them", async () => {
    const house = await makeHouse(["sales:read", "orders:read", "integrations:read"]);
    const membership = { workspaceId_userId: { workspaceId: house.workspaceId, userId: house.actor.id } };
    const answerOf = async (path: string) => {
      const { status, body } = await house.call(path);
      return [status, body["code"] ?? null];
    };
    await db.membership.update({ where: membership, data: { role: "operator" } });
    expect(await answerOf("/api/v1/sales")).toEqual([403, "api.maker_lacks"]);
    expect(await answerOf("/api/v1/integrations")).toEqual([403, "api.maker_lacks"]);
    expect(await answerOf("/api/v1/products")).toEqual([403, "api.scope_missing"]);
    expect(await answerOf("/api/v1/orders")).toEqual([200, null]);
    expect(await listTokens(house.workspaceId)).toMatchObject([{ blockedScopes: ["sales:read", "integrations:read"], isMakerGone: false }]);
    await db.membership.update({ where: membership, data: { role: "admin", disabledAt: new Date() } });
    const stopped = await house.call("/api/v1/orders");
    expect(stopped.body).toMatchObject({ status: 401, code: "api.maker_gone", detail: expect.stringMatching(/no active member/) });
    await db.membership.update({ where: membership, data: { disabledAt: null } });
    expect(await answerOf("/api/v1/sales")).toEqual([200, null]);
    await db.membership.delete({ where: membership });
    expect(await answerOf("/api/v1/orders")).toEqual([401, "api.maker_gone"]);
    expect(await listTokens(house.workspaceId)).toMatchObject([{ isMakerGone: true, makerName: null }]);
  });

  it("see their own workspace only", async () => {
    const [mine, theirs] = [await makeHouse(), await makeHouse()];
    const { body } = await theirs.configure("Theirs");
    const id = String(body["id"]);
    expect((await mine.call(`/api/integrations/${id}/logs`)).status).toBe(404);
    expect((await mine.call(`/api/integrations/${id}/sync`, { body: {} })).status).toBe(404);
    expect((await mine.call("/api/integrations/ozon/config", { body: { connectionId: id, name: "Taken" } })).status).toBe(404);
    expect((await mine.call("/api/v1/integrations")).body).toEqual({ data: [] });
  });

  it("are counted by the minute", async () => {
    const house = await makeHouse(["sales:read"]);
    const first = await house.call("/api/v1/sales");
    expect([first.headers.get("ratelimit-limit"), first.headers.get("ratelimit-remaining")]).toEqual(["600", "599"]);
    await db.$executeRaw`UPDATE rate_limit_counter SET points = 600 WHERE key = ${`api-token:${house.tokenId}`}`;
    const refused = await house.call("/api/v1/sales");
    expect(refused.body).toMatchObject({ status: 429, code: "api.too_many_requests" });
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  });
});

describe("requests", () => {
  it("tell what is wrong with which field", async () => {
    const house = await makeHouse();
    const { status, body } = await house.call("/api/v1/sales?limit=0&kinds=sale&kinds=theft&colour=red");
    expect(status).toBe(422);
    expect((body["errors"] as { path: string }[]).map(({ path }) => path).sort()).toEqual(["query", "query.kinds.1", "query.limit"]);
    expect((await house.call("/api/v1/sales?cursor=nonsense")).body).toMatchObject({ status: 400, code: "api.bad_cursor" });
    expect((await house.call("/api/v1/nothing")).body).toMatchObject({ status: 404, code: "api.not_found" });
    const wrong = await house.call("/api/v1/sales", { method: "DELETE" });
    expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "GET"]);
  });

  it("repeated with their key are carried out once, at the same moment too", async () => {
    const house = await makeHouse();
    const key = randomUUID();
    const body = house.config("Once");
    const call = () => house.call("/api/integrations/ozon/config", { body, key });
    const statuses = (await Promise.all([call(), call(), call()])).map(({ status }) => status);
    expect(statuses.filter((status) => status !== 201 && status !== 409)).toEqual([]);
    const again = await call();
    expect([again.status, again.headers.get("idempotent-replayed")]).toEqual([201, "true"]);
    expect(await house.connections()).toBe(1);
    expect((await house.configure("Another", key)).body).toMatchObject({ status: 422, code: "api.idempotency_mismatch" });
    await house.configure("Another");
    expect(await house.connections()).toBe(2);
  });

  it("that failed give their key up", async () => {
    const house = await makeHouse();
    const key = randomUUID();
    const foreign = { ...house.config("Lost"), organizationId: randomUUID() };
    expect((await house.call("/api/integrations/ozon/config", { body: foreign, key })).status).toBe(400);
    expect((await house.configure("Found", key)).status).toBe(201);
  });

  it("create, change, fetch and show a connection without giving its key back", async () => {
    const house = await makeHouse();
    const created = await house.configure("Shop");
    expect(created.status).toBe(201);
    const id = String(created.body["id"]);
    const changed = await house.call("/api/integrations/ozon/config", { body: { connectionId: id, name: "Renamed" } });
    expect([changed.status, changed.body["name"]]).toEqual([200, "Renamed"]);
    const queued = await house.call(`/api/integrations/${id}/sync`, { body: { streams: ["chats"] } });
    expect(queued.status).toBe(202);
    expect(queued.body["data"]).toMatchObject([{ connectionId: id, stream: "chats", status: "queued" }]);
    expect((await house.call(`/api/integrations/${id}/logs`)).body).toEqual({ data: [], nextCursor: null });
    const entries = await db.auditEntry.findMany({ where: { workspaceId: house.workspaceId, actorKind: "api-key" } });
    expect(entries.map(({ action }) => action)).toContain("connection.created");
  });

  it("walk a list page by page without a gap or a repeat", async () => {
    const house = await makeHouse();
    const connection = await house.configure("Shop");
    const rows = Array.from({ length: 7 }, (_, n) => ({
      id: randomUUID(),
      workspaceId: house.workspaceId,
      connectionId: String(connection.body["id"]),
      externalId: String(n),
      name: `Product ${n}`,
    }));
    await db.product.createMany({ data: rows });
    const seen: string[] = [];
    let cursor: unknown = null;
    do {
      const { body } = await house.call(`/api/v1/products?limit=3${cursor === null ? "" : `&cursor=${cursor}`}`);
      seen.push(...(body["data"] as { name: string }[]).map(({ name }) => name));
      cursor = body["nextCursor"];
    } while (cursor !== null);
    expect(seen).toEqual(rows.map(({ name }) => name));
  });
});

describe("the document", () => {
  const judge = makeJudge(document);

  it.each(operationsOf(document).map((operation) => [operation.operationId, operation] as const))(
    "%s answers as promised, whatever is asked",
    async (_id, operation) => {
      const house = await makeHouse();
      const id = String((await house.configure("Shop")).body["id"]);
      await fc.assert(
        fc.asyncProperty(shotsAt(operation, [id, "ozon"]), async ({ url, method, headers, body }) => {
          const answer = await fetch(`${base}${url}`, { method, headers: { authorization: `Bearer ${house.token}`, ...headers }, body: body ?? null });
          judge(operation, { status: answer.status, contentType: answer.headers.get("content-type") ?? "", text: await answer.text() });
        }),
        { numRuns: 60 },
      );
    },
  );
});
