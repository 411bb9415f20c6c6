import { newId } from "@/lib/ids";
import { type Clock, systemClock } from "@/server/platform/clock";
import { publish } from "@/server/platform/live";
import { inWorkspace, type Scope } from "@/server/platform/transaction";
import { alignMergeHeads, deleteDeadlineRows, insertDeadlineRows, readDeadlineRows, saveNextDeadlines, updateDeadlineRows } from "./deadline.repository";
import { grouped, readSettings, readThreads } from "./read-threads";
import { obligationsOf } from "./rules/obligations";
import { nextDeadlineOf, rowChanges } from "./rules/row-changes";
import { foldTimeline } from "./rules/timeline";
import { listMergeHeads, listOwing, listOwingOf, lockThreads } from "./thread.repository";

/** Conversations of one transaction. */
const AT_ONCE = 200;
/** Topic of live changes of conversations, as the inbox announces them. */
const INBOX_TOPIC = "inbox";

/**
 * Brings the deadlines of conversations into line with their messages, history, labels, team and the present policies. Called
 * in the transaction that changed any of these; asking again changes nothing.
 *
 * @returns how many conversations show another deadline than before (heads of merged threads always count).
 */
export async function recomputeDeadlines(scope: Scope, conversationIds: readonly string[], clock: Clock = systemClock): Promise<{ changed: number }> {
  if (conversationIds.length === 0) return { changed: 0 };
  // A head shows the earliest of its thread: told anew from its own, then from its parts.
  const heads = await listMergeHeads(scope, conversationIds);
  const ids = [...new Set([...conversationIds, ...heads])];
  await lockThreads(scope, ids);
  const settings = await readSettings(scope);
  const threads = await readThreads(scope, ids);
  const stored = grouped(await readDeadlineRows(scope, ids), ({ conversationId }) => conversationId);
  const now = clock.now();
  const results = threads.map(({ conversation, timeline }) => {
    const waits = foldTimeline(timeline.events, timeline.start);
    const deadlines = obligationsOf(waits, settings, now);
    const computed = { conversationId: conversation.id, waits: waits.waits, deadlines, coveredFrom: timeline.coveredFrom };
    const next = nextDeadlineOf(conversation.id, deadlines.open, now);
    const isShown =
      !heads.includes(conversation.id) &&
      next.at?.getTime() === conversation.nextDeadlineAt?.getTime() &&
      next.kind === conversation.nextDeadlineKind &&
      next.state === conversation.deadlineState;
    return { rows: rowChanges(stored.get(conversation.id) ?? [], computed, now, newId), next: isShown ? [] : [next] };
  });
  // In this order: a conversation never has two open rows.
  await deleteDeadlineRows(
    scope,
    results.flatMap(({ rows }) => rows.remove),
  );
  const updates = results.flatMap(({ rows }) => rows.update);
  await updateDeadlineRows(
    scope,
    updates.filter(({ settledAt }) => settledAt !== null),
  );
  await updateDeadlineRows(
    scope,
    updates.filter(({ settledAt }) => settledAt === null),
  );
  await insertDeadlineRows(
    scope,
    results.flatMap(({ rows }) => rows.insert),
  );
  const next = results.flatMap((result) => result.next);
  await saveNextDeadlines(scope, next);
  await alignMergeHeads(scope, heads);
  return { changed: next.length };
}

export interface RecomputeBatch {
  readonly workspaceId: string;
  /** Of one connection; null = of the whole workspace. */
  readonly connectionId: string | null;
  /** The last conversation of the batch before; null = the first batch. */
  readonly after: string | null;
}

/**
 * After policies, calendars or limits changed, or an outage began or ended: the next batch of conversations that owe a reply.
 * @returns where to go on; null = done.
 */
export async function recomputeBatch(
  { workspaceId, connectionId, after }: RecomputeBatch,
  clock: Clock = systemClock,
): Promise<{ next: string | null; changed: number }> {
  return inWorkspace(
    workspaceId,
    async (scope) => {
      const ids = await (connectionId === null ? listOwing(scope, after, AT_ONCE) : listOwingOf(scope, connectionId, after, AT_ONCE));
      const { changed } = await recomputeDeadlines(scope, ids, clock);
      if (changed > 0) await publish(scope.db, { workspaceId, topic: INBOX_TOPIC });
      return { next: ids.length < AT_ONCE ? null : (ids.at(-1) ?? null), changed };
    },
    { timeoutMs: 60_000 },
  );
}
