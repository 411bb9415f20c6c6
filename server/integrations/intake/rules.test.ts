import { describe, expect, it } from "vitest";
import { RETRY_SCHEDULE_SECONDS } from "../schema";
import { retryPauseMs } from "./rules";

describe("the published schedule of retries", () => {
  it("never grows shorter and covers a day", () => {
    expect([...RETRY_SCHEDULE_SECONDS]).toEqual([...RETRY_SCHEDULE_SECONDS].sort((a, b) => a - b));
    expect(RETRY_SCHEDULE_SECONDS.reduce<number>((sum, seconds) => sum + seconds, 0)).toBeGreaterThan(86_400);
  });

  it("is kept, unless the service asks for a later moment", () => {
    expect([0, 1, 10, 99].map((attempt) => retryPauseMs(attempt, undefined))).toEqual([15_000, 60_000, 21_600_000, 21_600_000]);
    expect(retryPauseMs(0, 3_000)).toBe(15_000);
    expect(retryPauseMs(0, 90_000)).toBe(90_000);
  });
});
