import { describe, expect, it } from "vitest";
import { timeScale } from "./time-scale";

const at = (ms: number) => new Date(Date.UTC(2026, 0, 1) + ms);
const scale = timeScale(at(0), at(1_000));

describe("timeScale", () => {
  it("lays time out in percent", () => {
    expect(scale.lengthMs).toBe(1_000);
    expect(scale.at(at(250))).toBe(25);
    expect(scale.bar(at(100), at(600))).toEqual({ start: 10, width: 50 });
  });

  it("shows a moment's work, also at the very end", () => {
    expect(scale.bar(at(500), at(500))).toEqual({ start: 50, width: 0.9 });
    const last = scale.bar(at(1_000), at(1_000));
    expect(last.start + last.width).toBe(100);
  });

  it("keeps inside the line whatever the clocks say", () => {
    expect([scale.at(at(-50)), scale.at(at(5_000))]).toEqual([0, 100]);
    expect(scale.bar(at(-500), at(9_000))).toEqual({ start: 0, width: 100 });
    expect(timeScale(at(0), at(0)).lengthMs).toBe(1);
  });
});
