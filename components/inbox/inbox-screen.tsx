"use client";

import { MessageSquareText } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useCallback, useDeferredValue, useEffect, useRef } from "react";
import { FullHeight } from "@/components/layout/page";
import { cn } from "@/components/ui/class-names";
import { EmptyState } from "@/components/ui/empty-state";
import { fetchCode } from "@/components/ui/late/fetch-code";
import { useSettled } from "@/components/ui/late/use-settled";
import { ConversationList } from "./list/conversation-list";
import type { Place } from "./list/filter-model";
import { ListHeader } from "./list/list-header";
import { useConversations } from "./list/use-conversations";
import { useDeeds } from "./list/use-deeds";
import { useInboxCommands } from "./list/use-inbox-commands";
import { useListKeys } from "./list/use-list-keys";
import { ListStateProvider, PlaceProvider, useInboxAddress, useListState } from "./list/use-list-state";
import { useSelection } from "./list/use-selection";
import { useShownList } from "./list/use-shown-list";
import { useSnippets } from "./list/use-snippets";
import { ViewList, ViewTabs } from "./list/view-list";
import { useMayWrite } from "./use-may-write";

const loadBulkBar = () => fetchCode(() => import("./list/bulk-bar")).then(({ BulkBar }) => BulkBar);
const BulkBar = dynamic(loadBulkBar, { ssr: false, loading: () => <div aria-busy="true" className="h-12 shrink-0 border-b bg-selected" /> });
const loadThread = () => fetchCode(() => import("./thread/thread")).then(({ Thread }) => Thread);
const Thread = dynamic(loadThread, { ssr: false, loading: () => <div aria-busy="true" className="h-full" /> });

/** Not part of the first paint of a list; loaded when the page has settled, so that the first opening or tick waits for nothing. */
function useThreadAhead() {
  const isSettled = useSettled();
  useEffect(() => {
    if (isSettled) void Promise.all([loadThread(), loadBulkBar()]);
  }, [isSettled]);
}

/** The inbox, or with `place` the reviews and questions: the same room with other furniture. */
export function InboxScreen({ place = "inbox" }: { readonly place?: Place | undefined }) {
  return (
    <PlaceProvider value={place}>
      <ListStateProvider>
        <Panes />
      </ListStateProvider>
    </PlaceProvider>
  );
}

/** Three panes: views, conversations, thread. On a phone one of the last two, by whether a conversation is open. */
function Panes() {
  const t = useTranslations("inbox");
  useThreadAhead();
  const { query, filters } = useListState();
  const [{ conversation: current }, setAddress] = useInboxAddress();
  const list = useConversations();
  const listKey = JSON.stringify(query);
  const shown = useShownList(list.conversations, listKey);
  const ids = shown.rows.map(({ id }) => id);
  const selection = useSelection(listKey, ids);
  const open = useCallback((id: string | null) => void setAddress({ conversation: id }, { history: "push" }), [setAddress]);
  const step = useStep(ids, current, open);
  const deeds = useDeeds(shown.rows, selection, current);
  const mayWrite = useMayWrite() === true;
  useListKeys({ ids, current, selection, mayWrite, open, step, ...deeds });
  useInboxCommands({ mayWrite, hasTarget: current !== null || selection.ids.size > 0, selection, deeds });
  const snippets = useSnippets(filters.q);
  const press = usePress(open, selection);
  // The row is marked in the very next frame; the thread follows as soon as it is drawn.
  const threadOf = useDeferredValue(current);

  return (
    <FullHeight className="flex">
      <ViewList className="hidden w-56 shrink-0 border-r bg-sunken xl:flex" />
      <section
        aria-label={t("conversations")}
        className={cn("flex min-h-0 w-full flex-col border-r bg-surface md:w-80 md:shrink-0 lg:w-96", current !== null && "hidden md:flex")}
      >
        {selection.ids.size > 0 ? (
          <BulkBar selection={selection} rows={shown.rows} hasMore={list.hasNextPage} onRun={deeds.run} />
        ) : (
          <>
            <ListHeader />
            <ViewTabs className="xl:hidden" />
          </>
        )}
        <ConversationList list={list} shown={shown} selection={selection} current={current} snippets={snippets} onPress={press} />
      </section>
      <div className={cn("min-h-0 min-w-0 flex-1 bg-canvas", current === null && "hidden md:block")}>
        {current === null || threadOf === null ? (
          <div className="flex h-full items-center">
            <EmptyState icon={<MessageSquareText />} title={t("pick.title")} reason={t("pick.reason")} />
          </div>
        ) : (
          <Thread conversationId={threadOf} onBack={() => open(null)} onNext={() => step(1)} onOpen={open} />
        )}
      </div>
    </FullHeight>
  );
}

/** To the row so many further on; from where the open conversation stood when it has just left the list. */
function useStep(ids: readonly string[], current: string | null, open: (id: string | null) => void) {
  const stood = useRef(-1);
  const at = current === null ? -1 : ids.indexOf(current);
  if (at !== -1) stood.current = at;
  return (by: number) => {
    const hasLeft = current !== null && at === -1 && stood.current !== -1;
    const target = hasLeft ? stood.current + (by > 0 ? by - 1 : by) : at + by;
    const next = ids[Math.min(Math.max(target, 0), ids.length - 1)];
    if (next !== undefined && next !== current) open(next);
  };
}

function usePress(open: (id: string) => void, { toggle, extendTo }: ReturnType<typeof useSelection>) {
  return useCallback(
    (id: string, how: "open" | "toggle" | "extend") => {
      if (how === "toggle") toggle(id);
      else if (how === "extend") extendTo(id);
      else open(id);
    },
    [open, toggle, extendTo],
  );
}
