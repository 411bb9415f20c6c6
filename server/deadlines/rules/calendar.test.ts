import { describe, expect, it } from "vitest";
import { local, makeCalendar } from "../testing/settings";
import { addWorkingTime, calendarFault, closedDaysBetween, isWorking, nextOpening, subtractWorkingTime, workingTimeBetween } from "./calendar";
import { instantOf, isTimeZone } from "./wall-clock";

const HOUR = 3_600_000;
const DAY = 86_400_000;
const moscow = local("Europe/Moscow");
const office = makeCalendar();
const dayNumber = (date: string) => Date.parse(date) / DAY;

describe("a working calendar", () => {
  it.each([
    ["2026-11-06 08:59", false],
    ["2026-11-06 09:00", true],
    ["2026-11-06 16:59", true],
    ["2026-11-06 17:00", false],
    ["2026-11-07 12:00", false],
  ])("at %s is open: %s", (text, open) => {
    expect(isWorking(office, moscow(text))).toBe(open);
  });

  it("opens next at …", () => {
    expect(nextOpening(office, moscow("2026-11-06 17:00"))).toEqual(moscow("2026-11-09 09:00"));
    expect(nextOpening(office, moscow("2026-11-06 12:00"))).toEqual(moscow("2026-11-06 12:00"));
  });

  it("no time at all is due at once while open or at closing, else at the next opening", () => {
    expect(addWorkingTime(office, moscow("2026-11-06 12:00"), 0)).toEqual(moscow("2026-11-06 12:00"));
    expect(addWorkingTime(office, moscow("2026-11-06 17:00"), 0)).toEqual(moscow("2026-11-06 17:00"));
    expect(addWorkingTime(office, moscow("2026-11-07 12:00"), 0)).toEqual(moscow("2026-11-09 09:00"));
  });

  it("counts backwards over a weekend", () => {
    expect(subtractWorkingTime(office, moscow("2026-11-09 09:30"), HOUR)).toEqual(moscow("2026-11-06 16:30"));
    expect(subtractWorkingTime(office, moscow("2026-11-08 12:00"), HOUR)).toEqual(moscow("2026-11-06 16:00"));
  });

  it("is never done when all days of three years are holidays, and says so instead of looking for ever", () => {
    const holidays = Array.from({ length: 400 }, (_, index) => ({
      date: new Date(Date.parse("2026-11-06") + index * DAY).toISOString().slice(0, 10),
      name: "Closed",
    }));
    const weekly = makeCalendar({ days: { mon: [], tue: [], wed: [], thu: [], fri: [{ from: "09:00", to: "09:01" }] } });
    expect(addWorkingTime(weekly, moscow("2026-11-06 08:00"), 200 * 60_000)).toBeNull();
    expect(nextOpening(makeCalendar({ holidays }), moscow("2026-11-06 08:00"))).toEqual(moscow("2027-12-13 09:00"));
    expect(subtractWorkingTime(weekly, moscow("2026-11-06 08:00"), 200 * 60_000)).toBeNull();
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])("refuses a duration of %s", (ms) => {
    expect(() => addWorkingTime(office, moscow("2026-11-06 12:00"), ms)).toThrow(expect.objectContaining({ code: "deadlines.duration_negative" }));
  });

  it("tells closed days with the names of holidays", () => {
    const calendar = makeCalendar({ holidays: [{ date: "2026-11-04", name: "Unity Day" }] });
    expect(closedDaysBetween(calendar, moscow("2026-11-03 17:00"), moscow("2026-11-09 09:00"))).toEqual([
      { date: "2026-11-04", holiday: "Unity Day" },
      { date: "2026-11-07", holiday: null },
      { date: "2026-11-08", holiday: null },
    ]);
  });

  it.each([
    ["a range over midnight", makeCalendar({ days: { mon: [{ from: "22:00", to: "02:00" }] } }), "deadlines.range_backwards"],
    ["a range of no length", makeCalendar({ days: { mon: [{ from: "09:00", to: "09:00" }] } }), "deadlines.range_backwards"],
    [
      "overlapping ranges",
      makeCalendar({
        days: {
          mon: [
            { from: "12:00", to: "18:00" },
            { from: "09:00", to: "12:01" },
          ],
        },
      }),
      "deadlines.ranges_overlap",
    ],
    ["a time that is none", makeCalendar({ days: { mon: [{ from: "24:00", to: "24:00" }] } }), "deadlines.time_invalid"],
    [
      "a holiday's wrong range",
      makeCalendar({ holidays: [{ date: "2026-01-01", name: "x", ranges: [{ from: "12:00", to: "10:00" }] }] }),
      "deadlines.range_backwards",
    ],
    [
      "one date twice",
      makeCalendar({
        holidays: [
          { date: "2026-01-01", name: "x" },
          { date: "2026-01-01", name: "y" },
        ],
      }),
      "deadlines.holiday_twice",
    ],
    ["no open day", makeCalendar({ days: { mon: [], tue: [], wed: [], thu: [], fri: [] } }), "deadlines.calendar_empty"],
    ["an unknown zone", makeCalendar({ timeZone: "Europe/Atlantis" }), "deadlines.time_zone_unknown"],
    ["a bare offset", makeCalendar({ timeZone: "+03:00" }), "deadlines.time_zone_unknown"],
  ])("refuses %s", (_name, calendar, code) => {
    expect(calendarFault(calendar)?.code).toBe(code);
    expect(() => workingTimeBetween(calendar, new Date(0), new Date(DAY))).toThrow(expect.objectContaining({ code }));
  });

  it("takes ranges that touch, and 24:00", () => {
    const round = makeCalendar({
      days: {
        mon: [
          { from: "12:00", to: "24:00" },
          { from: "00:00", to: "12:00" },
        ],
      },
    });
    expect(calendarFault(round)).toBeNull();
    expect(workingTimeBetween(round, moscow("2026-11-09 00:00"), moscow("2026-11-10 00:00"))).toBe(DAY);
  });
});

describe("the clocks of a zone", () => {
  it.each([
    // Skipped: 02:00 to 03:00 in Berlin, 03:00 to 04:00 in Kyiv, midnight to 01:00 in Beirut.
    ["Europe/Berlin", "2026-03-29", "02:30", "2026-03-29T01:00:00Z"],
    ["Europe/Kyiv", "2026-03-29", "03:30", "2026-03-29T01:00:00Z"],
    ["Asia/Beirut", "2026-03-29", "00:00", "2026-03-28T22:00:00Z"],
    // Twice: 02:00 to 03:00 in Berlin, 03:00 to 04:00 in Kyiv.
    ["Europe/Berlin", "2026-10-25", "02:30", "2026-10-25T00:30:00Z"],
    ["Europe/Kyiv", "2026-10-25", "03:30", "2026-10-25T00:30:00Z"],
    ["Europe/Berlin", "2026-10-25", "03:00", "2026-10-25T02:00:00Z"],
    // By half an hour.
    ["Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:30:00Z"],
    ["Europe/Istanbul", "2026-03-29", "03:30", "2026-03-29T00:30:00Z"],
    ["Europe/Moscow", "2026-10-25", "03:30", "2026-10-25T00:30:00Z"],
    ["Asia/Kathmandu", "2026-10-25", "24:00", "2026-10-25T18:15:00Z"],
  ])("in %s %s %s is %s", (zone, date, time, instant) => {
    const minutes = Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
    expect(new Date(instantOf(zone, dayNumber(date), minutes))).toEqual(new Date(instant));
  });

  it("knows zones by name", () => {
    expect(["Europe/Kyiv", "UTC", "Mars/Base", "", "+01:00"].map(isTimeZone)).toEqual([true, true, false, false, false]);
  });

  it("a day of 23 and one of 25 hours", () => {
    const whole = [{ from: "00:00", to: "24:00" }];
    const berlin = makeCalendar({ timeZone: "Europe/Berlin", days: { sun: whole } });
    const midnight = (text: string) => local("Europe/Berlin")(`${text} 00:00`);
    expect(workingTimeBetween(berlin, midnight("2026-03-29"), midnight("2026-03-30"))).toBe(23 * HOUR);
    expect(workingTimeBetween(berlin, midnight("2026-10-25"), midnight("2026-10-26"))).toBe(25 * HOUR);
  });
});
