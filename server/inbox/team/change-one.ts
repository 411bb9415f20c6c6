import type { Viewer } from "@/server/access/index";
import { type Clock, systemClock } from "@/server/platform/clock";
import { conflict, notFound } from "@/server/platform/errors";
import type { Scope } from "@/server/platform/transaction";
import { afterChange } from "../after-change";
import { findSummary } from "../reading/list.repository";
import { toSummaries } from "../reading/list-conversations";
import { refreshConversations } from "../refresh-conversation";
import type { ConversationStatus, ConversationSummary, SettableStatus } from "../schema";
import { type LockedThread, lockThreads } from "./change.repository";
import {
  type AssignmentWish,
  assignThreads,
  type Deed,
  type LabelChange,
  labelThreads,
  setThreadPriority,
  setThreadStatus,
  snoozeThreads,
} from "./change-threads";
import { listLabelsOf } from "./labels.repository";

/** Locks the thread a conversation belongs to. @throws AppError `inbox.conversation_not_found`. */
async function begin(
  scope: Scope,
  viewer: Viewer,
  conversationId: string,
  clock: Clock,
): Promise<Deed & { readonly threads: readonly LockedThread[]; readonly headId: string }> {
  const threads = await lockThreads(scope, viewer, [conversationId]);
  const head = threads.find(({ mergedIntoId }) => mergedIntoId === null);
  if (head === undefined) throw notFound("inbox.conversation_not_found");
  return { scope, actor: { kind: "user", id: viewer.userId }, now: clock.now(), threads, headId: head.id };
}

/**
 * Gives a conversation to a person, a team or nobody.
 * @returns whose it is now; nobody's for a person who cannot see it any more.
 * @throws AppError `inbox.conversation_not_found`, `inbox.assignee_unknown`, `inbox.team_not_found`.
 */
export async function assign(
  scope: Scope,
  viewer: Viewer,
  conversationId: string,
  wish: AssignmentWish,
  clock: Clock = systemClock,
): Promise<Pick<ConversationSummary, "assignee" | "team">> {
  const { threads, headId, ...deed } = await begin(scope, viewer, conversationId, clock);
  await afterChange(scope, await assignThreads(deed, threads, wish), clock);
  const row = await findSummary(scope, { ...viewer, scope: "all" }, headId);
  const [summary] = row === null ? [] : await toSummaries(scope, [row]);
  return { assignee: summary?.assignee ?? null, team: summary?.team ?? null };
}

/** @throws AppError `inbox.conversation_not_found`, `inbox.closed_by_service` (a chat the service closed stays closed). */
export async function setStatus(
  scope: Scope,
  viewer: Viewer,
  input: { readonly conversationId: string; readonly status: SettableStatus },
  clock: Clock = systemClock,
): Promise<{ status: ConversationStatus }> {
  const { threads, headId: _, ...deed } = await begin(scope, viewer, input.conversationId, clock);
  refuseClosed(threads);
  await refreshConversations(scope, await setThreadStatus(deed, threads, input.status), clock);
  return { status: input.status };
}

/** @throws AppError `inbox.conversation_not_found`, `inbox.closed_by_service`, `inbox.snooze_moment`. */
export async function snooze(
  scope: Scope,
  viewer: Viewer,
  input: { readonly conversationId: string; readonly until: Date },
  clock: Clock = systemClock,
): Promise<{ status: "snoozed"; snoozedUntil: Date }> {
  const { threads, headId: _, ...deed } = await begin(scope, viewer, input.conversationId, clock);
  refuseClosed(threads);
  await afterChange(scope, await snoozeThreads(deed, threads, input.until), clock);
  return { status: "snoozed", snoozedUntil: input.until };
}

/** @throws AppError `inbox.conversation_not_found`. */
export async function setPriority(
  scope: Scope,
  viewer: Viewer,
  input: { readonly conversationId: string; readonly priority: number },
  clock: Clock = systemClock,
): Promise<{ priority: number }> {
  const { threads, headId: _, ...deed } = await begin(scope, viewer, input.conversationId, clock);
  await afterChange(scope, await setThreadPriority(deed, threads, input.priority), clock);
  return { priority: input.priority };
}

/** @returns the conversation's labels now. @throws AppError `inbox.conversation_not_found`, `inbox.label_not_found`. */
export async function setLabels(
  scope: Scope,
  viewer: Viewer,
  input: { readonly conversationId: string } & LabelChange,
  clock: Clock = systemClock,
): Promise<{ labels: ConversationSummary["labels"] }> {
  const { threads, headId, ...deed } = await begin(scope, viewer, input.conversationId, clock);
  await afterChange(scope, await labelThreads(deed, threads, input), clock);
  return { labels: (await listLabelsOf(scope, headId)).map(({ id, name, color }) => ({ id, name, color })) };
}

function refuseClosed(threads: readonly LockedThread[]): void {
  if (threads.every(({ status }) => status === "closed")) throw conflict("inbox.closed_by_service");
}
