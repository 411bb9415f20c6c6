import type { Viewer } from "@/server/access/index";
import { Prisma } from "@/server/platform/generated/client";
import type { Scope } from "@/server/platform/transaction";
import type { MessageSide, SearchHit } from "../schema";
import { eyesOf, visibleTo } from "../visibility.repository";

export interface SearchRow {
  readonly kind: SearchHit["kind"];
  readonly messageId: string | null;
  readonly noteId: string | null;
  readonly conversationId: string;
  readonly side: MessageSide | null;
  readonly sentAt: Date;
  readonly buyerName: string | null;
  readonly orderNumber: string | null;
  readonly text: string;
  /** Words of the text (folded, see `foldWord`) that answer the question. */
  readonly found: readonly string[];
}

interface Question {
  readonly query: string;
  readonly before?: Date | undefined;
  readonly limit: number;
}

/** Made once a statement, not once a row. */
const asked = (query: string) => Prisma.sql`WITH asked AS MATERIALIZED (SELECT search_query(${query}) AS question)`;
const head = Prisma.sql`coalesce(c.merged_into_id, c.id) AS "conversationId", c.buyer_name AS "buyerName", c.order_number AS "orderNumber"`;

/** The newest `limit` messages that hold all words of the question and that the viewer may see. */
export async function searchMessageRows(scope: Scope, viewer: Viewer, { query, before, limit }: Question): Promise<SearchRow[]> {
  return scope.db.$queryRaw<SearchRow[]>(Prisma.sql`${asked(query)}
    SELECT 'message' AS kind, m.id AS "messageId", NULL::uuid AS "noteId", m.side::text AS side, m.sent_at AS "sentAt", ${head}, m.text, search_found(m.text, asked.question) AS found
    FROM inbox_search_messages(${query}, ${limit}::integer, ${before ?? null}::timestamptz, ${eyesOf(viewer)}) s
    JOIN message m ON m.id = s.message_id AND m.workspace_id = ${scope.workspaceId}::uuid
    JOIN conversation c ON c.id = m.conversation_id AND c.workspace_id = ${scope.workspaceId}::uuid AND ${visibleTo(viewer)} CROSS JOIN asked
    ORDER BY m.sent_at DESC, m.id DESC`);
}

/** The same for notes. Who may read a conversation may read its notes. */
export async function searchNoteRows(scope: Scope, viewer: Viewer, { query, before, limit }: Question): Promise<SearchRow[]> {
  return scope.db.$queryRaw<SearchRow[]>(Prisma.sql`${asked(query)}
    SELECT 'note' AS kind, NULL::uuid AS "messageId", n.id AS "noteId", NULL AS side, n.created_at AS "sentAt", ${head}, n.text, search_found(n.text, asked.question) AS found
    FROM inbox_search_notes(${query}, ${limit}::integer, ${before ?? null}::timestamptz, ${eyesOf(viewer)}) s
    JOIN note n ON n.id = s.note_id AND n.workspace_id = ${scope.workspaceId}::uuid AND n.deleted_at IS NULL
    JOIN conversation c ON c.id = n.conversation_id AND c.workspace_id = ${scope.workspaceId}::uuid AND ${visibleTo(viewer)} CROSS JOIN asked
    ORDER BY n.created_at DESC, n.id DESC`);
}

/** Conversations by names and numbers, the ones written in last first; the text is the line they were found by. */
export async function searchConversationRows(scope: Scope, viewer: Viewer, { query, limit }: Question): Promise<SearchRow[]> {
  return scope.db.$queryRaw<SearchRow[]>(Prisma.sql`${asked(query)}
    SELECT 'conversation' AS kind, NULL::uuid AS "messageId", NULL::uuid AS "noteId", NULL AS side, c.last_message_at AS "sentAt", ${head}, line.text, search_found(line.text, asked.question) AS found
    FROM inbox_search_conversations(${query}, ${limit}::integer, ${eyesOf(viewer)}) s
    JOIN conversation c ON c.id = s.conversation_id AND c.workspace_id = ${scope.workspaceId}::uuid AND ${visibleTo(viewer)} CROSS JOIN asked
    CROSS JOIN LATERAL (SELECT concat_ws(' · ', c.buyer_name, coalesce(c.product_name, (SELECT p.name FROM product p WHERE p.workspace_id = c.workspace_id AND p.connection_id = c.connection_id AND p.sku = c.sku LIMIT 1)),
      c.order_number, c.sku) AS text) line
    ORDER BY c.last_message_at DESC, c.id DESC LIMIT ${limit}`);
}
