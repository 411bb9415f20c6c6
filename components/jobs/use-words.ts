"use client";

import { useFormatter, useTranslations } from "next-intl";
import { durationParts } from "./duration";

const FAILURE = "-failure";

/** A length of time in the reader's words. */
export function useDuration(): (milliseconds: number) => string {
  const t = useTranslations("jobs.duration");
  const format = useFormatter();
  return (milliseconds) => {
    const { key, values } = durationParts(milliseconds);
    return t(key, Object.fromEntries(Object.entries(values).map(([name, value]) => [name, format.number(value, { maximumFractionDigits: 1 })])));
  };
}

/** A function by the name people know; one we have no words for keeps the name it gave itself. */
export function useFunctionName(): (id: string, ownName: string) => string {
  const t = useTranslations("jobs");
  return (id, ownName) => {
    const bare = id.replace(/^karavan-/, "");
    const isHandler = bare.endsWith(FAILURE);
    const key = `functions.${isHandler ? bare.slice(0, -FAILURE.length) : bare}`;
    if (!t.has(key)) return ownName;
    return isHandler ? t("failureHandler", { name: t(key) }) : t(key);
  };
}

/** The engine's own trigger of schedules is said in words; every other event keeps its technical name. */
export const SCHEDULE_EVENT = "inngest/scheduled.timer";
