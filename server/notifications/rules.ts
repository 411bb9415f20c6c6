import { TZDate } from "@date-fns/tz";
import type { NoticeKind, NoticePreferences, OutsideChannel } from "./schema";

/** When and whether a person is told. Pure: time comes in as an argument, zones only here. */

/** Messages of one conversation within this stretch are one notice with a count. */
export const BUNDLE_MS = 60_000;
/** A new message waits so long before it goes to a phone: whoever reads it in the browser meanwhile is spared. */
const NEW_MESSAGE_DELAY_MS = 15_000;
const DAY_MINUTES = 24 * 60;

export interface PersonalTime {
  readonly preferences: NoticePreferences;
  readonly workspaceTimeZone: string;
}

/** The zone a person's clock is in: their own choice, else the workspace's. */
export function zoneOf({ preferences, workspaceTimeZone }: PersonalTime): string {
  return preferences.quietHours.timeZone ?? workspaceTimeZone;
}

function minutesOf(wallTime: string): number {
  const [hours = 0, minutes = 0] = wallTime.split(":").map(Number);
  return hours * 60 + minutes;
}

function localMinutes(at: Date, zone: string): number {
  const local = new TZDate(at, zone);
  return local.getHours() * 60 + local.getMinutes();
}

/** Whether `at` lies in the person's quiet hours, which may go past midnight; equal ends mean none. */
export function isQuiet(at: Date, person: PersonalTime): boolean {
  const { isOn, from, to } = person.preferences.quietHours;
  if (!isOn || from === to) return false;
  const now = localMinutes(at, zoneOf(person));
  const sinceFrom = (now - minutesOf(from) + DAY_MINUTES) % DAY_MINUTES;
  return sinceFrom < (minutesOf(to) - minutesOf(from) + DAY_MINUTES) % DAY_MINUTES;
}

/** The next moment after `at` when clocks in `zone` show `wallTime`; in a night that skips it, the moment it would have been. */
export function nextWallTime(at: Date, wallTime: string, zone: string): Date {
  const [hours = 0, minutes = 0] = wallTime.split(":").map(Number);
  const local = new TZDate(at, zone);
  for (let ahead = 0; ahead <= 2; ahead += 1) {
    const moment = new TZDate(local.getFullYear(), local.getMonth(), local.getDate() + ahead, hours, minutes, 0, 0, zone);
    if (moment.getTime() > at.getTime()) return new Date(moment.getTime());
  }
  throw new RangeError("a wall time comes every day");
}

function isHeldBack(kind: NoticeKind, at: Date, person: PersonalTime): boolean {
  return isQuiet(at, person) && !(kind === "deadline_breached" && person.preferences.quietHours.breachedPasses);
}

function afterQuiet(at: Date, kind: NoticeKind, person: PersonalTime): Date {
  return isHeldBack(kind, at, person) ? nextWallTime(at, person.preferences.quietHours.to, zoneOf(person)) : at;
}

function nextDigest(at: Date, person: PersonalTime): Date {
  const { mode, at: wallTime } = person.preferences.emailDigest;
  if (mode === "daily") return nextWallTime(at, wallTime, zoneOf(person));
  const hour = 3_600_000;
  return new Date((Math.floor(at.getTime() / hour) + 1) * hour);
}

export interface DeliveryPlan {
  readonly form: "single" | "digest";
  readonly notBefore: Date;
}

/** How and from when a notice leaves the house for one person; quiet hours hold back letters of the digest, too. */
export function planDelivery(kind: NoticeKind, channel: OutsideChannel, now: Date, person: PersonalTime): DeliveryPlan {
  // A missed deadline is worth nothing in tomorrow's letter.
  if (channel === "email" && person.preferences.emailDigest.mode !== "off" && kind !== "deadline_breached") {
    return { form: "digest", notBefore: afterQuiet(nextDigest(now, person), kind, person) };
  }
  const earliest = kind === "new_message" ? new Date(now.getTime() + NEW_MESSAGE_DELAY_MS) : now;
  return { form: "single", notBefore: afterQuiet(earliest, kind, person) };
}

/** What an open page does with it: pop up, ring. It stands in the list in any case. */
export function inBrowser(kind: NoticeKind, now: Date, person: PersonalTime): { readonly show: boolean; readonly sound: boolean } {
  const wishes = person.preferences.matrix[kind];
  const show = wishes.browser && !isHeldBack(kind, now, person);
  return { show, sound: show && wishes.sound };
}
