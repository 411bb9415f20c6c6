"use client";

import { type InfiniteData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { useTRPC } from "@/components/providers/trpc-provider";
import { onListNews } from "./list-news";
import type { ConversationCursor, ConversationPage } from "./list-types";
import { mergeWindow, withoutRepeats } from "./merge-window";
import { useListState } from "./use-list-state";

export const PAGE_SIZE = 50;
/** A list of so many pages is read again whole; of a longer one only what is on the screen. */
const WHOLE_PAGES = 3;

type ListData = InfiniteData<ConversationPage, ConversationCursor | null>;

/** The conversations of the current view, page by page, kept equal to the database. */
export function useConversations() {
  const trpc = useTRPC();
  const { query: input, ready } = useListState();
  const options = trpc.inbox.list.infiniteQueryOptions(
    { ...input, limit: PAGE_SIZE },
    { getNextPageParam: (page) => page.nextCursor ?? undefined, placeholderData: (previous) => previous, enabled: ready },
  );
  const query = useInfiniteQuery(options);
  const conversations = useMemo(() => withoutRepeats(query.data?.pages.flatMap((page) => page.conversations) ?? []), [query.data]);
  const visiblePages = useRef<readonly number[]>([0]);
  useNewsRefresh(query, { ...input, limit: PAGE_SIZE }, options.queryKey, visiblePages);
  const noteVisible = useCallback((first: number, last: number) => {
    visiblePages.current = [...new Set([0, Math.floor(first / PAGE_SIZE), Math.floor(last / PAGE_SIZE)])];
  }, []);
  return { ...query, conversations, noteVisible };
}

export type Conversations = ReturnType<typeof useConversations>;

function useNewsRefresh(
  query: { readonly data: ListData | undefined; readonly refetch: () => Promise<unknown> },
  input: ReturnType<typeof useListState>["query"] & { readonly limit: number },
  queryKey: readonly unknown[],
  visiblePages: { readonly current: readonly number[] },
) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const refreshVisible = async () => {
    const pages = visiblePages.current.filter((at) => at < (query.data?.pages.length ?? 0));
    const read = async (at: number) => {
      const cursor = query.data?.pageParams[at] ?? undefined;
      const page = await client.fetchQuery(
        trpc.inbox.list.queryOptions({ ...input, ...(cursor === undefined ? {} : { cursor }) }, { staleTime: 0, gcTime: 0 }),
      );
      return [at, page] as const;
    };
    const fresh = new Map(await Promise.all(pages.map(read)));
    client.setQueryData<ListData>(queryKey, (data) =>
      data === undefined ? data : { ...data, pages: data.pages.map((page, at) => over(page, fresh.get(at))) },
    );
  };
  const latest = useRef(() => Promise.resolve<unknown>(undefined));
  useEffect(() => {
    latest.current = async () => {
      // A first read still under way may have looked before the change: its answer would be taken for fresh.
      await client.cancelQueries({ queryKey, exact: true, predicate: ({ state }) => state.data === undefined });
      await ((query.data?.pages.length ?? 0) > WHOLE_PAGES ? refreshVisible() : query.refetch());
    };
  });
  useEffect(() => onListNews(() => latest.current()), []);
}

function over(page: ConversationPage, fresh: ConversationPage | undefined): ConversationPage {
  if (fresh === undefined) return page;
  const isWhole = fresh.nextCursor === null;
  return { conversations: mergeWindow(page.conversations, fresh.conversations, isWhole), nextCursor: isWhole ? null : (page.nextCursor ?? fresh.nextCursor) };
}
