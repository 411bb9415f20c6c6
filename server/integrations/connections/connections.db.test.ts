import { randomUUID } from "node:crypto";
import { describe, expect, it, vi } from "vitest";
import { fixedClock } from "@/server/platform/clock";
import { db } from "@/server/platform/db";
import { inWorkspace } from "@/server/platform/transaction";
import { fakeConnector, sourceOf } from "@/server/sync/testing/fake-connector";
import { ConnectorError } from "../contract/errors";
import {
  changeConnection,
  createConnection,
  createWebhookAddress,
  getConnection,
  listConnections,
  openConnection,
  removeConnection,
  setActive,
  testConnection,
  testDraft,
} from "../index";
import { writeHealth } from "./connection.repository";

vi.mock("@/server/integrations/registry", async () => (await import("@/server/sync/testing/fake-connector")).fakeRegistry);

const ACTOR = { kind: "user", id: "11111111-1111-4111-8111-111111111111", ip: null };
const SECRET = "very-secret-key-4321";
const NOW = new Date("2026-11-20T10:00:00Z");

async function makeWorkspace() {
  const workspaceId = randomUUID();
  const organizationId = randomUUID();
  await db.workspace.create({ data: { id: workspaceId, name: "W", organizations: { create: { id: organizationId, name: "O" } } } });
  return { workspaceId, organizationId };
}

async function makeConnection() {
  const { workspaceId, organizationId } = await makeWorkspace();
  const account = `c-${randomUUID()}`;
  const input = {
    connectorId: "fake",
    organizationId,
    name: "Shop",
    credentials: { account, secret: SECRET },
    isActive: true,
    autoSync: true,
    streams: [{ stream: "chats" as const, isEnabled: true, intervalSeconds: 5 }],
  };
  const id = await createConnection(workspaceId, input, ACTOR);
  return { workspaceId, organizationId, account, id, source: sourceOf(account) };
}

describe("credentials", () => {
  it("never come back: neither from the list nor from the row nor after an update", async () => {
    const { workspaceId, id, account } = await makeConnection();
    const view = await getConnection(workspaceId, id);
    expect(view.credentialHints).toEqual({ account, secret: "…4321" });
    await changeConnection(workspaceId, { id, name: "Renamed", credentials: { secret: "another-secret-8765", account: "" } }, ACTOR);
    const seen = JSON.stringify([await listConnections(workspaceId), await db.auditEntry.findMany({ where: { workspaceId } })]);
    expect(seen).not.toContain(SECRET);
    expect(seen).not.toContain("another-secret");
    const stored = await db.connectionCredential.findUniqueOrThrow({ where: { connectionId: id } });
    expect(Buffer.from(stored.sealed).includes("another-secret")).toBe(false);
    const opened = await inWorkspace(workspaceId, (scope) => openConnection(scope, id));
    expect(opened.context.credentials).toEqual({ account, secret: "another-secret-8765" });
    expect((await getConnection(workspaceId, id)).credentialHints["secret"]).toBe("…8765");
  });

  it("leave a trace of who changed and who used them", async () => {
    const { workspaceId, id } = await makeConnection();
    await testConnection(workspaceId, id, ACTOR);
    const actions = (await db.auditEntry.findMany({ where: { workspaceId, subjectId: id }, orderBy: { id: "asc" } })).map((entry) => entry.action);
    expect(actions).toEqual(["connection.credentials_changed", "connection.created", "connection.credentials_used"]);
  });

  it("are refused half-filled, unknown or malformed, before any call", async () => {
    const { workspaceId, organizationId } = await makeWorkspace();
    const create = (credentials: Record<string, string>) =>
      createConnection(workspaceId, { connectorId: "fake", organizationId, name: "S", credentials, isActive: true, autoSync: true, streams: [] }, ACTOR);
    await expect(create({ account: "a" })).rejects.toMatchObject({ code: "connection.credentials_missing", params: { fields: "secret" } });
    await expect(create({ account: "a", secret: "short" })).rejects.toMatchObject({ code: "connection.credentials_malformed" });
    await expect(create({ account: "a", secret: SECRET, host: "evil" })).rejects.toMatchObject({ code: "connection.credentials_malformed" });
    expect(await testDraft(workspaceId, { connectorId: "fake", credentials: { account: "a" } })).toMatchObject({
      ok: false,
      health: { state: "auth_failed", code: "credentials_missing" },
    });
  });
});

describe("a connection", () => {
  it("gets all streams of its connector, none more often than the service allows", async () => {
    const { workspaceId, id } = await makeConnection();
    const view = await getConnection(workspaceId, id);
    expect(view.streams.map((stream) => [stream.stream, stream.intervalSeconds])).toEqual([
      ["chats", 30],
      ["orders", 300],
      ["sales", 3_600],
    ]);
  });

  it("cannot be given an organization or be reached by another workspace", async () => {
    const mine = await makeConnection();
    const theirs = await makeWorkspace();
    await expect(changeConnection(mine.workspaceId, { id: mine.id, organizationId: theirs.organizationId }, ACTOR)).rejects.toMatchObject({
      code: "connection.unknown_organization",
    });
    for (const attempt of [
      () => getConnection(theirs.workspaceId, mine.id),
      () => changeConnection(theirs.workspaceId, { id: mine.id, name: "x" }, ACTOR),
      () => setActive(theirs.workspaceId, mine.id, false, ACTOR),
      () => removeConnection(theirs.workspaceId, mine.id, ACTOR),
      () => testConnection(theirs.workspaceId, mine.id, ACTOR),
      () => createWebhookAddress(theirs.workspaceId, mine.id, ACTOR),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: "connection.not_found" });
    }
  });

  it("may only point at an address the installation allows", async () => {
    const { workspaceId, organizationId } = await makeWorkspace();
    const create = (baseUrl: string) =>
      createConnection(
        workspaceId,
        { connectorId: "fake", organizationId, name: "S", credentials: { account: "a", secret: SECRET }, isActive: true, autoSync: true, streams: [], baseUrl },
        ACTOR,
      );
    await expect(create("https://attacker.example")).rejects.toMatchObject({ code: "connection.base_url_not_allowed" });
    await expect(create("http://127.0.0.1.attacker.example")).rejects.toMatchObject({ code: "connection.base_url_not_allowed" });
    const id = await create("http://127.0.0.1:4123/fake");
    expect((await inWorkspace(workspaceId, (scope) => openConnection(scope, id))).context.baseUrl).toBe("http://127.0.0.1:4123/fake");
  });

  it("forgets its key when it is removed and keeps what it brought", async () => {
    const { workspaceId, id } = await makeConnection();
    await removeConnection(workspaceId, id, ACTOR);
    expect(await db.connectionCredential.count({ where: { connectionId: id } })).toBe(0);
    await expect(getConnection(workspaceId, id)).rejects.toMatchObject({ code: "connection.not_found" });
    expect(await db.connection.count({ where: { id } })).toBe(1);
  });
});

describe("the connection test", () => {
  it.each([
    ["auth", {}, { state: "auth_failed", code: "credentials_rejected" }],
    ["forbidden", { params: { permission: "Chats" } }, { state: "missing_permission", params: { permission: "Chats" } }],
    ["rate-limited", { retryAfterMs: 30_000 }, { state: "throttled", params: { until: "2026-11-20T10:00:30.000Z" } }],
    ["unavailable", {}, { state: "unreachable" }],
    ["timeout", {}, { state: "unreachable" }],
    ["malformed", {}, { state: "degraded", code: "answer_not_understood" }],
  ] as const)("names the cause: %s", async (kind, options, health) => {
    const { workspaceId, id, source } = await makeConnection();
    source.failures.push(new ConnectorError(kind, undefined, options));
    const result = await testConnection(workspaceId, id, ACTOR, fixedClock(NOW));
    expect(result).toMatchObject({ ok: false, health });
    expect((await getConnection(workspaceId, id)).sendingBlocked).toBe(kind === "auth");
  });

  it("keeps what it learnt and warns before the key expires", async () => {
    const { workspaceId, id, source } = await makeConnection();
    source.facts = {
      accountRef: "77",
      accountName: "Lamp shop",
      credentialsExpireAt: new Date("2026-11-25T09:00:00Z"),
      missingPermissions: [{ capability: "send", permission: "PREMIUM_PLUS" }],
      subscription: "PREMIUM",
      facts: { roles: ["Chats"] },
    };
    expect(await testConnection(workspaceId, id, ACTOR, fixedClock(NOW))).toMatchObject({
      ok: false,
      accountName: "Lamp shop",
      health: { state: "degraded", code: "subscription_too_small", params: { subscription: "PREMIUM" } },
    });
    expect(await getConnection(workspaceId, id, fixedClock(NOW))).toMatchObject({
      accountRef: "77",
      expiry: { daysLeft: 4, level: "soon" },
      sendingBlocked: false,
    });
    expect((await getConnection(workspaceId, id, fixedClock(new Date("2026-11-26T00:00:00Z")))).expiry).toEqual({ daysLeft: 0, level: "expired" });
    const opened = await inWorkspace(workspaceId, (scope) => openConnection(scope, id));
    expect(opened.context.facts).toMatchObject({ roles: ["Chats"] });
  });

  it("tests a draft without storing anything", async () => {
    const { workspaceId } = await makeWorkspace();
    expect(await testDraft(workspaceId, { connectorId: fakeConnector.id, credentials: { account: randomUUID(), secret: SECRET } })).toMatchObject({
      ok: true,
      health: { state: "ok" },
    });
    expect(await db.connection.count({ where: { workspaceId } })).toBe(0);
  });
});

describe("outages", () => {
  it("are kept from the first sign to the last, and end when nobody looks any more", async () => {
    const { workspaceId, id } = await makeConnection();
    const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
    const found = (state: "unreachable" | "throttled" | "ok", minutes: number) =>
      inWorkspace(workspaceId, (scope) => writeHealth(scope, id, { state, code: state === "ok" ? null : `remote.${state}`, params: {} }, at(minutes)));
    const outages = () =>
      db.connectionOutage.findMany({ where: { connectionId: id }, orderBy: { startedAt: "asc" }, select: { startedAt: true, endedAt: true } });
    await found("ok", 0);
    await found("unreachable", 1);
    await found("throttled", 2);
    await found("unreachable", 3);
    expect(await outages()).toEqual([{ startedAt: at(1), endedAt: null }]);
    await found("ok", 5);
    await found("unreachable", 7);
    expect(await outages()).toEqual([
      { startedAt: at(1), endedAt: at(5) },
      { startedAt: at(7), endedAt: null },
    ]);
    await setActive(workspaceId, id, false, ACTOR, fixedClock(at(9)));
    expect(await outages()).toMatchObject([{}, { endedAt: at(9) }]);
    const told = await db.engineEvent.findMany({
      where: { name: "integrations/connection.health-changed", data: { path: ["connectionId"], equals: id } },
      orderBy: { id: "asc" },
    });
    expect(told.at(-1)?.data).toMatchObject({ before: "unreachable", state: "disabled" });
  });
});
