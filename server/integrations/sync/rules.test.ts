import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addsUp, allowedInterval, cutWindow, failureBackoffMs, judgeFailure, nextDue, scheduledWindow } from "./rules";

const NOW = new Date("2026-11-20T10:00:00Z");
const DAY = 86_400_000;

describe("windows", () => {
  it("are cut without gap, overlap or loss, and no piece is longer than allowed", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 * DAY }), fc.integer({ min: 1, max: 90 }), (lengthMs, maxDays) => {
        const window = { from: NOW, to: new Date(NOW.getTime() + lengthMs) };
        const pieces = cutWindow(window, maxDays);
        expect(pieces[0]?.from).toEqual(window.from);
        expect(pieces.at(-1)?.to).toEqual(window.to);
        for (const [index, piece] of pieces.entries()) {
          expect(piece.to.getTime() - piece.from.getTime()).toBeLessThanOrEqual(maxDays * DAY);
          if (index > 0) expect(piece.from).toEqual(pieces[index - 1]?.to);
        }
      }),
    );
  });

  it("of a schedule begin where the last one ended, less the days that may still change", () => {
    expect(scheduledWindow(NOW, null, 14).from.toISOString()).toBe("2026-10-21T10:00:00.000Z");
    expect(scheduledWindow(NOW, new Date("2026-11-19T10:00:00Z"), 14).from.toISOString()).toBe("2026-11-05T10:00:00.000Z");
    expect(scheduledWindow(NOW, new Date("2027-01-01T00:00:00Z"), 1).from.toISOString()).toBe("2026-11-19T10:00:00.000Z");
    expect(scheduledWindow(NOW, new Date("nonsense"), 1).from.toISOString()).toBe("2026-10-21T10:00:00.000Z");
  });
});

describe("schedule", () => {
  it("never polls more often than the service allows", () => {
    expect(allowedInterval({ id: "chats", defaultIntervalSeconds: 60, minIntervalSeconds: 30 }, 5)).toBe(30);
    expect(nextDue(NOW, 60, 60, 0.99).getTime() - NOW.getTime()).toBe(60_000);
    expect(nextDue(NOW, 600, 60, 0.5).getTime() - NOW.getTime()).toBe(570_000);
  });

  it("backs off further with every failed run, up to an hour", () => {
    expect([1, 2, 3, 50].map((failures) => failureBackoffMs(failures, 60))).toEqual([60_000, 120_000, 240_000, 3_600_000]);
  });
});

describe("a failed page", () => {
  it.each([
    ["rate-limited", 7_000, 1, { action: "retry", waitMs: 7_000 }],
    ["unavailable", undefined, 3, { action: "retry", waitMs: 4_000 }],
    ["auth", undefined, 1, { action: "give-up" }],
    ["forbidden", undefined, 1, { action: "give-up" }],
    ["timeout", undefined, 6, { action: "give-up" }],
    ["rate-limited", 600_000, 1, { action: "give-up", waitMs: 600_000 }],
  ] as const)("%s, asked to wait %s, time %i", (kind, retryAfterMs, failures, verdict) => {
    expect(judgeFailure(kind, retryAfterMs, failures, 60)).toMatchObject(verdict);
  });
});

it("the conservation line refuses what does not add up", () => {
  const line = { received: 6, applied: 1, duplicate: 2, rejected: 0, deadLetter: 3 };
  expect(addsUp(line)).toBe(true);
  expect(addsUp({ ...line, received: 7 })).toBe(false);
  expect(addsUp({ ...line, applied: -1, duplicate: 4 })).toBe(false);
});
