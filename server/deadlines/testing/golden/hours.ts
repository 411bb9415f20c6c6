import { makeCalendar, makePolicy, makeSettings } from "../settings";
import type { GoldenCase } from "./case";

const lunch = [
  { from: "09:00", to: "13:00" },
  { from: "14:00", to: "18:00" },
];
const withLunch = makeSettings({ calendar: makeCalendar({ days: { mon: lunch, fri: lunch } }) });
const always = makeSettings({ policies: [makePolicy({ calendarId: null })] });
const winterHolidays = ["2026-12-31", "2027-01-01", "2027-01-04", "2027-01-05", "2027-01-06", "2027-01-07", "2027-01-08"];

/** Working hours: 2026-11-06 is a Friday. Office Monday to Friday 9–17, first reply 2 h, next reply 1 h, warning 30 min before. */
export const HOURS: readonly GoldenCase[] = [
  {
    name: "inside the day",
    timeline: [["2026-11-06 10:00", "buyer"]],
    now: "2026-11-06 10:05",
    expect: [{ metric: "first_reply", from: "2026-11-06 10:00", due: "2026-11-06 12:00", warn: "2026-11-06 11:30", state: "running" }],
  },
  {
    name: "over the weekend: Friday 16:30 + 2 h = Monday 10:30",
    timeline: [["2026-11-06 16:30", "buyer"]],
    now: "2026-11-06 16:40",
    expect: [{ metric: "first_reply", from: "2026-11-06 16:30", due: "2026-11-09 10:30", warn: "2026-11-09 10:00", state: "running" }],
  },
  {
    name: "exactly at closing counts from the next opening",
    timeline: [["2026-11-06 17:00", "buyer"]],
    now: "2026-11-06 17:01",
    expect: [{ metric: "first_reply", from: "2026-11-06 17:00", due: "2026-11-09 11:00", state: "running" }],
  },
  {
    name: "what ends exactly at closing is due at closing, not at the next opening",
    timeline: [["2026-11-06 15:00", "buyer"]],
    now: "2026-11-06 15:01",
    expect: [{ metric: "first_reply", from: "2026-11-06 15:00", due: "2026-11-06 17:00", state: "running" }],
  },
  {
    name: "before opening",
    timeline: [["2026-11-06 06:12", "buyer"]],
    now: "2026-11-06 07:00",
    expect: [{ metric: "first_reply", from: "2026-11-06 06:12", due: "2026-11-06 11:00", state: "running" }],
  },
  {
    name: "on a closed day",
    timeline: [["2026-11-07 12:00", "buyer"]],
    now: "2026-11-08 12:00",
    expect: [{ metric: "first_reply", from: "2026-11-07 12:00", due: "2026-11-09 11:00", state: "running" }],
  },
  {
    name: "several ranges a day: lunch does not count",
    settings: withLunch,
    timeline: [["2026-11-06 12:30", "buyer"]],
    now: "2026-11-06 12:31",
    expect: [{ metric: "first_reply", from: "2026-11-06 12:30", due: "2026-11-06 15:30", state: "running" }],
  },
  {
    name: "holidays in a row and a weekend between them",
    settings: makeSettings({ calendar: makeCalendar({ holidays: winterHolidays.map((date) => ({ date, name: "New Year" })) }) }),
    timeline: [["2026-12-30 16:00", "buyer"]],
    now: "2027-01-02 12:00",
    expect: [{ metric: "first_reply", from: "2026-12-30 16:00", due: "2027-01-11 10:00", warn: "2027-01-11 09:30", state: "running" }],
  },
  {
    name: "a short day before a holiday",
    settings: makeSettings({ calendar: makeCalendar({ holidays: [{ date: "2026-11-06", name: "Eve", ranges: [{ from: "09:00", to: "15:00" }] }] }) }),
    timeline: [["2026-11-06 14:00", "buyer"]],
    now: "2026-11-06 14:01",
    expect: [{ metric: "first_reply", from: "2026-11-06 14:00", due: "2026-11-09 10:00", state: "running" }],
  },
  {
    name: "a Saturday that is worked instead of a day off",
    settings: makeSettings({
      calendar: makeCalendar({ holidays: [{ date: "2026-11-07", name: "Moved working day", ranges: [{ from: "10:00", to: "14:00" }] }] }),
    }),
    timeline: [["2026-11-06 16:00", "buyer"]],
    now: "2026-11-06 16:30",
    expect: [{ metric: "first_reply", from: "2026-11-06 16:00", due: "2026-11-07 11:00", state: "running" }],
  },
  {
    name: "around the clock",
    settings: always,
    timeline: [["2026-11-06 23:30", "buyer"]],
    now: "2026-11-07 00:00",
    expect: [{ metric: "first_reply", from: "2026-11-06 23:30", due: "2026-11-07 01:30", warn: "2026-11-07 01:00", state: "running" }],
  },
  {
    name: "open until midnight and from midnight on is open all night",
    settings: makeSettings({
      calendar: makeCalendar({ days: { fri: [{ from: "20:00", to: "24:00" }], sat: [{ from: "00:00", to: "04:00" }] } }),
    }),
    timeline: [["2026-11-06 23:00", "buyer"]],
    now: "2026-11-06 23:10",
    expect: [{ metric: "first_reply", from: "2026-11-06 23:00", due: "2026-11-07 01:00", state: "running" }],
  },
  {
    name: "the clocks go forward in Kyiv: the lost hour was not open",
    timeZone: "Europe/Kyiv",
    settings: makeSettings({ calendar: makeCalendar({ timeZone: "Europe/Kyiv", days: { sun: [{ from: "00:00", to: "08:00" }] } }) }),
    // 2026-03-29: 03:00 becomes 04:00.
    timeline: [["2026-03-29 02:00", "buyer"]],
    now: "2026-03-29 02:01",
    expect: [{ metric: "first_reply", from: "2026-03-29 02:00", due: "2026-03-29 05:00", state: "running" }],
  },
  {
    name: "the clocks go back in Berlin: the hour that comes twice counts twice",
    timeZone: "Europe/Berlin",
    settings: makeSettings({ calendar: makeCalendar({ timeZone: "Europe/Berlin", days: { sun: [{ from: "00:00", to: "08:00" }] } }) }),
    // 2026-10-25: 03:00 becomes 02:00.
    timeline: [["2026-10-25 01:00", "buyer"]],
    now: "2026-10-25 01:01",
    expect: [{ metric: "first_reply", from: "2026-10-25 01:00", due: "2026-10-25 02:00 again", state: "running" }],
  },
  {
    name: "over the weekend of a clock change the opening stays 9 by the clock",
    timeZone: "Europe/Berlin",
    settings: makeSettings({ calendar: makeCalendar({ timeZone: "Europe/Berlin" }) }),
    timeline: [["2026-10-23 16:30", "buyer"]],
    now: "2026-10-23 16:31",
    expect: [{ metric: "first_reply", from: "2026-10-23 16:30", due: "2026-10-26 10:30", state: "running" }],
  },
  {
    name: "Istanbul has no summer time",
    timeZone: "Europe/Istanbul",
    settings: makeSettings({ calendar: makeCalendar({ timeZone: "Europe/Istanbul" }) }),
    timeline: [["2026-03-27 16:30", "buyer"]],
    now: "2026-03-27 16:31",
    expect: [{ metric: "first_reply", from: "2026-03-27 16:30", due: "2026-03-30 10:30", state: "running" }],
  },
];
