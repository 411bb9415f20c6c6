import type { Scope } from "@/server/platform/transaction";

/** Which of these ids are no rows of the workspace. */
export async function unknownTeams({ workspaceId, db }: Scope, ids: readonly string[]): Promise<string[]> {
  return missing(ids, await db.team.findMany({ where: { workspaceId, id: { in: [...ids] } }, select: { id: true } }));
}

export async function unknownLabels({ workspaceId, db }: Scope, ids: readonly string[]): Promise<string[]> {
  return missing(ids, await db.label.findMany({ where: { workspaceId, id: { in: [...ids] } }, select: { id: true } }));
}

export async function unknownConnections({ workspaceId, db }: Scope, ids: readonly string[]): Promise<string[]> {
  return missing(ids, await db.connection.findMany({ where: { workspaceId, id: { in: [...ids] } }, select: { id: true } }));
}

export async function unknownMembers({ workspaceId, db }: Scope, userIds: readonly string[]): Promise<string[]> {
  const rows = await db.membership.findMany({ where: { workspaceId, userId: { in: [...userIds] } }, select: { userId: true } });
  return missing(
    userIds,
    rows.map(({ userId }) => ({ id: userId })),
  );
}

function missing(wanted: readonly string[], found: readonly { readonly id: string }[]): string[] {
  const known = new Set(found.map(({ id }) => id));
  return wanted.filter((id) => !known.has(id));
}
