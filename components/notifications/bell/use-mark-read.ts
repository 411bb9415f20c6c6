"use client";

import { type InfiniteData, useMutation, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { useTRPC } from "@/components/providers/trpc-provider";
import { useErrorText } from "@/components/providers/use-error-text";
import { toast } from "@/components/ui/toast";
import type { listNoticesOutput } from "@/server/notifications/schema";
import { useUnreadCount } from "../live/use-unread";

type Pages = InfiniteData<z.output<typeof listNoticesOutput>>;

/** Marks as read at once on the screen; the server's count follows. */
export function useMarkRead() {
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorText = useErrorText();
  const { put, putEverywhere } = useUnreadCount();
  const lists = trpc.notifications.list.infiniteQueryFilter();

  const showAsRead = (isMeant: (noticeId: string) => boolean) => {
    const at = new Date();
    client.setQueriesData<Pages>(lists, (data) => {
      if (data === undefined) return data;
      const pages = data.pages.map((page) => ({
        ...page,
        notices: page.notices.map((notice) => (notice.readAt === null && isMeant(notice.noticeId) ? { ...notice, readAt: at } : notice)),
      }));
      return { ...data, pages };
    });
  };
  const settle = {
    onSuccess: ({ unread }: { unread: number }) => putEverywhere(unread),
    onError: (error: unknown) => {
      toast.failed(errorText(error).text);
      void client.invalidateQueries(trpc.notifications.pathFilter());
    },
  };
  const some = useMutation(trpc.notifications.markRead.mutationOptions(settle));
  const all = useMutation(trpc.notifications.markAllRead.mutationOptions(settle));
  return {
    markRead: (noticeId: string) => {
      const known = client.getQueryData(trpc.notifications.unread.queryKey());
      if (known !== undefined) put(Math.max(0, known.unread - 1));
      showAsRead((id) => id === noticeId);
      some.mutate({ noticeIds: [noticeId] });
    },
    markAllRead: () => {
      put(0);
      showAsRead(() => true);
      all.mutate();
    },
  };
}
