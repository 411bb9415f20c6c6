import { describe, expect, it } from "vitest";
import { calendarFormSchema, groupDays, newCalendar, nextRange, openMinutes, parseTime, rangesFault } from "./calendar-form";

describe("parseTime", () => {
  it.each([
    ["9", "09:00"],
    ["930", "09:30"],
    ["9.30", "09:30"],
    ["09:05", "09:05"],
    ["18 00", "18:00"],
    ["24", "24:00"],
    ["0", "00:00"],
  ])("reads %j as %s", (text, time) => {
    expect(parseTime(text)).toBe(time);
  });

  it.each(["", "25", "24:01", "9:60", "noon", "9:5"])("does not take %j for a time", (text) => {
    expect(parseTime(text)).toBeNull();
  });
});

describe("rangesFault", () => {
  it.each([
    [[{ from: "09:00", to: "18:00" }], null],
    [[{ from: "20:00", to: "24:00" }], null],
    [
      [
        { from: "14:00", to: "18:00" },
        { from: "09:00", to: "14:00" },
      ],
      null,
    ],
    [
      [
        { from: "09:00", to: "14:00" },
        { from: "13:00", to: "18:00" },
      ],
      "overlap",
    ],
    [[{ from: "22:00", to: "06:00" }], "backwards"],
    [[{ from: "", to: "06:00" }], "invalid"],
  ] as const)("of %j is %s", (ranges, fault) => {
    expect(rangesFault(ranges)).toBe(fault);
  });
});

describe("nextRange", () => {
  it("begins after a break and stays within the day", () => {
    expect(nextRange([])).toEqual({ from: "09:00", to: "18:00" });
    expect(nextRange([{ from: "09:00", to: "13:00" }])).toEqual({ from: "14:00", to: "18:00" });
    expect(nextRange([{ from: "09:00", to: "21:30" }])).toEqual({ from: "22:30", to: "24:00" });
  });
});

describe("a new calendar", () => {
  it("can be saved as it begins: five days of nine hours", () => {
    const calendar = calendarFormSchema.parse(newCalendar("Office", "Europe/Kyiv"));
    expect(groupDays(calendar.week).map(({ first, last, ranges }) => [first, last, openMinutes(ranges)])).toEqual([
      ["mon", "fri", 540],
      ["sat", "sun", 0],
    ]);
  });
});
