"use client";

import { useFormatter } from "next-intl";
import type { Weekday } from "@/server/deadlines/schema";
import { WEEKDAYS } from "./calendar-form";

/** The first of January 2024 was a Monday. */
const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

export function useDayNames() {
  const format = useFormatter();
  const at = (day: Weekday) => new Date(MONDAY + WEEKDAYS.indexOf(day) * DAY_MS);
  return {
    long: (day: Weekday) => format.dateTime(at(day), { weekday: "long", timeZone: "UTC" }),
    short: (day: Weekday) => format.dateTime(at(day), { weekday: "short", timeZone: "UTC" }),
    /** A calendar day "2026-01-01" in words. */
    date: (day: string) => format.dateTime(new Date(`${day}T00:00:00Z`), { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }),
  };
}
