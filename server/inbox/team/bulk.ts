import type { Viewer } from "@/server/access/index";
import { type AuditActor, writeAudit } from "@/server/platform/audit";
import { type Clock, systemClock } from "@/server/platform/clock";
import { conflict, notFound } from "@/server/platform/errors";
import type { Scope } from "@/server/platform/transaction";
import { afterChange } from "../after-change";
import { announce } from "../announce";
import { listMatchingIds } from "../reading/list.repository";
import { refreshConversations } from "../refresh-conversation";
import { BULK_MATCHES_MAX } from "../schema";
import { type LockedThread, lockThreads, saveReadAll, saveUnread } from "./change.repository";
import { assignThreads, type Deed, labelThreads, setThreadPriority, setThreadStatus, snoozeThreads } from "./change-threads";
import { requireFilterRows } from "./require-rows";
import type { BulkAction, BulkInput, BulkResult } from "./schema";

/** So many changed ids are told back; the page then reads its list again anyway. */
const IDS_TOLD = 500;

/**
 * One deed on many conversations, as one audited operation: all of it or none.
 * Of conversations given by id, those out of the viewer's scope are not there; when none of them is, nothing is done.
 * @throws AppError `inbox.conversation_not_found`, `inbox.bulk_too_many` (a filter matches more than 5 000), what the single deeds throw.
 */
export async function changeMany(scope: Scope, viewer: Viewer, actor: AuditActor, input: BulkInput, clock: Clock = systemClock): Promise<BulkResult> {
  const ids = await targetIds(scope, viewer, input.target, clock.now());
  const threads = ids.length === 0 ? [] : await lockThreads(scope, viewer, ids);
  if (input.target.kind === "conversations" && threads.length === 0) throw notFound("inbox.conversation_not_found");
  const changed = await act({ scope, actor: { kind: "user", id: viewer.userId }, now: clock.now() }, viewer, threads, input.action, clock);
  const heads = new Set(threads.map(({ id, mergedIntoId }) => mergedIntoId ?? id));
  const behind = new Map(threads.map(({ id, mergedIntoId }) => [id, mergedIntoId ?? id]));
  const changedHeads = [...new Set(changed.map((id) => behind.get(id) ?? id))];
  await writeAudit(scope, {
    actor,
    action: "conversations.changed",
    details: { by: input.target.kind, action: input.action, found: heads.size, changed: changedHeads.length },
  });
  return { found: heads.size, changed: changedHeads.length, changedIds: changedHeads.slice(0, IDS_TOLD) };
}

async function targetIds(scope: Scope, viewer: Viewer, target: BulkInput["target"], now: Date): Promise<readonly string[]> {
  if (target.kind === "conversations") return target.conversationIds;
  await requireFilterRows(scope, target.filter);
  const ids = await listMatchingIds(scope, viewer, target.filter, BULK_MATCHES_MAX + 1, now);
  if (ids.length > BULK_MATCHES_MAX) throw conflict("inbox.bulk_too_many", { max: BULK_MATCHES_MAX });
  return ids;
}

async function act(deed: Deed, viewer: Viewer, threads: readonly LockedThread[], action: BulkAction, clock: Clock): Promise<readonly string[]> {
  const { scope } = deed;
  if (action.kind === "read" || action.kind === "unread") {
    const heads = threads.filter(({ mergedIntoId }) => mergedIntoId === null).map(({ id }) => id);
    const changed = action.kind === "read" ? await saveReadAll(scope, heads, viewer.userId) : await saveUnread(scope, heads, viewer.userId);
    await announce(scope, changed);
    return changed;
  }
  if (action.kind === "status") {
    const changed = await setThreadStatus(deed, threads, action.status);
    await refreshConversations(scope, changed, clock);
    return changed;
  }
  const changed =
    action.kind === "assign"
      ? await assignThreads(deed, threads, action)
      : action.kind === "label"
        ? await labelThreads(deed, threads, action)
        : action.kind === "snooze"
          ? await snoozeThreads(deed, threads, action.until)
          : await setThreadPriority(deed, threads, action.priority);
  await afterChange(scope, changed, clock);
  return changed;
}
