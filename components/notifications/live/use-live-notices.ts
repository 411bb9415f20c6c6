"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { useCallback, useEffect } from "react";
import { useTRPC } from "@/components/providers/trpc-provider";
import type { NoticeEvent } from "@/server/notifications/schema";
import { useHoldsLine } from "./duties";
import { joinTabs, tellTabs } from "./tab-channel";
import { hasLocks } from "./tab-locks";
import { useUnreadCount } from "./use-unread";

/**
 * Hears of everything new: one tab has the stream and passes on what comes, so two hundred open tabs are one connection and one
 * question for the count. The tab that takes over asks once, in case something came in between.
 */
export function useLiveNotices(onEvent: (event: NoticeEvent, holdsLine: boolean) => void): void {
  const trpc = useTRPC();
  const client = useQueryClient();
  const holdsLine = useHoldsLine();
  const { put, ask } = useUnreadCount();

  const take = useCallback(
    (event: NoticeEvent) => {
      if (event.type === "new") put(event.unread);
      else if (event.type === "changed" && holdsLine) void ask();
      if (event.type !== "test") void client.invalidateQueries(trpc.notifications.list.infiniteQueryFilter());
      onEvent(event, holdsLine);
    },
    [put, ask, client, trpc, holdsLine, onEvent],
  );

  useEffect(() => joinTabs((message) => (message.type === "unread" ? put(message.unread) : take(message.event))), [put, take]);

  const subscription = useSubscription(
    trpc.notifications.live.subscriptionOptions(undefined, {
      enabled: holdsLine,
      onData: (wrapped) => {
        const event = "data" in wrapped ? wrapped.data : wrapped;
        // Where tabs cannot agree on one stream, each has its own.
        if (hasLocks()) tellTabs({ type: "event", event });
        take(event);
      },
    }),
  );
  const isConnected = subscription.status === "pending";
  useEffect(() => {
    if (isConnected) void ask();
  }, [isConnected, ask]);
}
