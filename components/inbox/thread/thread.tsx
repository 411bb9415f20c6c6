"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/providers/trpc-provider";
import { useErrorText } from "@/components/providers/use-error-text";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { fetchCode } from "@/components/ui/late/fetch-code";
import { Skeleton } from "@/components/ui/skeleton";
import type { ConversationSummary, MessageView } from "@/server/inbox/schema";
import { Composer } from "../composer/composer";
import { useDraftText } from "../composer/draft-texts";
import { ScrollingLog } from "./scrolling-log";
import { ThreadHeader } from "./thread-header";
import { Timeline } from "./timeline";
import { useDetails } from "./use-details";
import { usePresence } from "./use-presence";
import { type ThreadQuery, useMarkRead, useThread } from "./use-thread";

const Details = dynamic(() => fetchCode(() => import("./details")).then((module) => module.Details));

export interface ThreadProps {
  readonly conversationId: string;
  readonly onBack: () => void;
  /** Opens the next conversation of the list. */
  readonly onNext?: (() => void) | undefined;
  readonly onOpen?: ((conversationId: string) => void) | undefined;
}

/** One conversation: what was said and done, the box to answer in, and beside it what is known of buyer, order and product. */
export function Thread({ conversationId, onBack, onNext, onOpen }: ThreadProps) {
  const t = useTranslations("inbox");
  const errorText = useErrorText();
  const thread = useThread(conversationId);
  const { conversation, parts } = thread;
  const details = useDetails();
  const { others, onTyping } = usePresence(conversation?.id);
  useMarkRead(conversation);
  if (thread.isError && conversation === undefined) {
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
    <div className="flex h-full min-h-0">
      <section aria-label={t("thread")} className="flex min-h-0 min-w-0 flex-1 flex-col">
        <ThreadHeader
          conversation={conversation}
          partCount={parts.length}
          others={others}
          detailsOpen={details.isOpen}
          onToggleDetails={details.toggle}
          onBack={onBack}
          onNext={onNext}
        />
        {conversation === undefined ? <ThreadSkeleton /> : <Log thread={thread} conversation={conversation} />}
        {conversation === undefined ? (
          <div aria-busy="true" className="h-36 border-t" />
        ) : (
          <Composer
            key={conversation.id}
            conversation={conversation}
            parts={parts}
            answers={answersTo(thread.messages) ?? conversation.id}
            standing={conversation.kind === "chat" ? null : standingAnswer(thread.messages)}
            others={others}
            onTyping={onTyping}
          />
        )}
      </section>
      {conversation !== undefined && details.isOpen ? (
        <Details conversation={conversation} beside={details.isBeside} onClose={details.toggle} onOpen={onOpen} />
      ) : null}
    </div>
  );
}

/** An answer goes where the buyer wrote last. */
const answersTo = (messages: readonly MessageView[]) => messages.findLast(({ side }) => side === "buyer")?.conversationId;

/** Of a question or a review: our answer that arrived or is on its way, which another one would replace. */
function standingAnswer(messages: readonly MessageView[]): string | null {
  return messages.findLast(({ side, send }) => side === "seller" && send?.state !== "rejected" && send?.state !== "scheduled")?.text ?? null;
}

const HISTORY_PAGE = 50;

function Log({ thread, conversation }: { readonly thread: ThreadQuery; readonly conversation: ConversationSummary }) {
  const trpc = useTRPC();
  const [, setReply] = useDraftText(conversation.id, "reply");
  const { data: notes } = useQuery(trpc.inbox.notes.list.queryOptions({ conversationId: conversation.id }));
  const { data: history } = useInfiniteQuery(
    trpc.inbox.history.infiniteQueryOptions(
      { conversationId: conversation.id, limit: HISTORY_PAGE },
      { getNextPageParam: (page) => page.nextCursor ?? undefined },
    ),
  );
  const { data: planned } = useQuery(trpc.followUps.ofConversation.queryOptions({ conversationId: conversation.id }));
  return (
    <ScrollingLog
      // A new conversation begins at its end.
      key={conversation.id}
      hasOlder={thread.hasNextPage}
      isFetchingOlder={thread.isFetchingNextPage}
      onOlder={() => void thread.fetchNextPage()}
    >
      <Timeline
        conversation={conversation}
        messages={thread.messages}
        notes={notes ?? []}
        events={history?.pages.flatMap((page) => page.events) ?? []}
        followUps={planned?.followUps ?? []}
        parts={thread.parts}
        hasOlder={thread.hasNextPage}
        onBack={(text) => setReply((before) => (before.trim() === "" ? text : `${before.trimEnd()}\n\n${text}`))}
      />
    </ScrollingLog>
  );
}

function ThreadSkeleton() {
  const shapes = ["w-64", "w-80", "w-48 self-end", "w-72", "w-56 self-end"];
  return (
    <div aria-busy="true" className="mx-auto flex min-h-0 w-full max-w-3xl flex-1 flex-col justify-end gap-4 px-6 py-4">
      {shapes.map((shape) => (
        <Skeleton key={shape} className={`h-12 max-w-[85%] rounded-xl ${shape}`} />
      ))}
    </div>
  );
}
