import { TZDate } from "@date-fns/tz";

export type MomentPreset = "hour" | "evening" | "tomorrow" | "monday";

export interface Moment {
  readonly preset: MomentPreset;
  readonly at: Date;
}

const MORNING = 9;
const EVENING = 18;

/** A wall clock time so many days from today, in the zone; where the clocks skip it, the zone's rules decide. */
function atHour(now: Date, timeZone: string, days: number, hour: number): Date {
  const today = new TZDate(now, timeZone);
  return new Date(new TZDate(today.getFullYear(), today.getMonth(), today.getDate() + days, hour, 0, 0, timeZone).getTime());
}

/** The moments people put things off to, in time's order: the evening only while it is ahead, Monday never twice. */
export function momentPresets(now: Date, timeZone: string): readonly Moment[] {
  const weekday = new TZDate(now, timeZone).getDay();
  const untilMonday = (8 - weekday) % 7 || 7;
  const evening = atHour(now, timeZone, 0, EVENING);
  const moments: Moment[] = [
    { preset: "hour", at: new Date(now.getTime() + 3_600_000) },
    { preset: "evening", at: evening },
    { preset: "tomorrow", at: atHour(now, timeZone, 1, MORNING) },
    { preset: "monday", at: atHour(now, timeZone, untilMonday, MORNING) },
  ];
  return moments.filter(({ preset, at }) => !(preset === "evening" && at.getTime() - now.getTime() < 3_600_000) && !(preset === "monday" && untilMonday === 1));
}

/** What `<input type="datetime-local">` shows for a moment, by the clock of the zone. */
export function toLocalInput(at: Date, timeZone: string): string {
  const local = new TZDate(at, timeZone);
  const two = (part: number) => String(part).padStart(2, "0");
  return `${local.getFullYear()}-${two(local.getMonth() + 1)}-${two(local.getDate())}T${two(local.getHours())}:${two(local.getMinutes())}`;
}

/** The moment an input of a date and time names in the zone; null while it is incomplete. */
export function fromLocalInput(value: string, timeZone: string): Date | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})/.exec(value);
  if (match === null) return null;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0] = match.slice(1).map(Number);
  return new Date(new TZDate(year, month - 1, day, hour, minute, 0, timeZone).getTime());
}
