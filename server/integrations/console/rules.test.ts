import { describe, expect, it } from "vitest";
import { conservationOf, freeShare, joinDays, startOf } from "./rules";

const figures = { calls: 4, errors: 1, availability: 0.75, medianMs: 120, p95Ms: 300, bytes: 2_048 };
const run = { day: "2026-11-20", runs: 3, failedRuns: 1, received: 10, applied: 6, duplicate: 3, rejected: 0, deadLetter: 1 };

describe("days of the console", () => {
  it("begin at midnight and hold today", () => {
    expect(startOf(1, new Date("2026-11-21T19:30:00Z"))).toEqual(new Date("2026-11-21T00:00:00Z"));
    expect(startOf(7, new Date("2026-11-21T00:00:00Z"))).toEqual(new Date("2026-11-15T00:00:00Z"));
  });

  it("are all there, also those without a call", () => {
    const days = joinDays(
      new Date("2026-11-19T00:00:00Z"),
      3,
      [
        { day: "2026-11-21", ...figures },
        { day: null, ...figures },
      ],
      [run],
    );
    expect(days.map(({ day, calls, runs }) => ({ day, calls, runs }))).toEqual([
      { day: "2026-11-19", calls: 0, runs: 0 },
      { day: "2026-11-20", calls: 0, runs: 3 },
      { day: "2026-11-21", calls: 4, runs: 0 },
    ]);
    expect(days[0]).toMatchObject({ availability: null, conservation: null });
    expect(days[1]?.conservation).toEqual({ received: 10, applied: 6, duplicate: 3, rejected: 0, deadLetter: 1, balances: true });
  });
});

describe("conservation", () => {
  it("does not balance when something is unaccounted for", () => {
    expect(conservationOf({ ...run, received: 11 }).balances).toBe(false);
  });
});

describe("headroom", () => {
  it.each([
    [-5_000, 60, 1],
    [0, 60, 1],
    [30_000, 60, 0.5],
    [90_000, 60, 0],
  ])("%i ms ahead of a window of %i s leaves %d", (ahead, window, free) => expect(freeShare(ahead, window)).toBe(free));
});
