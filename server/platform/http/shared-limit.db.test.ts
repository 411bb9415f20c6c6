import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { pool } from "../db";
import { isShut, penalise, reserve } from "./shared-limit";

const pace = { intervalMs: 60_000, toleranceMs: 120_000 };

async function idleAt(key: string): Promise<number> {
  const { rows } = await pool.query("SELECT expire FROM rate_limit_counter WHERE key = $1", [key]);
  return Number(rows[0].expire);
}

describe("reserve", () => {
  it("lets a burst through, then spaces callers by exactly one interval each, however many ask at once", async () => {
    const key = randomUUID();
    const turns = await Promise.all(Array.from({ length: 12 }, () => reserve(key, pace, 10_000_000)));
    const waits = turns.map((turn) => (turn.granted ? turn.waitMs : -1)).sort((left, right) => left - right);
    expect(waits.slice(0, 3)).toEqual([0, 0, 0]);
    for (const [index, wait] of waits.slice(3).entries()) {
      // Nearer to its own moment than to a neighbour's: the database's clock ran on between the statements.
      expect(Math.round(wait / pace.intervalMs)).toBe(index + 1);
    }
    const before = await idleAt(key);
    await reserve(key, pace, 10_000_000);
    expect((await idleAt(key)) - before).toBe(pace.intervalMs);
  });

  it("takes nothing when the wait would be too long, and says how long it is", async () => {
    const key = randomUUID();
    for (let taken = 0; taken < 3; taken += 1) await reserve(key, pace, 0);
    const before = await idleAt(key);
    const refused = await reserve(key, pace, 1_000);
    expect(refused.granted).toBe(false);
    expect(refused.granted ? 0 : Math.round(refused.retryAfterMs / pace.intervalMs)).toBe(1);
    expect(await idleAt(key)).toBe(before);
  });

  it("gives those who ask at once as many moments as begin soon enough, and takes no more", async () => {
    const key = randomUUID();
    const turns = await Promise.all(Array.from({ length: 12 }, () => reserve(key, pace, 90_000)));
    const granted = turns.flatMap((turn) => (turn.granted ? [turn.waitMs] : []));
    expect(granted.map((waitMs) => Math.round(waitMs / pace.intervalMs))).toEqual([0, 0, 0, 1]);
    for (const turn of turns.slice(4)) expect(turn.granted ? 0 : Math.round(turn.retryAfterMs / pace.intervalMs)).toBe(2);
    const next = await reserve(key, pace, 10_000_000);
    expect(next.granted ? Math.round(next.waitMs / pace.intervalMs) : -1).toBe(2);
  });

  it("asks for each by their own patience and pace, in the order they came", async () => {
    const key = randomUUID();
    const faster = { intervalMs: 30_000, toleranceMs: 0 };
    const asked = [reserve(key, pace, 0), reserve(key, pace, 0), reserve(key, faster, 1_000), reserve(key, pace, 0), reserve(key, pace, 10_000_000)];
    const turns = await Promise.all(asked);
    expect(turns.map((turn) => (turn.granted ? Math.round(turn.waitMs / pace.intervalMs) : "refused"))).toEqual([0, 0, "refused", 0, 1]);
  });

  it("tells everybody who asked when the database does not answer, and works again afterwards", async () => {
    const key = randomUUID();
    const broken = { intervalMs: Number.NaN, toleranceMs: 0 };
    const asked = await Promise.allSettled([reserve(key, broken, 0), reserve(key, broken, 0), reserve(key, pace, 0)]);
    expect(asked.map(({ status }) => status)).toEqual(["rejected", "rejected", "fulfilled"]);
    expect(await reserve(key, pace, 0)).toEqual({ granted: true, waitMs: 0 });
  });
});

describe("penalise", () => {
  it("shuts a fresh key and keeps the longer of two penalties", async () => {
    const key = randomUUID();
    expect(await isShut(key)).toBe(false);
    await penalise(key, pace, 600_000);
    await penalise(key, pace, 1_000);
    expect(await isShut(key)).toBe(true);
    const turn = await reserve(key, pace, 1_000);
    expect(turn.granted ? 0 : Math.round(turn.retryAfterMs / 60_000)).toBe(10);
  });
});
