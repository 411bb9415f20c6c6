import type { Viewer } from "@/server/access/index";
import { Prisma } from "@/server/platform/generated/client";
import type { Scope } from "@/server/platform/transaction";
import type { ConversationStatus } from "../schema";
import { visibleTo } from "../visibility.repository";

/** Heads of merged threads that any of these conversations belongs to. */
export async function listHeads(scope: Scope, conversationIds: readonly string[]): Promise<string[]> {
  const rows = await scope.db.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT k.merged_into_id AS id FROM conversation k
    WHERE k.workspace_id = ${scope.workspaceId}::uuid AND k.merged_into_id IS NOT NULL
      AND k.merged_into_id IN (SELECT coalesce(c.merged_into_id, c.id) FROM conversation c WHERE c.workspace_id = ${scope.workspaceId}::uuid AND c.id = ANY(${[...conversationIds]}::uuid[]))`;
  return rows.map(({ id }) => id);
}

/** Open conversations behind a head that its service has closed stand for themselves again. */
export async function releaseFromClosed(scope: Scope, headIds: readonly string[]): Promise<{ id: string; headId: string }[]> {
  return scope.db.$queryRaw<{ id: string; headId: string }[]>`
    UPDATE conversation c SET merged_into_id = NULL, updated_at = now() FROM conversation h
    WHERE c.workspace_id = ${scope.workspaceId}::uuid AND h.workspace_id = ${scope.workspaceId}::uuid AND c.merged_into_id = h.id AND h.id = ANY(${[...headIds]}::uuid[])
      AND h.status = 'closed' AND c.status = 'open' RETURNING c.id, h.id AS "headId"`;
}

/** Of the whole thread: the newest message, the longest wait, the earliest deadline; open when one part is open. */
export async function alignHeadRows(scope: Scope, headIds: readonly string[]): Promise<void> {
  await scope.db.$executeRaw`
    WITH parts AS (
      SELECT h.id AS head, p.* FROM conversation h JOIN conversation p ON p.id = h.id OR p.merged_into_id = h.id
      WHERE h.workspace_id = ${scope.workspaceId}::uuid AND h.id = ANY(${[...headIds]}::uuid[])
    ), newest AS (SELECT DISTINCT ON (head) head, last_message_at, last_message_preview, last_message_side FROM parts ORDER BY head, last_message_at DESC, id DESC),
    due AS (SELECT DISTINCT ON (head) head, next_deadline_at, next_deadline_kind, deadline_state FROM parts WHERE deadline_state IS NOT NULL ORDER BY head, next_deadline_at NULLS LAST, id),
    sums AS (SELECT head, min(waiting_since) AS waiting_since, bool_or(status = 'open') AS is_open, max(last_buyer_message_at) AS last_buyer FROM parts GROUP BY head)
    UPDATE conversation c SET last_message_at = n.last_message_at, last_message_preview = n.last_message_preview, last_message_side = n.last_message_side, waiting_since = s.waiting_since,
      next_deadline_at = d.next_deadline_at, next_deadline_kind = d.next_deadline_kind, deadline_state = d.deadline_state,
      status = CASE WHEN s.is_open AND c.status IN ('resolved', 'pending', 'snoozed') THEN 'open' ELSE c.status END,
      snoozed_until = CASE WHEN s.is_open THEN NULL ELSE c.snoozed_until END, updated_at = now()
    FROM newest n JOIN sums s ON s.head = n.head LEFT JOIN due d ON d.head = n.head
    WHERE c.workspace_id = ${scope.workspaceId}::uuid AND c.id = n.head`;
}

export interface SuggestionRow {
  readonly id: string;
  readonly channel: string;
  readonly connectionId: string;
  readonly buyerName: string | null;
  readonly orderNumber: string | null;
  readonly status: ConversationStatus;
  readonly lastMessageAt: Date;
  readonly lastMessagePreview: string;
  readonly reason: "same_buyer" | "same_order";
}

/** Not merged yet, newest first: of the same buyer at the same shop, or about the same order. */
export async function listMergeable(scope: Scope, viewer: Viewer, conversationId: string, limit: number): Promise<SuggestionRow[]> {
  const base = Prisma.sql`SELECT b.id, b.connection_id, b.buyer_ref, b.order_number FROM conversation b WHERE b.workspace_id = ${scope.workspaceId}::uuid AND b.id = ${conversationId}::uuid`;
  const free = Prisma.sql`c.workspace_id = ${scope.workspaceId}::uuid AND c.merged_into_id IS NULL AND c.id <> b.id AND ${visibleTo(viewer)}
    AND NOT EXISTS (SELECT FROM conversation k WHERE k.merged_into_id = c.id)`;
  const columns = Prisma.sql`c.id, c.channel, c.connection_id AS "connectionId", c.buyer_name AS "buyerName", c.order_number AS "orderNumber", c.status::text AS status,
    c.last_message_at AS "lastMessageAt", c.last_message_preview AS "lastMessagePreview"`;
  return scope.db.$queryRaw<SuggestionRow[]>(Prisma.sql`
    SELECT DISTINCT ON ("lastMessageAt", id) * FROM (
      (SELECT ${columns}, 'same_order' AS reason FROM (${base}) b JOIN conversation c ON c.order_number = b.order_number WHERE ${free} LIMIT ${limit})
      UNION ALL
      (SELECT ${columns}, 'same_buyer' AS reason FROM (${base}) b JOIN conversation c ON c.connection_id = b.connection_id AND c.buyer_ref = b.buyer_ref WHERE ${free}
        ORDER BY c.last_message_at DESC, c.id DESC LIMIT ${limit})
    ) found ORDER BY "lastMessageAt" DESC, id DESC, reason DESC LIMIT ${limit}`);
}

export async function saveMerged(scope: Scope, conversationIds: readonly string[], headId: string | null): Promise<void> {
  await scope.db.conversation.updateMany({ where: { workspaceId: scope.workspaceId, id: { in: [...conversationIds] } }, data: { mergedIntoId: headId } });
}

export async function countParts(scope: Scope, headId: string): Promise<number> {
  return scope.db.conversation.count({ where: { workspaceId: scope.workspaceId, mergedIntoId: headId } });
}
