"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTRPC } from "@/components/providers/trpc-provider";
import { tellTabs } from "./tab-channel";

/** Ways to bring the count up to date, here and in the other tabs. */
export function useUnreadCount() {
  const trpc = useTRPC();
  const client = useQueryClient();
  const put = useCallback((unread: number) => void client.setQueryData(trpc.notifications.unread.queryKey(), { unread }), [client, trpc]);
  const putEverywhere = useCallback(
    (unread: number) => {
      put(unread);
      tellTabs({ type: "unread", unread });
    },
    [put],
  );
  /** One tab asks, all know. A failure is made good by the next event. */
  const ask = useCallback(async () => {
    await client.refetchQueries(trpc.notifications.unread.queryFilter());
    const known = client.getQueryData(trpc.notifications.unread.queryKey());
    if (known !== undefined) tellTabs({ type: "unread", unread: known.unread });
  }, [client, trpc]);
  return { put, putEverywhere, ask };
}
