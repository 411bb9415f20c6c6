import type { Scope } from "@/server/platform/transaction";

/** @returns whether others see something new: a person who was not there, or does something else now. */
export async function savePresence(scope: Scope, row: { conversationId: string; userId: string; activity: string; now: Date; until: Date }): Promise<boolean> {
  const [before] = await scope.db.$queryRaw<{ activity: string }[]>`
    SELECT activity FROM conversation_presence WHERE workspace_id = ${scope.workspaceId}::uuid AND conversation_id = ${row.conversationId}::uuid AND user_id = ${row.userId}::uuid AND until > ${row.now}::timestamptz`;
  await scope.db.$executeRaw`
    INSERT INTO conversation_presence (conversation_id, user_id, workspace_id, activity, until)
    VALUES (${row.conversationId}::uuid, ${row.userId}::uuid, ${scope.workspaceId}::uuid, ${row.activity}, ${row.until}::timestamptz)
    ON CONFLICT (conversation_id, user_id) DO UPDATE SET activity = EXCLUDED.activity, until = EXCLUDED.until`;
  return before?.activity !== row.activity;
}

export async function deletePresence(scope: Scope, conversationId: string, userId: string): Promise<boolean> {
  return (await scope.db.conversationPresence.deleteMany({ where: { workspaceId: scope.workspaceId, conversationId, userId } })).count > 0;
}

export async function listPresenceRows(scope: Scope, conversationIds: readonly string[], exceptUserId: string, now: Date) {
  return scope.db.$queryRaw<{ userId: string; name: string; activity: string; until: Date }[]>`
    SELECT DISTINCT ON (u.name, p.user_id) p.user_id AS "userId", u.name, p.activity, p.until FROM conversation_presence p JOIN "user" u ON u.id = p.user_id
    WHERE p.workspace_id = ${scope.workspaceId}::uuid AND p.conversation_id = ANY(${[...conversationIds]}::uuid[]) AND p.user_id <> ${exceptUserId}::uuid AND p.until > ${now}::timestamptz
    ORDER BY u.name, p.user_id, p.activity`;
}

/** Rows that died long ago, of every conversation of the workspace. */
export async function purgePresence(scope: Scope, before: Date): Promise<void> {
  await scope.db.conversationPresence.deleteMany({ where: { workspaceId: scope.workspaceId, until: { lt: before } } });
}
