"use client";

import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { ArrowLeft, CircleCheck, RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useLayoutEffect, useMemo, useRef } from "react";
import { useTRPC } from "@/components/providers/trpc-provider";
import { useErrorText } from "@/components/providers/use-error-text";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ChannelMark } from "@/components/ui/channel-mark";
import { CopyButton } from "@/components/ui/copy-button";
import { ErrorState } from "@/components/ui/error-state";
import { IconButton } from "@/components/ui/icon-button";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import type { ConversationSummary } from "@/server/inbox/schema";
import { buyerLabel } from "./buyer-label";
import { Composer } from "./composer";
import { MessageList } from "./message-list";
import { useMayWrite } from "./use-may-write";

/** One conversation with its newest messages; older pages are put before them. */
function useThread(conversationId: string) {
  const trpc = useTRPC();
  const query = useInfiniteQuery(trpc.inbox.thread.infiniteQueryOptions({ conversationId }, { getNextPageParam: (page) => page.olderCursor ?? undefined }));
  const messages = useMemo(() => [...(query.data?.pages ?? [])].reverse().flatMap((page) => page.messages), [query.data]);
  return { ...query, messages, conversation: query.data?.pages[0]?.conversation };
}

export interface ThreadProps {
  readonly conversationId: string;
  readonly onBack: () => void;
}

export function Thread({ conversationId, onBack }: ThreadProps) {
  const t = useTranslations("inbox");
  const errorText = useErrorText();
  const thread = useThread(conversationId);
  useMarkRead(conversationId, thread.conversation);
  if (thread.isError && thread.conversation === undefined) {
    const { text, requestId } = errorText(thread.error);
    return (
      <ErrorState
        title={t("threadFailed")}
        description={text}
        requestId={requestId}
        action={<Button onClick={() => void thread.refetch()}>{t("tryAgain")}</Button>}
      />
    );
  }
  return (
    <section aria-label={t("thread")} className="flex h-full min-h-0 flex-col">
      <ThreadHeader conversation={thread.conversation} onBack={onBack} />
      {thread.conversation === undefined ? <ThreadSkeleton /> : <ScrollingMessages thread={thread} />}
      <Composer key={conversationId} conversationId={conversationId} />
    </section>
  );
}

/** What is on the screen has been read: tells the server once per newest message. */
function useMarkRead(conversationId: string, conversation: ConversationSummary | undefined) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const refresh = () => {
    void client.invalidateQueries(trpc.inbox.list.infiniteQueryFilter());
    void client.invalidateQueries(trpc.inbox.counts.queryFilter());
  };
  const { mutate } = useMutation(trpc.inbox.markRead.mutationOptions({ onSuccess: refresh }));
  const unread = conversation?.unread === true;
  const newest = conversation?.lastMessageAt.getTime();
  useEffect(() => {
    if (unread && newest !== undefined && document.visibilityState === "visible") mutate({ conversationId });
  }, [unread, newest, conversationId, mutate]);
}

function ScrollingMessages({ thread }: { readonly thread: ReturnType<typeof useThread> }) {
  const t = useTranslations("inbox");
  const box = useRef<HTMLDivElement>(null);
  const pinned = useRef(true);
  const heightBefore = useRef(0);
  /** Which messages the position was set for. */
  const ends = useRef("");
  const { messages, hasNextPage, isFetchingNextPage, fetchNextPage } = thread;
  const firstId = messages[0]?.id;
  const lastId = messages.at(-1)?.id;

  // New messages keep the view at the end; older ones that arrive above keep what is being read in its place.
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null || ends.current === `${firstId} ${lastId}`) return;
    if (pinned.current) element.scrollTop = element.scrollHeight;
    else if (heightBefore.current > 0) element.scrollTop += element.scrollHeight - heightBefore.current;
    heightBefore.current = 0;
    ends.current = `${firstId} ${lastId}`;
  }, [firstId, lastId]);

  const onScroll = () => {
    const element = box.current;
    if (element === null) return;
    pinned.current = element.scrollHeight - element.scrollTop - element.clientHeight < 80;
    if (element.scrollTop < 200 && hasNextPage && !isFetchingNextPage) {
      heightBefore.current = element.scrollHeight;
      void fetchNextPage();
    }
  };
  return (
    <div
      ref={box}
      onScroll={onScroll}
      role="log"
      aria-label={t("messages")}
      aria-live="polite"
      tabIndex={0}
      className="focus-inset min-h-0 flex-1 overflow-y-auto px-4 py-4 md:px-6"
    >
      {isFetchingNextPage ? <p className="pb-3 text-center text-sm text-ink-faint">{t("loadingOlder")}</p> : null}
      <MessageList messages={messages} />
    </div>
  );
}

function ThreadHeader({ conversation, onBack }: { readonly conversation: ConversationSummary | undefined; readonly onBack: () => void }) {
  const t = useTranslations("inbox");
  return (
    <header className="flex min-h-14 items-center gap-3 border-b px-4 py-2">
      <IconButton label={t("back")} icon={<ArrowLeft />} onClick={onBack} className="-ml-2 md:hidden" />
      {conversation === undefined ? (
        <Skeleton className="h-4 w-48" />
      ) : (
        <>
          <ChannelMark system={conversation.channel.split(".")[0] ?? ""} label={conversation.channel} />
          <div className="min-w-0 flex-1">
            <h2 className="truncate text-base font-semibold">{buyerLabel(conversation, t)}</h2>
            <p className="flex items-center gap-2 truncate text-sm text-ink-muted">
              {conversation.productName === null ? null : <span className="truncate">{conversation.productName}</span>}
              {conversation.sku === null ? null : <span className="tabular shrink-0 text-ink-faint">SKU {conversation.sku}</span>}
              {conversation.orderNumber === null ? null : <CopyButton value={conversation.orderNumber} label={t("copyOrder")} />}
            </p>
          </div>
          <StatusActions conversation={conversation} />
        </>
      )}
    </header>
  );
}

function StatusActions({ conversation }: { readonly conversation: ConversationSummary }) {
  const t = useTranslations("inbox");
  const errorText = useErrorText();
  const { mutate, isPending } = useSetStatus();
  const mayWrite = useMayWrite();
  if (conversation.status === "closed") return <Badge>{t("status.closed")}</Badge>;
  const resolved = conversation.status === "resolved";
  const set = (status: "open" | "resolved") =>
    mutate({ conversationId: conversation.id, status }, { onError: (error) => toast.failed(t("statusFailed"), { description: errorText(error).text }) });
  return (
    <>
      {resolved ? <Badge tone="ok">{t("status.resolved")}</Badge> : null}
      {mayWrite === true ? (
        <Button
          size="sm"
          data-shortcut="resolve"
          pending={isPending}
          icon={resolved ? <RotateCcw /> : <CircleCheck />}
          onClick={() => set(resolved ? "open" : "resolved")}
        >
          {resolved ? t("reopen") : t("resolve")}
        </Button>
      ) : null}
    </>
  );
}

function useSetStatus() {
  const trpc = useTRPC();
  const client = useQueryClient();
  return useMutation(
    trpc.inbox.setStatus.mutationOptions({
      onSuccess: (_, { conversationId }) =>
        Promise.all([
          client.invalidateQueries(trpc.inbox.thread.infiniteQueryFilter({ conversationId })),
          client.invalidateQueries(trpc.inbox.list.infiniteQueryFilter()),
          client.invalidateQueries(trpc.inbox.counts.queryFilter()),
        ]),
    }),
  );
}

function ThreadSkeleton() {
  const shapes = ["w-64", "w-80", "w-48 self-end", "w-72", "w-56 self-end"];
  return (
    <div aria-busy="true" className="flex min-h-0 flex-1 flex-col justify-end gap-4 px-6 py-4">
      {shapes.map((shape) => (
        <Skeleton key={shape} className={`h-12 ${shape}`} />
      ))}
    </div>
  );
}
