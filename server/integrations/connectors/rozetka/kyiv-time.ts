import { tzOffset } from "@date-fns/tz";
import { remembering } from "@/lib/remembering";

/** The service writes Kyiv's wall clock without a zone, `2026-11-21 18:40:05` [I]. */
const ZONE = "Europe/Kyiv";
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const HOUR_MS = 3_600_000;
const HOURS_KEPT = 10_000;
/** By the hour: clocks are changed on the hour, and asking for the zone takes longer than reading the rest of an order. */
const offsetOfHour = remembering((hour: number) => Math.round(tzOffset(ZONE, new Date(hour * HOUR_MS)) * MINUTE_MS), HOURS_KEPT);

const offsetAt = (at: number): number => offsetOfHour(Math.floor(at / HOUR_MS));

/**
 * The first instant at which Kyiv's clocks show this; a time that summer time skips is the moment after the change.
 * @returns undefined for anything that is not `YYYY-MM-DD[ HH:mm[:ss]]`.
 */
export function parseKyiv(text: string): Date | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d))?)?$/.exec(text.trim());
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  const wall = Date.UTC(year, month - 1, day, hours, minutes, seconds);
  if (new Date(wall).getUTCDate() !== day || hours > 23 || minutes > 59 || seconds > 59) return undefined;
  const offsets = [offsetAt(wall - DAY_MS), offsetAt(wall + DAY_MS)].sort((left, right) => right - left);
  const fitting = offsets.find((offset) => offsetAt(wall - offset) === offset);
  return new Date(wall - (fitting ?? offsetAt(wall - DAY_MS)));
}

export function formatKyiv(at: Date): string {
  return new Date(at.getTime() + offsetAt(at.getTime())).toISOString().slice(0, 19).replace("T", " ");
}

/** YYYY-MM-DD in the service's calendar. */
export function kyivDay(at: Date): string {
  return formatKyiv(at).slice(0, 10);
}
