import type { Scope } from "@/server/platform/transaction";
import type { AuditListInput } from "../schema";

/** Newest first; ids are UUID v7, so their order is the order of writing. */
export async function listAuditRows({ workspaceId, db }: Scope, filter: AuditListInput) {
  return db.auditEntry.findMany({
    where: {
      workspaceId,
      ...(filter.action === undefined ? {} : { action: { startsWith: filter.action } }),
      ...(filter.actorId === undefined ? {} : { actorId: filter.actorId }),
      ...(filter.subjectType === undefined ? {} : { subjectType: filter.subjectType }),
      ...(filter.subjectId === undefined ? {} : { subjectId: filter.subjectId }),
      ...(filter.cursor === undefined ? {} : { id: { lt: filter.cursor } }),
      at: { ...(filter.from === undefined ? {} : { gte: filter.from }), ...(filter.to === undefined ? {} : { lt: filter.to }) },
    },
    orderBy: { id: "desc" },
    take: filter.limit + 1,
    select: { id: true, at: true, action: true, actorKind: true, actorId: true, subjectType: true, subjectId: true, details: true, ip: true, requestId: true },
  });
}

/** Names of people who are members of the workspace. */
export async function listMemberNames({ workspaceId, db }: Scope, userIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.membership.findMany({
    where: { workspaceId, userId: { in: [...userIds] } },
    select: { userId: true, user: { select: { name: true } } },
  });
  return new Map(rows.map((row) => [row.userId, row.user.name]));
}
