import type { Scope } from "@/server/platform/transaction";

const ACTIONS = [
  "connection.created",
  "connection.credentials_changed",
  "connection.credentials_used",
  "connection.webhook_address_created",
  "connection.webhook_subscribed",
];

/** Who had to do with a connection's credentials, newest first. */
export async function readAccessLog({ workspaceId, db }: Scope, connectionId: string, limit: number) {
  return db.auditEntry.findMany({
    where: { workspaceId, subjectType: "connection", subjectId: connectionId, action: { in: ACTIONS } },
    orderBy: { id: "desc" },
    take: limit,
    select: { id: true, at: true, action: true, actorKind: true, actorId: true, details: true, ip: true },
  });
}

/** The last use of the credentials by what for: each stream's newest run, and the newest call of all. */
export async function readLastUses({ workspaceId, db }: Scope, connectionId: string) {
  const runs = await db.syncRun.groupBy({ by: ["stream"], where: { workspaceId, connectionId, startedAt: { not: null } }, _max: { startedAt: true } });
  const call = await db.callLogEntry.findFirst({ where: { workspaceId, connectionId }, orderBy: { at: "desc" }, select: { at: true } });
  return { runs: runs.flatMap(({ stream, _max }) => (_max.startedAt === null ? [] : [{ stream, at: _max.startedAt }])), callAt: call?.at ?? null };
}

/** Names of people, members or not any more. */
export async function readNames({ workspaceId, db }: Scope, userIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.membership.findMany({
    where: { workspaceId, userId: { in: [...userIds] } },
    select: { userId: true, user: { select: { name: true } } },
  });
  return new Map(rows.map(({ userId, user }) => [userId, user.name]));
}
