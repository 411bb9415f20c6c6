import { Prisma } from "@/server/platform/generated/client";
import type { Scope } from "@/server/platform/transaction";
import type { ConversationStatus, MessageSide } from "./schema";

export interface ConversationFacts {
  readonly id: string;
  readonly connectionId: string;
  readonly organizationId: string;
  readonly channel: string;
  readonly externalId: string;
  readonly status: ConversationStatus;
  readonly remoteStatus: string | null;
  readonly orderSchema: string | null;
  readonly orderPaidAt: Date | null;
  readonly orderDeliveredAt: Date | null;
  readonly lastBuyerMessageAt: Date | null;
  readonly remoteLastMessageId: string | null;
  readonly remoteContext: Readonly<Record<string, string>>;
  readonly createdAt: Date;
  /** Our messages that were not refused. */
  readonly answers: number;
  readonly lastAnswerAt: Date | null;
  readonly buyerRef: string | null;
  readonly buyerName: string | null;
  readonly orderNumber: string | null;
  readonly sku: string | null;
  readonly productName: string | null;
  readonly waitingSince: Date | null;
}

const FACTS = Prisma.sql`c.id, c.connection_id AS "connectionId", c.organization_id AS "organizationId", c.channel, c.external_id AS "externalId", c.status::text AS status, c.remote_status AS "remoteStatus",
  c.order_schema AS "orderSchema", c.order_paid_at AS "orderPaidAt", c.order_delivered_at AS "orderDeliveredAt", c.last_buyer_message_at AS "lastBuyerMessageAt", c.remote_last_message_id AS "remoteLastMessageId",
  c.remote_context AS "remoteContext", c.created_at AS "createdAt", a.answers, a."lastAnswerAt",
  c.buyer_ref AS "buyerRef", c.buyer_name AS "buyerName", c.order_number AS "orderNumber", c.sku, c.product_name AS "productName", c.waiting_since AS "waitingSince"`;

/** A refused message is no answer. */
const ANSWERS = Prisma.sql`CROSS JOIN LATERAL (SELECT count(*)::integer AS answers, max(m.sent_at) AS "lastAnswerAt" FROM message m
  WHERE m.conversation_id = c.id AND m.side = 'seller' AND m.send_state IS DISTINCT FROM 'rejected') a`;

/** Nobody else writes messages or the status of this conversation until the transaction ends. */
export async function lockConversation(scope: Scope, conversationId: string): Promise<void> {
  await scope.db.$queryRaw`SELECT id FROM conversation WHERE workspace_id = ${scope.workspaceId}::uuid AND id = ${conversationId}::uuid FOR NO KEY UPDATE`;
}

/** `lock`: as `lockConversation`, with what is known of it. */
export async function findConversation(scope: Scope, conversationId: string, lock: "lock" | "look"): Promise<ConversationFacts | null> {
  const locking = lock === "lock" ? Prisma.sql`FOR NO KEY UPDATE OF c` : Prisma.empty;
  const [row] = await scope.db.$queryRaw<ConversationFacts[]>(
    Prisma.sql`SELECT ${FACTS} FROM conversation c ${ANSWERS} WHERE c.workspace_id = ${scope.workspaceId}::uuid AND c.id = ${conversationId}::uuid ${locking}`,
  );
  return row ?? null;
}

export interface ThreadHead {
  readonly id: string;
  readonly lastMessageAt: Date | null;
  readonly preview: string;
  readonly lastSide: MessageSide | null;
  readonly waitingSince: Date | null;
}

export async function saveThreadFacts(scope: Scope, heads: readonly ThreadHead[]): Promise<void> {
  await scope.db.$executeRaw`
    UPDATE conversation c SET last_message_at = coalesce(r."lastMessageAt", c.last_message_at), last_message_preview = r.preview,
      last_message_side = coalesce(r."lastSide"::message_side, c.last_message_side), waiting_since = r."waitingSince", updated_at = now()
    FROM json_to_recordset(${JSON.stringify(heads)}::json) AS r(id uuid, "lastMessageAt" timestamptz, preview text, "lastSide" text, "waitingSince" timestamptz)
    WHERE c.workspace_id = ${scope.workspaceId}::uuid AND c.id = r.id`;
}

/** @returns the service time of the newest message up to which is read, in any of the conversations, or null for an unknown message. */
export async function findReadMoment(scope: Scope, conversationIds: readonly string[], messageId: string | undefined): Promise<Date | null> {
  const row = await scope.db.message.findFirst({
    where: { workspaceId: scope.workspaceId, conversationId: { in: [...conversationIds] }, ...(messageId === undefined ? {} : { id: messageId }) },
    orderBy: [{ sentAt: "desc" }, { id: "desc" }],
    select: { sentAt: true },
  });
  return row?.sentAt ?? null;
}

/** Never backwards. */
export async function saveRead(scope: Scope, conversationId: string, userId: string, readAt: Date): Promise<boolean> {
  const changed = await scope.db.$executeRaw`
    INSERT INTO conversation_read AS r (conversation_id, user_id, workspace_id, read_at) VALUES (${conversationId}::uuid, ${userId}::uuid, ${scope.workspaceId}::uuid, ${readAt}::timestamptz)
    ON CONFLICT (conversation_id, user_id) DO UPDATE SET read_at = EXCLUDED.read_at WHERE r.read_at < EXCLUDED.read_at`;
  return changed > 0;
}

/** Newest buyer's message the service knows by id, for telling it what was read. */
export async function findNewestBuyerMessageId(scope: Scope, conversationId: string): Promise<string | null> {
  const row = await scope.db.message.findFirst({
    where: { workspaceId: scope.workspaceId, conversationId, side: "buyer", externalId: { not: null } },
    orderBy: [{ sentAt: "desc" }, { id: "desc" }],
    select: { externalId: true },
  });
  return row?.externalId ?? null;
}

export async function findAttachmentSource(scope: Scope, messageId: string): Promise<{ connectionId: string; attachments: unknown } | null> {
  return scope.db.message.findFirst({ where: { workspaceId: scope.workspaceId, id: messageId }, select: { connectionId: true, attachments: true } });
}

export async function findOrganizationName(scope: Scope, id: string): Promise<string | null> {
  return (await scope.db.organization.findFirst({ where: { workspaceId: scope.workspaceId, id }, select: { name: true } }))?.name ?? null;
}
