"use client";

import { useFormatter, useNow, useTimeZone } from "next-intl";
import { Tooltip } from "./tooltip";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export interface TimeProps {
  /** An instant; strings are ISO 8601 with a zone. */
  readonly value: Date | string;
  readonly className?: string | undefined;
}

/** "5 min. ago", "yesterday", "12 Nov": the exact time is in the tooltip. */
export function RelativeTime({ value, className }: TimeProps) {
  const format = useFormatter();
  const now = useNow({ updateInterval: MINUTE / 2 });
  const zone = useTimeZone();
  const date = new Date(value);
  const distance = now.getTime() - date.getTime();
  const sameYear = date.getFullYear() === now.getFullYear();
  const near = Math.abs(distance) < 7 * DAY;
  const text = near
    ? format.relativeTime(date, { now: Math.abs(distance) < MINUTE ? date : now, style: "short" })
    : format.dateTime(date, { day: "numeric", month: "short", ...(sameYear ? {} : { year: "numeric" }) });
  const exact = format.dateTime(date, { dateStyle: "full", timeStyle: "medium" });
  return (
    <Tooltip content={zone === undefined ? exact : `${exact} · ${zone}`}>
      <time dateTime={date.toISOString()} className={className}>
        <span aria-hidden="true" suppressHydrationWarning>
          {text}
        </span>
        <span className="sr-only">{exact}</span>
      </time>
    </Tooltip>
  );
}

/** The exact moment in the reader's time zone. `parts` chooses what is shown. */
export function DateTime({ value, parts = "date-time", className }: TimeProps & { readonly parts?: "date" | "time" | "date-time" | undefined }) {
  const format = useFormatter();
  const date = new Date(value);
  const style = {
    date: { day: "numeric", month: "short", year: "numeric" },
    time: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
    "date-time": { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  } as const;
  return (
    <time dateTime={date.toISOString()} className={className}>
      {format.dateTime(date, style[parts])}
    </time>
  );
}
