"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { QueryError } from "@/components/layout/query-error";
import { useTRPC } from "@/components/providers/trpc-provider";
import { Button } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/date-time";
import { Drawer } from "@/components/ui/drawer";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { ConversationSummary } from "@/server/inbox/schema";
import { EventIcon } from "./event-line";
import { useEventText } from "./event-text";
import { useNames } from "./use-names";

export interface LayerProps {
  readonly conversation: ConversationSummary;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** Every change of the conversation, newest first: who, what, when. */
export function HistoryDrawer({ conversation, open, onOpenChange }: LayerProps) {
  const t = useTranslations("thread.history");
  return (
    <Drawer open={open} onOpenChange={onOpenChange} title={t("title")} description={t("description")}>
      <HistoryList conversationId={conversation.id} />
    </Drawer>
  );
}

function HistoryList({ conversationId }: { readonly conversationId: string }) {
  const t = useTranslations("thread.history");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const { names } = useNames();
  const textOf = useEventText(names);
  const history = useInfiniteQuery(
    trpc.inbox.history.infiniteQueryOptions({ conversationId, limit: 50 }, { getNextPageParam: (page) => page.nextCursor ?? undefined }),
  );
  if (history.isError && history.data === undefined) return <QueryError error={history.error} onRetry={() => void history.refetch()} />;
  if (history.data === undefined) return <SkeletonRows rows={8} className="px-0" />;
  const events = history.data.pages.flatMap((page) => page.events);
  if (events.length === 0) return <p className="py-8 text-center text-sm text-ink-muted">{t("empty")}</p>;
  return (
    <>
      <ol className="flex flex-col">
        {events.map((event) => (
          <li key={event.id} className="flex min-h-11 items-start gap-2.5 border-b py-2.5 text-sm last:border-b-0">
            <span className="mt-0.5 text-ink-faint">
              <EventIcon event={event} />
            </span>
            <span className="min-w-0 flex-1 text-pretty">{textOf(event)}</span>
            <RelativeTime value={event.at} className="tabular shrink-0 text-xs leading-5 text-ink-faint" />
          </li>
        ))}
      </ol>
      {history.hasNextPage ? (
        <Button block pending={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()} className="mt-3">
          {common("loadMore")}
        </Button>
      ) : null}
    </>
  );
}
