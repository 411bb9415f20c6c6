import { describe, expect, it } from "vitest";
import { dueFrom, parseDuration } from "./durations";
import { parseRetryAfter, standardRetry } from "./retry";
import { jitterMs, latestDue, scheduleProblem } from "./schedule";

describe("durations", () => {
  it.each([
    ["10s", 10_000],
    ["1h30m", 5_400_000],
    ["2d", 172_800_000],
    ["1w", 604_800_000],
    ["soon", undefined],
    ["10", undefined],
    ["1s later", undefined],
  ])("%s", (text, expected) => {
    expect(parseDuration(text)).toBe(expected);
  });

  it("count from now, instants stand for themselves", () => {
    const now = new Date("2026-01-01T00:00:00Z");
    expect(dueFrom("90s", now)?.toISOString()).toBe("2026-01-01T00:01:30.000Z");
    expect(dueFrom("2026-02-03T04:05:06.000Z", now)?.toISOString()).toBe("2026-02-03T04:05:06.000Z");
    expect(dueFrom("whenever", now)).toBeUndefined();
  });
});

describe("retries", () => {
  it("back off by the table with jitter on top", () => {
    const none = standardRetry(() => 0);
    expect([0, 1, 2, 9, 15].map((attempt) => none.delayMs(attempt))).toEqual([15_000, 30_000, 60_000, 7_200_000, 7_200_000]);
    expect(standardRetry(() => 0.5).delayMs(0)).toBe(30_000);
  });

  it("follow Retry-After between one second and one day", () => {
    const now = new Date("2026-01-01T00:00:00Z");
    expect(parseRetryAfter("2", now)).toBe(2_000);
    expect(parseRetryAfter("0", now)).toBe(1_000);
    expect(parseRetryAfter("999999", now)).toBe(86_400_000);
    expect(parseRetryAfter("2026-01-01T00:00:30.000Z", now)).toBe(30_000);
    expect(parseRetryAfter("later", now)).toBeUndefined();
    expect(parseRetryAfter(null, now)).toBeUndefined();
  });
});

describe("schedules", () => {
  const at = (text: string) => new Date(text);

  it("fire in their zone, also over the change of the clocks", () => {
    const line = "TZ=Europe/Berlin 0 9 * * *";
    expect(latestDue(line, at("2026-03-28T00:00:00Z"), at("2026-03-28T08:00:00Z"))?.toISOString()).toBe("2026-03-28T08:00:00.000Z");
    expect(latestDue(line, at("2026-03-28T12:00:00Z"), at("2026-03-29T08:00:00Z"))?.toISOString()).toBe("2026-03-29T07:00:00.000Z");
  });

  it("make up for the last missed time only, and not before it is due", () => {
    const line = "*/10 * * * *";
    expect(latestDue(line, at("2026-01-01T00:00:00Z"), at("2026-01-01T05:07:00Z"))?.toISOString()).toBe("2026-01-01T05:00:00.000Z");
    expect(latestDue(line, at("2026-01-01T05:00:00Z"), at("2026-01-01T05:09:59Z"))).toBeUndefined();
  });

  it("are refused when they are no five fields or an unknown zone", () => {
    expect(scheduleProblem("*/5 * * * *")).toBeUndefined();
    expect(scheduleProblem("* * * * * *")).toBeDefined();
    expect(scheduleProblem("every day")).toBeDefined();
    expect(scheduleProblem("TZ=Mars/Olympus 0 9 * * *")).toBeDefined();
  });

  it("delay by the same jitter in every worker, within its range", () => {
    const fireAt = at("2026-01-01T05:00:00Z");
    expect(jitterMs("fn", fireAt, "10s")).toBe(jitterMs("fn", fireAt, "10s"));
    expect(jitterMs("fn", fireAt, "10s")).toBeLessThan(10_000);
    expect(jitterMs("fn", fireAt, undefined)).toBe(0);
  });
});
