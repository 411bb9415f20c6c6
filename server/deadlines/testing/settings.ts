import { TZDate } from "@date-fns/tz";
import type { DeadlineSettings } from "../rules/obligations";
import type { ConversationTraits } from "../rules/policies";
import type { DeadlinePolicy, MarketplaceLimit, TimeRange, WorkingCalendar } from "../schema";

/** "2026-11-06 16:30" by the clocks of a zone. Made with the library's own date, not with the arithmetic under test. */
export function local(timeZone: string): (text: string) => Date {
  return (text) => {
    const [year = 0, month = 1, day = 1, hour = 0, minute = 0] = text.split(/[- :]/).map(Number);
    return new Date(new TZDate(year, month - 1, day, hour, minute, timeZone).getTime());
  };
}

export const LABEL_VIP = "00000000-0000-4000-8000-0000000000a1";
export const LABEL_RETURN = "00000000-0000-4000-8000-0000000000a2";
export const TEAM_CARE = "00000000-0000-4000-8000-0000000000b1";
export const CONNECTION = "00000000-0000-4000-8000-0000000000c1";
export const OFFICE = "00000000-0000-4000-8000-0000000000d1";

const NINE_TO_FIVE: readonly TimeRange[] = [{ from: "09:00", to: "17:00" }];

/** Monday to Friday 9–17 without holidays, unless said otherwise. */
export function makeCalendar(
  changes: { timeZone?: string; days?: Partial<WorkingCalendar["week"]>; holidays?: WorkingCalendar["holidays"] } = {},
): WorkingCalendar {
  const days = [...NINE_TO_FIVE];
  return {
    timeZone: changes.timeZone ?? "Europe/Moscow",
    week: { mon: days, tue: days, wed: days, thu: days, fri: days, sat: [], sun: [], ...changes.days },
    holidays: changes.holidays ?? [],
  };
}

/** First reply in 2 h of office time, next in 1 h, every pause, a warning 30 min before. */
export function makePolicy(changes: Partial<DeadlinePolicy> = {}): DeadlinePolicy {
  return {
    id: "00000000-0000-4000-8000-000000000001",
    name: "Standard",
    isActive: true,
    conditions: { channels: [], labelIds: [], teamIds: [], connectionIds: [] },
    firstReplyMinutes: 120,
    nextReplyMinutes: 60,
    calendarId: OFFICE,
    pauseOn: ["snoozed", "pending", "outage"],
    warnBeforeMinutes: 30,
    escalation: { notify: [], raisePriorityTo: null },
    ...changes,
  };
}

export function makeSettings(
  changes: { policies?: readonly DeadlinePolicy[]; calendar?: WorkingCalendar; limits?: readonly MarketplaceLimit[] } = {},
): DeadlineSettings {
  return {
    policies: changes.policies ?? [makePolicy()],
    calendars: new Map([[OFFICE, { name: "Office", calendar: changes.calendar ?? makeCalendar() }]]),
    limits: changes.limits ?? [],
  };
}

export const TRAITS: ConversationTraits = { channel: "shop.chat", connectionId: CONNECTION, teamId: null, labelIds: [] };
