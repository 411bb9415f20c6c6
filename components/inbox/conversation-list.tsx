"use client";

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDownWideNarrow, Inbox, Search, SearchX } from "lucide-react";
import { useTranslations } from "next-intl";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTRPC } from "@/components/providers/trpc-provider";
import { useErrorText } from "@/components/providers/use-error-text";
import { Button, ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Menu, MenuChoice } from "@/components/ui/menu";
import { Skeleton } from "@/components/ui/skeleton";
import type { ConversationSummary } from "@/server/inbox/schema";
import { ConversationRow, ROW_HEIGHT } from "./conversation-row";
import { listInput, useInboxState } from "./filters";

/** The conversations of the current view, page by page. */
export function useConversations() {
  const trpc = useTRPC();
  const [state] = useInboxState();
  const query = useInfiniteQuery(
    trpc.inbox.list.infiniteQueryOptions(listInput(state), {
      getNextPageParam: (page) => page.nextCursor ?? undefined,
      placeholderData: (previous) => previous,
    }),
  );
  const conversations = useMemo(() => query.data?.pages.flatMap((page) => page.conversations) ?? [], [query.data]);
  return { ...query, conversations };
}

export interface ConversationListProps {
  readonly list: ReturnType<typeof useConversations>;
  readonly onOpen: (id: string) => void;
}

export function ConversationList({ list, onOpen }: ConversationListProps) {
  const errorText = useErrorText();
  const t = useTranslations("inbox");
  if (list.isError && list.conversations.length === 0) {
    const { text, requestId } = errorText(list.error);
    return (
      <ErrorState
        title={t("listFailed")}
        description={text}
        requestId={requestId}
        action={<Button onClick={() => void list.refetch()}>{t("tryAgain")}</Button>}
      />
    );
  }
  if (list.isPending) return <ListSkeleton />;
  if (list.conversations.length === 0) return <NothingFound />;
  return <VirtualRows list={list} onOpen={onOpen} />;
}

function VirtualRows({ list, onOpen }: ConversationListProps) {
  const t = useTranslations("inbox");
  const trpc = useTRPC();
  const client = useQueryClient();
  const [state] = useInboxState();
  const scroller = useRef<HTMLDivElement>(null);
  const { conversations, hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const virtual = useVirtualizer({
    count: conversations.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    getItemKey: (index) => conversations[index]?.id ?? index,
  });
  const rows = virtual.getVirtualItems();
  const last = rows.at(-1)?.index ?? 0;

  useEffect(() => {
    if (last >= conversations.length - 15 && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [last, conversations.length, hasNextPage, isFetchingNextPage, fetchNextPage]);

  const selectedIndex = conversations.findIndex((entry) => entry.id === state.conversation);
  useEffect(() => {
    if (selectedIndex >= 0) virtual.scrollToIndex(selectedIndex, { align: "auto" });
  }, [selectedIndex, virtual]);

  // A conversation the pointer rests on is loaded before it is opened.
  const prefetch = useCallback(
    (id: string) =>
      void client.prefetchInfiniteQuery(
        trpc.inbox.thread.infiniteQueryOptions({ conversationId: id }, { getNextPageParam: (page) => page.olderCursor ?? undefined }),
      ),
    [client, trpc],
  );

  return (
    <div ref={scroller} role="listbox" aria-label={t("conversations")} className="min-h-0 flex-1 overflow-y-auto">
      <div style={{ height: virtual.getTotalSize() }} className="relative">
        {rows.map((row) => {
          const conversation = conversations[row.index] as ConversationSummary;
          return (
            <div key={row.key} style={{ transform: `translateY(${row.start}px)`, height: ROW_HEIGHT }} className="absolute inset-x-0 top-0">
              <ConversationRow
                conversation={conversation}
                selected={conversation.id === state.conversation}
                tabbable={row.index === Math.max(selectedIndex, 0)}
                onOpen={onOpen}
                onHover={prefetch}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function ListSkeleton() {
  return (
    <div aria-busy="true" className="min-h-0 flex-1 overflow-hidden">
      {Array.from({ length: 10 }, (_, index) => (
        <div key={index} className="flex h-17 gap-2.5 border-b px-3 py-2.5">
          <Skeleton className="size-5 shrink-0" />
          <span className="flex flex-1 flex-col gap-2 pt-1">
            <Skeleton className="h-3 w-2/5" />
            <Skeleton className="h-3 w-4/5" />
          </span>
        </div>
      ))}
    </div>
  );
}

function NothingFound() {
  const t = useTranslations("inbox");
  const [state, setState] = useInboxState();
  const filtered = state.q !== "" || state.connection.length > 0;
  if (filtered) {
    return (
      <EmptyState
        icon={<SearchX />}
        title={t("empty.filteredTitle")}
        reason={t("empty.filteredReason")}
        action={<Button onClick={() => void setState({ q: "", connection: [] })}>{t("empty.clear")}</Button>}
      />
    );
  }
  const reason = t(`empty.${state.view}`);
  const action =
    state.view === "active" || state.view === "all" ? (
      <ButtonLink href="/integrations">{t("empty.connect")}</ButtonLink>
    ) : (
      <Button onClick={() => void setState({ view: "active" })}>{t("empty.showActive")}</Button>
    );
  return <EmptyState icon={<Inbox />} title={t("empty.title")} reason={reason} action={action} />;
}

/** Title, search and sorting above the list. */
export function ListHeader() {
  const t = useTranslations("inbox");
  const [state, setState] = useInboxState();
  return (
    <header className="flex flex-col gap-2 border-b px-3 pt-2.5 pb-2.5">
      <div className="flex items-center gap-2">
        <h1 className="min-w-0 flex-1 truncate text-lg font-semibold">{t(`views.${state.view}`)}</h1>
        <Menu align="end" trigger={<IconButton size="sm" label={t("sort.label")} icon={<ArrowDownWideNarrow />} />}>
          <MenuChoice
            label={t("sort.label")}
            value={state.view === "waiting" ? "waiting" : state.sort}
            onValueChange={(sort) => void setState({ sort })}
            options={[
              { value: "newest", label: t("sort.newest") },
              { value: "waiting", label: t("sort.waiting") },
            ]}
          />
        </Menu>
      </div>
      <SearchBox value={state.q} onSearch={(q) => void setState({ q })} />
    </header>
  );
}

const TYPING_PAUSE_MS = 250;

/** Searches when the typing pauses; what is typed shows at once. */
function SearchBox({ value, onSearch }: { readonly value: string; readonly onSearch: (query: string) => void }) {
  const t = useTranslations("inbox");
  const [text, setText] = useState(value);
  const timer = useRef<number | undefined>(undefined);
  useEffect(() => setText(value), [value]);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  const change = (next: string) => {
    setText(next);
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => onSearch(next), TYPING_PAUSE_MS);
  };
  return (
    <Input
      size="sm"
      type="search"
      leading={<Search />}
      placeholder={t("search")}
      aria-label={t("search")}
      value={text}
      data-shortcut="search"
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}
