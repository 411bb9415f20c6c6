import { describe, expect, it } from "vitest";
import { isFlat } from "./memory";

describe("flat memory", () => {
  it("ends where it stood in the second tenth, within 15 % and 10 MB; the first is a process warming up", () => {
    expect(isFlat([60, 100, 140, 140, 124])).toBe(true);
    expect(isFlat([60, 100, 110, 120, 126])).toBe(false);
    expect(isFlat([60])).toBe(false);
  });
});
