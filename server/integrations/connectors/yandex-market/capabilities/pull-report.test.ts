import { describe, expect, it } from "vitest";
import { monthsOf } from "./pull-report";

const NOW = new Date("2026-12-05T09:00:00Z");
const months = (from: string, to: string, now = NOW) => monthsOf({ from: new Date(from), to: new Date(to) }, now);

describe("the months a window asks the report of", () => {
  it.each([
    ["a run of the first days of a month: the one before, once more", "2026-12-01T09:00:00Z", "2026-12-05T09:00:00Z", ["2026-11"]],
    ["a month's own days", "2026-10-02T00:00:00Z", "2026-10-20T00:00:00Z", ["2026-10"]],
    ["a first load: nothing it is not about", "2026-11-05T09:00:00Z", "2026-12-05T09:00:00Z", ["2026-11"]],
    ["a window over the end of a year", "2025-12-20T00:00:00Z", "2026-02-20T00:00:00Z", ["2025-12", "2026-01", "2026-02"]],
    ["the last hours of a day that is tomorrow in Moscow", "2026-10-31T21:30:00Z", "2026-11-12T00:00:00Z", ["2026-11"]],
    ["a window that ends in the future", "2026-11-28T00:00:00Z", "2027-02-01T00:00:00Z", ["2026-11"]],
    ["one moment", "2026-10-15T00:00:00Z", "2026-10-15T00:00:00Z", ["2026-10"]],
  ])("%s", (_, from, to, wanted) => {
    expect(months(from, to)).toEqual(wanted);
  });

  it("never are the one under way, nor settled ones when the month is older", () => {
    expect(months("2026-12-14T09:00:00Z", "2026-12-17T09:00:00Z", new Date("2026-12-17T09:00:00Z"))).toEqual([]);
  });
});
