import { describe, expect, it, vi } from "vitest";
import { ConnectorError } from "@/server/integrations/contract/errors";
import {
  abandonRun,
  cancelRun,
  changeConnection,
  getConnection,
  listDeadLetters,
  planDueStreams,
  requestDeadLetterReplay,
  syncNow,
} from "@/server/integrations/index";
import { db } from "@/server/platform/db";
import { logger } from "@/server/platform/logger";
import { replayDeadLetter, runNextPage, runPages } from "./index";
import { ACTOR, finish, makeFixture, runOf, startRun, storedMessages, sync } from "./testing/fixture";

vi.mock("@/server/integrations/registry", async () => (await import("./testing/fake-connector")).fakeRegistry);

const chance = (clock: { now(): Date }) => ({ clock, random: () => 0 });

describe("a sync run", () => {
  it("carries every page and counts what it received", async () => {
    const shop = await makeFixture();
    for (const chat of ["a", "b", "c"]) for (const n of [1, 2]) shop.source.write(chat, `${chat}${n}`);
    const run = await sync(shop, "chats");
    expect(run).toMatchObject({
      status: "succeeded",
      received: 6,
      applied: 6,
      duplicate: 0,
      rejected: 0,
      deadLetter: 0,
      pages: 2,
      stepsDone: 3,
      stepsTotal: 3,
    });
    expect(await storedMessages(shop)).toEqual(["a1", "a2", "b1", "b2", "c1", "c2"]);
    const stream = await db.syncStream.findFirstOrThrow({ where: { connectionId: shop.connectionId, stream: "chats" } });
    expect(stream).toMatchObject({ checkpoint: { committed: { seen: 3 } }, lastRunId: run.id, failures: 0 });
  });

  it("commits rows and checkpoint together: a crash between pages repeats nothing and loses nothing", async () => {
    const shop = await makeFixture();
    for (const chat of ["a", "b", "c", "d", "e"]) shop.source.write(chat, `${chat}1`);
    const ref = await startRun(shop, "chats");
    await runNextPage(ref, { clock: shop.clock });
    // The worker dies after it pulled page two and before it stored it.
    shop.source.meanwhile = () => Promise.reject(new Error("killed"));
    await expect(runNextPage(ref, { clock: shop.clock })).rejects.toThrow("killed");
    expect(await storedMessages(shop)).toEqual(["a1", "b1"]);
    await finish(shop, ref);
    expect(await runOf(ref.runId)).toMatchObject({ status: "succeeded", received: 5, applied: 5, duplicate: 0, pages: 3 });
    expect(await storedMessages(shop)).toEqual(["a1", "b1", "c1", "d1", "e1"]);
  });

  it("rolls rows back with the counters when the page does not add up", async () => {
    const shop = await makeFixture();
    shop.source.write("a", "a1");
    const ref = await startRun(shop, "chats");
    await runNextPage(ref, { clock: shop.clock });
    shop.source.write("b", "b1");
    const again = await startRun(shop, "chats");
    shop.source.unaccounted = 1;
    await expect(runNextPage(again, { clock: shop.clock })).rejects.toMatchObject({ code: "sync.counts_do_not_add_up" });
    expect(await storedMessages(shop)).toEqual(["a1"]);
    expect(await runOf(again.runId)).toMatchObject({ pages: 0, applied: 0 });
  });

  it("has the conservation line as a law of the database", async () => {
    const shop = await makeFixture();
    const ref = await startRun(shop, "chats");
    await expect(db.syncRun.update({ where: { id: ref.runId }, data: { received: 1 } })).rejects.toThrow(/sync_run_conservation/);
  });

  it("two workers on one page count it once", async () => {
    const shop = await makeFixture();
    shop.source.write("a", "a1");
    const ref = await startRun(shop, "chats");
    shop.source.meanwhile = async () => {
      await runNextPage(ref, { clock: shop.clock });
    };
    const second = await runNextPage(ref, { clock: shop.clock });
    expect(second).toMatchObject({ done: false });
    expect(await finish(shop, ref)).toMatchObject({ done: true, status: null });
    expect(await runOf(ref.runId)).toMatchObject({ status: "succeeded", received: 1, applied: 1, duplicate: 0, pages: 1 });
  });

  it("pulls ahead while it stores, in order, and drops what was pulled ahead of a cancellation", async () => {
    const shop = await makeFixture();
    for (let n = 0; n < 9; n += 1) shop.source.write(`chat-${n}`, `m${n}`);
    const ref = await startRun(shop, "chats");
    expect(await runPages(ref, 60_000, { clock: shop.clock })).toMatchObject({ done: true, status: "succeeded" });
    expect(await runOf(ref.runId)).toMatchObject({ pages: 5, received: 9, applied: 9, duplicate: 0 });
    for (let n = 0; n < 9; n += 1) shop.source.write(`chat-${n}`, `n${n}`);
    const second = await startRun(shop, "chats");
    const at = shop.source.calls;
    shop.source.onCall = async (call) => {
      if (call === at + 2) await cancelRun(shop.workspaceId, second.runId, ACTOR, shop.clock);
    };
    expect(await runPages(second, 60_000, { clock: shop.clock })).toMatchObject({ done: true, status: null });
    const run = await runOf(second.runId);
    expect(run.status).toBe("cancelled");
    expect((await storedMessages(shop)).length).toBe(9 + run.applied);
  });

  it("stores small pages together and counts each of them; a page that fails leaves those before it stored", async () => {
    const shop = await makeFixture();
    for (let n = 0; n < 9; n += 1) shop.source.write(`chat-${n}`, `m${n}`);
    const ref = await startRun(shop, "chats");
    const at = shop.source.calls;
    shop.source.onCall = async (call) => {
      if (call === at + 4) throw new ConnectorError("rate-limited", undefined, { retryAfterMs: 7_000 });
    };
    expect(await runPages(ref, 60_000, { clock: shop.clock })).toEqual({ done: false, status: "running", waitMs: 7_000 });
    expect(shop.source.calls - at).toBe(4);
    expect(await runOf(ref.runId)).toMatchObject({ pages: 3, received: 6, applied: 6, duplicate: 0 });
    expect(await storedMessages(shop)).toEqual(["m0", "m1", "m2", "m3", "m4", "m5"]);
    expect(await runPages(ref, 60_000, { clock: shop.clock })).toMatchObject({ done: true, status: "succeeded" });
    expect(await runOf(ref.runId)).toMatchObject({ pages: 5, received: 9, applied: 9, duplicate: 0 });
  });

  it("a run repeated over the same sales changes nothing", async () => {
    const shop = await makeFixture();
    for (let n = 1; n <= 5; n += 1) shop.source.sell(`s${n}`, `2026-11-0${n}`);
    const window = { from: new Date("2026-10-25T00:00:00Z"), to: new Date("2026-11-20T00:00:00Z") };
    expect(await sync(shop, "sales", window)).toMatchObject({ status: "succeeded", received: 5, applied: 5, duplicate: 0 });
    expect(await sync(shop, "sales", window)).toMatchObject({ status: "succeeded", received: 5, applied: 0, duplicate: 5 });
    expect(await db.saleLine.count({ where: { connectionId: shop.connectionId } })).toBe(5);
  });

  it("cuts a window to what the service takes, and a window of one's own leaves the schedule's place alone", async () => {
    const shop = await makeFixture();
    shop.source.sell("old", "2026-10-01");
    const run = await sync(shop, "sales", { from: new Date("2026-09-25T00:00:00Z"), to: new Date("2026-10-20T00:00:00Z") });
    expect(run).toMatchObject({ pages: 3, stepsTotal: 3, applied: 1 });
    const before = await db.syncStream.findFirstOrThrow({ where: { connectionId: shop.connectionId, stream: "sales" } });
    expect(before.checkpoint).toEqual({});
    const scheduled = await sync(shop, "sales");
    expect(scheduled.windowFrom?.toISOString()).toBe("2026-10-21T10:00:00.000Z");
    const next = await sync(shop, "sales");
    expect(next.windowFrom?.toISOString()).toBe("2026-11-17T10:00:00.000Z");
  });

  it("goes on from a sane place after the clock was set back", async () => {
    const shop = await makeFixture();
    await sync(shop, "sales");
    shop.clock.set("2026-11-01T00:00:00Z");
    const run = await sync(shop, "sales");
    expect([run.windowFrom?.toISOString(), run.windowTo?.toISOString(), run.status]).toEqual([
      "2026-10-29T00:00:00.000Z",
      "2026-11-01T00:00:00.000Z",
      "succeeded",
    ]);
  });

  it("drops the page of a cancelled run", async () => {
    const shop = await makeFixture();
    shop.source.write("a", "a1");
    const ref = await startRun(shop, "chats");
    shop.source.meanwhile = () => cancelRun(shop.workspaceId, ref.runId, ACTOR, shop.clock);
    await runNextPage(ref, { clock: shop.clock });
    expect(await runNextPage(ref, { clock: shop.clock })).toMatchObject({ done: true });
    expect(await storedMessages(shop)).toEqual([]);
    expect(await runOf(ref.runId)).toMatchObject({ status: "cancelled", received: 0 });
    await expect(cancelRun(shop.workspaceId, ref.runId, ACTOR)).rejects.toMatchObject({ code: "sync.run_already_ended" });
  });
});

describe("records that fail on their own", () => {
  it("keep the page going, wait as dead letters, fill one row however often they come, and resolve when they arrive", async () => {
    const shop = await makeFixture();
    shop.source.write("good", "g1");
    const bad = shop.source.write("bad", "");
    const first = await sync(shop, "chats");
    expect(first).toMatchObject({ status: "partial", received: 2, applied: 1, rejected: 1 });
    shop.source.rejectNext = [
      { kind: "conversation", externalId: "raw", payload: { odd: "\u0000", big: 12n }, errorCode: "fake.shape", errorText: "unreadable" },
    ];
    shop.source.write("good", "g2");
    const second = await sync(shop, "chats");
    expect(second.received).toBe(second.applied + second.duplicate + second.rejected + second.deadLetter);
    expect(second.deadLetter).toBe(1);
    const letters = await listDeadLetters(shop.workspaceId, { connectionId: shop.connectionId, includeResolved: false, limit: 50 });
    expect(letters.map((letter) => letter.kind).sort()).toEqual(["conversation", "message"]);
    shop.source.write("raw", "r1");
    Object.assign(bad, { externalId: "b1" });
    const raw = letters.find((letter) => letter.kind === "conversation");
    await requestDeadLetterReplay(shop.workspaceId, raw?.id ?? "");
    expect(await replayDeadLetter({ workspaceId: shop.workspaceId, connectionId: shop.connectionId, deadLetterId: raw?.id ?? "" }, shop.clock)).toEqual({
      outcome: "resolved",
    });
    expect(await storedMessages(shop)).toContain("r1");
  });

  it("are found among many without applying every one by itself", async () => {
    const shop = await makeFixture();
    shop.source.pageSize = 100;
    // More than the table's column holds: only the database refuses it.
    for (let n = 0; n < 80; n += 1) shop.source.sell(`line-${n}`, "2026-10-20", n === 17 || n === 64 ? 2n ** 70n : 1_000n);
    const warned = vi.spyOn(logger, "warn");
    const window = { from: new Date("2026-10-19T00:00:00Z"), to: new Date("2026-10-22T00:00:00Z") };
    expect(await sync(shop, "sales", window)).toMatchObject({ status: "partial", received: 80, applied: 78, duplicate: 0, rejected: 0, deadLetter: 2 });
    const letters = await db.deadLetter.findMany({ where: { connectionId: shop.connectionId }, orderBy: { externalId: "asc" } });
    expect(letters.map(({ kind, externalId, errorCode }) => [kind, externalId, errorCode])).toEqual([
      ["sale", "line-17", "sync.record_failed"],
      ["sale", "line-64", "sync.record_failed"],
    ]);
    expect(await db.saleLine.count({ where: { connectionId: shop.connectionId } })).toBe(78);
    expect(warned).toHaveBeenCalledTimes(1);
    warned.mockRestore();
  });
});

describe("failures of the service", () => {
  it("a storm of 429 is waited out within the run", async () => {
    const shop = await makeFixture();
    shop.source.write("a", "a1");
    for (let n = 0; n < 4; n += 1) shop.source.failures.push(new ConnectorError("rate-limited", undefined, { retryAfterMs: 7_000 }));
    const ref = await startRun(shop, "chats");
    expect(await runNextPage(ref, { clock: shop.clock })).toEqual({ done: false, status: "running", waitMs: 7_000 });
    expect((await getConnection(shop.workspaceId, shop.connectionId, shop.clock)).health).toMatchObject({
      state: "throttled",
      code: "throttled",
      params: { until: "2026-11-20T10:00:07.000Z" },
    });
    await finish(shop, ref);
    expect(await runOf(ref.runId)).toMatchObject({ status: "succeeded", applied: 1 });
    expect((await getConnection(shop.workspaceId, shop.connectionId, shop.clock)).health.state).toBe("ok");
  });

  it("an outage ends the run after a few tries and the stream comes back later", async () => {
    const shop = await makeFixture();
    for (let n = 0; n < 6; n += 1) shop.source.failures.push(new ConnectorError(n % 2 === 0 ? "unavailable" : "malformed"));
    const run = await sync(shop, "chats");
    expect(run).toMatchObject({ status: "failed", errorCode: "remote.malformed" });
    const stream = await db.syncStream.findFirstOrThrow({ where: { connectionId: shop.connectionId, stream: "chats" } });
    expect(stream.failures).toBe(1);
    expect(stream.nextDueAt.getTime()).toBeGreaterThan(shop.clock.now().getTime());
    shop.source.write("a", "a1");
    shop.clock.set(stream.nextDueAt);
    expect(await sync(shop, "chats")).toMatchObject({ status: "succeeded", applied: 1 });
  });

  it("a revoked key stops polling until a new one is given", async () => {
    const shop = await makeFixture();
    shop.source.failures.push(new ConnectorError("auth"));
    expect(await sync(shop, "chats")).toMatchObject({ status: "failed", errorCode: "remote.auth" });
    expect(await getConnection(shop.workspaceId, shop.connectionId)).toMatchObject({
      sendingBlocked: true,
      health: { state: "auth_failed", code: "credentials_rejected" },
    });
    shop.clock.advance(86_400_000);
    await planDueStreams(chance(shop.clock));
    expect(await db.syncRun.count({ where: { connectionId: shop.connectionId } })).toBe(1);
    await changeConnection(shop.workspaceId, { id: shop.connectionId, credentials: { secret: "another-secret-9911" } }, ACTOR, shop.clock);
    await planDueStreams(chance(shop.clock));
    expect(await db.syncRun.count({ where: { connectionId: shop.connectionId } })).toBe(4);
  });

  it("a defect of ours closes the run when the durable function gives up", async () => {
    const shop = await makeFixture();
    const ref = await startRun(shop, "chats");
    await abandonRun(ref, new Error("sync.counts_do_not_add_up"), shop.clock);
    expect(await runOf(ref.runId)).toMatchObject({ status: "failed", errorCode: "sync.counts_do_not_add_up" });
  });
});

describe("planning", () => {
  it("queues one run a due stream, never two at once", async () => {
    const shop = await makeFixture();
    await Promise.all([
      planDueStreams(chance(shop.clock)),
      planDueStreams(chance(shop.clock)),
      syncNow(shop.workspaceId, { id: shop.connectionId, streams: ["chats"] }, ACTOR, chance(shop.clock)),
    ]);
    const runs = await db.syncRun.findMany({ where: { connectionId: shop.connectionId } });
    expect(runs.map((run) => run.stream).sort()).toEqual(["chats", "orders", "sales"]);
    const events = await db.engineEvent.count({ where: { name: "integrations/run.requested", data: { path: ["connectionId"], equals: shop.connectionId } } });
    expect(events).toBe(3);
    await planDueStreams(chance(shop.clock));
    expect(await db.syncRun.count({ where: { connectionId: shop.connectionId } })).toBe(3);
  });

  it("plans the next run an interval later, and closes runs nobody moves", async () => {
    const shop = await makeFixture();
    await planDueStreams(chance(shop.clock));
    const stream = await db.syncStream.findFirstOrThrow({ where: { connectionId: shop.connectionId, stream: "chats" } });
    expect(stream.nextDueAt.toISOString()).toBe("2026-11-20T10:01:00.000Z");
    shop.clock.advance(2 * 3_600_000);
    await planDueStreams(chance(shop.clock));
    expect(await runOf(stream.lastRunId ?? "")).toMatchObject({ status: "failed", errorCode: "sync.stalled" });
  });
});
