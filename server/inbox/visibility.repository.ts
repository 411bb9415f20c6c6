import type { Place, Viewer } from "@/server/access/index";
import { notFound } from "@/server/platform/errors";
import { Prisma } from "@/server/platform/generated/client";
import type { Scope } from "@/server/platform/transaction";

/**
 * `maySee` of the access room as SQL over the table alias `c`; every query a person's request leads to carries it. Merged
 * conversations share their head's assignment, so that the rule holds for them, too.
 */
export function visibleTo({ scope, userId, teamIds }: Viewer): Prisma.Sql {
  if (scope === "all") return Prisma.sql`true`;
  if (scope === "own" || teamIds.length === 0) return Prisma.sql`c.assignee_id = ${userId}::uuid`;
  return Prisma.sql`(c.assignee_id = ${userId}::uuid OR c.team_id = ANY(${[...teamIds]}::uuid[]))`;
}

export async function findPlace({ workspaceId, db }: Scope, conversationId: string): Promise<Place | null> {
  return db.conversation.findFirst({ where: { workspaceId, id: conversationId }, select: { assigneeId: true, teamId: true } });
}

/** The rule as the last two arguments of the search functions (migration 0007): a person and their teams, or nobody. */
export function eyesOf({ scope, userId, teamIds }: Viewer): Prisma.Sql {
  if (scope === "all") return Prisma.sql`NULL::uuid, NULL::uuid[]`;
  return Prisma.sql`${userId}::uuid, ${scope === "own" ? [] : [...teamIds]}::uuid[]`;
}

/** Those of the given conversations that the viewer may see. */
export async function listVisible(scope: Scope, viewer: Viewer, conversationIds: readonly string[]): Promise<Set<string>> {
  const rows = await scope.db.$queryRaw<{ id: string }[]>(
    Prisma.sql`SELECT c.id FROM conversation c WHERE c.workspace_id = ${scope.workspaceId}::uuid AND c.id = ANY(${[...conversationIds]}::uuid[]) AND ${visibleTo(viewer)}`,
  );
  return new Set(rows.map(({ id }) => id));
}

export async function isVisible(scope: Scope, viewer: Viewer, conversationId: string): Promise<boolean> {
  return (await listVisible(scope, viewer, [conversationId])).has(conversationId);
}

/** What is out of somebody's scope does not exist for them. @throws AppError `inbox.conversation_not_found`. */
export async function requireVisible(scope: Scope, viewer: Viewer, conversationId: string): Promise<void> {
  if (!(await listVisible(scope, viewer, [conversationId])).has(conversationId)) throw notFound("inbox.conversation_not_found");
}

/** The same for the conversation of a message. @throws AppError `inbox.message_not_found`. */
export async function requireVisibleMessage(scope: Scope, viewer: Viewer, messageId: string): Promise<void> {
  const conversationId = await findConversationIdOf(scope, messageId);
  if (conversationId === null || !(await listVisible(scope, viewer, [conversationId])).has(conversationId)) throw notFound("inbox.message_not_found");
}

export async function findConversationIdOf(scope: Scope, messageId: string): Promise<string | null> {
  const message = await scope.db.message.findFirst({ where: { workspaceId: scope.workspaceId, id: messageId }, select: { conversationId: true } });
  return message?.conversationId ?? null;
}
