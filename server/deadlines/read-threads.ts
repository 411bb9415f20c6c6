import type { Scope } from "@/server/platform/transaction";
import { mergeLimits } from "./marketplace-limits";
import { listCalendarRows, listOwnLimits, listPolicyRows } from "./repository";
import type { DeadlineSettings } from "./rules/obligations";
import { type ThreadTimeline, timelineOf } from "./rules/thread-timeline";
import {
  MESSAGE_WINDOW,
  readOutages,
  readThreadConversations,
  readThreadEvents,
  readThreadMessages,
  repliedBefore,
  type ThreadConversation,
} from "./thread.repository";

/** What the workspace has set, with the marketplaces' defaults. */
export async function readSettings(scope: Scope): Promise<DeadlineSettings> {
  const policies = await listPolicyRows(scope);
  const calendars = await listCalendarRows(scope);
  const limits = mergeLimits(await listOwnLimits(scope));
  return { policies, limits, calendars: new Map(calendars.map(({ id, name, ...calendar }) => [id, { name, calendar }])) };
}

export interface Thread {
  readonly conversation: ThreadConversation;
  readonly timeline: ThreadTimeline;
}

export function grouped<Row>(rows: readonly Row[], keyOf: (row: Row) => string): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
}

/** Conversations with what happened in them, as far as deadlines care. Unknown ids are left out. */
export async function readThreads(scope: Scope, conversationIds: readonly string[]): Promise<Thread[]> {
  const conversations = await readThreadConversations(scope, conversationIds);
  if (conversations.length === 0) return [];
  const ids = conversations.map(({ id }) => id);
  const messages = grouped(await readThreadMessages(scope, ids), ({ conversationId }) => conversationId);
  const events = grouped(await readThreadEvents(scope, ids), ({ conversationId }) => conversationId);
  const isCut = (id: string) => messages.get(id)?.length === MESSAGE_WINDOW;
  const cut = ids.filter(isCut);
  const replied =
    cut.length === 0
      ? new Set<string>()
      : await repliedBefore(
          scope,
          cut.map((id) => ({ id, before: messages.get(id)?.at(-1)?.at ?? new Date(0) })),
        );
  const oldest = Math.min(...[...messages.values()].map((rows) => rows.at(-1)?.at.getTime() ?? Number.POSITIVE_INFINITY));
  const connectionIds = [...new Set(conversations.map(({ connectionId }) => connectionId))];
  const outages = grouped(Number.isFinite(oldest) ? await readOutages(scope, connectionIds, new Date(oldest)) : [], ({ connectionId }) => connectionId);
  return conversations.map((conversation) => ({
    conversation,
    timeline: timelineOf({
      conversation,
      messages: messages.get(conversation.id) ?? [],
      isCut: isCut(conversation.id),
      hasRepliedBefore: replied.has(conversation.id),
      events: events.get(conversation.id) ?? [],
      outages: outages.get(conversation.connectionId) ?? [],
    }),
  }));
}
