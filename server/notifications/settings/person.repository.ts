import type { Scope } from "@/server/platform/transaction";

/** Account addresses of members. */
export async function findMailAddresses({ workspaceId, db }: Scope, userIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.user.findMany({
    where: { id: { in: [...userIds] }, memberships: { some: { workspaceId, disabledAt: null } } },
    select: { id: true, email: true },
  });
  return new Map(rows.map((row) => [row.id, row.email]));
}

/** What a message to a person needs to know of them; null when they are no active member any more. */
export async function findPerson({ workspaceId, db }: Scope, userId: string) {
  const row = await db.membership.findFirst({
    where: { workspaceId, userId, disabledAt: null },
    select: { user: { select: { name: true, email: true, locale: true } }, workspace: { select: { name: true, timeZone: true } } },
  });
  if (row === null) return null;
  return { userId, ...row.user, workspaceName: row.workspace.name, workspaceTimeZone: row.workspace.timeZone };
}

export type Person = NonNullable<Awaited<ReturnType<typeof findPerson>>>;
