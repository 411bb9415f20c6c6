"use client";

import { type InfiniteData, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/components/providers/trpc-provider";
import type { ConversationSummary, ThreadPage } from "@/server/inbox/schema";
import type { BulkAction } from "@/server/inbox/team/schema";
import { useNames } from "../thread/use-names";
import type { ActionNames } from "./bulk-rules";
import { type BulkTarget, useBulk } from "./use-bulk";
import { useListState } from "./use-list-state";
import type { Selection } from "./use-selection";

/** What a filter that says nothing of these means. */
const NOTHING_ASKED = {
  labelMatch: "any",
  waiting: false,
  unread: false,
  mentionsMe: false,
  drafts: false,
  hasTrouble: false,
  overdue: false,
} as const;

/** What keys and buttons do to the ticked conversations, or else to the open one. */
export function useDeeds(rows: readonly ConversationSummary[], selection: Selection, current: string | null) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const perform = useBulk();
  const { people } = useNames();
  const { query } = useListState();

  const target = (): BulkTarget => {
    if (selection.ids.size > 0) {
      const { sort: _, ...filter } = query;
      const ticked = rows.filter(({ id }) => selection.ids.has(id));
      return selection.everything ? { rows: ticked, filter: { ...NOTHING_ASKED, ...filter } } : { rows: ticked };
    }
    const shown = rows.find(({ id }) => id === current);
    if (shown !== undefined || current === null) return { rows: shown === undefined ? [] : [shown] };
    // Opened from elsewhere: it is not in this list, but its thread is here.
    const head = client.getQueryData<InfiniteData<ThreadPage>>(trpc.inbox.thread.infiniteQueryKey({ conversationId: current }))?.pages[0]?.conversation;
    return { rows: head === undefined ? [] : [head] };
  };

  const run = (action: BulkAction, names?: ActionNames) => {
    const on = target();
    if (on.rows.length === 0) return;
    void perform(on, action, names);
    // Resolved or put off, they leave the list; what only changes a fact may be followed by another deed on the same.
    if (action.kind === "status" || action.kind === "snooze") selection.clear();
  };
  const assignToMe = () => {
    const me = people.find(({ isYou }) => isYou);
    if (me !== undefined) run({ kind: "assign", assigneeId: me.userId }, { assignee: { id: me.userId, name: me.name } });
  };
  // The open conversation is read already, whatever the list still says of it.
  const toggleUnread = () => run({ kind: selection.ids.size === 0 || target().rows.some(({ unread }) => !unread) ? "unread" : "read" });
  return { run, assignToMe, toggleUnread };
}

export type Deeds = ReturnType<typeof useDeeds>;
