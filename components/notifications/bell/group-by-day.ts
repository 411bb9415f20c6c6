import type { NoticeView } from "@/server/notifications/schema";

export interface DayGroup {
  /** The local date, `2026-11-21`. */
  readonly date: string;
  readonly day: "today" | "yesterday" | "earlier";
  readonly notices: readonly NoticeView[];
}

const DAY_MS = 24 * 60 * 60_000;

function dateIn(zone: string): (at: Date) => string {
  // The Swedish way of writing a date is the ISO one.
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
  return (at) => format.format(at);
}

/** The day before a date of the calendar, whatever the clocks did that night. */
function dayBefore(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) - DAY_MS).toISOString().slice(0, 10);
}

/** Newest first as they come, under the days of the reader's zone. */
export function groupByDay(notices: readonly NoticeView[], zone: string, now: Date): DayGroup[] {
  const dateOf = dateIn(zone);
  const today = dateOf(now);
  const yesterday = dayBefore(today);
  const groups = new Map<string, NoticeView[]>();
  for (const notice of notices) {
    const date = dateOf(notice.createdAt);
    const group = groups.get(date);
    if (group === undefined) groups.set(date, [notice]);
    else group.push(notice);
  }
  return [...groups].map(([date, list]) => ({ date, day: date === today ? "today" : date === yesterday ? "yesterday" : "earlier", notices: list }));
}
