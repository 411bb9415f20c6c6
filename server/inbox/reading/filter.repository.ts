import type { Viewer } from "@/server/access/index";
import { Prisma } from "@/server/platform/generated/client";
import type { Scope } from "@/server/platform/transaction";
import type { ConversationFilter, ConversationStatus } from "../schema";
import { eyesOf, visibleTo } from "../visibility.repository";
import { REJECTED_WORTH_SHOWING } from "./trouble.repository";

/** The newest hits a filtered list looks at; a rarer word than that shows all of its conversations. */
const SEARCH_DEPTH = 500;

const uuids = (ids: readonly string[]) => Prisma.sql`${[...ids]}::uuid[]`;

/** Statuses are written out, not passed: only then do they match the conditions of the partial indexes in every plan. */
export function inStatus(statuses: readonly ConversationStatus[]): Prisma.Sql {
  return Prisma.raw(`c.status IN (${statuses.map((status) => `'${status}'`).join(", ")})`);
}

/** What somebody still works on. The same words as in the partial indexes of migration 0006. */
export const ACTIVE = inStatus(["open", "pending", "snoozed"]);

/**
 * An active conversation in which the buyer has the last word and this person has not seen it (what a colleague answered asks
 * nobody for attention), or which they marked unread: then the read row stands at the epoch.
 */
export function unreadBy(userId: string): Prisma.Sql {
  const read = Prisma.sql`FROM conversation_read r WHERE r.conversation_id = c.id AND r.user_id = ${userId}::uuid`;
  return Prisma.sql`(${ACTIVE} AND CASE WHEN c.last_message_side = 'buyer' AND c.last_buyer_message_at IS NOT NULL
    THEN coalesce((SELECT r.read_at < c.last_message_at ${read}), true) ELSE EXISTS (SELECT ${read} AND r.read_at = 'epoch'::timestamptz) END)`;
}

/** Conversations of the workspace that stand in the list at all: those merged into another stand behind it. */
export function standing(scope: Scope): Prisma.Sql {
  return Prisma.sql`c.workspace_id = ${scope.workspaceId}::uuid AND c.merged_into_id IS NULL`;
}

/** Those of them that the viewer may see. */
export function listed(scope: Scope, viewer: Viewer): Prisma.Sql {
  return Prisma.sql`${standing(scope)} AND ${visibleTo(viewer)}`;
}

/**
 * An array, not a sub-query: the few ids are found first and looked up by key, whatever the planner believes about them.
 * @param found a query of heads' ids.
 */
const among = (found: Prisma.Sql) => Prisma.sql`c.id = ANY(ARRAY(${found}))`;

export const MENTIONED = (scope: Scope, userId: string) =>
  among(Prisma.sql`
  SELECT coalesce(k.merged_into_id, k.id) FROM note_mention n JOIN conversation k ON k.id = n.conversation_id
  WHERE n.workspace_id = ${scope.workspaceId}::uuid AND n.user_id = ${userId}::uuid AND (SELECT t.deleted_at IS NULL FROM note t WHERE t.id = n.note_id)`);

export const DRAFTED = (scope: Scope, userId: string) =>
  among(Prisma.sql`
  SELECT coalesce(k.merged_into_id, k.id) FROM draft d JOIN conversation k ON k.id = d.conversation_id WHERE d.workspace_id = ${scope.workspaceId}::uuid AND d.user_id = ${userId}::uuid`);

export const overdueAt = (now: Date) => Prisma.sql`(c.next_deadline_at <= ${now}::timestamptz AND c.deadline_state IS DISTINCT FROM 'paused')`;

/** The heads behind which some conversations stand. @param hits a query of conversation ids. */
const heads = (hits: Prisma.Sql) => among(Prisma.sql`SELECT coalesce(k.merged_into_id, k.id) FROM conversation k WHERE k.id = ANY(ARRAY(${hits}))`);

/** The conditions of a filter, to be joined with AND. */
export async function conditionsOf(scope: Scope, viewer: Viewer, filter: ConversationFilter, now: Date): Promise<Prisma.Sql[]> {
  const channels = filter.kinds === undefined || filter.kinds.length === 0 ? null : await channelsOf(scope, filter.kinds);
  const ofKind = channels === null ? [] : [channels.length === 0 ? Prisma.sql`false` : oneOf(Prisma.sql`c.channel`, channels, "text")];
  return [
    listed(scope, viewer),
    ...ofKind,
    ...ofRow(filter),
    ...ofPeople(viewer, filter),
    ...ofMarks(scope, viewer, filter),
    ...ofTime(filter, now),
    ...ofText(viewer, filter),
  ];
}

/** A channel is named "<connector>.<kind>". The few names the workspace can have are passed as such: only then does the planner know how rare they are. */
async function channelsOf({ workspaceId, db }: Scope, kinds: readonly string[]): Promise<string[]> {
  const rows = await db.$queryRaw<
    { connectorId: string }[]
  >`SELECT DISTINCT connector_id AS "connectorId" FROM connection WHERE workspace_id = ${workspaceId}::uuid`;
  return rows.flatMap(({ connectorId }) => kinds.map((kind) => `${connectorId}.${kind}`));
}

const given = <T>(list: readonly T[] | undefined): readonly T[] => list ?? [];

function ofRow(filter: ConversationFilter): Prisma.Sql[] {
  const where: Prisma.Sql[] = [];
  const [statuses, connectionIds, channels] = [given(filter.statuses), given(filter.connectionIds), given(filter.channels)];
  if (statuses.length > 0) where.push(inStatus(statuses));
  if (connectionIds.length > 0) where.push(oneOf(Prisma.sql`c.connection_id`, connectionIds, "uuid"));
  if (channels.length > 0) where.push(oneOf(Prisma.sql`c.channel`, channels, "text"));
  if (given(filter.priorities).length > 0) where.push(oneOf(Prisma.sql`c.priority`, given(filter.priorities), "smallint"));
  if (given(filter.ratings).length > 0) where.push(oneOf(Prisma.sql`c.rating`, given(filter.ratings), "smallint"));
  return where;
}

/** One value compares as itself: only then can an index give the rows in order. */
function oneOf(column: Prisma.Sql, values: readonly (string | number)[], type: "uuid" | "text" | "smallint"): Prisma.Sql {
  const [only] = values;
  return values.length === 1 ? Prisma.sql`${column} = ${only}::${Prisma.raw(type)}` : Prisma.sql`${column} = ANY(${[...values]}::${Prisma.raw(type)}[])`;
}

function ofPeople(viewer: Viewer, filter: ConversationFilter): Prisma.Sql[] {
  const where: Prisma.Sql[] = [];
  const assignees = given(filter.assigneeIds);
  const people = assignees.flatMap((id) => (id === "none" ? [] : [id === "me" ? viewer.userId : id]));
  if (assignees.length > 0) where.push(belongs(Prisma.sql`c.assignee_id`, people, assignees.includes("none")));
  const groups = given(filter.teamIds);
  const teams = groups.flatMap((id) => (id === "none" ? [] : id === "mine" ? viewer.teamIds : [id]));
  if (groups.length > 0) where.push(belongs(Prisma.sql`c.team_id`, teams, groups.includes("none")));
  return where;
}

function belongs(column: Prisma.Sql, ids: readonly string[], orNobody: boolean): Prisma.Sql {
  const either = [...(ids.length > 0 ? [oneOf(column, ids, "uuid")] : []), ...(orNobody ? [Prisma.sql`${column} IS NULL`] : [])];
  return either.length === 0 ? Prisma.sql`false` : Prisma.sql`(${Prisma.join(either, " OR ")})`;
}

function ofMarks(scope: Scope, viewer: Viewer, filter: ConversationFilter): Prisma.Sql[] {
  const where: Prisma.Sql[] = [];
  const labelled = (labels: Prisma.Sql) =>
    Prisma.sql`EXISTS (SELECT FROM conversation_label cl WHERE cl.workspace_id = ${scope.workspaceId}::uuid AND cl.conversation_id = c.id AND cl.label_id = ${labels})`;
  const labelIds = given(filter.labelIds);
  if (filter.labelMatch === "all") where.push(...labelIds.map((id) => labelled(Prisma.sql`${id}::uuid`)));
  else if (labelIds.length > 0) where.push(labelled(Prisma.sql`ANY(${uuids(labelIds)})`));
  if (filter.waiting) where.push(Prisma.sql`c.waiting_since IS NOT NULL`);
  if (filter.unread) where.push(unreadBy(viewer.userId));
  if (filter.mentionsMe) where.push(MENTIONED(scope, viewer.userId));
  if (filter.drafts) where.push(DRAFTED(scope, viewer.userId));
  if (filter.hasTrouble)
    where.push(
      heads(Prisma.sql`
      SELECT m.conversation_id FROM message m WHERE m.workspace_id = ${scope.workspaceId}::uuid AND m.send_state = 'unknown'
      UNION SELECT m.conversation_id FROM message m JOIN conversation c ON c.id = m.conversation_id WHERE m.workspace_id = ${scope.workspaceId}::uuid AND ${REJECTED_WORTH_SHOWING}`),
    );
  return where;
}

function ofTime(filter: ConversationFilter, now: Date): Prisma.Sql[] {
  const where: Prisma.Sql[] = [];
  if (filter.from !== undefined) where.push(Prisma.sql`c.last_message_at >= ${filter.from}::timestamptz`);
  if (filter.to !== undefined) where.push(Prisma.sql`c.last_message_at <= ${filter.to}::timestamptz`);
  if (filter.overdue) where.push(overdueAt(now));
  if (filter.dueWithinMinutes !== undefined) where.push(overdueAt(new Date(now.getTime() + filter.dueWithinMinutes * 60_000)));
  return where;
}

function ofText(viewer: Viewer, filter: ConversationFilter): Prisma.Sql[] {
  const where: Prisma.Sql[] = [];
  const { orderNumber, search } = filter;
  const eyes = eyesOf(viewer);
  if (orderNumber !== undefined && orderNumber !== "") {
    const term = orderNumber.replace(/[\\%_]/g, "\\$&");
    where.push(heads(Prisma.sql`SELECT o.conversation_id FROM inbox_search_order(${term}, ${SEARCH_DEPTH}::integer, ${eyes}) o`));
  }
  if (search !== undefined && search !== "")
    where.push(
      heads(Prisma.sql`SELECT s.conversation_id FROM inbox_search_messages(${search}, ${SEARCH_DEPTH}::integer, NULL, ${eyes}) s
        UNION SELECT s.conversation_id FROM inbox_search_conversations(${search}, ${SEARCH_DEPTH}::integer, ${eyes}) s
        UNION SELECT s.conversation_id FROM inbox_search_notes(${search}, ${SEARCH_DEPTH}::integer, NULL, ${eyes}) s`),
    );
  return where;
}
