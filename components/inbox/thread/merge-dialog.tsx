"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { QueryError } from "@/components/layout/query-error";
import { useOfferUndo } from "@/components/layout/undo";
import { useTRPC } from "@/components/providers/trpc-provider";
import { useErrorText } from "@/components/providers/use-error-text";
import { Button } from "@/components/ui/button";
import { ChannelMark } from "@/components/ui/channel-mark";
import { Checkbox } from "@/components/ui/checkbox";
import { RelativeTime } from "@/components/ui/date-time";
import { Dialog } from "@/components/ui/dialog";
import { SkeletonRows } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import type { LayerProps } from "./history-drawer";
import { useThread } from "./use-thread";

/** Conversations of one buyer or one order become one thread to read; their messages stay where they are. */
export function MergeDialog({ conversation, open, onOpenChange }: LayerProps) {
  const t = useTranslations("thread.merge");
  const { parts } = useThread(conversation.id);
  const trpc = useTRPC();
  const suggestions = useQuery(trpc.inbox.mergeSuggestions.queryOptions({ conversationId: conversation.id }, { staleTime: 0 }));
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const { merge, unmerge, isPending } = useMerging(conversation.id);
  const toggle = (id: string, on: boolean) => setChosen((before) => (on ? [...before, id] : before.filter((entry) => entry !== id)));
  const others = (suggestions.data ?? []).filter(({ id }) => !parts.some((part) => part.conversationId === id));
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      width="md"
      title={t("title")}
      description={t("description")}
      footer={
        <Button
          variant="primary"
          pending={isPending}
          disabled={chosen.length === 0}
          onClick={() => void merge(chosen).then((done) => done && onOpenChange(false))}
        >
          {t("confirm", { count: chosen.length })}
        </Button>
      }
    >
      {parts.length < 2 ? null : (
        <section className="mb-4">
          <h3 className="mb-1 text-xs font-medium text-ink-faint">{t("parts")}</h3>
          {parts.map((part, index) => (
            <Row key={part.conversationId} channel={part.channel} title={part.orderNumber ?? part.buyerName ?? t("chat")} at={part.lastMessageAt}>
              {index === 0 ? (
                <span className="text-xs text-ink-faint">{t("head")}</span>
              ) : (
                <Button size="sm" onClick={() => void unmerge(part.conversationId)}>
                  {t("takeOut")}
                </Button>
              )}
            </Row>
          ))}
        </section>
      )}
      <h3 className="mb-1 text-xs font-medium text-ink-faint">{t("suggestions")}</h3>
      {suggestions.isError ? <QueryError error={suggestions.error} onRetry={() => void suggestions.refetch()} className="py-4" /> : null}
      {suggestions.isPending ? <SkeletonRows rows={3} className="px-0" /> : null}
      {suggestions.isSuccess && others.length === 0 ? <p className="py-3 text-sm text-pretty text-ink-muted">{t("nothing")}</p> : null}
      {others.map((entry) => (
        <Row
          key={entry.id}
          channel={entry.channel}
          title={entry.orderNumber ?? entry.buyerName ?? t("chat")}
          reason={`${t(`reason.${entry.reason}`)} · ${entry.lastMessagePreview}`}
          at={entry.lastMessageAt}
        >
          <Checkbox
            checked={chosen.includes(entry.id)}
            onCheckedChange={(on) => toggle(entry.id, on)}
            aria-label={t("choose", { title: entry.orderNumber ?? entry.lastMessagePreview })}
          />
        </Row>
      ))}
    </Dialog>
  );
}

interface RowProps {
  readonly channel: string;
  readonly title: string;
  readonly reason?: string | undefined;
  readonly at: Date;
  readonly children: ReactNode;
}

function Row({ channel, title, reason, at, children }: RowProps) {
  return (
    <div className="flex min-h-12 items-center gap-3 border-b py-2 last:border-b-0">
      <ChannelMark system={channel.split(".")[0] ?? ""} label={channel} />
      <span className="min-w-0 flex-1">
        <span className="block truncate text-base font-medium">{title}</span>
        {reason === undefined ? null : <span className="block truncate text-sm text-ink-muted">{reason}</span>}
      </span>
      <RelativeTime value={at} className="tabular shrink-0 text-xs text-ink-faint" />
      {children}
    </div>
  );
}

function useMerging(headId: string) {
  const t = useTranslations("thread.merge");
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorText = useErrorText();
  const offerUndo = useOfferUndo();
  const join = useMutation(trpc.inbox.merge.mutationOptions());
  const part = useMutation(trpc.inbox.unmerge.mutationOptions());
  /** @returns whether the server took it. */
  const run = async (deed: () => Promise<unknown>): Promise<boolean> => {
    try {
      await deed();
      return true;
    } catch (error) {
      toast.failed(t("failed"), { description: errorText(error).text });
      return false;
    } finally {
      void client.invalidateQueries(trpc.inbox.pathFilter());
    }
  };
  const unmerge = (conversationId: string) => run(() => part.mutateAsync({ conversationId }));
  const merge = async (ids: readonly string[]) => {
    const done = await run(() => join.mutateAsync({ headId, conversationIds: [...ids] }));
    if (done) offerUndo(t("done", { count: ids.length }), { undo: () => void Promise.all(ids.map(unmerge)) });
    return done;
  };
  return { merge, unmerge, isPending: join.isPending || part.isPending };
}
