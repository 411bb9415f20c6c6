import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { paceOf } from "./shared-limit";

/** The moments a greedy caller gets, by the rule that `reserve` carries out in SQL. */
function moments(intervalMs: number, toleranceMs: number, count: number): number[] {
  let idleAt = 0;
  return Array.from({ length: count }, () => {
    const at = Math.max(0, idleAt - toleranceMs);
    idleAt = Math.max(idleAt, at) + intervalMs;
    return at;
  });
}

describe("paceOf", () => {
  it("never lets more than the points into any window", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 3_600 }), (points, perSeconds) => {
        const { intervalMs, toleranceMs } = paceOf({ group: "g", points, perSeconds });
        const at = moments(intervalMs, toleranceMs, points * 3);
        for (const [index, moment] of at.entries()) {
          const beyond = at[index + points];
          if (beyond !== undefined) expect(beyond - moment).toBeGreaterThanOrEqual(perSeconds * 1_000);
        }
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    [
      { points: 50, perSeconds: 1 },
      { intervalMs: 23, toleranceMs: 92 },
    ],
    [
      { points: 1, perSeconds: 60 },
      { intervalMs: 60_000, toleranceMs: 0 },
    ],
    [
      { points: 20, perSeconds: 60 },
      { intervalMs: 5_000, toleranceMs: 35_000 },
    ],
  ])("%j", (limit, pace) => {
    expect(paceOf({ group: "g", ...limit })).toEqual(pace);
  });
});
