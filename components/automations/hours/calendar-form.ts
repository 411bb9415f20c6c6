import { type CalendarView, type SaveCalendarInput, saveCalendarInput, type TimeRange, type Weekday, weekdaySchema } from "@/server/deadlines/schema";

export const WEEKDAYS: readonly Weekday[] = weekdaySchema.options;
export const WORKDAYS: readonly Weekday[] = ["mon", "tue", "wed", "thu", "fri"];
export const DAY_MINUTES = 24 * 60;

export type CalendarForm = SaveCalendarInput;
export const calendarFormSchema = saveCalendarInput;

export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** What people type for a time of day: "9", "930", "9.30", "24" → "09:00", "09:30", "09:30", "24:00"; null when it is none. */
export function parseTime(text: string): string | null {
  const match = /^(\d{1,2})(?:\s*[:.,]?\s*(\d{2}))?$/.exec(text.trim());
  if (match === null) return null;
  const [hours, minutes] = [Number(match[1]), Number(match[2] ?? "0")];
  if (minutes > 59 || hours > 24 || (hours === 24 && minutes > 0)) return null;
  return `${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
}

export type RangesFault = "invalid" | "backwards" | "overlap";

/** What is wrong with a day's hours; the server judges by the same rules. */
export function rangesFault(ranges: readonly TimeRange[]): RangesFault | null {
  const sorted = [...ranges].sort((a, b) => minutesOf(a.from) - minutesOf(b.from));
  for (const [index, { from, to }] of sorted.entries()) {
    if (parseTime(from) !== from || parseTime(to) !== to || from === "24:00") return "invalid";
    if (minutesOf(from) >= minutesOf(to)) return "backwards";
    const before = sorted[index - 1];
    if (before !== undefined && minutesOf(before.to) > minutesOf(from)) return "overlap";
  }
  return null;
}

/** Where the next range of a day could stand: after a break of an hour, else a usual day. */
export function nextRange(ranges: readonly TimeRange[]): TimeRange {
  const last = ranges.at(-1);
  if (last === undefined) return { from: "09:00", to: "18:00" };
  const start = Math.min(minutesOf(last.to) + 60, DAY_MINUTES - 60);
  const text = (minutes: number) => `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
  return { from: text(start), to: text(Math.min(start + 240, DAY_MINUTES)) };
}

export function openMinutes(ranges: readonly TimeRange[]): number {
  return ranges.reduce((sum, { from, to }) => sum + Math.max(0, minutesOf(to) - minutesOf(from)), 0);
}

/** Neighbouring days with the same hours together: Mon–Fri, Sat, Sun. */
export function groupDays(week: CalendarView["week"]): { readonly first: Weekday; readonly last: Weekday; readonly ranges: readonly TimeRange[] }[] {
  const groups: { first: Weekday; last: Weekday; ranges: readonly TimeRange[] }[] = [];
  const said = (ranges: readonly TimeRange[]) => ranges.map(({ from, to }) => `${from}–${to}`).join(",");
  for (const day of WEEKDAYS) {
    const group = groups.at(-1);
    if (group !== undefined && said(group.ranges) === said(week[day])) group.last = day;
    else groups.push({ first: day, last: day, ranges: week[day] });
  }
  return groups;
}

export function newCalendar(name: string, timeZone: string): CalendarForm {
  const open = () => [{ from: "09:00", to: "18:00" }];
  return { name, timeZone, week: { mon: open(), tue: open(), wed: open(), thu: open(), fri: open(), sat: [], sun: [] }, holidays: [] };
}
