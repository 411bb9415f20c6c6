import type { Viewer } from "@/server/access/index";
import { Prisma } from "@/server/platform/generated/client";
import type { Scope } from "@/server/platform/transaction";
import type { ConversationStatus, MessageSide, SendState } from "../schema";
import { visibleTo } from "../visibility.repository";

export interface PartRow {
  readonly conversationId: string;
  readonly connectionId: string;
  readonly channel: string;
  readonly buyerName: string | null;
  readonly orderNumber: string | null;
  readonly status: ConversationStatus;
  readonly lastMessageAt: Date;
}

/** The head a conversation stands behind, or itself; null when it is out of the viewer's scope. */
export async function findHeadId(scope: Scope, viewer: Viewer, conversationId: string): Promise<string | null> {
  const [row] = await scope.db.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT coalesce(c.merged_into_id, c.id) AS id FROM conversation c
    WHERE c.workspace_id = ${scope.workspaceId}::uuid AND c.id = ${conversationId}::uuid AND ${visibleTo(viewer)}`);
  return row?.id ?? null;
}

/** All conversations of a thread, the head first. */
export async function listParts(scope: Scope, viewer: Viewer, headId: string): Promise<PartRow[]> {
  return scope.db.$queryRaw<PartRow[]>(Prisma.sql`
    SELECT c.id AS "conversationId", c.connection_id AS "connectionId", c.channel, c.buyer_name AS "buyerName", c.order_number AS "orderNumber", c.status::text AS status, c.last_message_at AS "lastMessageAt"
    FROM conversation c WHERE c.workspace_id = ${scope.workspaceId}::uuid AND (c.id = ${headId}::uuid OR c.merged_into_id = ${headId}::uuid) AND ${visibleTo(viewer)}
    ORDER BY c.merged_into_id IS NOT NULL, c.created_at, c.id`);
}

export interface ThreadRow {
  readonly id: string;
  readonly conversationId: string;
  readonly side: MessageSide;
  readonly authorKind: string;
  readonly authorRef: string | null;
  readonly authorUserId: string | null;
  readonly text: string;
  readonly attachments: unknown;
  readonly orderNumber: string | null;
  readonly sku: string | null;
  readonly isReadByBuyer: boolean;
  readonly moderation: string | null;
  readonly sentAt: Date;
  readonly sendId: string | null;
  readonly sendState: SendState | null;
  readonly sendAttempts: number;
  readonly sendNextAt: Date | null;
  readonly sendScheduledAt: Date | null;
  readonly sendErrorCode: string | null;
  readonly sendErrorText: string | null;
  readonly fileName: string | null;
  readonly fileSize: number | null;
  readonly fileType: string | null;
}

/** Of all these conversations, newest first, `limit + 1` rows. */
export async function listMessageRows(
  scope: Scope,
  conversationIds: readonly string[],
  before: { readonly at: Date; readonly id: string } | undefined,
  limit: number,
): Promise<ThreadRow[]> {
  const older = before === undefined ? Prisma.empty : Prisma.sql`AND (m.sent_at, m.id) < (${before.at}::timestamptz, ${before.id}::uuid)`;
  const [only] = conversationIds;
  // One conversation compares as itself: only then does the index give its messages in order.
  const inThread =
    conversationIds.length === 1 ? Prisma.sql`m.conversation_id = ${only}::uuid` : Prisma.sql`m.conversation_id = ANY(${[...conversationIds]}::uuid[])`;
  return scope.db.$queryRaw<ThreadRow[]>(Prisma.sql`
    SELECT m.id, m.conversation_id AS "conversationId", m.side::text AS side, m.author_kind AS "authorKind", m.author_ref AS "authorRef", m.author_user_id AS "authorUserId", m.text, m.attachments,
      m.order_number AS "orderNumber", m.sku, m.is_read_by_buyer AS "isReadByBuyer", m.moderation, m.sent_at AS "sentAt", m.send_id AS "sendId", m.send_state::text AS "sendState", m.send_attempts AS "sendAttempts",
      m.send_next_at AS "sendNextAt", m.send_scheduled_at AS "sendScheduledAt", m.send_error_code AS "sendErrorCode", m.send_error_text AS "sendErrorText", f.name AS "fileName", f.size AS "fileSize",
      f.content_type AS "fileType"
    FROM message m LEFT JOIN message_file f ON f.message_id = m.id AND f.workspace_id = m.workspace_id
    WHERE m.workspace_id = ${scope.workspaceId}::uuid AND ${inThread} ${older}
    ORDER BY m.sent_at DESC, m.id DESC LIMIT ${limit + 1}`);
}
