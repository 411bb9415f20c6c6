"use client";

import { type QueryFilters, useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { useCallback, useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import type { LiveState } from "@/components/layout/signals";
import { useTRPC } from "@/components/providers/trpc-provider";
import { gather } from "./list/gather";
import { tellListNews } from "./list/list-news";
import { shownAs } from "./shown-threads";

const COUNTS_GAP_MS = 1_000;

function onLineChange(listener: () => void): () => void {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}

/** The browser knows at once that the line is gone; the stream alone would notice only when its pings stay away. */
function useOnline(): boolean {
  return useSyncExternalStore(
    onLineChange,
    () => navigator.onLine,
    () => true,
  );
}

/**
 * Keeps every open query of the inbox equal to the database: events name what changed and that is read again; after a lost
 * connection everything on the screen is. The events carry ids only, so nothing can be shown that a read would not allow.
 */
export function useLiveInbox(): LiveState {
  const trpc = useTRPC();
  const client = useQueryClient();
  const wasLost = useRef(false);
  // A first read still under way may have looked before the change; invalidating alone would take its answer for fresh.
  const refresh = useCallback(
    async (filter: QueryFilters) => {
      await client.cancelQueries({ ...filter, predicate: (query) => query.state.data === undefined });
      await client.invalidateQueries(filter);
    },
    [client],
  );
  const readCounts = useMemo(() => gather(() => refresh(trpc.inbox.counts.queryFilter()), COUNTS_GAP_MS), [refresh, trpc]);
  const refreshAll = useCallback(() => void refresh(trpc.inbox.pathFilter()), [refresh, trpc]);
  const refreshChanged = (changed: readonly string[]) => {
    tellListNews();
    // Lists that are not on the screen are read again when they are.
    void client.invalidateQueries({ ...trpc.inbox.list.infiniteQueryFilter(), refetchType: "none" });
    readCounts();
    for (const conversationId of changed) {
      void refresh(trpc.inbox.writeState.queryFilter({ conversationId }));
      for (const id of shownAs(client, trpc.inbox.thread.infiniteQueryFilter(), conversationId)) {
        void refresh(trpc.inbox.thread.infiniteQueryFilter({ conversationId: id }));
        void refresh(trpc.inbox.notes.list.queryFilter({ conversationId: id }));
        void refresh(trpc.inbox.history.infiniteQueryFilter({ conversationId: id }));
        void refresh(trpc.followUps.ofConversation.queryFilter({ conversationId: id }));
      }
    }
  };

  const subscription = useSubscription(
    trpc.inbox.live.subscriptionOptions(undefined, {
      onData: (event) => {
        const { changed, presence } = "data" in event ? event.data : event;
        for (const conversationId of presence)
          for (const id of shownAs(client, trpc.inbox.thread.infiniteQueryFilter(), conversationId))
            void refresh(trpc.inbox.presence.list.queryFilter({ conversationId: id }));
        if (changed === null) refreshAll();
        else if (changed.length > 0) refreshChanged(changed);
      },
    }),
  );
  const online = useOnline();
  const wasOffline = useRef(false);
  const connected = online && subscription.status === "pending";
  const { reset } = subscription;

  // A stream opened over the lost line may look alive until its next ping is overdue: a new one is certain.
  useEffect(() => {
    if (online && wasOffline.current) reset();
    wasOffline.current = !online;
  }, [online, reset]);

  useEffect(() => {
    if (!connected) wasLost.current = true;
    else if (wasLost.current) {
      wasLost.current = false;
      refreshAll();
    }
  }, [connected, refreshAll]);

  if (connected) return "live";
  return online && subscription.status === "connecting" ? "catching-up" : "offline";
}
