import { tracked } from "@trpc/server";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { makeSignedIn, makeWorkspace } from "@/server/access/testing/make-workspace";
import { db } from "@/server/platform/db";
import { router, t } from "./init";
import { permitted } from "./procedures";
import { serveTrpc } from "./serve";
import { SESSION_ANSWER_MS } from "./still-live";
import { outputStream } from "./stream";
import { contextFor } from "./testing/call";

const ended: string[] = [];
const probe = router({
  count: permitted("home.read")
    .output(outputStream(z.object({ n: z.number() })))
    .subscription(async function* () {
      try {
        for (let n = 1; ; n += 1) yield tracked(String(n), { n, secret: "not for the browser" });
      } finally {
        ended.push("source");
      }
    }),
  explode: permitted("home.read")
    .output(outputStream(z.object({ n: z.number() })))
    .subscription(async function* () {
      yield tracked("1", { n: 1 });
      throw new Error("password=hunter2");
    }),
});

const echo = router({
  ask: permitted("home.read")
    .input(z.object({ search: z.string() }))
    .output(z.string())
    .query(({ input }) => input.search),
});

async function subscriber() {
  const { workspaceId } = await makeWorkspace();
  const session = await makeSignedIn(workspaceId, "operator");
  return { session, api: t.createCallerFactory(probe)(contextFor(session)) };
}

describe("a question", () => {
  it("that no text of the database can answer is refused, not an accident", async () => {
    const { session } = await subscriber();
    const api = t.createCallerFactory(echo)(contextFor(session));
    await expect(api.ask({ search: "a\u0000b" })).rejects.toMatchObject({ code: "BAD_REQUEST" });
    expect(await api.ask({ search: "ab" })).toBe("ab");
  });
});

describe("a subscription", () => {
  it("cuts what it yields to its schema and hears nothing a second after the session ended", async () => {
    const { session, api } = await subscriber();
    const stream = (await api.count())[Symbol.asyncIterator]();
    expect((await stream.next()).value).toMatchObject({ 0: "1", 1: { n: 1 } });
    expect(JSON.stringify((await stream.next()).value)).not.toContain("secret");
    await db.userSession.update({ where: { id: session.sessionId }, data: { endedAt: new Date() } });
    await new Promise((wake) => setTimeout(wake, SESSION_ANSWER_MS + 100));
    await expect(stream.next()).rejects.toMatchObject({ code: "UNAUTHORIZED", message: "access.signed_out" });
    expect(ended).toEqual(["source"]);
  });

  it("hides what an unforeseen error says", async () => {
    const { api } = await subscriber();
    const stream = (await api.explode())[Symbol.asyncIterator]();
    await stream.next();
    await expect(stream.next()).rejects.toMatchObject({ code: "INTERNAL_SERVER_ERROR", message: "internal" });
  });
});

describe("over HTTP", () => {
  const get = (headers: Record<string, string> = {}) => serveTrpc(new Request("http://127.0.0.1:3000/api/trpc/access.session.me", { headers }));

  it("answers a caller without session with a code and the request id, and nothing cacheable", async () => {
    const response = await get({ "x-request-id": "request-0001" });
    expect(response.status).toBe(401);
    expect([response.headers.get("x-request-id"), response.headers.get("cache-control")]).toEqual(["request-0001", "no-store"]);
    expect(await response.json()).toMatchObject({
      error: { json: { message: "access.signed_out", data: { appCode: "access.signed_out", params: {}, requestId: "request-0001" } } },
    });
  });

  it("refuses a request from another site", async () => {
    expect((await get({ "sec-fetch-site": "cross-site" })).status).toBe(403);
  });

  it("names no stack and no input of a bad request", async () => {
    const response = await serveTrpc(
      new Request("http://127.0.0.1:3000/api/trpc/access.setup.create", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ json: { password: "hunter2" } }),
      }),
    );
    const text = await response.text();
    expect(response.status).toBe(400);
    expect(text).toContain("input.invalid");
    expect(text).not.toMatch(/hunter2|stack/);
  });
});
