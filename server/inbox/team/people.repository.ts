import type { Role } from "@/server/access/schema";
import type { Scope } from "@/server/platform/transaction";

export interface PersonRow {
  readonly userId: string;
  readonly name: string;
  readonly role: Role;
  readonly availability: string | null;
  readonly capacity: number | null;
  readonly lastSeenAt: Date | null;
  readonly openConversations: number;
  readonly teamIds: readonly string[];
}

/** Active members of these roles, by name. */
export async function listPersonRows(scope: Scope, roles: readonly Role[]): Promise<PersonRow[]> {
  return scope.db.$queryRaw<PersonRow[]>`
    SELECT m.user_id AS "userId", u.name, m.role::text AS role, s.availability, s.capacity, s.last_seen_at AS "lastSeenAt",
      (SELECT count(*)::integer FROM conversation c WHERE c.workspace_id = ${scope.workspaceId}::uuid AND c.assignee_id = m.user_id AND c.merged_into_id IS NULL AND c.status = 'open') AS "openConversations",
      ARRAY(SELECT t.team_id::text FROM team_member t WHERE t.workspace_id = ${scope.workspaceId}::uuid AND t.user_id = m.user_id) AS "teamIds"
    FROM membership m JOIN "user" u ON u.id = m.user_id LEFT JOIN member_state s ON s.workspace_id = m.workspace_id AND s.user_id = m.user_id
    WHERE m.workspace_id = ${scope.workspaceId}::uuid AND m.disabled_at IS NULL AND m.role::text = ANY(${[...roles]}::text[]) ORDER BY u.name, m.user_id`;
}

/** Names of those of these people who are active members of these roles. */
export async function findPeople(scope: Scope, userIds: readonly string[], roles: readonly Role[]): Promise<Map<string, string>> {
  const rows = await scope.db.membership.findMany({
    where: { workspaceId: scope.workspaceId, userId: { in: [...userIds] }, disabledAt: null, role: { in: [...roles] } },
    select: { userId: true, user: { select: { name: true } } },
  });
  return new Map(rows.map(({ userId, user }) => [userId, user.name]));
}

export interface StateRow {
  readonly availability: string;
  readonly lastSeenAt: Date;
}

export async function findState({ workspaceId, db }: Scope, userId: string): Promise<StateRow | null> {
  return db.memberState.findUnique({ where: { workspaceId_userId: { workspaceId, userId } }, select: { availability: true, lastSeenAt: true } });
}

export async function saveState({ workspaceId, db }: Scope, userId: string, state: { lastSeenAt: Date; availability?: string }): Promise<void> {
  await db.memberState.upsert({ where: { workspaceId_userId: { workspaceId, userId } }, create: { workspaceId, userId, ...state }, update: state });
}

/** Somebody who was never seen here gets a row that is long silent. */
export async function saveCapacity({ workspaceId, db }: Scope, userId: string, capacity: number | null): Promise<void> {
  await db.memberState.upsert({
    where: { workspaceId_userId: { workspaceId, userId } },
    create: { workspaceId, userId, capacity, lastSeenAt: new Date(0) },
    update: { capacity },
  });
}
