"use client";

import { type InfiniteData, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useOfferUndo } from "@/components/layout/undo";
import { useTRPC } from "@/components/providers/trpc-provider";
import { useErrorText } from "@/components/providers/use-error-text";
import { toast } from "@/components/ui/toast";
import type { ConversationPage, ConversationSummary, ThreadPage } from "@/server/inbox/schema";
import type { BulkAction, BulkInput, BulkResult } from "@/server/inbox/team/schema";
import { type ActionNames, afterAction, stepsBack, targetsOf } from "./bulk-rules";
import { BULK_IDS_MAX } from "./limits";
import { tellListNews } from "./list-news";

export interface BulkTarget {
  /** Loaded conversations, as they are now. */
  readonly rows: readonly ConversationSummary[];
  /** Everything a filter matches, instead of the rows alone. */
  readonly filter?: Extract<BulkInput["target"], { kind: "filter" }>["filter"] | undefined;
}

/** Shows conversations as they will be, in every list and open thread at once. */
function useShow() {
  const trpc = useTRPC();
  const client = useQueryClient();
  return (rows: ReadonlyMap<string, ConversationSummary>) => {
    client.setQueriesData<InfiniteData<ConversationPage>>(trpc.inbox.list.infiniteQueryFilter(), (data) =>
      data === undefined
        ? data
        : { ...data, pages: data.pages.map((page) => ({ ...page, conversations: page.conversations.map((entry) => rows.get(entry.id) ?? entry) })) },
    );
    client.setQueriesData<InfiniteData<ThreadPage>>(trpc.inbox.thread.infiniteQueryFilter(), (data) => {
      const next = data?.pages.map((page) => rows.get(page.conversation.id));
      if (data === undefined || next === undefined || next.every((row) => row === undefined)) return data;
      return { ...data, pages: data.pages.map((page, at) => ({ ...page, conversation: next[at] ?? page.conversation })) };
    });
  };
}

function useReadAgain() {
  const trpc = useTRPC();
  const client = useQueryClient();
  return () => {
    tellListNews();
    // Lists that are not on the screen are read again when they are.
    void client.invalidateQueries({ ...trpc.inbox.list.infiniteQueryFilter(), refetchType: "none" });
    void client.invalidateQueries(trpc.inbox.counts.queryFilter());
    void client.invalidateQueries(trpc.inbox.thread.infiniteQueryFilter());
    void client.invalidateQueries(trpc.inbox.history.infiniteQueryFilter());
  };
}

/**
 * One deed on many conversations: seen at once, told to the server, and offered for undo when all of it can be taken back.
 * Resolves to whether it was done.
 */
export function useBulk() {
  const t = useTranslations("inbox-list.bulk");
  const trpc = useTRPC();
  const show = useShow();
  const readAgain = useReadAgain();
  const errorText = useErrorText();
  const offerUndo = useOfferUndo();
  const { mutateAsync } = useMutation(trpc.inbox.bulk.mutationOptions());
  const fail = (error: unknown) => {
    const { text, requestId } = errorText(error);
    toast.failed(t("failed"), { description: requestId === undefined ? text : `${text} (${requestId})` });
  };

  const takeBack = async (rows: readonly ConversationSummary[], action: BulkAction) => {
    show(new Map(rows.map((row) => [row.id, row])));
    try {
      for (const step of stepsBack(rows, action, new Date())) {
        for (const target of targetsOf(step.ids, BULK_IDS_MAX)) await mutateAsync({ target, action: step.action });
      }
    } catch (error) {
      fail(error);
    } finally {
      readAgain();
    }
  };

  const run = async ({ rows, filter }: BulkTarget, action: BulkAction, names: ActionNames = {}): Promise<boolean> => {
    show(new Map(rows.map((row) => [row.id, afterAction(row, action, names)])));
    try {
      const targets: BulkInput["target"][] =
        filter === undefined
          ? targetsOf(
              rows.map(({ id }) => id),
              BULK_IDS_MAX,
            )
          : [{ kind: "filter", filter }];
      const results: BulkResult[] = [];
      for (const target of targets) results.push(await mutateAsync({ target, action }));
      const changedIds = new Set(results.flatMap((result) => result.changedIds));
      const changed = results.reduce((sum, result) => sum + result.changed, 0);
      const before = rows.filter(({ id }) => changedIds.has(id));
      const title = t(`done.${doneName(action)}`, { count: changed });
      if (changed > 0 && before.length === changed) offerUndo(title, { undo: () => void takeBack(before, action) });
      else toast.done(title);
      return true;
    } catch (error) {
      show(new Map(rows.map((row) => [row.id, row])));
      fail(error);
      return false;
    } finally {
      readAgain();
    }
  };
  return run;
}

function doneName(action: BulkAction): "assigned" | "unassigned" | "labelled" | "open" | "pending" | "resolved" | "snoozed" | "priority" | "read" | "unread" {
  if (action.kind === "assign") return action.assigneeId === null && action.teamId === null ? "unassigned" : "assigned";
  if (action.kind === "label") return "labelled";
  if (action.kind === "snooze") return "snoozed";
  return action.kind === "status" ? action.status : action.kind;
}
