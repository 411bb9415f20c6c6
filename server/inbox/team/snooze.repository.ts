import { inSystem } from "@/server/platform/transaction";

export interface DueSnooze {
  readonly workspaceId: string;
  readonly conversationId: string;
}

/** Of every workspace, those whose snooze is over, longest over first. */
export async function listDueSnoozes(now: Date, limit: number): Promise<DueSnooze[]> {
  return inSystem(
    (tx) => tx.$queryRaw<DueSnooze[]>`
    SELECT workspace_id AS "workspaceId", id AS "conversationId" FROM conversation WHERE snoozed_until <= ${now}::timestamptz ORDER BY snoozed_until LIMIT ${limit}`,
  );
}

/** Workspaces with a team that is given conversations in turn. */
export async function listAutoAssigning(): Promise<string[]> {
  return inSystem(async (tx) => {
    const rows = await tx.team.findMany({ where: { autoAssign: true, archivedAt: null }, select: { workspaceId: true }, distinct: ["workspaceId"] });
    return rows.map(({ workspaceId }) => workspaceId);
  });
}
