import { inSystem } from "@/server/platform/transaction";

export interface LeftOver {
  readonly workspaceId: string;
  readonly conversationId: string;
  readonly messageId: string;
}

/**
 * Conversations of every workspace whose oldest unsettled message should have moved on by `before`: its run is lost, or the
 * engine was away. One row a conversation.
 */
export async function listLeftOvers(before: Date, limit: number): Promise<LeftOver[]> {
  return inSystem(
    (tx) => tx.$queryRaw<LeftOver[]>`
    SELECT DISTINCT ON (m.conversation_id) m.workspace_id AS "workspaceId", m.conversation_id AS "conversationId", m.id AS "messageId" FROM message m
    WHERE m.send_state IN ('queued', 'sending', 'unknown') AND m.send_next_at < ${before}::timestamptz
    ORDER BY m.conversation_id, m.id LIMIT ${limit}`,
  );
}

/** Held back messages of every workspace whose moment has passed. */
export async function listHeldTooLong(before: Date, limit: number): Promise<LeftOver[]> {
  return inSystem(
    (tx) => tx.$queryRaw<LeftOver[]>`
    SELECT m.workspace_id AS "workspaceId", m.conversation_id AS "conversationId", m.id AS "messageId" FROM message m
    WHERE m.send_state = 'scheduled' AND m.send_scheduled_at < ${before}::timestamptz ORDER BY m.send_scheduled_at LIMIT ${limit}`,
  );
}
