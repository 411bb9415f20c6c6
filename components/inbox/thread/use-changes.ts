"use client";

import { type InfiniteData, useMutation, useQueryClient } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { useOfferUndo } from "@/components/layout/undo";
import { useTRPC } from "@/components/providers/trpc-provider";
import { useErrorText } from "@/components/providers/use-error-text";
import { toast } from "@/components/ui/toast";
import type { ConversationPage, ConversationSummary, ThreadPage } from "@/server/inbox/schema";

type Changeable = Pick<ConversationSummary, "status" | "snoozedUntil" | "assignee" | "team" | "priority" | "labels">;
type Patch = Partial<Changeable>;

/** Shows a change everywhere at once, before the server has it: only for facts that are ours alone. */
function usePatch() {
  const trpc = useTRPC();
  const client = useQueryClient();
  return (conversationId: string, patch: Patch) => {
    client.setQueriesData<InfiniteData<ThreadPage>>(trpc.inbox.thread.infiniteQueryFilter(), (data) =>
      data?.pages.some((page) => page.conversation.id === conversationId)
        ? { ...data, pages: data.pages.map((page) => ({ ...page, conversation: { ...page.conversation, ...patch } })) }
        : data,
    );
    client.setQueriesData<InfiniteData<ConversationPage>>(trpc.inbox.list.infiniteQueryFilter(), (data) =>
      data?.pages.some((page) => page.conversations.some(({ id }) => id === conversationId))
        ? {
            ...data,
            pages: data.pages.map((page) => ({
              ...page,
              conversations: page.conversations.map((entry) => (entry.id === conversationId ? { ...entry, ...patch } : entry)),
            })),
          }
        : data,
    );
  };
}

/** Applies a local fact at once, tells the server, and takes it back in words when the server says no. */
function useApply() {
  const t = useTranslations("thread");
  const trpc = useTRPC();
  const client = useQueryClient();
  const patchAll = usePatch();
  const errorText = useErrorText();
  return async (conversation: ConversationSummary, patch: Patch, send: () => Promise<unknown>): Promise<boolean> => {
    const { status, snoozedUntil, assignee, team, priority, labels } = conversation;
    const thread = trpc.inbox.thread.infiniteQueryFilter({ conversationId: conversation.id });
    await client.cancelQueries(thread);
    patchAll(conversation.id, patch);
    try {
      await send();
      return true;
    } catch (error) {
      patchAll(conversation.id, { status, snoozedUntil, assignee, team, priority, labels });
      toast.failed(t("changeFailed"), { description: errorText(error).text });
      return false;
    } finally {
      void client.invalidateQueries(thread);
      void client.invalidateQueries(trpc.inbox.list.infiniteQueryFilter());
      void client.invalidateQueries(trpc.inbox.counts.queryFilter());
      void client.invalidateQueries(trpc.inbox.history.infiniteQueryFilter({ conversationId: conversation.id }));
    }
  };
}

interface Owner {
  readonly assignee?: ConversationSummary["assignee"];
  readonly team?: ConversationSummary["team"];
}

/** What a person can change about a conversation. Each change can be taken back where it would otherwise be out of sight. */
export function useChanges(conversation: ConversationSummary) {
  const t = useTranslations("thread");
  const trpc = useTRPC();
  const format = useFormatter();
  const apply = useApply();
  const offerUndo = useOfferUndo();
  const setStatusOf = useMutation(trpc.inbox.setStatus.mutationOptions()).mutateAsync;
  const snoozeOf = useMutation(trpc.inbox.snooze.mutationOptions()).mutateAsync;
  const assignOf = useMutation(trpc.inbox.assign.mutationOptions()).mutateAsync;
  const priorityOf = useMutation(trpc.inbox.setPriority.mutationOptions()).mutateAsync;
  const labelsOf = useMutation(trpc.inbox.labels.set.mutationOptions()).mutateAsync;
  const { id: conversationId } = conversation;

  const putStatus = (status: "open" | "pending" | "resolved") =>
    apply(conversation, { status, snoozedUntil: null }, () => setStatusOf({ conversationId, status }));
  const putSnooze = (until: Date) => apply(conversation, { status: "snoozed", snoozedUntil: until }, () => snoozeOf({ conversationId, until }));
  const putOwner = ({ assignee, team }: Owner) =>
    apply(conversation, { ...(assignee === undefined ? {} : { assignee }), ...(team === undefined ? {} : { team }) }, () =>
      assignOf({
        conversationId,
        ...(assignee === undefined ? {} : { assigneeId: assignee?.id ?? null }),
        ...(team === undefined ? {} : { teamId: team?.id ?? null }),
      }),
    );
  /** Back to how it was: a snooze that is over by then is simply open. */
  const restoreStatus = () => {
    const { status, snoozedUntil } = conversation;
    if (status === "snoozed" && snoozedUntil !== null && snoozedUntil.getTime() > Date.now()) void putSnooze(snoozedUntil);
    else void putStatus(status === "pending" || status === "resolved" ? status : "open");
  };

  return {
    setStatus: async (status: "open" | "pending" | "resolved") => {
      if (await putStatus(status)) offerUndo(t(`changed.${status}`), { undo: restoreStatus });
    },
    snooze: async (until: Date) => {
      const moment = format.dateTime(until, { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
      if (await putSnooze(until)) offerUndo(t("changed.snoozed", { moment }), { undo: restoreStatus });
    },
    assign: async (owner: Owner) => {
      const { assignee, team } = conversation;
      const name = owner.assignee?.name ?? owner.team?.name;
      const title = name === undefined ? t("changed.unassigned") : t("changed.assigned", { name });
      if (await putOwner(owner)) offerUndo(title, { undo: () => void putOwner({ assignee, team }) });
    },
    setPriority: (priority: number) => void apply(conversation, { priority }, () => priorityOf({ conversationId, priority })),
    toggleLabel: (label: ConversationSummary["labels"][number]) => {
      const has = conversation.labels.some(({ id }) => id === label.id);
      const labels = has ? conversation.labels.filter(({ id }) => id !== label.id) : [...conversation.labels, label];
      void apply(conversation, { labels }, () => labelsOf({ conversationId, addLabelIds: has ? [] : [label.id], removeLabelIds: has ? [label.id] : [] }));
    },
  };
}
