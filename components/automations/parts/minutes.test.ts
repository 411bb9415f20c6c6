import { describe, expect, it } from "vitest";
import { joinMinutes, splitMinutes } from "./minutes";

describe("splitMinutes", () => {
  it.each([
    [0, 0, "minutes"],
    [15, 15, "minutes"],
    [60, 1, "hours"],
    [90, 90, "minutes"],
    [240, 4, "hours"],
    [1_440, 1, "days"],
    [14_400, 10, "days"],
    [1_500, 25, "hours"],
  ] as const)("says %d as %d %s", (total, amount, unit) => {
    expect(splitMinutes(total)).toEqual({ amount, unit });
    expect(joinMinutes(amount, unit)).toBe(total);
  });
});
