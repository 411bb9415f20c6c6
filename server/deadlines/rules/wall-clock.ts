import { tzOffset } from "@date-fns/tz";

export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;
const THURSDAY = 4;

/** Whether the runtime's zone data know this IANA name. Plain offsets ("+03:00") are refused: they know no summer time. */
export function isTimeZone(name: string): boolean {
  return /^[A-Za-z]/.test(name) && Number.isFinite(tzOffset(name, new Date(0)));
}

/** What the zone's clocks are ahead of UTC at this instant (milliseconds). */
function offsetAt(timeZone: string, at: number): number {
  return Math.round(tzOffset(timeZone, new Date(at)) * MINUTE_MS);
}

/** The zone's calendar day at this instant, counted from 1970-01-01. */
export function dayAt(timeZone: string, at: number): number {
  return Math.floor((at + offsetAt(timeZone, at)) / DAY_MS);
}

/** 0 = Sunday. */
export const weekdayOf = (day: number): number => (((day + THURSDAY) % 7) + 7) % 7;

/** YYYY-MM-DD */
export const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/**
 * The first instant at which the zone's clocks show this time of that day or a later one. A time that summer time skips is
 * the moment of the change; of a time that comes twice it is the first. So times of one day never change their order.
 *
 * @param minutes since the day's midnight by the clock, 0 to 1440.
 */
export function instantOf(timeZone: string, day: number, minutes: number): number {
  const wall = day * DAY_MS + minutes * MINUTE_MS;
  const before = offsetAt(timeZone, wall - DAY_MS);
  const after = offsetAt(timeZone, wall + DAY_MS);
  const [first, second] = before >= after ? [wall - before, wall - after] : [wall - after, wall - before];
  if (first + offsetAt(timeZone, first) === wall) return first;
  if (second + offsetAt(timeZone, second) === wall) return second;
  return changeBetween(timeZone, first, second);
}

/** The first instant with the offset of `to`, after `from`, which has another. */
function changeBetween(timeZone: string, from: number, to: number): number {
  const wanted = offsetAt(timeZone, to);
  let [low, high] = [from, to];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(timeZone, middle) === wanted) high = middle;
    else low = middle;
  }
  return high;
}
