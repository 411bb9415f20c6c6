import type { Scope } from "@/server/platform/transaction";

/** Teams that are not archived. */
export async function findTeamIds({ workspaceId, db }: Scope, userId: string): Promise<string[]> {
  const rows = await db.teamMember.findMany({ where: { workspaceId, userId, team: { archivedAt: null } }, select: { teamId: true } });
  return rows.map(({ teamId }) => teamId);
}
