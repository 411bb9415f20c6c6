import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TimeRange, WorkingCalendar } from "../schema";
import { addWorkingTime, calendarFault, isWorking, openingsBetween, subtractWorkingTime, workingTimeBetween } from "./calendar";

const MINUTE = 60_000;
const DAY = 86_400_000;

const time = (minutes: number) => `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

/** Up to three ranges a day, as sorted cut points make them. */
const ranges: fc.Arbitrary<TimeRange[]> = fc.uniqueArray(fc.integer({ min: 0, max: 1440 }), { maxLength: 6 }).map((points) => {
  const sorted = points.sort((a, b) => a - b);
  return Array.from({ length: Math.floor(sorted.length / 2) }, (_, index) => ({ from: time(sorted[index * 2] ?? 0), to: time(sorted[index * 2 + 1] ?? 0) }));
});

const ZONES = ["Europe/Istanbul", "Europe/Kyiv", "Europe/Moscow", "Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Beirut", "UTC"];
/** Days around the changes of 2026 in Europe and on Lord Howe, and ordinary ones. */
const CHANGES = ["2026-03-28", "2026-10-24", "2026-04-04", "2026-10-03", "2026-11-06"].map((date) => Date.parse(date));
const instant = fc
  .tuple(fc.constantFrom(...CHANGES), fc.integer({ min: -5 * 1440, max: 5 * 1440 }), fc.integer({ min: 0, max: 59_999 }))
  .map(([day, minutes, ms]) => new Date(day + minutes * MINUTE + ms));
const duration = fc.oneof(fc.integer({ min: 0, max: 3 * 60 * MINUTE }), fc.integer({ min: 0, max: 20 * DAY }));

const calendar: fc.Arbitrary<WorkingCalendar> = fc
  .record({
    timeZone: fc.constantFrom(...ZONES),
    week: fc.record({ mon: ranges, tue: ranges, wed: ranges, thu: ranges, fri: ranges, sat: ranges, sun: ranges }),
    holidays: fc.uniqueArray(
      fc.record({
        date: fc
          .integer({ min: -6, max: 6 })
          .chain((offset) => fc.constantFrom(...CHANGES).map((day) => new Date(day + offset * DAY).toISOString().slice(0, 10))),
        name: fc.constant("x"),
        ranges: fc.option(ranges, { nil: undefined }),
      }),
      { maxLength: 8, selector: (holiday) => holiday.date },
    ),
  })
  .filter((made) => calendarFault(made) === null)
  // A week of a few minutes would answer "never" to most.
  .filter((made) => workingTimeBetween(made, new Date("2026-05-04"), new Date("2026-05-11")) > 5 * 60 * MINUTE);

const RUNS = { numRuns: 300 };
const later = (a: Date, b: Date) => a.getTime() <= b.getTime();

describe("working time, for any calendar around clock changes", () => {
  it("adding and measuring agree", () => {
    fc.assert(
      fc.property(calendar, instant, duration, (week, start, ms) => {
        const due = addWorkingTime(week, start, ms);
        fc.pre(due !== null);
        expect(workingTimeBetween(week, start, due)).toBe(ms);
      }),
      RUNS,
    );
  });

  it("what is due later starts later or lasts longer", () => {
    fc.assert(
      fc.property(calendar, instant, instant, duration, duration, (week, a, b, short, long) => {
        const [first, second] = later(a, b) ? [a, b] : [b, a];
        const [less, more] = short <= long ? [short, long] : [long, short];
        const [early, late] = [addWorkingTime(week, first, less), addWorkingTime(week, second, more)];
        fc.pre(early !== null && late !== null);
        expect(early.getTime()).toBeLessThanOrEqual(late.getTime());
      }),
      RUNS,
    );
  });

  it("a duration may be added in parts", () => {
    fc.assert(
      fc.property(calendar, instant, duration, duration, (week, start, one, two) => {
        const [half, whole] = [addWorkingTime(week, start, one), addWorkingTime(week, start, one + two)];
        // Each search goes a bounded number of years from its own start: the second half may reach what the whole gives up on.
        fc.pre(half !== null && whole !== null);
        expect(addWorkingTime(week, half, two)).toEqual(whole);
      }),
      RUNS,
    );
  });

  it("is due while it is open or at the moment of closing", () => {
    fc.assert(
      fc.property(calendar, instant, duration, (week, start, ms) => {
        const due = addWorkingTime(week, start, ms);
        fc.pre(due !== null);
        expect(due.getTime()).toBeGreaterThanOrEqual(start.getTime());
        const closesThen = openingsBetween(week, new Date(due.getTime() - 2 * DAY), due).some(({ end }) => end === due.getTime());
        const opensThen = isWorking(week, due);
        expect(opensThen || closesThen || due.getTime() === start.getTime()).toBe(true);
      }),
      RUNS,
    );
  });

  it("counting back is the mirror of counting on", () => {
    fc.assert(
      fc.property(calendar, instant, duration, (week, end, ms) => {
        const start = subtractWorkingTime(week, end, ms);
        fc.pre(start !== null);
        expect(workingTimeBetween(week, start, end)).toBe(ms);
      }),
      RUNS,
    );
  });

  it("measures as a clock on the wall does, minute by minute", () => {
    fc.assert(
      fc.property(
        calendar.filter(({ timeZone }) => timeZone !== "Australia/Lord_Howe"),
        fc.constantFrom(...CHANGES),
        (week, day) => {
          const format = new Intl.DateTimeFormat("sv-SE", { timeZone: week.timeZone, dateStyle: "short", timeStyle: "short", hourCycle: "h23" });
          const [from, to] = [new Date(day), new Date(day + DAY)];
          const seen = new Set<string>();
          let open = 0;
          for (let at = from.getTime(); at < to.getTime(); at += MINUTE) {
            const [date = "", clock = ""] = format.format(at).split(" ");
            const weekday = (["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const)[new Date(date).getUTCDay()] ?? "sun";
            const holiday = week.holidays.find((entry) => entry.date === date);
            const today = holiday === undefined ? week.week[weekday] : (holiday.ranges ?? []);
            if (today.some((range) => range.from <= clock && clock < range.to)) open += 1;
            seen.add(`${date} ${clock}`);
          }
          // Where an hour comes twice, what begins or ends within it has no one answer by the clock.
          fc.pre(seen.size === 1440);
          expect(workingTimeBetween(week, from, to)).toBe(open * MINUTE);
        },
      ),
      { numRuns: 60 },
    );
  });
});
