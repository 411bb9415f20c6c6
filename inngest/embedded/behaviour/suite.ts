import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Driver, RunView } from "./driver";
import { behaviourFunctions, CRON_KEY, events } from "./functions";
import { EffectLog } from "./record";

const PATIENCE_MS = 45_000;
const TEST_MS = 90_000;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

type Sendable = Parameters<Driver["client"]["send"]>[0];

/** The behaviour every engine must show. Tests run side by side: each has its own key and its own events. */
export function describeBehaviour(driver: Driver): void {
  const log = new EffectLog();
  const newKey = () => randomUUID().slice(0, 8);

  const send = async (event: Sendable): Promise<string> => {
    const { ids } = await driver.client.send(event);
    return ids[0] ?? "";
  };

  const until = async <T>(what: string, read: () => Promise<T | undefined> | T | undefined, ms = PATIENCE_MS): Promise<T> => {
    for (const end = Date.now() + ms; Date.now() < end; await pause(100)) {
      const found = await read();
      if (found !== undefined) return found;
    }
    throw new Error(`waited ${ms} ms in vain for: ${what}`);
  };

  const ended = (eventId: string, status: RunView["status"]) =>
    until(`a run with status ${status}`, async () => (await driver.runsForEvent(eventId)).find((run) => run.status === status));

  const count = (key: string, label: string) => log.of(key, label).length;

  const seen = (key: string, label: string, times = 1) => until(`${times} × ${label}`, () => (count(key, label) >= times ? true : undefined));

  describe.concurrent(driver.name, () => {
    beforeAll(() => driver.start(behaviourFunctions(driver.client, log)), 60_000);
    afterAll(() => driver.stop(), 60_000);

    it("runs steps once, retries, sleeps, invokes, sends and waits for the matching event", { timeout: TEST_MS }, async () => {
      const k = newKey();
      const id = await send(events.order.create({ k }));
      await seen(k, "told");
      const run = await until("the order to complete", async () => {
        await send(events.confirmed.create({ k: "other", by: "nobody" }));
        await send(events.confirmed.create({ k, by: "me" }));
        await pause(400);
        return (await driver.runsForEvent(id)).find((one) => one.status === "Completed");
      });
      expect(run.output).toEqual({
        loaded: { when: "1970-01-01T00:00:00.000Z", n: 1 },
        flaky: "ok",
        paid: { paid: 5 },
        sent: 1,
        by: "me",
        hasRun: true,
        attempt: 0,
      });
      expect([count(k, "load"), count(k, "flaky"), count(k, "paid"), count(k, "told")]).toEqual([1, 3, 1, 1]);
    });

    it("gives null when the awaited event does not come", { timeout: TEST_MS }, async () => {
      const k = newKey();
      const run = await ended(await send(events.wait.create({ k })), "Completed");
      expect(run.output).toEqual({ k, got: null });
    });

    it("sleeps until an instant", { timeout: TEST_MS }, async () => {
      const k = newKey();
      await ended(await send(events.until.create({ k })), "Completed");
      expect(log.of(k, "woke")[0]?.value).toBeGreaterThanOrEqual(-1_000);
    });

    it("tells repeated step ids apart and survives a NUL in a result", { timeout: TEST_MS }, async () => {
      const run = await ended(await send(events.loop.create({ k: newKey() })), "Completed");
      expect(run.output).toBe("78 ab");
    });

    it("goes on after a call reached its longest runtime, each step once", { timeout: TEST_MS }, async () => {
      const k = newKey();
      await ended(await send(events.long.create({ k })), "Completed");
      expect(log.of(k, "part").map((entry) => entry.value)).toEqual([0, 1, 2, 3]);
    });

    it("fails after the last attempt and calls onFailure with the error", { timeout: TEST_MS }, async () => {
      const k = newKey();
      await ended(await send(events.failing.create({ k })), "Failed");
      await seen(k, "on-failure");
      expect(count(k, "boom")).toBe(2);
      expect(count(k, "on-failure")).toBe(1);
      expect(log.of(k, "on-failure")[0]?.value).toMatchObject({ message: "still boom", functionId: expect.stringContaining("failing") });
    });

    it("lets the function catch a failed step and go on", { timeout: TEST_MS }, async () => {
      const k = newKey();
      const run = await ended(await send(events.caught.create({ k })), "Completed");
      expect(run.output).toBe("caught boom");
      expect(count(k, "boom")).toBe(1);
    });

    it("does not repeat after NonRetriableError", { timeout: TEST_MS }, async () => {
      const k = newKey();
      await ended(await send(events.fatal.create({ k })), "Failed");
      await seen(k, "on-failure");
      expect(count(k, "body")).toBe(1);
      expect(log.of(k, "on-failure")[0]?.value).toBe("stop here");
    });

    it("repeats the body not before the time RetryAfterError names", { timeout: TEST_MS }, async () => {
      const k = newKey();
      const run = await ended(await send(events.bodyRetry.create({ k })), "Completed");
      expect(run.output).toEqual({ attempt: 1 });
      // The server counts from the last whole second (253303c): three seconds may be little more than two.
      const [first, second] = log.of(k, "body");
      expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(1_900);
    });

    it("throws the child's error in the parent", { timeout: TEST_MS }, async () => {
      const run = await ended(await send(events.badChild.create({ k: newKey() })), "Completed");
      expect(run.output).toEqual({ caught: "child says no" });
    });

    it("fails a run at once whose event does not match the trigger's schema", { timeout: TEST_MS }, async () => {
      const k = newKey();
      await ended(await send({ name: events.strict.name, data: { k, amount: "a lot" } }), "Failed");
      expect(count(k, "body")).toBe(0);
    });

    it("joins parallel steps, chains and sleeps once, with a failed one caught", { timeout: TEST_MS }, async () => {
      const k = newKey();
      const run = await ended(await send(events.parallel.create({ k })), "Completed");
      expect(run.output).toEqual(["a1+a2", "b", "c", "risky failed"]);
      expect([count(k, "a1"), count(k, "a2"), count(k, "b"), count(k, "joined")]).toEqual([1, 1, 1, 1]);
    });

    it("goes on with the winner of a race", { timeout: TEST_MS }, async () => {
      const k = newKey();
      const run = await ended(await send(events.race.create({ k })), "Completed");
      expect(run.output).toBe("fast");
      expect(log.of(k, "winner").map((entry) => entry.value)).toEqual(["fast"]);
    });

    it("runs one call at a time per concurrency key, and keys side by side", { timeout: TEST_MS }, async () => {
      const k = newKey();
      const calls = ["s1", "s1", "s1", "s2", "s2"].map((shop) => events.slow.create({ k, shop }));
      await driver.client.send(calls);
      await seen(k, "worked", 5);
      expect([log.peak(`${k}:s1`), log.peak(`${k}:s2`)]).toEqual([1, 1]);
      expect(log.peak(`${k}:all`)).toBe(2);
    });

    it("starts once per idempotency key and per event id", { timeout: TEST_MS }, async () => {
      const k = newKey();
      for (let n = 0; n < 3; n += 1) await send(events.once.create({ k, token: `t-${k}` }));
      await send(events.told.create({ k }, { id: `id-${k}` }));
      await send(events.told.create({ k }, { id: `id-${k}` }));
      await seen(k, "ran");
      await seen(k, "told");
      await pause(2_500);
      expect([count(k, "ran"), count(k, "told")]).toEqual([1, 1]);
    });

    it("cancels the matching run by event, and only that", { timeout: TEST_MS }, async () => {
      const [gone, kept] = [newKey(), newKey()];
      const goneId = await send(events.cancellable.create({ k: gone }));
      const keptId = await send(events.cancellable.create({ k: kept }));
      await seen(gone, "begin");
      await seen(kept, "begin");
      await pause(500);
      await send(events.stop.create({ k: gone }));
      await ended(goneId, "Cancelled");
      await ended(keptId, "Completed");
      expect([count(gone, "end"), count(kept, "end")]).toEqual([0, 1]);
    });

    it("cancels a run on request", { timeout: TEST_MS }, async () => {
      const k = newKey();
      const id = await send(events.cancellable.create({ k }));
      await seen(k, "begin");
      const run = await until("the run to be visible", async () => (await driver.runsForEvent(id))[0]);
      await driver.cancel(run.runId);
      await ended(id, "Cancelled");
      await pause(4_500);
      expect(count(k, "end")).toBe(0);
    });

    it("debounces a stream to its last event", { timeout: TEST_MS }, async () => {
      const k = newKey();
      for (const n of [1, 2, 3]) {
        await send(events.debounced.create({ k, n }));
        await pause(300);
      }
      await seen(k, "ran");
      await pause(3_000);
      expect(log.of(k, "ran").map((entry) => entry.value)).toEqual([3]);
    });

    it("drops starts over the rate limit", { timeout: TEST_MS }, async () => {
      const k = newKey();
      for (let n = 0; n < 3; n += 1) await send(events.limited.create({ k }));
      await seen(k, "ran");
      await pause(2_500);
      expect(count(k, "ran")).toBe(1);
    });

    it("skips a second run while a singleton is active", { timeout: TEST_MS }, async () => {
      const k = newKey();
      const id = await send(events.single.create({ k }));
      await seen(k, "ran");
      await send(events.single.create({ k }));
      await ended(id, "Completed");
      await pause(1_500);
      expect(count(k, "ran")).toBe(1);
    });

    it("starts by condition and by wildcard", { timeout: TEST_MS }, async () => {
      const k = newKey();
      await driver.client.send([events.chosen.create({ k, n: 1 }), events.chosen.create({ k, n: 3 })]);
      await seen(k, "ran");
      const other = newKey();
      await send(events.family.create({ k: other }));
      await seen(other, "ran");
      await pause(1_500);
      expect(log.of(k, "ran").map((entry) => entry.value)).toEqual([3]);
      expect(log.of(other, "ran").map((entry) => entry.value)).toEqual(["suite/family.member"]);
    });

    it("delays an event dated in the future", { timeout: TEST_MS }, async () => {
      const k = newKey();
      const from = Date.now();
      await send(events.told.create({ k }, { ts: from + 2_000 }));
      await seen(k, "told");
      expect((log.of(k, "told")[0]?.at ?? 0) - from).toBeGreaterThanOrEqual(1_500);
    });

    it("starts by schedule with a time zone", { timeout: 150_000 }, async () => {
      const before = count(CRON_KEY, "ran");
      await driver.passMinute();
      await until("a scheduled run", () => (count(CRON_KEY, "ran") > before ? true : undefined));
      expect(log.of(CRON_KEY, "ran")[0]?.value).toBe("inngest/scheduled.timer");
    });
  });
}
