"use client";

import { useTranslations } from "next-intl";
import { durationParts } from "@/server/deadlines/schema";

/** Minutes in words: "2 days 3 h". */
export function useDuration(): (minutes: number) => string {
  const t = useTranslations("deadlines.duration");
  return (minutes) => {
    const { form, ...parts } = durationParts(minutes * 60_000);
    return t(form, parts);
  };
}
