"use client";

import { useQueryClient } from "@tanstack/react-query";
import { ArrowUp } from "lucide-react";
import { useNow, useTranslations } from "next-intl";
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from "react";
import { QueryError } from "@/components/layout/query-error";
import { useRowWindow } from "@/components/layout/use-row-window";
import { moveRowFocus, VirtualRows } from "@/components/layout/virtual-rows";
import { useTRPC } from "@/components/providers/trpc-provider";
import { cn } from "@/components/ui/class-names";
import { Skeleton } from "@/components/ui/skeleton";
import type { ConversationSummary, SearchHit } from "@/server/inbox/schema";
import { ConversationRow, type ConversationRowProps, ROW_HEIGHT } from "./conversation-row";
import { NothingFound } from "./nothing-found";
import type { Conversations } from "./use-conversations";
import type { Selection } from "./use-selection";
import type { ShownList } from "./use-shown-list";

export interface ConversationListProps {
  readonly list: Conversations;
  readonly shown: ShownList;
  readonly selection: Selection;
  readonly current: string | null;
  readonly snippets: ReadonlyMap<string, SearchHit["snippet"]>;
  readonly onPress: ConversationRowProps["onPress"];
}

/** The conversations, or what stands in their place. */
export function ConversationList(props: ConversationListProps) {
  const t = useTranslations("inbox");
  const { list, shown } = props;
  if (list.isError && shown.rows.length === 0) return <QueryError error={list.error} title={t("listFailed")} onRetry={() => void list.refetch()} />;
  if (list.isPending) return <ListSkeleton />;
  if (shown.rows.length === 0) return <NothingFound />;
  return <Rows key={shown.listKey} {...props} />;
}

/** Threads whose opening is likely are loaded before: the one the pointer rests on, the neighbours of the open one. */
function useThreadPrefetch() {
  const trpc = useTRPC();
  const client = useQueryClient();
  return useCallback(
    (id: string) =>
      void client.prefetchInfiniteQuery(
        trpc.inbox.thread.infiniteQueryOptions({ conversationId: id }, { getNextPageParam: (page) => page.olderCursor ?? undefined }),
      ),
    [client, trpc],
  );
}

function Rows({ list, shown, selection, current, snippets, onPress }: ConversationListProps) {
  const t = useTranslations("inbox");
  const now = useNow({ updateInterval: 30_000 });
  const scroller = useRef<HTMLDivElement>(null);
  const { rows } = shown;
  const { hasNextPage, isFetchingNextPage, fetchNextPage, noteVisible } = list;
  const drawn = useRowWindow(scroller, rows.length, ROW_HEIGHT);
  const [first, last] = [drawn.first, Math.max(0, drawn.end - 1)];
  useEffect(() => {
    noteVisible(first, last);
    if (last >= rows.length - 15 && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [first, last, rows.length, hasNextPage, isFetchingNextPage, fetchNextPage, noteVisible]);

  const at = rows.findIndex(({ id }) => id === current);
  const prefetch = useThreadPrefetch();
  useFollowCurrent(scroller, current, at, drawn.show);
  useEffect(() => {
    if (at === -1) return;
    // When the keys rest: whoever holds J down passes these threads by.
    const timer = window.setTimeout(() => {
      for (const row of [rows[at + 1], rows[at - 1]]) if (row !== undefined) prefetch(row.id);
    }, 120);
    return () => window.clearTimeout(timer);
  }, [at, rows, prefetch]);

  const showNews = () => {
    shown.release();
    scroller.current?.scrollTo({ top: 0 });
  };
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <NewsPill count={shown.news} onPress={showNews} />
      <div
        ref={scroller}
        role="listbox"
        aria-label={t("conversations")}
        aria-busy={list.isPlaceholderData}
        aria-multiselectable={selection.ids.size > 0 || undefined}
        onScroll={(event) => shown.noteScroll(event.currentTarget.scrollTop)}
        onPointerMove={shown.notePointer}
        onPointerLeave={shown.notePointerGone}
        onKeyDown={(event) => moveRowFocus(event, "[data-conversation]")}
        className={cn("min-h-0 flex-1 overflow-y-auto transition-opacity duration-100", list.isPlaceholderData && "opacity-60")}
      >
        <VirtualRows
          window={drawn}
          keyOf={(index) => (rows[index] as ConversationSummary).id}
          row={(index) => {
            const conversation = rows[index] as ConversationSummary;
            return (
              <ConversationRow
                conversation={conversation}
                open={conversation.id === current}
                checked={selection.ids.has(conversation.id)}
                ticking={selection.ids.size > 0}
                tabbable={index === Math.max(at, 0)}
                now={now}
                snippet={snippets.get(conversation.id)}
                onPress={onPress}
                onRest={prefetch}
              />
            );
          }}
        />
      </div>
    </div>
  );
}

const rowOf = (scroller: HTMLElement | null, id: string) => scroller?.querySelector<HTMLElement>(`[data-conversation="${id}"]`);

/** Keeps the open conversation in view; the focus goes with it while it is in the list. */
function useFollowCurrent(scroller: RefObject<HTMLDivElement | null>, current: string | null, at: number, scrollTo: (index: number) => void) {
  const followed = useRef<string | null>(null);
  useLayoutEffect(() => {
    if (at === -1 || current === null || followed.current === current) return;
    followed.current = current;
    scrollTo(at);
    if (scroller.current?.contains(document.activeElement) === true) {
      requestAnimationFrame(() => rowOf(scroller.current, current)?.focus({ preventScroll: true }));
    }
  });
}

function NewsPill({ count, onPress }: { readonly count: number; readonly onPress: () => void }) {
  const t = useTranslations("inbox-list");
  if (count === 0) return null;
  return (
    <button
      type="button"
      onClick={onPress}
      className="absolute top-2 left-1/2 z-10 flex h-7 -translate-x-1/2 items-center gap-1.5 rounded-full bg-accent px-3 text-sm font-medium text-accent-ink shadow-raised hover:bg-accent-hover coarse:h-9"
    >
      <ArrowUp className="size-4" aria-hidden="true" />
      {t("news", { count })}
    </button>
  );
}

const widths = [
  ["w-2/5", "w-4/5"],
  ["w-1/2", "w-3/5"],
  ["w-1/3", "w-11/12"],
] as const;

function ListSkeleton() {
  return (
    <div aria-busy="true" className="min-h-0 flex-1 overflow-hidden">
      {Array.from({ length: 12 }, (_, index) => {
        const [name, text] = widths[index % widths.length] ?? widths[0];
        return (
          <div key={index} className="flex h-17 gap-2.5 border-b px-3 py-3">
            <Skeleton className="size-5 shrink-0" />
            <span className="flex flex-1 flex-col gap-3 pt-1">
              <span className="flex justify-between gap-6">
                <Skeleton className={cn("h-3", name)} />
                <Skeleton className="h-3 w-10" />
              </span>
              <Skeleton className={cn("h-3", text)} />
            </span>
          </div>
        );
      })}
    </div>
  );
}
