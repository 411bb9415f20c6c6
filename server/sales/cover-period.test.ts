import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { coverPeriod } from "./cover-period";
import { daysOf } from "./rules";

const day = (number: number) => new Date(number * 86_400_000).toISOString().slice(0, 10);
const days = fc.integer({ min: 18_000, max: 21_900 });

function daysOfSpan(startsOn: string, months: number): string[] {
  const start = new Date(startsOn);
  const last = new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + months, 0));
  return daysOf({ from: startsOn, to: last.toISOString().slice(0, 10) });
}

/** How often each day is counted, taken off or added. */
function counted(period: { from: string; to: string }): Map<string, number> {
  const { spans, days: runs } = coverPeriod(period);
  const counts = new Map<string, number>();
  const add = (found: readonly string[], sign: number) => {
    for (const one of found) counts.set(one, (counts.get(one) ?? 0) + sign);
  };
  for (const { months, startsOn, sign } of spans) add(daysOfSpan(startsOn, months), sign);
  for (const { sign, ...run } of runs) add(daysOf(run), sign);
  return new Map([...counts].filter(([, count]) => count !== 0));
}

describe("the cover of a period", () => {
  it("counts each day of it once and no other", () => {
    fc.assert(
      fc.property(days, days, (a, b) => {
        const period = { from: day(Math.min(a, b)), to: day(Math.max(a, b)) };
        const expected = daysOf(period);
        const found = counted(period);
        expect([...found.keys()].sort()).toEqual(expected);
        expect(new Set(found.values())).toEqual(new Set([1]));
      }),
    );
  });

  it("never reads more than a month's lines one by one, however long the period", () => {
    fc.assert(
      fc.property(days, days, (a, b) => {
        const { days: runs, spans } = coverPeriod({ from: day(Math.min(a, b)), to: day(Math.max(a, b)) });
        expect(runs.flatMap(({ sign: _sign, ...run }) => daysOf(run)).length).toBeLessThanOrEqual(36);
        expect(spans.length).toBeLessThanOrEqual(10 + 11);
      }),
    );
  });

  it("takes whole years, quarters and months whole", () => {
    expect(coverPeriod({ from: "2024-01-01", to: "2025-12-31" })).toEqual({
      spans: [
        { months: 12, startsOn: "2024-01-01", sign: 1 },
        { months: 12, startsOn: "2025-01-01", sign: 1 },
      ],
      days: [],
    });
    expect(coverPeriod({ from: "2024-02-01", to: "2024-06-30" }).spans.map(({ startsOn }) => startsOn)).toEqual(["2024-02-01", "2024-03-01", "2024-04-01"]);
  });

  it("takes the few days off that a month is too long", () => {
    expect(coverPeriod({ from: "2026-11-03", to: "2026-11-30" })).toEqual({
      spans: [{ months: 1, startsOn: "2026-11-01", sign: 1 }],
      days: [{ from: "2026-11-01", to: "2026-11-02", sign: -1 }],
    });
  });

  it("is all lines for a few days, and nothing for a period that ends before it begins", () => {
    expect(coverPeriod({ from: "2026-11-10", to: "2026-11-12" })).toEqual({ spans: [], days: [{ from: "2026-11-10", to: "2026-11-12", sign: 1 }] });
    expect(coverPeriod({ from: "2026-11-12", to: "2026-11-10" })).toEqual({ spans: [], days: [] });
  });

  it("knows the ends of the calendar", () => {
    const { spans, days: runs } = coverPeriod({ from: "0001-01-01", to: "9999-12-31" });
    expect([spans.length, spans[0]?.startsOn, spans.at(-1)?.startsOn, runs]).toEqual([9_999, "0001-01-01", "9999-01-01", []]);
  });
});
