import { invalid, notFound } from "@/server/platform/errors";
import { emit } from "@/server/platform/events";
import type { Scope } from "@/server/platform/transaction";
import { conversationResolved } from "../events";
import { assignableRoles } from "./assignable";
import { type LockedThread, savePriority, saveStatus } from "./change.repository";
import { give, type Handover } from "./give";
import { type HistoryActor, recordHistory } from "./history.repository";
import { replaceLabels } from "./labels.repository";
import { findPeople } from "./people.repository";
import { requireRows } from "./require-rows";
import { SNOOZE_MAX_MS } from "./rules";
import { findTeam, isTeamMember } from "./teams.repository";

/** One deed on locked threads. Each function changes what differs and returns the conversations that are different now. */
export interface Deed {
  readonly scope: Scope;
  readonly actor: HistoryActor;
  readonly now: Date;
}

const isHead = (thread: LockedThread) => thread.mergedIntoId === null;

export interface AssignmentWish {
  readonly assigneeId?: string | null | undefined;
  readonly teamId?: string | null | undefined;
}

/**
 * Gives threads to a person, a team or nobody. A new team alone lets go of a person outside of it.
 * @throws AppError `inbox.assignee_unknown`, `inbox.team_not_found`.
 */
export async function assignThreads({ scope, actor, now }: Deed, threads: readonly LockedThread[], wish: AssignmentWish): Promise<string[]> {
  const { assigneeId, teamId } = wish;
  if (typeof assigneeId === "string" && !(await findPeople(scope, [assigneeId], assignableRoles())).has(assigneeId)) throw notFound("inbox.assignee_unknown");
  if (typeof teamId === "string" && (await findTeam(scope, teamId)) === null) throw notFound("inbox.team_not_found");
  const handovers: Handover[] = [];
  for (const thread of threads.filter(isHead)) {
    const from = { assigneeId: thread.assigneeId, teamId: thread.teamId };
    const to = {
      assigneeId: assigneeId === undefined ? await keptAssignee(scope, thread, teamId) : assigneeId,
      teamId: teamId === undefined ? thread.teamId : teamId,
    };
    if (to.assigneeId !== from.assigneeId || to.teamId !== from.teamId) handovers.push({ id: thread.id, from, to, isQuiet: false });
  }
  await give(scope, actor, handovers, now);
  return handovers.map(({ id }) => id);
}

async function keptAssignee(scope: Scope, { assigneeId, teamId: before }: LockedThread, teamId: string | null | undefined): Promise<string | null> {
  if (assigneeId === null || teamId === undefined || teamId === null || teamId === before) return assigneeId;
  return (await isTeamMember(scope, teamId, assigneeId)) ? assigneeId : null;
}

/** Resolving ends the buyer's wait until they write again; opening counts it anew. What a service closed stays closed. */
export async function setThreadStatus(
  { scope, actor, now }: Deed,
  threads: readonly LockedThread[],
  status: "open" | "pending" | "resolved",
): Promise<string[]> {
  const changed = threads.filter((thread) => thread.status !== "closed" && thread.status !== status);
  if (changed.length === 0) return [];
  const ids = changed.map(({ id }) => id);
  await saveStatus(scope, ids, status, null);
  await recordHistory(
    scope,
    actor,
    now,
    changed.map(({ id, status: from }) => ({ conversationId: id, type: "status", data: { from, to: status } })),
  );
  if (status === "resolved") {
    const at = now.toISOString();
    await emit(
      scope.db,
      changed.filter(isHead).map(({ id }) => conversationResolved.create({ workspaceId: scope.workspaceId, conversationId: id, at })),
    );
  }
  return ids;
}

/** Puts threads away until a moment, or until the buyer writes. @throws AppError `inbox.snooze_moment`. */
export async function snoozeThreads({ scope, actor, now }: Deed, threads: readonly LockedThread[], until: Date): Promise<string[]> {
  const ahead = until.getTime() - now.getTime();
  if (ahead <= 0 || ahead > SNOOZE_MAX_MS) throw invalid("inbox.snooze_moment");
  const changed = threads.filter(({ status, snoozedUntil }) => status !== "closed" && snoozedUntil?.getTime() !== until.getTime());
  if (changed.length === 0) return [];
  const ids = changed.map(({ id }) => id);
  await saveStatus(scope, ids, "snoozed", until);
  await recordHistory(
    scope,
    actor,
    now,
    changed.map(({ id, status: from }) => ({ conversationId: id, type: "snoozed", data: { from, until: until.toISOString() } })),
  );
  return ids;
}

export async function setThreadPriority({ scope, actor, now }: Deed, threads: readonly LockedThread[], priority: number): Promise<string[]> {
  const changed = threads.filter((thread) => isHead(thread) && thread.priority !== priority);
  if (changed.length === 0) return [];
  const ids = changed.map(({ id }) => id);
  await savePriority(scope, ids, priority);
  await recordHistory(
    scope,
    actor,
    now,
    changed.map(({ id, priority: from }) => ({ conversationId: id, type: "priority", data: { from, to: priority } })),
  );
  return ids;
}

export interface LabelChange {
  readonly addLabelIds: readonly string[];
  readonly removeLabelIds: readonly string[];
}

/** @throws AppError `inbox.label_not_found`. */
export async function labelThreads({ scope, actor, now }: Deed, threads: readonly LockedThread[], change: LabelChange): Promise<string[]> {
  await requireRows(scope, { labelIds: [...change.addLabelIds, ...change.removeLabelIds] });
  const heads = threads.filter(isHead);
  const changes = await replaceLabels(
    scope,
    heads.map(({ id }) => id),
    change,
  );
  await recordHistory(
    scope,
    actor,
    now,
    [...changes].map(([conversationId, data]) => ({ conversationId, type: "labelled", data: { ...data } })),
  );
  return [...changes.keys()];
}
