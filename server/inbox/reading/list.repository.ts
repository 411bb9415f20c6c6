import type { Viewer } from "@/server/access/index";
import { Prisma } from "@/server/platform/generated/client";
import type { Scope } from "@/server/platform/transaction";
import type { ConversationFilter, ConversationSort, ConversationStatus, LabelColor, ListConversationsInput, MessageSide } from "../schema";
import { visibleTo } from "../visibility.repository";
import { conditionsOf, unreadBy } from "./filter.repository";
import { TROUBLE } from "./trouble.repository";

export interface SummaryRow {
  readonly id: string;
  readonly connectionId: string;
  readonly organizationId: string;
  readonly channel: string;
  readonly externalId: string;
  readonly buyerName: string | null;
  readonly buyerRef: string | null;
  readonly status: ConversationStatus;
  readonly remoteStatus: string | null;
  readonly orderNumber: string | null;
  readonly sku: string | null;
  readonly productName: string | null;
  readonly rating: number | null;
  readonly lastMessageAt: Date;
  readonly lastMessagePreview: string;
  readonly lastMessageSide: MessageSide;
  readonly waitingSince: Date | null;
  readonly messageCount: number;
  readonly priority: number;
  readonly snoozedUntil: Date | null;
  readonly nextDeadlineAt: Date | null;
  readonly nextDeadlineKind: string | null;
  readonly deadlineState: string | null;
  readonly mergedIntoId: string | null;
  readonly assigneeId: string | null;
  readonly assigneeName: string | null;
  readonly teamId: string | null;
  readonly teamName: string | null;
  readonly labels: readonly { readonly id: string; readonly name: string; readonly color: LabelColor }[];
  readonly mergedCount: number;
  readonly hasDraft: boolean;
  readonly unread: boolean;
  readonly sendTrouble: "queued" | "sending" | "unknown" | "rejected" | null;
}

const SUMMARY = Prisma.sql`c.id, c.connection_id AS "connectionId", c.organization_id AS "organizationId", c.channel, c.external_id AS "externalId", c.buyer_name AS "buyerName",
  c.buyer_ref AS "buyerRef", c.status::text AS status, c.remote_status AS "remoteStatus", c.order_number AS "orderNumber", c.sku, c.product_name AS "productName", c.rating,
  c.last_message_at AS "lastMessageAt", c.last_message_preview AS "lastMessagePreview", c.last_message_side::text AS "lastMessageSide", c.waiting_since AS "waitingSince",
  c.message_count AS "messageCount", c.priority, c.snoozed_until AS "snoozedUntil", c.next_deadline_at AS "nextDeadlineAt", c.next_deadline_kind AS "nextDeadlineKind",
  c.deadline_state AS "deadlineState", c.merged_into_id AS "mergedIntoId", c.assignee_id AS "assigneeId", c.team_id AS "teamId"`;

/** Runs the row's sub-selects only after the page is cut: for 50 rows and not for all. */
function decorated(viewer: Viewer, page: Prisma.Sql, order: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`SELECT ${SUMMARY}, ${unreadBy(viewer.userId)} AS unread, ${TROUBLE} AS "sendTrouble",
    (SELECT u.name FROM "user" u WHERE u.id = c.assignee_id) AS "assigneeName", (SELECT t.name FROM team t WHERE t.id = c.team_id) AS "teamName",
    coalesce((SELECT json_agg(json_build_object('id', l.id, 'name', l.name, 'color', l.color) ORDER BY l.name) FROM conversation_label cl JOIN label l ON l.id = cl.label_id
      WHERE cl.conversation_id = c.id), '[]') AS labels,
    (SELECT count(*)::integer FROM conversation k WHERE k.merged_into_id = c.id) AS "mergedCount",
    EXISTS (SELECT FROM draft d WHERE d.conversation_id = c.id AND d.user_id = ${viewer.userId}::uuid) AS "hasDraft"
    FROM (${page}) c ORDER BY ${order}`;
}

const NEWEST_FIRST = Prisma.sql`c.last_message_at DESC, c.id DESC`;

type Cursor = NonNullable<ListConversationsInput["cursor"]>;

interface Order {
  readonly by: Prisma.Sql;
  readonly after: (cursor: Cursor) => Prisma.Sql;
  /** Rows that have no place in this order. */
  readonly without?: Prisma.Sql;
}

const ORDERS: Readonly<Record<ConversationSort, Order>> = {
  newest: { by: NEWEST_FIRST, after: ({ at, id }) => Prisma.sql`(c.last_message_at, c.id) < (${at}::timestamptz, ${id}::uuid)` },
  oldest: { by: Prisma.sql`c.last_message_at, c.id`, after: ({ at, id }) => Prisma.sql`(c.last_message_at, c.id) > (${at}::timestamptz, ${id}::uuid)` },
  waiting: {
    by: Prisma.sql`c.waiting_since, c.id`,
    after: ({ at, id }) => Prisma.sql`(c.waiting_since, c.id) > (${at}::timestamptz, ${id}::uuid)`,
    without: Prisma.sql`c.waiting_since IS NOT NULL`,
  },
  due: {
    by: Prisma.sql`c.next_deadline_at, c.id`,
    after: ({ at, id }) => Prisma.sql`(c.next_deadline_at, c.id) > (${at}::timestamptz, ${id}::uuid)`,
    without: Prisma.sql`c.next_deadline_at IS NOT NULL`,
  },
  priority: {
    by: Prisma.sql`c.priority DESC, c.last_message_at DESC, c.id DESC`,
    after: ({ at, id, priority = 0 }) => Prisma.sql`(c.priority, c.last_message_at, c.id) < (${priority}::smallint, ${at}::timestamptz, ${id}::uuid)`,
  },
};

/** Keyset page: `limit + 1` rows, so that the caller sees whether more follow. */
export async function listConversationRows(scope: Scope, viewer: Viewer, input: ListConversationsInput, now: Date): Promise<SummaryRow[]> {
  const order = ORDERS[input.sort];
  const where = await conditionsOf(scope, viewer, input, now);
  if (order.without !== undefined) where.push(order.without);
  if (input.cursor !== undefined) where.push(order.after(input.cursor));
  const page = Prisma.sql`SELECT c.* FROM conversation c WHERE ${Prisma.join(where, " AND ")} ORDER BY ${order.by} LIMIT ${input.limit + 1}`;
  return scope.db.$queryRaw<SummaryRow[]>(decorated(viewer, page, order.by));
}

/** Null when it does not exist or is out of the viewer's scope. */
export async function findSummary(scope: Scope, viewer: Viewer, conversationId: string): Promise<SummaryRow | null> {
  const page = Prisma.sql`SELECT c.* FROM conversation c WHERE c.workspace_id = ${scope.workspaceId}::uuid AND c.id = ${conversationId}::uuid AND ${visibleTo(viewer)}`;
  const [row] = await scope.db.$queryRaw<SummaryRow[]>(decorated(viewer, page, NEWEST_FIRST));
  return row ?? null;
}

/** Ids that match a filter, newest first. */
export async function listMatchingIds(scope: Scope, viewer: Viewer, filter: ConversationFilter, limit: number, now: Date): Promise<string[]> {
  const where = Prisma.join(await conditionsOf(scope, viewer, filter, now), " AND ");
  const rows = await scope.db.$queryRaw<{ id: string }[]>(Prisma.sql`SELECT c.id FROM conversation c WHERE ${where} ORDER BY ${NEWEST_FIRST} LIMIT ${limit}`);
  return rows.map(({ id }) => id);
}
