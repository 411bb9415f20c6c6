import { remembering } from "@/lib/remembering";
import { AppError, type ErrorParams } from "@/server/platform/errors";
import type { TimeRange, Weekday, WorkingCalendar } from "../schema";
import { DAY_MS, dateOf, dayAt, instantOf, isTimeZone, weekdayOf } from "./wall-clock";

/** Beyond this many days without enough open time the answer is "never". */
const HORIZON_DAYS = 3 * 366;
/** Days kept computed of one calendar. */
const CACHED_DAYS = 5_000;
const WEEKDAYS: readonly Weekday[] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/** A stretch of open time; milliseconds since 1970, end excluded. */
export interface Opening {
  readonly start: number;
  readonly end: number;
}

export interface CalendarFault {
  readonly code: string;
  readonly params: ErrorParams;
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

function rangesFault(ranges: readonly TimeRange[]): CalendarFault | null {
  const sorted = [...ranges].sort((a, b) => minutesOf(a.from) - minutesOf(b.from));
  for (const [index, range] of sorted.entries()) {
    if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(range.from)) return { code: "deadlines.time_invalid", params: { time: range.from } };
    if (!/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/.test(range.to)) return { code: "deadlines.time_invalid", params: { time: range.to } };
    if (minutesOf(range.from) >= minutesOf(range.to)) return { code: "deadlines.range_backwards", params: { from: range.from, to: range.to } };
    const previous = sorted[index - 1];
    if (previous !== undefined && minutesOf(previous.to) > minutesOf(range.from)) {
      return { code: "deadlines.ranges_overlap", params: { first: `${previous.from}–${previous.to}`, second: `${range.from}–${range.to}` } };
    }
  }
  return null;
}

/** Why a calendar cannot be counted with, or null. A range over midnight is two ranges: until 24:00 and from 00:00. */
export function calendarFault(calendar: WorkingCalendar): CalendarFault | null {
  if (!isTimeZone(calendar.timeZone)) return { code: "deadlines.time_zone_unknown", params: { timeZone: calendar.timeZone } };
  if (WEEKDAYS.every((day) => calendar.week[day].length === 0)) return { code: "deadlines.calendar_empty", params: {} };
  const dates = new Set<string>();
  for (const { date } of calendar.holidays) {
    if (dates.has(date)) return { code: "deadlines.holiday_twice", params: { date } };
    dates.add(date);
  }
  for (const ranges of [...WEEKDAYS.map((day) => calendar.week[day]), ...calendar.holidays.map((holiday) => holiday.ranges ?? [])]) {
    const fault = rangesFault(ranges);
    if (fault !== null) return fault;
  }
  return null;
}

interface Compiled {
  readonly timeZone: string;
  /** Open stretches of a day of the zone, in order. */
  openings(day: number): readonly Opening[];
}

const compiledCalendars = new WeakMap<WorkingCalendar, Compiled>();

/** @throws AppError with the code of `calendarFault`. */
function compile(calendar: WorkingCalendar): Compiled {
  const known = compiledCalendars.get(calendar);
  if (known !== undefined) return known;
  const fault = calendarFault(calendar);
  if (fault !== null) throw new AppError(fault.code, { status: 400, params: fault.params });
  const holidays = new Map(calendar.holidays.map((holiday) => [holiday.date, holiday.ranges ?? []]));
  const read = (day: number): readonly Opening[] => {
    const weekday = WEEKDAYS[weekdayOf(day)];
    const ranges = holidays.get(dateOf(day)) ?? (weekday === undefined ? [] : calendar.week[weekday]);
    return ranges
      .map(({ from, to }) => ({ start: instantOf(calendar.timeZone, day, minutesOf(from)), end: instantOf(calendar.timeZone, day, minutesOf(to)) }))
      .filter(({ start, end }) => start < end)
      .sort((a, b) => a.start - b.start);
  };
  const compiled: Compiled = {
    timeZone: calendar.timeZone,
    openings: remembering(read, CACHED_DAYS),
  };
  compiledCalendars.set(calendar, compiled);
  return compiled;
}

function checkDuration(ms: number): void {
  if (!(ms >= 0) || !Number.isFinite(ms)) throw new AppError("deadlines.duration_negative", { status: 400, params: { ms } });
}

/**
 * The instant by which `ms` of open time have passed since `start`. What ends exactly at closing is due at closing; no time
 * at all is the start itself, or the next opening when it is closed then.
 *
 * @returns null when the calendar does not have that much open time within three years.
 * @throws AppError `deadlines.duration_negative`, and the codes of `calendarFault`.
 */
export function addWorkingTime(calendar: WorkingCalendar, start: Date, ms: number): Date | null {
  checkDuration(ms);
  const { timeZone, openings } = compile(calendar);
  const first = dayAt(timeZone, start.getTime());
  let left = ms;
  for (let day = first; day <= first + HORIZON_DAYS; day += 1) {
    for (const opening of openings(day)) {
      const from = Math.max(opening.start, start.getTime());
      if (from > opening.end) continue;
      if (left <= opening.end - from) return new Date(from + left);
      left -= opening.end - from;
    }
  }
  return null;
}

/**
 * The last instant from which `ms` of open time remain until `end`: the mirror of `addWorkingTime`.
 *
 * @returns null when the calendar does not have that much open time within the three years before.
 */
export function subtractWorkingTime(calendar: WorkingCalendar, end: Date, ms: number): Date | null {
  checkDuration(ms);
  const { timeZone, openings } = compile(calendar);
  const last = dayAt(timeZone, end.getTime());
  let left = ms;
  for (let day = last; day >= last - HORIZON_DAYS; day -= 1) {
    for (const opening of [...openings(day)].reverse()) {
      const to = Math.min(opening.end, end.getTime());
      if (to < opening.start) continue;
      if (left <= to - opening.start) return new Date(to - left);
      left -= to - opening.start;
    }
  }
  return null;
}

/** Open stretches between two instants, in order, cut to them. */
export function openingsBetween(calendar: WorkingCalendar, from: Date, to: Date): Opening[] {
  const { timeZone, openings } = compile(calendar);
  const found: Opening[] = [];
  for (let day = dayAt(timeZone, from.getTime()); day <= dayAt(timeZone, to.getTime()); day += 1) {
    for (const opening of openings(day)) {
      const cut = { start: Math.max(opening.start, from.getTime()), end: Math.min(opening.end, to.getTime()) };
      if (cut.start < cut.end) found.push(cut);
    }
  }
  return found;
}

/** Open milliseconds between two instants; 0 when the second is not later. */
export function workingTimeBetween(calendar: WorkingCalendar, from: Date, to: Date): number {
  return openingsBetween(calendar, from, to).reduce((sum, { start, end }) => sum + end - start, 0);
}

/** At closing it is closed. */
export function isWorking(calendar: WorkingCalendar, at: Date): boolean {
  const { timeZone, openings } = compile(calendar);
  return openings(dayAt(timeZone, at.getTime())).some(({ start, end }) => start <= at.getTime() && at.getTime() < end);
}

/** @returns `at` itself when it is open; null when it does not open within three years. */
export function nextOpening(calendar: WorkingCalendar, at: Date): Date | null {
  const { timeZone, openings } = compile(calendar);
  const first = dayAt(timeZone, at.getTime());
  for (let day = first; day <= first + HORIZON_DAYS; day += 1) {
    const opening = openings(day).find(({ end }) => end > at.getTime());
    if (opening !== undefined) return new Date(Math.max(opening.start, at.getTime()));
  }
  return null;
}

/** A day of the zone on which nobody works, and why. */
export interface ClosedDay {
  readonly date: string;
  /** Name of the holiday; null = an ordinary closed day of the week. */
  readonly holiday: string | null;
}

/** Whole days without open time that lie between two instants; the day of the first instant counts, that of the second does not. */
export function closedDaysBetween(calendar: WorkingCalendar, from: Date, to: Date): ClosedDay[] {
  const { timeZone, openings } = compile(calendar);
  const names = new Map(calendar.holidays.map((holiday) => [holiday.date, holiday.name]));
  const closed: ClosedDay[] = [];
  for (let day = dayAt(timeZone, from.getTime()); day <= dayAt(timeZone, to.getTime() - 1); day += 1) {
    if (openings(day).length === 0) closed.push({ date: dateOf(day), holiday: names.get(dateOf(day)) ?? null });
  }
  return closed;
}

/** Midnight of a date by the calendar's clocks: an instant that a text can show as that day. */
export function startOfDate(calendar: WorkingCalendar, date: string): Date {
  return new Date(instantOf(calendar.timeZone, Math.round(Date.parse(date) / DAY_MS), 0));
}
