"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { DeadlinePolicy } from "@/server/deadlines/schema";
import { useTRPC } from "../../providers/trpc-provider";
import { useChannels } from "../parts/use-channels";
import { useChoices } from "../parts/use-choices";
import { useDuration } from "../parts/use-duration";

/** A policy in words: its times, and whom it means. */
export function usePolicyWords() {
  const t = useTranslations("automations.deadlines");
  const trpc = useTRPC();
  const duration = useDuration();
  const { nameOf } = useChannels();
  const { shops, labels, teams } = useChoices();
  const calendars = useQuery(trpc.deadlines.calendars.list.queryOptions());

  const named = (ids: readonly string[], from: readonly { readonly id: string; readonly name: string }[]) =>
    ids.map((id) => from.find((one) => one.id === id)?.name ?? t("gone")).join(", ");

  const times = ({ firstReplyMinutes, nextReplyMinutes, calendarId }: DeadlinePolicy) => {
    const parts = [
      firstReplyMinutes === null ? "" : t("firstWithin", { time: duration(firstReplyMinutes) }),
      nextReplyMinutes === null ? "" : t("nextWithin", { time: duration(nextReplyMinutes) }),
    ].filter((part) => part !== "");
    const clock = calendarId === null ? t("aroundTheClock") : named([calendarId], calendars.data ?? []);
    return `${parts.join(" · ")} · ${clock}`;
  };

  const scope = ({ conditions: { channels, connectionIds, labelIds, teamIds } }: DeadlinePolicy) => {
    const parts = [
      channels.length === 0 ? "" : channels.map(nameOf).join(", "),
      connectionIds.length === 0 ? "" : t("inShops", { shops: named(connectionIds, shops) }),
      labelIds.length === 0 ? "" : t("withLabels", { labels: named(labelIds, labels) }),
      teamIds.length === 0 ? "" : t("ofTeams", { teams: named(teamIds, teams) }),
    ].filter((part) => part !== "");
    return parts.length === 0 ? t("everyConversation") : parts.join(" · ");
  };

  return { times, scope };
}
