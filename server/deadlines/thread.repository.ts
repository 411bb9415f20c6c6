import type { Scope } from "@/server/platform/transaction";

/** A reply of ours: written by a person, here (and accepted) or in the marketplace's own cabinet. */
const BOTS: readonly string[] = ["bot", "system", "crm", "notification"];
/** Of each conversation this many newest messages are read: what was before them is settled or does not change. */
export const MESSAGE_WINDOW = 60;
const MOST_EVENTS = 100;

export interface ThreadConversation {
  readonly id: string;
  readonly connectionId: string;
  readonly channel: string;
  readonly buyerName: string | null;
  readonly assigneeId: string | null;
  readonly teamId: string | null;
  readonly labelIds: readonly string[];
  readonly status: "open" | "pending" | "snoozed" | "resolved" | "closed";
  readonly snoozedUntil: Date | null;
  readonly answeredUntil: Date | null;
  readonly waitingSince: Date | null;
  readonly updatedAt: Date;
  readonly nextDeadlineAt: Date | null;
  readonly nextDeadlineKind: string | null;
  readonly deadlineState: string | null;
}

const asList = (ids: readonly string[]) => [...ids];

/** Of these conversations, the heads of merged threads: themselves or what they were merged into. */
export async function listMergeHeads(scope: Scope, conversationIds: readonly string[]): Promise<string[]> {
  const rows = await scope.db.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT coalesce(c.merged_into_id, c.id) AS id FROM conversation c
    WHERE c.workspace_id = ${scope.workspaceId}::uuid AND c.id = ANY(${asList(conversationIds)}::uuid[])
      AND (c.merged_into_id IS NOT NULL OR EXISTS (SELECT FROM conversation p WHERE p.workspace_id = ${scope.workspaceId}::uuid AND p.merged_into_id = c.id))`;
  return rows.map(({ id }) => id);
}

/** In the order in which ingests lock, so that the two never wait for each other; nobody else writes these conversations until the transaction ends. */
export async function lockThreads(scope: Scope, conversationIds: readonly string[]): Promise<void> {
  await scope.db.$queryRaw`
    SELECT id FROM conversation WHERE workspace_id = ${scope.workspaceId}::uuid AND id = ANY(${asList(conversationIds)}::uuid[])
    ORDER BY connection_id, external_id FOR NO KEY UPDATE`;
}

export async function readThreadConversations(scope: Scope, conversationIds: readonly string[]): Promise<ThreadConversation[]> {
  return scope.db.$queryRaw<ThreadConversation[]>`
    SELECT c.id, c.connection_id AS "connectionId", c.channel, c.buyer_name AS "buyerName", c.assignee_id AS "assigneeId", c.team_id AS "teamId", c.status::text AS status, c.snoozed_until AS "snoozedUntil",
      c.answered_until AS "answeredUntil", c.waiting_since AS "waitingSince", c.updated_at AS "updatedAt", c.next_deadline_at AS "nextDeadlineAt",
      c.next_deadline_kind AS "nextDeadlineKind", c.deadline_state AS "deadlineState",
      ARRAY(SELECT l.label_id::text FROM conversation_label l WHERE l.workspace_id = ${scope.workspaceId}::uuid AND l.conversation_id = c.id) AS "labelIds"
    FROM conversation c WHERE c.workspace_id = ${scope.workspaceId}::uuid AND c.id = ANY(${asList(conversationIds)}::uuid[])`;
}

export interface ThreadMessage {
  readonly conversationId: string;
  readonly at: Date;
  readonly isBuyer: boolean;
}

/** Words that count, newest first a conversation, at most `MESSAGE_WINDOW` of each. */
export async function readThreadMessages(scope: Scope, conversationIds: readonly string[]): Promise<ThreadMessage[]> {
  return scope.db.$queryRaw<ThreadMessage[]>`
    SELECT t.id AS "conversationId", m.sent_at AS at, m.side = 'buyer' AS "isBuyer"
    FROM unnest(${asList(conversationIds)}::uuid[]) AS t(id)
    CROSS JOIN LATERAL (
      SELECT sent_at, side, id FROM message WHERE workspace_id = ${scope.workspaceId}::uuid AND conversation_id = t.id
        AND (side = 'buyer' OR (side = 'seller' AND author_kind <> ALL(${asList(BOTS)}::text[]) AND (send_state IS NULL OR send_state IN ('accepted', 'confirmed'))))
      ORDER BY sent_at DESC, id DESC LIMIT ${MESSAGE_WINDOW}
    ) m ORDER BY t.id, m.sent_at DESC, m.id DESC`;
}

/** Which of these conversations had a reply of ours before the given moment. */
export async function repliedBefore(scope: Scope, cuts: readonly { readonly id: string; readonly before: Date }[]): Promise<Set<string>> {
  const rows = await scope.db.$queryRaw<{ id: string }[]>`
    SELECT t.id FROM json_to_recordset(${JSON.stringify(cuts)}::json) AS t(id uuid, before timestamptz)
    WHERE EXISTS (SELECT FROM message m WHERE m.workspace_id = ${scope.workspaceId}::uuid AND m.conversation_id = t.id AND m.sent_at < t.before
      AND m.side = 'seller' AND m.author_kind <> ALL(${asList(BOTS)}::text[]) AND (m.send_state IS NULL OR m.send_state IN ('accepted', 'confirmed')))`;
  return new Set(rows.map(({ id }) => id));
}

export interface ThreadEvent {
  readonly conversationId: string;
  readonly at: Date;
  readonly actorKind: string;
  readonly type: string;
  readonly data: unknown;
}

/** What moved the status, newest first. */
export async function readThreadEvents(scope: Scope, conversationIds: readonly string[]): Promise<ThreadEvent[]> {
  return scope.db.$queryRaw<ThreadEvent[]>`
    SELECT t.id AS "conversationId", e.at, e.actor_kind AS "actorKind", e.type, e.data
    FROM unnest(${asList(conversationIds)}::uuid[]) AS t(id)
    CROSS JOIN LATERAL (
      SELECT at, id, actor_kind, type, data FROM conversation_event WHERE workspace_id = ${scope.workspaceId}::uuid AND conversation_id = t.id AND type IN ('status', 'snoozed', 'woken')
      ORDER BY at DESC, id DESC LIMIT ${MOST_EVENTS}
    ) e`;
}

export interface OutageRow {
  readonly connectionId: string;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
}

export async function readOutages(scope: Scope, connectionIds: readonly string[], since: Date): Promise<OutageRow[]> {
  return scope.db.connectionOutage.findMany({
    where: { workspaceId: scope.workspaceId, connectionId: { in: asList(connectionIds) }, OR: [{ endedAt: null }, { endedAt: { gt: since } }] },
    select: { connectionId: true, startedAt: true, endedAt: true },
    orderBy: { startedAt: "asc" },
  });
}

/** Conversations that owe a reply, or did when they were last looked at. */
export async function listOwing(scope: Scope, after: string | null, limit: number): Promise<string[]> {
  const rows = await scope.db.$queryRaw<{ id: string }[]>`
    SELECT id FROM (
      SELECT id FROM conversation WHERE workspace_id = ${scope.workspaceId}::uuid AND waiting_since IS NOT NULL AND (${after}::uuid IS NULL OR id > ${after}::uuid)
      UNION SELECT conversation_id FROM deadline WHERE workspace_id = ${scope.workspaceId}::uuid AND settled_at IS NULL AND (${after}::uuid IS NULL OR conversation_id > ${after}::uuid)
    ) owing ORDER BY id LIMIT ${limit}`;
  return rows.map(({ id }) => id);
}

/** Those of one connection that wait, in the order of their ids. */
export async function listOwingOf(scope: Scope, connectionId: string, after: string | null, limit: number): Promise<string[]> {
  const rows = await scope.db.$queryRaw<{ id: string }[]>`
    SELECT id FROM conversation WHERE workspace_id = ${scope.workspaceId}::uuid AND connection_id = ${connectionId}::uuid AND waiting_since IS NOT NULL
      AND (${after}::uuid IS NULL OR id > ${after}::uuid)
    ORDER BY id LIMIT ${limit}`;
  return rows.map(({ id }) => id);
}

/** Newest first, those that had a message since. */
export async function listActiveSince(scope: Scope, since: Date, limit: number): Promise<string[]> {
  const rows = await scope.db.$queryRaw<{ id: string }[]>`
    SELECT id FROM conversation WHERE workspace_id = ${scope.workspaceId}::uuid AND last_message_at >= ${since}::timestamptz ORDER BY last_message_at DESC, id DESC LIMIT ${limit}`;
  return rows.map(({ id }) => id);
}
