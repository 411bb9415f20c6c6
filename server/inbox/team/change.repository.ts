import type { Viewer } from "@/server/access/index";
import { Prisma } from "@/server/platform/generated/client";
import type { Scope } from "@/server/platform/transaction";
import type { ConversationStatus } from "../schema";
import { visibleTo } from "../visibility.repository";

export interface LockedThread {
  readonly id: string;
  /** Null for a conversation of its own and for a head. */
  readonly mergedIntoId: string | null;
  readonly status: ConversationStatus;
  readonly snoozedUntil: Date | null;
  readonly assigneeId: string | null;
  readonly teamId: string | null;
  readonly priority: number;
  readonly lastMessageAt: Date;
}

/**
 * Locks the threads of these conversations, as far as the viewer may see them: heads with everything behind them. In the order
 * of the ingest's own locks, so that the two never wait for each other.
 */
export async function lockThreads(scope: Scope, viewer: Viewer, conversationIds: readonly string[]): Promise<LockedThread[]> {
  const heads = await scope.db.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT DISTINCT coalesce(c.merged_into_id, c.id) AS id FROM conversation c
    WHERE c.workspace_id = ${scope.workspaceId}::uuid AND c.id = ANY(${[...conversationIds]}::uuid[]) AND ${visibleTo(viewer)}`);
  const headIds = heads.map(({ id }) => id);
  if (headIds.length === 0) return [];
  const parts = await scope.db.$queryRaw<{ id: string }[]>(
    Prisma.sql`SELECT k.id FROM conversation k WHERE k.workspace_id = ${scope.workspaceId}::uuid AND k.merged_into_id = ANY(${headIds}::uuid[])`,
  );
  const ids = [...headIds, ...parts.map(({ id }) => id)];
  return scope.db.$queryRaw<LockedThread[]>(Prisma.sql`
    SELECT c.id, c.merged_into_id AS "mergedIntoId", c.status::text AS status, c.snoozed_until AS "snoozedUntil", c.assignee_id AS "assigneeId", c.team_id AS "teamId", c.priority,
      c.last_message_at AS "lastMessageAt"
    FROM conversation c WHERE c.workspace_id = ${scope.workspaceId}::uuid AND c.id = ANY(${ids}::uuid[]) AND ${visibleTo(viewer)}
    ORDER BY c.connection_id, c.external_id FOR NO KEY UPDATE`);
}

/** Settling by hand ends the wait up to the newest buyer's message; opening again counts it anew. A snooze ends. */
export async function saveStatus(scope: Scope, conversationIds: readonly string[], status: ConversationStatus, snoozedUntil: Date | null): Promise<void> {
  await scope.db.$executeRaw`
    UPDATE conversation SET status = ${status}::conversation_status, snoozed_until = ${snoozedUntil}::timestamptz,
      answered_until = CASE WHEN ${status} = 'resolved' THEN last_buyer_message_at WHEN ${status} = 'open' THEN NULL ELSE answered_until END, updated_at = now()
    WHERE workspace_id = ${scope.workspaceId}::uuid AND id = ANY(${[...conversationIds]}::uuid[])`;
}

/** Waking changes nothing about what is owed. */
export async function saveWoken(scope: Scope, conversationIds: readonly string[]): Promise<void> {
  await scope.db.$executeRaw`
    UPDATE conversation SET status = 'open', snoozed_until = NULL, updated_at = now()
    WHERE workspace_id = ${scope.workspaceId}::uuid AND id = ANY(${[...conversationIds]}::uuid[])`;
}

export async function savePriority(scope: Scope, conversationIds: readonly string[], priority: number): Promise<void> {
  await scope.db.conversation.updateMany({ where: { workspaceId: scope.workspaceId, id: { in: [...conversationIds] } }, data: { priority } });
}

/** Locks those that are still to wake. */
export async function lockDueSnoozes(scope: Scope, conversationIds: readonly string[], now: Date): Promise<string[]> {
  const rows = await scope.db.$queryRaw<{ id: string }[]>`
    SELECT id FROM conversation WHERE workspace_id = ${scope.workspaceId}::uuid AND id = ANY(${[...conversationIds]}::uuid[]) AND status = 'snoozed' AND snoozed_until <= ${now}::timestamptz
    ORDER BY connection_id, external_id FOR NO KEY UPDATE`;
  return rows.map(({ id }) => id);
}

/** The read row stands at the epoch until it is read again. @returns the conversations for which that was news. */
export async function saveUnread(scope: Scope, conversationIds: readonly string[], userId: string): Promise<string[]> {
  const rows = await scope.db.$queryRaw<{ id: string }[]>`
    INSERT INTO conversation_read AS r (conversation_id, user_id, workspace_id, read_at)
    SELECT id, ${userId}::uuid, ${scope.workspaceId}::uuid, 'epoch' FROM unnest(${[...conversationIds]}::uuid[]) AS t(id)
    ON CONFLICT (conversation_id, user_id) DO UPDATE SET read_at = 'epoch' WHERE r.read_at <> 'epoch' RETURNING r.conversation_id AS id`;
  return rows.map(({ id }) => id);
}

/** Marks as read up to the newest message. @returns the conversations for which that was news. */
export async function saveReadAll(scope: Scope, conversationIds: readonly string[], userId: string): Promise<string[]> {
  const rows = await scope.db.$queryRaw<{ id: string }[]>`
    INSERT INTO conversation_read AS r (conversation_id, user_id, workspace_id, read_at)
    SELECT c.id, ${userId}::uuid, ${scope.workspaceId}::uuid, c.last_message_at FROM conversation c WHERE c.workspace_id = ${scope.workspaceId}::uuid AND c.id = ANY(${[...conversationIds]}::uuid[])
    ON CONFLICT (conversation_id, user_id) DO UPDATE SET read_at = EXCLUDED.read_at WHERE r.read_at < EXCLUDED.read_at RETURNING r.conversation_id AS id`;
  return rows.map(({ id }) => id);
}
