import { Prisma } from "@/server/platform/generated/client";
import type { Scope } from "@/server/platform/transaction";
import { COUNT_LIMIT, type ConversationStatus, type ListConversationsInput, type MessageSide, type SendState, type ViewCounts } from "./schema";

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
  readonly lastMessageAt: Date;
  readonly lastMessagePreview: string;
  readonly lastMessageSide: MessageSide;
  readonly waitingSince: Date | null;
  readonly messageCount: number;
  readonly unread: boolean;
  readonly sendTrouble: "queued" | "sending" | "unknown" | "rejected" | null;
}

const SUMMARY = Prisma.sql`c.id, c.connection_id AS "connectionId", c.organization_id AS "organizationId", c.channel, c.external_id AS "externalId", c.buyer_name AS "buyerName",
  c.buyer_ref AS "buyerRef", c.status::text AS status, c.remote_status AS "remoteStatus", c.order_number AS "orderNumber", c.sku, c.last_message_at AS "lastMessageAt",
  c.last_message_preview AS "lastMessagePreview", c.last_message_side::text AS "lastMessageSide", c.waiting_since AS "waitingSince", c.message_count AS "messageCount"`;

/** The buyer has the last word and this person has not seen it: what a colleague answered asks nobody for attention. */
const unreadBy = (userId: string) => Prisma.sql`(c.last_message_side = 'buyer' AND c.last_buyer_message_at IS NOT NULL AND NOT EXISTS
  (SELECT FROM conversation_read r WHERE r.conversation_id = c.id AND r.user_id = ${userId}::uuid AND r.read_at >= c.last_buyer_message_at))`;

/** The head of what is on its way, else a refused message that is the conversation's newest word of ours. */
const TROUBLE = Prisma.sql`coalesce(
  (SELECT m.send_state::text FROM message m WHERE m.conversation_id = c.id AND m.send_state IN ('queued', 'sending', 'unknown') ORDER BY m.id LIMIT 1),
  (SELECT 'rejected' FROM message m WHERE m.conversation_id = c.id AND m.external_id IS NULL AND m.send_state = 'rejected' AND m.send_error_code IS DISTINCT FROM 'inbox.send_cancelled' AND m.sent_at >= c.last_message_at LIMIT 1))`;

/** Trims the row's extra columns only after the page is cut, so that sub-selects run for 50 rows and not for all. */
function decorated(userId: string, page: Prisma.Sql, order: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`SELECT ${SUMMARY}, ${unreadBy(userId)} AS unread, ${TROUBLE} AS "sendTrouble" FROM (${page}) c ORDER BY ${order}`;
}

const NEWEST_FIRST = Prisma.sql`c.last_message_at DESC, c.id DESC`;
const LONGEST_WAIT_FIRST = Prisma.sql`c.waiting_since, c.id`;

/** Keyset page: `limit + 1` rows, so that the caller sees whether more follow. */
export async function listConversationRows(scope: Scope, userId: string, input: ListConversationsInput): Promise<SummaryRow[]> {
  const waiting = input.sort === "waiting";
  const where = [Prisma.sql`c.workspace_id = ${scope.workspaceId}::uuid`, ...filters(userId, input)];
  if (waiting) where.push(Prisma.sql`c.waiting_since IS NOT NULL`);
  if (input.cursor !== undefined) {
    const { at, id } = input.cursor;
    where.push(
      waiting
        ? Prisma.sql`(c.waiting_since, c.id) > (${at}::timestamptz, ${id}::uuid)`
        : Prisma.sql`(c.last_message_at, c.id) < (${at}::timestamptz, ${id}::uuid)`,
    );
  }
  const order = waiting ? LONGEST_WAIT_FIRST : NEWEST_FIRST;
  const page = Prisma.sql`SELECT c.* FROM conversation c WHERE ${Prisma.join(where, " AND ")} ORDER BY ${order} LIMIT ${input.limit + 1}`;
  return scope.db.$queryRaw<SummaryRow[]>(decorated(userId, page, order));
}

/** The newest hits a search looks through; a rarer word than that shows all of its conversations. */
const SEARCH_DEPTH = 1_000;

function filters(userId: string, input: ListConversationsInput): Prisma.Sql[] {
  const where: Prisma.Sql[] = [];
  if (input.statuses !== undefined && input.statuses.length > 0) where.push(anyStatus(input.statuses));
  if (input.connectionIds !== undefined && input.connectionIds.length > 0) where.push(Prisma.sql`c.connection_id = ANY(${[...input.connectionIds]}::uuid[])`);
  if (input.channels !== undefined && input.channels.length > 0) where.push(Prisma.sql`c.channel = ANY(${[...input.channels]}::text[])`);
  if (input.waiting) where.push(Prisma.sql`c.waiting_since IS NOT NULL`);
  if (input.unread) where.push(unreadBy(userId));
  if (input.orderNumber !== undefined && input.orderNumber !== "") where.push(Prisma.sql`c.id IN (${byOrder(input.orderNumber)})`);
  if (input.search !== undefined && input.search !== "") {
    where.push(
      Prisma.sql`c.id IN (SELECT s.conversation_id FROM inbox_search_messages(${input.search}, ${SEARCH_DEPTH}::integer, NULL) s UNION ${byOrder(input.search)})`,
    );
  }
  return where;
}

/** One status compares as itself: only then can an index give the rows in order. */
function anyStatus(statuses: readonly ConversationStatus[]): Prisma.Sql {
  const [only] = statuses;
  return statuses.length === 1 ? Prisma.sql`c.status = ${only}::conversation_status` : Prisma.sql`c.status = ANY(${[...statuses]}::conversation_status[])`;
}

const byOrder = (term: string) => Prisma.sql`SELECT o.conversation_id FROM inbox_search_order(${term.replace(/[\\%_]/g, "\\$&")}, ${SEARCH_DEPTH}::integer) o`;

export async function findSummary(scope: Scope, userId: string, conversationId: string): Promise<SummaryRow | null> {
  const page = Prisma.sql`SELECT c.* FROM conversation c WHERE c.workspace_id = ${scope.workspaceId}::uuid AND c.id = ${conversationId}::uuid`;
  const [row] = await scope.db.$queryRaw<SummaryRow[]>(decorated(userId, page, NEWEST_FIRST));
  return row ?? null;
}

/** Each count stops at COUNT_LIMIT: nobody reads "38 214 unread", and nobody waits for it. */
export async function countViews(scope: Scope, userId: string): Promise<ViewCounts> {
  const limited = (condition: Prisma.Sql) =>
    Prisma.sql`(SELECT count(*)::integer FROM (SELECT FROM conversation c WHERE c.workspace_id = ${scope.workspaceId}::uuid AND ${condition} LIMIT ${COUNT_LIMIT}) limited)`;
  const [row] = await scope.db.$queryRaw<ViewCounts[]>(Prisma.sql`SELECT
    ${limited(Prisma.sql`c.status = ANY('{open,pending,snoozed}'::conversation_status[])`)} AS active,
    ${limited(Prisma.sql`c.waiting_since IS NOT NULL`)} AS waiting,
    ${limited(unreadBy(userId))} AS unread,
    ${limited(Prisma.sql`c.status = 'resolved'`)} AS resolved,
    ${limited(Prisma.sql`c.status = 'closed'`)} AS closed`);
  return row ?? { active: 0, waiting: 0, unread: 0, resolved: 0, closed: 0 };
}

export interface ThreadRow {
  readonly id: string;
  readonly side: MessageSide;
  readonly authorKind: string;
  readonly authorRef: string | null;
  readonly authorUserId: string | null;
  readonly text: string;
  readonly attachments: unknown;
  readonly orderNumber: string | null;
  readonly sku: string | null;
  readonly isReadByBuyer: boolean;
  readonly sentAt: Date;
  readonly sendId: string | null;
  readonly sendState: SendState | null;
  readonly sendAttempts: number;
  readonly sendNextAt: Date | null;
  readonly sendErrorCode: string | null;
  readonly sendErrorText: string | null;
  readonly fileName: string | null;
  readonly fileSize: number | null;
  readonly fileType: string | null;
}

/** Newest first, `limit + 1` rows. */
export async function listMessageRows(
  scope: Scope,
  conversationId: string,
  before: { readonly at: Date; readonly id: string } | undefined,
  limit: number,
): Promise<ThreadRow[]> {
  const older = before === undefined ? Prisma.empty : Prisma.sql`AND (m.sent_at, m.id) < (${before.at}::timestamptz, ${before.id}::uuid)`;
  return scope.db.$queryRaw<ThreadRow[]>(Prisma.sql`
    SELECT m.id, m.side::text AS side, m.author_kind AS "authorKind", m.author_ref AS "authorRef", m.author_user_id AS "authorUserId", m.text, m.attachments, m.order_number AS "orderNumber", m.sku,
      m.is_read_by_buyer AS "isReadByBuyer", m.sent_at AS "sentAt", m.send_id AS "sendId", m.send_state::text AS "sendState", m.send_attempts AS "sendAttempts", m.send_next_at AS "sendNextAt",
      m.send_error_code AS "sendErrorCode", m.send_error_text AS "sendErrorText", f.name AS "fileName", f.size AS "fileSize", f.content_type AS "fileType"
    FROM message m LEFT JOIN message_file f ON f.message_id = m.id AND f.workspace_id = m.workspace_id
    WHERE m.workspace_id = ${scope.workspaceId}::uuid AND m.conversation_id = ${conversationId}::uuid ${older}
    ORDER BY m.sent_at DESC, m.id DESC LIMIT ${limit + 1}`);
}

export interface SearchRow {
  readonly messageId: string;
  readonly conversationId: string;
  readonly side: MessageSide;
  readonly sentAt: Date;
  readonly buyerName: string | null;
  readonly orderNumber: string | null;
  readonly headline: string;
}

/** Newest first. The words found are put between `start` and `stop`. */
export async function searchMessageRows(
  scope: Scope,
  search: { readonly query: string; readonly before: Date | undefined; readonly limit: number; readonly start: string; readonly stop: string },
): Promise<SearchRow[]> {
  const options = `StartSel="${search.start}", StopSel="${search.stop}", MaxWords=24, MinWords=8, ShortWord=2`;
  return scope.db.$queryRaw<SearchRow[]>`
    SELECT m.id AS "messageId", m.conversation_id AS "conversationId", m.side::text AS side, m.sent_at AS "sentAt", c.buyer_name AS "buyerName", c.order_number AS "orderNumber",
      ts_headline('russian', m.text, websearch_to_tsquery('russian', ${search.query}), ${options}) AS headline
    FROM inbox_search_messages(${search.query}, ${search.limit + 1}::integer, ${search.before ?? null}::timestamptz) s
    JOIN message m ON m.id = s.message_id AND m.workspace_id = ${scope.workspaceId}::uuid
    JOIN conversation c ON c.id = m.conversation_id AND c.workspace_id = ${scope.workspaceId}::uuid
    ORDER BY m.sent_at DESC, m.id DESC`;
}

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
}

const FACTS = Prisma.sql`c.id, c.connection_id AS "connectionId", c.organization_id AS "organizationId", c.channel, c.external_id AS "externalId", c.status::text AS status, c.remote_status AS "remoteStatus",
  c.order_schema AS "orderSchema", c.order_paid_at AS "orderPaidAt", c.order_delivered_at AS "orderDeliveredAt", c.last_buyer_message_at AS "lastBuyerMessageAt", c.remote_last_message_id AS "remoteLastMessageId"`;

/** `lock`: nobody else writes messages or the status of this conversation until the transaction ends. */
export async function findConversation(scope: Scope, conversationId: string, lock: "lock" | "look"): Promise<ConversationFacts | null> {
  const locking = lock === "lock" ? Prisma.sql`FOR NO KEY UPDATE` : Prisma.empty;
  const [row] = await scope.db.$queryRaw<ConversationFacts[]>(
    Prisma.sql`SELECT ${FACTS} FROM conversation c WHERE c.workspace_id = ${scope.workspaceId}::uuid AND c.id = ${conversationId}::uuid ${locking}`,
  );
  return row ?? null;
}

export interface ThreadHead {
  readonly lastMessageAt: Date | null;
  readonly preview: string;
  readonly lastSide: MessageSide | null;
  readonly waitingSince: Date | null;
}

export async function saveThreadFacts(scope: Scope, conversationId: string, head: ThreadHead): Promise<void> {
  await scope.db.$executeRaw`
    UPDATE conversation SET last_message_at = coalesce(${head.lastMessageAt}::timestamptz, last_message_at), last_message_preview = ${head.preview},
      last_message_side = coalesce(${head.lastSide}::message_side, last_message_side), waiting_since = ${head.waitingSince}::timestamptz, updated_at = now()
    WHERE workspace_id = ${scope.workspaceId}::uuid AND id = ${conversationId}::uuid`;
}

/** Settling by hand ends the wait up to the newest buyer's message; opening again counts it anew. */
export async function updateStatus(scope: Scope, conversationId: string, status: ConversationStatus): Promise<void> {
  await scope.db.$executeRaw`
    UPDATE conversation SET status = ${status}::conversation_status, answered_until = CASE WHEN ${status} = 'resolved' THEN last_buyer_message_at WHEN ${status} = 'open' THEN NULL ELSE answered_until END,
      updated_at = now()
    WHERE workspace_id = ${scope.workspaceId}::uuid AND id = ${conversationId}::uuid`;
}

/** @returns the service time of the newest message up to which is read, or null for an unknown message. */
export async function findReadMoment(scope: Scope, conversationId: string, messageId: string | undefined): Promise<Date | null> {
  const row = await scope.db.message.findFirst({
    where: { workspaceId: scope.workspaceId, conversationId, ...(messageId === undefined ? {} : { id: messageId }) },
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

export interface WaitingSummary {
  readonly count: number;
  readonly longestSince: Date | null;
}

export async function summarizeWaiting(scope: Scope): Promise<WaitingSummary> {
  const [row] = await scope.db.$queryRaw<WaitingSummary[]>`
    SELECT count(*)::integer AS count, min(waiting_since) AS "longestSince" FROM conversation WHERE workspace_id = ${scope.workspaceId}::uuid AND waiting_since IS NOT NULL`;
  return row ?? { count: 0, longestSince: null };
}
