import { randomUUID } from "node:crypto";
import { describe, expect, it, vi } from "vitest";
import { fixedClock } from "@/server/platform/clock";
import { db } from "@/server/platform/db";
import { inWorkspace } from "@/server/platform/transaction";
import { changeConnection, createConnection, testConnection } from "../index";
import { lockStream, writePosition } from "../sync/stream.repository";
import { listCheckpoints, rewindCheckpoint } from "./checkpoints";
import { describeCredentials } from "./describe-credentials";
import { listMetErrors } from "./list-met-errors";
import { measureConnection } from "./measure-connection";

vi.mock("@/server/integrations/registry", async () => (await import("@/server/sync/testing/fake-connector")).fakeRegistry);

const ACTOR = { kind: "user", id: "11111111-1111-4111-8111-111111111111", ip: null };
const NOW = new Date("2026-11-21T19:00:00Z");
const clock = fixedClock(NOW);

async function makeConnection() {
  const [workspaceId, organizationId] = [randomUUID(), randomUUID()];
  await db.workspace.create({ data: { id: workspaceId, name: "W", organizations: { create: { id: organizationId, name: "O" } } } });
  const input = {
    connectorId: "fake",
    organizationId,
    name: "Shop",
    credentials: { account: `c-${randomUUID()}`, secret: "very-secret-key-4321" },
    isActive: true,
    autoSync: true,
    streams: [{ stream: "chats" as const, isEnabled: true, intervalSeconds: 60 }],
  };
  return { workspaceId, connectionId: await createConnection(workspaceId, input, ACTOR) };
}

describe("credentials of a connection", () => {
  it("tell who changed and used them, what they may do and when they were last used, and nothing of themselves", async () => {
    const { workspaceId, connectionId } = await makeConnection();
    expect(await describeCredentials(workspaceId, connectionId)).toMatchObject({ version: 1, lastCallAt: null, lastRuns: [] });
    const userId = randomUUID();
    const memberships = { create: { id: randomUUID(), workspaceId, role: "admin" as const } };
    await db.user.create({ data: { id: userId, email: `${userId}@example.test`, name: "Ada", passwordHash: "none", memberships } });
    const ada = { kind: "user", id: userId, ip: "203.0.113.9" };
    await changeConnection(workspaceId, { id: connectionId, credentials: { secret: "another-secret-key-9876" } }, ada);
    await testConnection(workspaceId, connectionId, { kind: "system" });
    const startedAt = new Date("2026-11-21T10:00:00Z");
    await db.syncRun.create({ data: { id: randomUUID(), workspaceId, connectionId, stream: "chats", trigger: "schedule", status: "succeeded", startedAt } });
    const described = await describeCredentials(workspaceId, connectionId);
    expect(described.version).toBe(2);
    expect(described.lastRuns).toEqual([{ stream: "chats", at: startedAt }]);
    expect(described.accessLog.map(({ action, actorName, actorKind }) => [action, actorName ?? actorKind])).toEqual([
      ["connection.credentials_used", "system"],
      ["connection.credentials_changed", "Ada"],
      ["connection.created", "user"],
      ["connection.credentials_changed", "user"],
    ]);
    expect(described.accessLog[1]).toMatchObject({ ip: "203.0.113.9", fields: ["account", "secret"] });
    expect(JSON.stringify(described)).not.toMatch(/secret-key|9876/);
    expect(described.permissions.map(({ capability }) => capability)).toContain("chats");
    await expect(describeCredentials(randomUUID(), connectionId)).rejects.toMatchObject({ code: "connection.not_found" });
  });
});

describe("errors a connection met", () => {
  it("are counted by code and place, newest first, and those of other connections are not", async () => {
    const { workspaceId, connectionId } = await makeConnection();
    const other = await makeConnection();
    const at = (hour: number) => new Date(`2026-11-21T${String(hour).padStart(2, "0")}:00:00Z`);
    const run = (queuedAt: Date, errorCode: string | null, warnings: { code: string; params: object }[] = [], of = { workspaceId, connectionId }) => ({
      id: randomUUID(),
      ...of,
      stream: "chats",
      trigger: "schedule",
      status: errorCode === null ? "succeeded" : "failed",
      queuedAt,
      endedAt: queuedAt,
      errorCode,
      warnings,
    });
    await db.syncRun.createMany({
      data: [
        run(at(8), "remote.unavailable"),
        run(at(9), "remote.unavailable"),
        run(at(10), null, [{ code: "wildberries.base_token", params: {} }]),
        run(new Date("2026-11-01T00:00:00Z"), "remote.auth"),
        run(at(11), "remote.auth", [], other),
      ],
    });
    const deliveryId = randomUUID();
    await db.delivery.create({
      data: {
        id: deliveryId,
        workspaceId,
        connectionId,
        system: "fake",
        dedupeKey: "d",
        eventType: "e",
        headers: {},
        body: Buffer.from("{}"),
        receivedAt: at(11),
      },
    });
    await db.deliveryAttempt.create({
      data: { id: randomUUID(), workspaceId, deliveryId, number: 1, startedAt: at(12), outcome: "failed", errorCode: "intake.gave_up" },
    });
    await db.deadLetter.create({
      data: { id: randomUUID(), workspaceId, connectionId, kind: "chat", payload: {}, errorCode: "ozon.chat_shape", errorText: "", createdAt: at(13) },
    });
    await db.callLogEntry.createMany({
      data: [
        { id: randomUUID(), workspaceId, connectionId, at: at(14), method: "GET", endpoint: "/", outcome: "timeout", durationMs: 1 },
        { id: randomUUID(), workspaceId, connectionId, at: at(15), method: "GET", endpoint: "/", outcome: "ok", durationMs: 1 },
      ],
    });
    expect(await listMetErrors(workspaceId, { connectionId, days: 7 }, clock)).toEqual({
      errors: [
        { place: "calls", code: "remote.timeout", count: 1, lastAt: at(14) },
        { place: "records", code: "ozon.chat_shape", count: 1, lastAt: at(13) },
        { place: "pushes", code: "intake.gave_up", count: 1, lastAt: at(12) },
        { place: "warnings", code: "wildberries.base_token", count: 1, lastAt: at(10) },
        { place: "runs", code: "remote.unavailable", count: 2, lastAt: at(9) },
      ],
    });
    await expect(listMetErrors(randomUUID(), { connectionId, days: 7 }, clock)).rejects.toMatchObject({ code: "connection.not_found" });
  });
});

describe("metrics of a connection", () => {
  it("count what was called, how long it took and what became of what was received", async () => {
    const { workspaceId, connectionId } = await makeConnection();
    const call = (at: string, outcome: string, durationMs: number, endpoint: string, status: number | null = 200) => ({
      id: randomUUID(),
      workspaceId,
      connectionId,
      at: new Date(at),
      method: "GET",
      endpoint,
      outcome,
      status,
      durationMs,
      requestBytes: 100,
      responseBytes: 900,
    });
    await db.callLogEntry.createMany({
      data: [
        call("2026-11-20T23:59:00Z", "ok", 100, "/v1/orders/12345?page=1"),
        call("2026-11-21T00:01:00Z", "ok", 200, "/v1/orders/98765"),
        call("2026-11-21T10:00:00Z", "rate-limited", 300, "/v1/chats", 429),
        call("2026-11-21T11:00:00Z", "timeout", 30_000, "/v1/chats", null),
        // Before the stretch.
        call("2026-11-01T11:00:00Z", "ok", 1, "/v1/old"),
      ],
    });
    const run = (endedAt: string, status: string, counts: object) => ({
      id: randomUUID(),
      workspaceId,
      connectionId,
      stream: "chats",
      trigger: "schedule",
      status,
      endedAt: new Date(endedAt),
      ...counts,
    });
    await db.syncRun.createMany({
      data: [
        run("2026-11-21T10:00:00Z", "succeeded", { received: 5, applied: 3, duplicate: 1, deadLetter: 1 }),
        run("2026-11-21T11:00:00Z", "failed", {}),
        run("2026-11-20T11:00:00Z", "succeeded", { received: 2, applied: 1, rejected: 1 }),
      ],
    });
    const metrics = await measureConnection(workspaceId, { connectionId, days: 3 }, clock);
    expect(metrics.total).toMatchObject({ calls: 4, errors: 2, availability: 0.75, medianMs: 200, bytes: 4_000, runs: 3, failedRuns: 1 });
    expect(metrics.days).toMatchObject([
      { day: "2026-11-19", calls: 0, availability: null, conservation: null },
      { day: "2026-11-20", calls: 1, availability: 1, runs: 1, conservation: { received: 2, applied: 1, rejected: 1, balances: true } },
      {
        day: "2026-11-21",
        calls: 3,
        errors: 2,
        runs: 2,
        failedRuns: 1,
        conservation: { received: 5, applied: 3, duplicate: 1, deadLetter: 1, balances: true },
      },
    ]);
    expect(metrics.endpoints.map(({ endpoint, calls }) => ({ endpoint, calls }))).toEqual([
      { endpoint: "GET /v1/chats", calls: 2 },
      { endpoint: "GET /v1/orders/…", calls: 2 },
    ]);
    expect(metrics.headroom.length).toBeGreaterThan(0);
    for (const { free, shutUntil } of metrics.headroom) expect({ free, shutUntil }).toEqual({ free: 1, shutUntil: null });
  });
});

describe("checkpoints", () => {
  it("are shown, and rewound at once and with a trace; not under a running synchronisation", async () => {
    const { workspaceId, connectionId } = await makeConnection();
    const write = (position: Parameters<typeof writePosition>[2]) =>
      inWorkspace(workspaceId, async (scope) => {
        const row = await lockStream(scope, connectionId, "chats");
        await writePosition(scope, row?.id ?? "", position, NOW);
      });
    await write({ committed: { page: 7 } });
    expect(await listCheckpoints(workspaceId, connectionId)).toContainEqual({ stream: "chats", checkpoint: '{\n  "page": 7\n}', checkpointAt: NOW });

    await write({ committed: { page: 7 }, run: { id: "r", chunk: 0, failures: 0, commits: true } });
    await expect(rewindCheckpoint(workspaceId, { connectionId, stream: "chats" }, ACTOR, clock)).rejects.toMatchObject({ code: "sync.rewind_while_running" });

    await write({ committed: { page: 7 } });
    await rewindCheckpoint(workspaceId, { connectionId, stream: "chats" }, ACTOR, clock);
    expect(await listCheckpoints(workspaceId, connectionId)).toContainEqual({ stream: "chats", checkpoint: null, checkpointAt: null });
    expect(await db.syncStream.findFirst({ where: { connectionId, stream: "chats" } })).toMatchObject({ nextDueAt: NOW });
    expect(await db.auditEntry.count({ where: { workspaceId, action: "connection.checkpoint_rewound" } })).toBe(1);
    await expect(rewindCheckpoint(workspaceId, { connectionId, stream: "questions" }, ACTOR, clock)).rejects.toMatchObject({
      code: "connection.unknown_stream",
    });
    await expect(rewindCheckpoint(randomUUID(), { connectionId, stream: "chats" }, ACTOR, clock)).rejects.toMatchObject({ code: "connection.not_found" });
  });
});
