import type { APIResponse } from "@playwright/test";
import { conversationOf, startChat, unique } from "../fixtures/inbox";
import { ROLES } from "../fixtures/runtime";
import { readCsv } from "../fixtures/spreadsheet";
import { expect, test } from "../fixtures/test";
import { until } from "../fixtures/until";

// Requests name their cookie themselves; nothing is signed in by the way.
test.use({ storageState: { cookies: [], origins: [] } });

const as = (cookie: string) => ({ headers: { cookie }, maxRedirects: 0 });
const code = async (answer: APIResponse) => ((await answer.json()) as { code?: unknown }).code;

test("the sales export obeys the role", async ({ request, cast }) => {
  const address = "/api/sales/export?format=csv";
  const nobody = await request.get(address, { maxRedirects: 0 });
  expect([nobody.status(), await code(nobody)]).toEqual([401, "access.signed_out"]);
  expect((await request.get(address, as("karavan.session=forged"))).status()).toBe(401);
  const allowed = new Set(["owner", "admin", "accountant"]);
  for (const role of ROLES) {
    const answer = await request.get(address, as(cast.shop[role].cookie));
    expect([role, answer.status()]).toEqual([role, allowed.has(role) ? 200 : 403]);
    if (!allowed.has(role)) expect(await answer.text()).not.toContain("RUB");
  }
  const bad = await request.get("/api/sales/export?format=exe", as(cast.shop.owner.cookie));
  expect([bad.status(), await code(bad)]).toEqual([400, "input.invalid"]);
});

test("the sales export gives a stranger nothing, whatever ids they name", async ({ request, cast, seed, api }) => {
  const organizations = await api.access.organizations.list.query({});
  const named = `connectionIds=${seed.connectionId}&organizationIds=${organizations.map((entry) => entry.id).join(",")}`;
  for (const query of ["", named, `connectionIds=${seed.connectionId}`]) {
    const own = await request.get(`/api/sales/export?format=csv&${query}`, as(cast.shop.owner.cookie));
    expect(readCsv(await own.text()).length).toBeGreaterThan(0);
    const answer = await request.get(`/api/sales/export?format=csv&${query}`, as(cast.stranger.cookie));
    expect(answer.status()).toBe(200);
    expect(readCsv(await answer.text())).toEqual([]);
  }
});

test("an attachment is for those who may read the inbox of its own workspace", async ({ request, cast, desk, api }) => {
  const { chatId, conversationId } = await startChat(desk, api, unique("Фото для проверки"));
  await desk.ozon.pushBuyerMessage({ chatId, image: true });
  const messageId = await until("the picture", async () => {
    const { messages } = await api.inbox.thread.query({ conversationId });
    return messages.find((message) => message.attachments.length > 0)?.id;
  });
  const address = `/api/inbox/attachments/${messageId}/0`;
  expect((await request.get(address, { maxRedirects: 0 })).status()).toBe(401);
  const allowed = new Set(["owner", "admin", "operator", "read_only"]);
  for (const role of ROLES) {
    const answer = await request.get(address, as(cast.shop[role].cookie));
    expect([role, answer.status()]).toEqual([role, allowed.has(role) ? 200 : 403]);
  }
  const picture = await request.get(address, as(cast.shop.owner.cookie));
  expect(picture.headers()["content-type"]).toBe("image/png");
  expect(picture.headers()["x-content-type-options"]).toBe("nosniff");

  const foreign = await request.get(address, as(cast.stranger.cookie));
  const absent = await request.get("/api/inbox/attachments/00000000-0000-4000-8000-000000000000/0", as(cast.stranger.cookie));
  expect([foreign.status(), await foreign.text()]).toEqual([absent.status(), await absent.text()]);
  expect(foreign.status()).toBe(404);
  for (const odd of ["x/0", `${messageId}/99`, `${messageId}/-1`, `${messageId}/0.5`]) {
    expect((await request.get(`/api/inbox/attachments/${odd}`, as(cast.shop.owner.cookie))).status()).toBe(404);
  }
});

test("the API refuses those who are not signed in, and tells strangers the same as for what does not exist", async ({ request, cast, api }) => {
  const conversationId = await conversationOf(api, "0a000000-0000-4000-8000-000000000001");
  const thread = (id: string) => `/api/trpc/inbox.thread?input=${encodeURIComponent(JSON.stringify({ json: { conversationId: id } }))}`;
  expect((await request.get(thread(conversationId))).status()).toBe(401);
  const foreign = await request.get(thread(conversationId), as(cast.stranger.cookie));
  const absent = await request.get(thread("00000000-0000-4000-8000-000000000000"), as(cast.stranger.cookie));
  const withoutId = async (answer: APIResponse) => (await answer.text()).replace(/"requestId":"[^"]*"/, "");
  expect(foreign.status()).toBe(404);
  expect(await withoutId(foreign)).toBe(await withoutId(absent));
  const crossSite = await request.get(thread(conversationId), { headers: { cookie: cast.shop.owner.cookie, "sec-fetch-site": "cross-site" } });
  expect(crossSite.status()).toBe(403);
});

test("pages send those who are not signed in to sign in", async ({ request }) => {
  for (const path of ["/", "/inbox", "/sales", "/integrations", "/integrations/new", "/settings/members", "/settings/audit"]) {
    const answer = await request.get(path, { maxRedirects: 0 });
    expect([path, answer.status()]).toEqual([path, 307]);
    expect(answer.headers()["location"]).toContain("/sign-in");
  }
});

test("unsigned calls of the engine are refused", async ({ request }) => {
  const body = { event: { name: "inngest/function.invoked", data: {} }, events: [], steps: {}, ctx: {} };
  const call = await request.post("/api/inngest?fnId=karavan-send-message&stepId=step", { data: body });
  expect(call.status()).toBe(401);
  const forged = await request.post("/api/inngest?fnId=karavan-send-message&stepId=step", {
    data: body,
    headers: { "x-inngest-signature": `t=${Math.floor(Date.now() / 1_000)}&s=${"0".repeat(64)}` },
  });
  expect(forged.status()).toBe(401);
  const look = await request.get("/api/inngest");
  const text = await look.text();
  for (const secret of ["signkey", "event_key_hash", 'signing_key_hash":"']) expect(text).not.toContain(secret);
});

test("health is told without details", async ({ request }) => {
  expect((await request.get("/api/health")).status()).toBe(200);
  const ready = await request.get("/api/health/ready");
  expect(ready.status()).toBe(200);
  expect(await ready.json()).toMatchObject({ status: "ready", checks: { database: "ok", migrations: "ok", worker: "ok" } });
  expect(await ready.text()).not.toMatch(/127\.0\.0\.1|postgres/);
});

test("every answer carries the security headers, every page a nonce of its own", async ({ request, cast }) => {
  const nonces = new Set<string>();
  for (const path of ["/", "/sign-in", "/api/health", "/api/sales/export?format=csv"]) {
    const answer = await request.get(path, as(cast.shop.owner.cookie));
    const headers = answer.headers();
    const policy = headers["content-security-policy"] ?? "";
    expect(policy, path).toContain("default-src 'self'");
    expect(policy, path).not.toMatch(/script-src[^;]*'unsafe-(inline|eval)'/);
    expect(headers, path).toMatchObject({ "x-content-type-options": "nosniff", "x-frame-options": "DENY", "cross-origin-opener-policy": "same-origin" });
    expect(headers["x-request-id"], path).toMatch(/^[\w-]{8,64}$/);
    nonces.add(/'nonce-([^']+)'/.exec(policy)?.[1] ?? "");
    expect(headers["x-powered-by"], path).toBeUndefined();
  }
  expect(nonces.size).toBe(4);
  expect(nonces).not.toContain("");
  const page = await request.get("/sign-in");
  const nonce = /'nonce-([^']+)'/.exec(page.headers()["content-security-policy"] ?? "")?.[1] ?? "absent";
  const scripts = [...(await page.text()).matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
  expect(scripts.length).toBeGreaterThan(0);
  expect(scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual([]);
});

test("the session cookie is out of reach for scripts and other sites", async ({ request, cast }) => {
  const { csrfToken } = (await (await request.get("/api/auth/csrf")).json()) as { csrfToken: string };
  const { email, password } = cast.shop.read_only;
  const answer = await request.post("/api/auth/callback/credentials", { form: { csrfToken, email, password, json: "true" }, maxRedirects: 0 });
  const cookie = answer.headersArray().find(({ name, value }) => name.toLowerCase() === "set-cookie" && value.includes("karavan.session="))?.value ?? "";
  expect(cookie).toMatch(/HttpOnly/i);
  expect(cookie).toMatch(/SameSite=Lax/i);
});
