import type { ExternalConversation } from "@/server/integrations/contract/records";
import type { Scope } from "@/server/platform/transaction";
import type { ConversationStatus, MessageSide } from "../schema";

/** Rows travel as one JSON parameter a statement: any number of rows, one plan. */
const asJson = (rows: readonly unknown[]) => JSON.stringify(rows);

export interface ConversationHeader {
  readonly externalId: string;
  readonly channel: string;
  readonly remoteStatus: ExternalConversation["remoteStatus"];
  readonly buyerRef: string | null;
  readonly buyerName: string | null;
  readonly orderNumber: string | null;
  readonly sku: string | null;
  readonly orderSchema: string | null;
  readonly orderPaidAt: Date | null;
  readonly orderDeliveredAt: Date | null;
  readonly productName: string | null;
  readonly rating: number | null;
  readonly remoteContext: Readonly<Record<string, string>>;
}

export interface NewConversationRow extends ConversationHeader {
  readonly id: string;
  readonly createdAt: Date;
}

export async function findKnownConversations(scope: Scope, connectionId: string, externalIds: readonly string[]): Promise<Set<string>> {
  const rows = await scope.db.$queryRaw<{ externalId: string }[]>`
    SELECT external_id AS "externalId" FROM conversation
    WHERE workspace_id = ${scope.workspaceId}::uuid AND connection_id = ${connectionId}::uuid AND external_id = ANY(${[...externalIds]}::text[])`;
  return new Set(rows.map((row) => row.externalId));
}

/** Existing conversations stay untouched and unlocked. Rows must come in one fixed order, so that two ingests never deadlock. @returns the ids of new ones. */
export async function insertMissingConversations(
  scope: Scope,
  connection: { readonly id: string; readonly organizationId: string },
  rows: readonly NewConversationRow[],
): Promise<string[]> {
  const inserted = await scope.db.$queryRaw<{ id: string }[]>`
    INSERT INTO conversation (id, workspace_id, organization_id, connection_id, channel, external_id, remote_status, last_message_at, created_at, updated_at)
    SELECT r.id, ${scope.workspaceId}::uuid, ${connection.organizationId}::uuid, ${connection.id}::uuid, r.channel, r."externalId", r."remoteStatus", r."createdAt", r."createdAt", now()
    FROM json_to_recordset(${asJson(rows)}::json) AS r(id uuid, channel text, "externalId" text, "remoteStatus" text, "createdAt" timestamptz)
    ON CONFLICT (connection_id, external_id) DO NOTHING RETURNING id`;
  return inserted.map(({ id }) => id);
}

export interface LockedConversation extends ConversationHeader {
  readonly id: string;
  readonly status: ConversationStatus;
  readonly lastBuyerMessageAt: Date | null;
  readonly messageCount: number;
  readonly remoteLastMessageId: string | null;
}

/** Locks in the order of the source's ids; whoever writes messages of a conversation holds its row. */
export async function lockConversations(scope: Scope, connectionId: string, externalIds: readonly string[]): Promise<LockedConversation[]> {
  return scope.db.$queryRaw<LockedConversation[]>`
    SELECT id, external_id AS "externalId", channel, status::text AS status, remote_status AS "remoteStatus", buyer_ref AS "buyerRef", buyer_name AS "buyerName",
      order_number AS "orderNumber", sku, order_schema AS "orderSchema", order_paid_at AS "orderPaidAt", order_delivered_at AS "orderDeliveredAt",
      product_name AS "productName", rating, remote_context AS "remoteContext", last_buyer_message_at AS "lastBuyerMessageAt", message_count AS "messageCount", remote_last_message_id AS "remoteLastMessageId"
    FROM conversation
    WHERE workspace_id = ${scope.workspaceId}::uuid AND connection_id = ${connectionId}::uuid AND external_id = ANY(${[...externalIds]}::text[])
    ORDER BY external_id FOR NO KEY UPDATE`;
}

export interface UnmatchedSend {
  readonly id: string;
  readonly conversationId: string;
  readonly text: string;
  readonly fileName: string | null;
  readonly sendAfter: Date;
}

/** Our messages that may be in the service's history without our knowing under which id. */
export async function listUnmatchedSends(scope: Scope, conversationIds: readonly string[]): Promise<UnmatchedSend[]> {
  return scope.db.$queryRaw<UnmatchedSend[]>`
    SELECT m.id, m.conversation_id AS "conversationId", m.text, f.name AS "fileName", m.send_after AS "sendAfter"
    FROM message m LEFT JOIN message_file f ON f.message_id = m.id AND f.workspace_id = m.workspace_id
    WHERE m.workspace_id = ${scope.workspaceId}::uuid AND m.conversation_id = ANY(${[...conversationIds]}::uuid[])
      AND m.external_id IS NULL AND m.send_after IS NOT NULL
      AND m.send_state IN ('queued', 'sending', 'accepted', 'unknown')
    ORDER BY m.id`;
}

/** Which of these source ids the conversation holds already. */
export async function findHeldIds(scope: Scope, conversationId: string, externalIds: readonly string[]): Promise<Set<string>> {
  const rows = await scope.db.$queryRaw<{ externalId: string }[]>`
    SELECT external_id AS "externalId" FROM message
    WHERE workspace_id = ${scope.workspaceId}::uuid AND conversation_id = ${conversationId}::uuid AND external_id = ANY(${[...externalIds]}::text[])`;
  return new Set(rows.map((row) => row.externalId));
}

export interface MessageRow {
  readonly id: string;
  readonly conversationId: string;
  readonly externalId: string;
  readonly side: MessageSide;
  readonly authorKind: string;
  readonly authorRef: string | null;
  readonly text: string;
  readonly attachments: readonly { readonly kind: string; readonly url: string; readonly name: string; readonly moderation?: string | undefined }[];
  readonly orderNumber: string | null;
  readonly sku: string | null;
  readonly isRead: boolean;
  readonly moderation: string | null;
  readonly sentAt: Date;
  readonly versionAt: Date;
}

/** Found in the service's history: our row takes the service's id, moment and wording, and is confirmed. */
export async function confirmSends(scope: Scope, rows: readonly MessageRow[]): Promise<void> {
  if (rows.length === 0) return;
  await scope.db.$executeRaw`
    UPDATE message m SET external_id = r."externalId", text = r.text, attachments = r.attachments, is_read_by_buyer = r."isRead", moderation = r.moderation, sent_at = r."sentAt",
      source_version_at = r."versionAt", author_ref = r."authorRef", send_state = 'confirmed', send_lease_until = NULL, send_next_at = NULL, send_error_code = NULL, send_error_text = NULL
    FROM json_to_recordset(${asJson(rows)}::json) AS r(id uuid, "externalId" text, text text, attachments jsonb, "isRead" boolean, moderation text, "sentAt" timestamptz, "versionAt" timestamptz, "authorRef" text)
    WHERE m.workspace_id = ${scope.workspaceId}::uuid AND m.id = r.id`;
  await dropFileContents(
    scope,
    rows.map((row) => row.id),
  );
}

/** The bytes have arrived; name and size stay for the thread. */
export async function dropFileContents(scope: Scope, messageIds: readonly string[]): Promise<void> {
  await scope.db.$executeRaw`
    UPDATE message_file SET content = NULL WHERE workspace_id = ${scope.workspaceId}::uuid AND message_id = ANY(${[...messageIds]}::uuid[]) AND content IS NOT NULL`;
}

export interface WrittenMessage {
  readonly conversationId: string;
  readonly externalId: string;
  readonly inserted: boolean;
}

/**
 * Writes messages; what is not newer than the stored row changes nothing and is not in the answer. Some things may change at
 * an equal version: the buyer has read it, a picture's moderation is over, our own accepted message is seen in the history.
 */
export async function upsertMessages(scope: Scope, connectionId: string, rows: readonly MessageRow[]): Promise<WrittenMessage[]> {
  if (rows.length === 0) return [];
  return scope.db.$queryRaw<WrittenMessage[]>`
    INSERT INTO message AS m (id, workspace_id, conversation_id, connection_id, external_id, side, author_kind, author_ref, text, attachments, order_number, sku, is_read_by_buyer, moderation, sent_at, source_version_at)
    SELECT r.id, ${scope.workspaceId}::uuid, r."conversationId", ${connectionId}::uuid, r."externalId", r.side::message_side, r."authorKind", r."authorRef", r.text, r.attachments, r."orderNumber", r.sku, r."isRead", r.moderation, r."sentAt", r."versionAt"
    FROM json_to_recordset(${asJson(rows)}::json) AS r(id uuid, "conversationId" uuid, "externalId" text, side text, "authorKind" text, "authorRef" text, text text, attachments jsonb,
      "orderNumber" text, sku text, "isRead" boolean, moderation text, "sentAt" timestamptz, "versionAt" timestamptz)
    ON CONFLICT (conversation_id, external_id) DO UPDATE SET
      side = EXCLUDED.side, author_kind = EXCLUDED.author_kind, author_ref = EXCLUDED.author_ref, text = EXCLUDED.text, attachments = EXCLUDED.attachments,
      order_number = EXCLUDED.order_number, sku = EXCLUDED.sku, is_read_by_buyer = m.is_read_by_buyer OR EXCLUDED.is_read_by_buyer, moderation = coalesce(EXCLUDED.moderation, m.moderation), sent_at = EXCLUDED.sent_at,
      source_version_at = EXCLUDED.source_version_at, send_state = CASE WHEN m.send_state IS NULL THEN NULL ELSE 'confirmed'::send_state END, send_lease_until = NULL, send_next_at = NULL
    WHERE m.source_version_at < EXCLUDED.source_version_at
      OR (m.source_version_at = EXCLUDED.source_version_at AND (
        (EXCLUDED.is_read_by_buyer AND NOT m.is_read_by_buyer)
        OR (EXCLUDED.moderation IS NOT NULL AND m.moderation IS DISTINCT FROM EXCLUDED.moderation)
        OR (m.attachments @> '[{"moderation": "pending"}]' AND m.attachments <> EXCLUDED.attachments)
        OR m.send_state IN ('sending', 'accepted', 'unknown')))
    RETURNING m.conversation_id AS "conversationId", m.external_id AS "externalId", (m.xmax = 0) AS inserted`;
}

export interface ThreadFacts {
  readonly conversationId: string;
  readonly status: ConversationStatus;
  readonly lastMessageAt: Date | null;
  readonly lastText: string | null;
  readonly lastAttachmentName: string | null;
  readonly lastSide: MessageSide | null;
  readonly lastBuyerMessageAt: Date | null;
  /** First buyer's message since the last reply (or since a person settled it); a reply of the same instant does not count. */
  readonly owedSince: Date | null;
}

/** Recomputed from the rows, so the order of arrival never matters. A reply of ours counts once the service has accepted it. */
export async function readThreadFacts(scope: Scope, conversationIds: readonly string[]): Promise<ThreadFacts[]> {
  return scope.db.$queryRaw<ThreadFacts[]>`
    SELECT c.id AS "conversationId", c.status::text AS status, l.sent_at AS "lastMessageAt", l.text AS "lastText", l.attachments -> 0 ->> 'name' AS "lastAttachmentName", l.side::text AS "lastSide",
      b.sent_at AS "lastBuyerMessageAt", o.sent_at AS "owedSince"
    FROM conversation c
    LEFT JOIN LATERAL (SELECT sent_at, text, attachments, side FROM message WHERE conversation_id = c.id AND (send_state IS NULL OR send_state NOT IN ('rejected', 'scheduled')) ORDER BY sent_at DESC, id DESC LIMIT 1) l ON true
    LEFT JOIN LATERAL (SELECT sent_at FROM message WHERE conversation_id = c.id AND side = 'buyer' ORDER BY sent_at DESC, id DESC LIMIT 1) b ON true
    LEFT JOIN LATERAL (SELECT sent_at FROM message WHERE conversation_id = c.id AND side = 'seller' AND (send_state IS NULL OR send_state IN ('accepted', 'confirmed')) ORDER BY sent_at DESC, id DESC LIMIT 1) s ON true
    LEFT JOIN LATERAL (SELECT sent_at FROM message WHERE conversation_id = c.id AND side = 'buyer' AND sent_at >= coalesce(s.sent_at, '-infinity')
      AND sent_at > coalesce(c.answered_until, '-infinity') ORDER BY sent_at, id LIMIT 1) o ON true
    WHERE c.workspace_id = ${scope.workspaceId}::uuid AND c.id = ANY(${[...conversationIds]}::uuid[])`;
}

export interface ConversationUpdate extends ConversationHeader {
  readonly id: string;
  readonly status: ConversationStatus;
  readonly lastMessageAt: Date | null;
  readonly lastMessagePreview: string;
  readonly lastMessageSide: MessageSide | null;
  readonly lastBuyerMessageAt: Date | null;
  readonly waitingSince: Date | null;
  readonly remoteLastMessageId: string | null;
  readonly messageCount: number;
}

export async function updateConversations(scope: Scope, rows: readonly ConversationUpdate[]): Promise<void> {
  if (rows.length === 0) return;
  await scope.db.$executeRaw`
    UPDATE conversation c SET status = r.status::conversation_status, snoozed_until = CASE WHEN r.status = 'snoozed' THEN c.snoozed_until END, remote_status = r."remoteStatus", buyer_ref = r."buyerRef", buyer_name = r."buyerName", order_number = r."orderNumber",
      sku = r.sku, order_schema = r."orderSchema", order_paid_at = r."orderPaidAt", order_delivered_at = r."orderDeliveredAt",
      product_name = r."productName", rating = r.rating, remote_context = r."remoteContext",
      last_message_at = coalesce(r."lastMessageAt", c.last_message_at), last_message_preview = r."lastMessagePreview",
      last_message_side = coalesce(r."lastMessageSide"::message_side, c.last_message_side), last_buyer_message_at = r."lastBuyerMessageAt", waiting_since = r."waitingSince",
      remote_last_message_id = r."remoteLastMessageId", message_count = r."messageCount", updated_at = now()
    FROM json_to_recordset(${asJson(rows)}::json) AS r(id uuid, status text, "remoteStatus" text, "buyerRef" text, "buyerName" text, "orderNumber" text, sku text, "orderSchema" text,
      "orderPaidAt" timestamptz, "orderDeliveredAt" timestamptz, "productName" text, rating integer, "remoteContext" jsonb, "lastMessageAt" timestamptz, "lastMessagePreview" text, "lastMessageSide" text, "lastBuyerMessageAt" timestamptz,
      "waitingSince" timestamptz, "remoteLastMessageId" text, "messageCount" integer)
    WHERE c.workspace_id = ${scope.workspaceId}::uuid AND c.id = r.id`;
}

export async function readHeads(scope: Scope, connectionId: string, externalIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await scope.db.$queryRaw<{ externalId: string; head: string }[]>`
    SELECT external_id AS "externalId", remote_last_message_id AS head FROM conversation
    WHERE workspace_id = ${scope.workspaceId}::uuid AND connection_id = ${connectionId}::uuid AND external_id = ANY(${[...externalIds]}::text[]) AND remote_last_message_id IS NOT NULL`;
  return new Map(rows.map((row) => [row.externalId, row.head]));
}

export async function readClosed(scope: Scope, connectionId: string, externalIds: readonly string[]): Promise<Set<string>> {
  const rows = await scope.db.$queryRaw<{ externalId: string }[]>`
    SELECT external_id AS "externalId" FROM conversation
    WHERE workspace_id = ${scope.workspaceId}::uuid AND connection_id = ${connectionId}::uuid AND external_id = ANY(${[...externalIds]}::text[]) AND status = 'closed'`;
  return new Set(rows.map((row) => row.externalId));
}
