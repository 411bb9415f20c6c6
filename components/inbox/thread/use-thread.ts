"use client";

import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";
import { useTRPC } from "@/components/providers/trpc-provider";
import type { ConversationSummary, ThreadPart } from "@/server/inbox/schema";

const ALONE: readonly ThreadPart[] = [];

/** One conversation, or the head of a merged thread, with its newest messages; older pages are put before them. */
export function useThread(conversationId: string) {
  const trpc = useTRPC();
  const query = useInfiniteQuery(trpc.inbox.thread.infiniteQueryOptions({ conversationId }, { getNextPageParam: (page) => page.olderCursor ?? undefined }));
  const messages = useMemo(() => [...(query.data?.pages ?? [])].reverse().flatMap((page) => page.messages), [query.data]);
  const newest = query.data?.pages[0];
  return { ...query, messages, conversation: newest?.conversation, parts: newest?.parts ?? ALONE };
}

export type ThreadQuery = ReturnType<typeof useThread>;

/** What is on the screen has been read: tells the server once per newest message, so that "mark as unread" stays. */
export function useMarkRead(conversation: ConversationSummary | undefined): void {
  const trpc = useTRPC();
  const client = useQueryClient();
  const told = useRef("");
  const refresh = () => {
    void client.invalidateQueries(trpc.inbox.list.infiniteQueryFilter());
    void client.invalidateQueries(trpc.inbox.counts.queryFilter());
  };
  const { mutate } = useMutation(trpc.inbox.markRead.mutationOptions({ onSuccess: refresh }));
  const id = conversation?.id;
  const unread = conversation?.unread === true;
  const newest = conversation?.lastMessageAt.getTime();
  useEffect(() => {
    if (id === undefined || newest === undefined || document.visibilityState !== "visible") return;
    const seen = `${id} ${newest}`;
    if (told.current === seen) return;
    told.current = seen;
    if (unread) mutate({ conversationId: id });
  }, [unread, newest, id, mutate]);
}
