"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { CalendarView } from "@/server/deadlines/schema";
import { cn } from "../../ui/class-names";
import { DAY_MINUTES, minutesOf, openMinutes, rangesFault, WEEKDAYS } from "./calendar-form";
import { useDayNames } from "./use-day-names";

const ROW = 10;
const MARKS = [
  { hour: 0, place: "left-0" },
  { hour: 6, place: "left-1/4 -translate-x-1/2" },
  { hour: 12, place: "left-1/2 -translate-x-1/2" },
  { hour: 18, place: "left-3/4 -translate-x-1/2" },
  { hour: 24, place: "right-0" },
] as const;

/** A week at a glance: each day a line from midnight to midnight, open hours filled. */
export function WeekPreview({ week, className }: { readonly week: CalendarView["week"]; readonly className?: string | undefined }) {
  const t = useTranslations("automations.hours");
  const names = useDayNames();
  const format = useFormatter();
  const said = WEEKDAYS.map(
    (day) => `${names.long(day)}: ${week[day].length === 0 ? t("closed") : week[day].map(({ from, to }) => `${from}–${to}`).join(", ")}`,
  );
  const total = WEEKDAYS.reduce((sum, day) => sum + openMinutes(week[day]), 0);
  return (
    <figure aria-label={t("preview")} className={cn("flex flex-col gap-1", className)}>
      <p className="sr-only">{said.join("; ")}</p>
      <div aria-hidden="true" className="grid grid-cols-[2rem_1fr] gap-x-2 text-xs text-ink-muted">
        {WEEKDAYS.map((day) => (
          <span key={day} className="contents">
            <span className="leading-4">{names.short(day)}</span>
            <DayLine ranges={rangesFault(week[day]) === null ? week[day] : []} />
          </span>
        ))}
        <span />
        <span className="tabular relative h-4 text-[0.6875rem] leading-4 text-ink-faint">
          {MARKS.map(({ hour, place }) => (
            <span key={hour} className={cn("absolute", place)}>
              {hour}
            </span>
          ))}
        </span>
      </div>
      <figcaption className="tabular text-sm text-ink-muted">
        {total === 0 ? t("neverOpen") : t("perWeek", { hours: format.number(total / 60, { maximumFractionDigits: 1 }) })}
      </figcaption>
    </figure>
  );
}

function DayLine({ ranges }: { readonly ranges: CalendarView["week"]["mon"] }) {
  return (
    <svg viewBox={`0 0 ${DAY_MINUTES} ${ROW}`} preserveAspectRatio="none" aria-hidden="true" className="h-2.5 w-full self-center overflow-hidden rounded-sm">
      <rect width={DAY_MINUTES} height={ROW} className="fill-sunken" />
      {[6, 12, 18].map((hour) => (
        <rect key={hour} x={hour * 60 - 2} width="4" height={ROW} className="fill-line" />
      ))}
      {ranges.map(({ from, to }) => (
        <rect key={`${from}-${to}`} x={minutesOf(from)} width={Math.max(0, minutesOf(to) - minutesOf(from))} height={ROW} className="fill-accent" />
      ))}
    </svg>
  );
}
