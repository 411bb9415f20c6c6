"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { HistoryEvent } from "./build-timeline";
import { priorityName } from "./priority";
import type { Names } from "./use-names";

const isText = (value: unknown): value is string => typeof value === "string";
const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.filter(isText) : []);

type Write = (who: string, data: HistoryEvent["data"], actorId: string | undefined) => string;

/** The parts of a sentence: names for ids as far as they exist, moments and states in the reader's words. */
function useWords(names: Names["names"]) {
  const t = useTranslations("thread.events");
  const status = useTranslations("inbox.status");
  const format = useFormatter();
  return {
    person: (id: unknown) => (isText(id) ? (names.get(id) ?? t("somebody")) : null),
    labels: (ids: readonly string[]) => format.list(ids.map((id) => names.get(id) ?? t("goneLabel"))),
    moment: (value: unknown) =>
      isText(value) ? format.dateTime(new Date(value), { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" }) : "…",
    status: (value: unknown) => (isText(value) && status.has(value as "open") ? status(value as "open") : "…"),
  };
}

/** What happened, in a sentence. Who is gone keeps an anonymous name; an event we do not know is named by its type. */
export function useEventText(names: Names["names"]): (event: HistoryEvent) => string {
  const t = useTranslations("thread.events");
  const priority = useTranslations("thread.priority");
  const words = useWords(names);

  const assigned: Write = (who, { assigneeId, teamId }, actorId) => {
    if (isText(assigneeId) && assigneeId === actorId) return t("took", { who });
    const to = words.person(assigneeId) ?? words.person(teamId);
    return to === null ? t("unassigned", { who }) : t("assigned", { who, to });
  };
  const labelled: Write = (who, data) => {
    const [added, removed] = [texts(data["added"]), texts(data["removed"])];
    return [
      ...(added.length === 0 ? [] : [t("labelled", { who, labels: words.labels(added), count: added.length })]),
      ...(removed.length === 0 ? [] : [t("unlabelled", { who, labels: words.labels(removed), count: removed.length })]),
    ].join(" · ");
  };
  const writers: Readonly<Record<string, Write>> = {
    assigned,
    labelled,
    status: (who, { from, to }) => t("status", { who, from: words.status(from), to: words.status(to) }),
    snoozed: (who, { until }) => t("snoozed", { who, moment: words.moment(until) }),
    woken: (_, { by }) => (by === "buyer" ? t("wokenByBuyer") : t("wokenByTime")),
    priority: (who, { to }) => t("priority", { who, to: priority(priorityName(Number(to))) }),
    merged: (who, { headId, conversationIds }) => (isText(headId) ? t("mergedInto", { who }) : t("merged", { who, count: texts(conversationIds).length })),
    unmerged: (who) => t("unmerged", { who }),
    deadline: () => t("deadline"),
    note: (who, { deed }) => t(`note.${deed === "added" || deed === "removed" ? deed : "edited"}`, { who }),
  };
  return ({ type, data, actor, actorKind }) => {
    const who = actor?.name ?? t(`actors.${actorKind}`);
    return writers[type]?.(who, data, actor?.id) ?? t("other", { who, type });
  };
}
