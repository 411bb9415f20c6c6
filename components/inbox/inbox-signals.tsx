"use client";

import { useQuery } from "@tanstack/react-query";
import { usePublishCount, usePublishLiveState } from "@/components/layout/signals";
import { useTRPC } from "@/components/providers/trpc-provider";
import { useLiveInbox } from "./use-live-inbox";

/** Mounted once by the workspace layout: holds the live line on every page and feeds the navigation's badge. Draws nothing. */
export function InboxSignals() {
  const trpc = useTRPC();
  const { data: counts } = useQuery(trpc.inbox.counts.queryOptions());
  usePublishLiveState(useLiveInbox());
  usePublishCount("inbox", counts?.unread ?? 0);
  return null;
}
