import { emit } from "@/server/platform/events";
import type { Scope } from "@/server/platform/transaction";
import { announceMoved } from "../announce";
import { conversationAssigned } from "../events";
import { type AssignmentRow, listPartsOf, saveAssignments } from "./assign.repository";
import { type HistoryActor, recordHistory } from "./history.repository";

export interface Handover {
  readonly id: string;
  readonly from: Pick<AssignmentRow, "assigneeId" | "teamId">;
  readonly to: Pick<AssignmentRow, "assigneeId" | "teamId">;
  /** Old news (a first synchronisation) and the parts of a merged thread tell nobody. */
  readonly isQuiet: boolean;
}

/**
 * Changes whose conversations are, with what is merged into them: rows, history, the event for the notice, and a word to those
 * who see only their own.
 */
export async function give(scope: Scope, actor: HistoryActor, given: readonly Handover[], now: Date): Promise<void> {
  if (given.length === 0) return;
  const handovers = await withParts(scope, given);
  await saveAssignments(
    scope,
    handovers.map(({ id, to }) => ({ id, ...to })),
    now,
  );
  await recordHistory(
    scope,
    actor,
    now,
    handovers.map(({ id, from, to }) => ({
      conversationId: id,
      type: "assigned",
      data: { assigneeId: to.assigneeId, teamId: to.teamId, fromAssigneeId: from.assigneeId, fromTeamId: from.teamId },
    })),
  );
  const byUserId = actor.kind === "user" ? actor.id : null;
  await emit(
    scope.db,
    handovers.flatMap(({ id, from, to: { assigneeId, teamId }, isQuiet }) =>
      isQuiet || assigneeId === null || assigneeId === from.assigneeId || assigneeId === byUserId
        ? []
        : [conversationAssigned.create({ workspaceId: scope.workspaceId, conversationId: id, assigneeId, teamId, byUserId })],
    ),
  );
  await announceMoved(scope);
}

async function withParts(scope: Scope, given: readonly Handover[]): Promise<Handover[]> {
  const byId = new Map(given.map((handover) => [handover.id, handover]));
  const parts = await listPartsOf(scope, [...byId.keys()]);
  const quiet = parts.flatMap(({ id, headId }) => {
    const head = byId.get(headId);
    return head === undefined || byId.has(id) ? [] : [{ ...head, id, isQuiet: true }];
  });
  return [...given, ...quiet];
}
