"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { announce } from "@/components/layout/announcer";
import { usePublishCount, usePublishLiveState } from "@/components/layout/signals";
import { useTRPC } from "@/components/providers/trpc-provider";
import { useConversationSearch } from "./list/use-conversation-search";
import { useLiveInbox } from "./use-live-inbox";

/** Mounted once by the workspace layout: holds the live line on every page, feeds the navigation's badge, tells screen readers. Draws nothing. */
export function InboxSignals() {
  const trpc = useTRPC();
  const { data: counts } = useQuery(trpc.inbox.counts.queryOptions());
  usePublishLiveState(useLiveInbox());
  usePublishCount("inbox", counts?.unread ?? 0);
  useNewsAnnouncement(counts?.unread);
  useConversationSearch();
  return null;
}

function useNewsAnnouncement(unread: number | undefined) {
  const t = useTranslations("inbox");
  const before = useRef<number | undefined>(undefined);
  useEffect(() => {
    if (unread === undefined) return;
    if (before.current !== undefined && unread > before.current) announce(t("unreadNow", { count: unread }));
    before.current = unread;
  }, [unread, t]);
}
