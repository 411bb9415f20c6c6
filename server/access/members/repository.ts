import type { Scope } from "@/server/platform/transaction";
import type { ConversationScope, Role } from "../schema";

const SHOWN = {
  id: true,
  userId: true,
  role: true,
  conversationScope: true,
  createdAt: true,
  disabledAt: true,
  user: { select: { name: true, email: true } },
} as const;

export async function listMemberRows({ workspaceId, db }: Scope) {
  const rows = await db.membership.findMany({ where: { workspaceId }, orderBy: { createdAt: "asc" }, select: SHOWN });
  const seen = await db.userSession.groupBy({ by: ["userId"], where: { workspaceId }, _max: { lastSeenAt: true } });
  const lastSeen = new Map(seen.map((row) => [row.userId, row._max.lastSeenAt]));
  return rows.map((row) => ({ ...row, lastSeenAt: lastSeen.get(row.userId) ?? null }));
}

export async function findMember({ workspaceId, db }: Scope, memberId: string) {
  return db.membership.findFirst({
    where: { workspaceId, id: memberId },
    select: { id: true, userId: true, role: true, conversationScope: true, disabledAt: true },
  });
}

export async function countOtherActiveOwners({ workspaceId, db }: Scope, memberId: string): Promise<number> {
  return db.membership.count({ where: { workspaceId, role: "owner", disabledAt: null, NOT: { id: memberId } } });
}

export async function updateMemberRow(
  { workspaceId, db }: Scope,
  memberId: string,
  data: { role: Role; conversationScope: ConversationScope; disabledAt: Date | null },
): Promise<void> {
  await db.membership.updateMany({ where: { workspaceId, id: memberId }, data });
}
