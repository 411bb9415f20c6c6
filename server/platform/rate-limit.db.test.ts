import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { pool } from "./db";
import { limiter } from "./rate-limit";

describe("limiter", () => {
  it("refuses the point after the last one and says how long", async () => {
    const limit = limiter(`t-${randomUUID()}`, { points: 3, perSeconds: 60 });
    for (const remaining of [2, 1, 0]) expect(await limit.consume("a")).toEqual({ allowed: true, retryAfterMs: 0, remaining });
    const refused = await limit.consume("a");
    expect(refused.allowed).toBe(false);
    expect(refused.retryAfterMs).toBeGreaterThan(0);
    expect(refused.retryAfterMs).toBeLessThanOrEqual(60_000);
    expect((await limit.consume("b")).allowed).toBe(true);
  });

  it("blocks longer than the window when told so, and forgets on reset", async () => {
    const limit = limiter(`t-${randomUUID()}`, { points: 1, perSeconds: 5, blockSeconds: 600 });
    await limit.consume("a");
    expect((await limit.consume("a")).retryAfterMs).toBeGreaterThan(500_000);
    expect((await limit.peek("a")).allowed).toBe(false);
    await limit.reset("a");
    expect((await limit.peek("a")).allowed).toBe(true);
    expect((await limit.consume("a")).allowed).toBe(true);
  });

  it("counts exactly under concurrency", async () => {
    const limit = limiter(`t-${randomUUID()}`, { points: 10, perSeconds: 60 });
    const verdicts = await Promise.all(Array.from({ length: 25 }, () => limit.consume("a")));
    expect(verdicts.filter((entry) => entry.allowed)).toHaveLength(10);
  });

  it("keeps its state where other processes see it", async () => {
    const name = `t-${randomUUID()}`;
    await limiter(name, { points: 5, perSeconds: 60 }).consume("shared");
    const { rows } = await pool.query("SELECT points FROM rate_limit_counter WHERE key = $1", [`${name}:shared`]);
    expect(rows).toEqual([{ points: 1 }]);
  });
});
