import type { Viewer } from "@/server/access/index";
import { type Clock, systemClock } from "@/server/platform/clock";
import { conflict, notFound } from "@/server/platform/errors";
import type { Scope } from "@/server/platform/transaction";
import { afterChange } from "../after-change";
import { refreshConversations } from "../refresh-conversation";
import { kindOfChannel } from "../rules";
import { lockThreads } from "./change.repository";
import { give } from "./give";
import { recordHistory } from "./history.repository";
import { countParts, listMergeable, saveMerged } from "./merge.repository";
import type { Suggestion } from "./schema";
import { threadIds } from "./thread-ids";

const MOST_SUGGESTED = 10;

/** Conversations of the same buyer at the same shop, or about the same order. @throws AppError `inbox.conversation_not_found`. */
export async function suggestMerges(scope: Scope, viewer: Viewer, conversationId: string): Promise<Suggestion[]> {
  const [headId] = await threadIds(scope, viewer, conversationId);
  if (headId === undefined) throw notFound("inbox.conversation_not_found");
  const rows = await listMergeable(scope, viewer, headId, MOST_SUGGESTED);
  return rows.map((row) => ({ ...row, kind: kindOfChannel(row.channel) }));
}

/**
 * Puts conversations behind a head: one thread to read, one row in the list, one assignment. No message is touched, and a reply
 * still goes to the one it answers.
 * @throws AppError `inbox.conversation_not_found`, `inbox.merge_self`, `inbox.merge_closed_head`, `inbox.merge_nested`.
 */
export async function merge(
  scope: Scope,
  viewer: Viewer,
  input: { readonly headId: string; readonly conversationIds: readonly string[] },
  clock: Clock = systemClock,
): Promise<{ headId: string; mergedCount: number }> {
  const ids = [...new Set(input.conversationIds)];
  if (ids.includes(input.headId)) throw conflict("inbox.merge_self");
  const threads = await lockThreads(scope, viewer, [input.headId, ...ids]);
  const found = (id: string) => threads.find((thread) => thread.id === id);
  const head = found(input.headId);
  const parts = ids.map(found);
  if (head === undefined || parts.includes(undefined)) throw notFound("inbox.conversation_not_found");
  if (head.mergedIntoId !== null || threads.some(({ mergedIntoId }) => mergedIntoId !== null && ids.includes(mergedIntoId)))
    throw conflict("inbox.merge_nested");
  if (head.status === "closed") throw conflict("inbox.merge_closed_head");
  const news = parts.flatMap((part) => (part === undefined || part.mergedIntoId === head.id ? [] : [part]));
  if (news.some(({ mergedIntoId }) => mergedIntoId !== null)) throw conflict("inbox.merge_nested");
  const newIds = news.map(({ id }) => id);
  const now = clock.now();
  const actor = { kind: "user" as const, id: viewer.userId };
  const to = { assigneeId: head.assigneeId, teamId: head.teamId };
  const moved = news.filter(({ assigneeId, teamId }) => assigneeId !== to.assigneeId || teamId !== to.teamId);
  await give(
    scope,
    actor,
    moved.map(({ id, assigneeId, teamId }) => ({ id, from: { assigneeId, teamId }, to, isQuiet: true })),
    now,
  );
  await saveMerged(scope, newIds, head.id);
  await recordHistory(
    scope,
    actor,
    now,
    newIds.length === 0
      ? []
      : [
          { conversationId: head.id, type: "merged", data: { conversationIds: newIds } },
          ...newIds.map((id) => ({ conversationId: id, type: "merged" as const, data: { headId: head.id } })),
        ],
  );
  await afterChange(scope, [head.id, ...newIds], clock);
  return { headId: head.id, mergedCount: await countParts(scope, head.id) };
}

/** Lets a conversation stand for itself again. @throws AppError `inbox.conversation_not_found`, `inbox.not_merged`. */
export async function unmerge(
  scope: Scope,
  viewer: Viewer,
  conversationId: string,
  clock: Clock = systemClock,
): Promise<{ headId: string; mergedCount: number }> {
  const threads = await lockThreads(scope, viewer, [conversationId]);
  const part = threads.find(({ id }) => id === conversationId);
  if (part === undefined) throw notFound("inbox.conversation_not_found");
  const headId = part.mergedIntoId;
  if (headId === null) throw conflict("inbox.not_merged");
  const now = clock.now();
  await saveMerged(scope, [part.id], null);
  await recordHistory(scope, { kind: "user", id: viewer.userId }, now, [
    { conversationId: headId, type: "unmerged", data: { conversationIds: [part.id] } },
    { conversationId: part.id, type: "unmerged", data: { headId } },
  ]);
  // A head that nothing stands behind any more shows itself again.
  await refreshConversations(scope, [headId, part.id], clock);
  return { headId, mergedCount: await countParts(scope, headId) };
}
