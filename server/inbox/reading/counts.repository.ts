import type { Viewer } from "@/server/access/index";
import { Prisma } from "@/server/platform/generated/client";
import type { Scope } from "@/server/platform/transaction";
import { COUNT_LIMIT, type ViewCounts } from "../schema";
import { ACTIVE, DRAFTED, inStatus, listed, MENTIONED, overdueAt, standing, unreadBy } from "./filter.repository";

/** Unread is looked for among so many newest active conversations: no index can know what each person has seen. */
const UNREAD_DEPTH = 2_000;

const NOTHING: ViewCounts = {
  active: 0,
  waiting: 0,
  unread: 0,
  resolved: 0,
  closed: 0,
  unassigned: 0,
  mine: 0,
  team: 0,
  overdue: 0,
  snoozed: 0,
  mentions: 0,
  drafts: 0,
};

/** What somebody works on: put away until later is not at hand. The lists of these views show the same. */
const AT_HAND = inStatus(["open", "pending"]);

/** What tells the unread ones; all of it stands in the indexes of active conversations. */
const LOOKED_AT = Prisma.sql`c.id, c.status, c.last_message_at, c.last_message_side, c.last_buyer_message_at`;

/** Conversations of a condition that stand in one place, in an order, at most so many. Of the order there is an index, so that no more are walked. */
interface Wanted {
  readonly columns: Prisma.Sql;
  readonly condition: Prisma.Sql;
  readonly order: Prisma.Sql;
  readonly limit: number;
}

const NEWEST = Prisma.sql`c.last_message_at DESC, c.id DESC`;

function inPlace(scope: Scope, place: Prisma.Sql, { columns, condition, order, limit }: Wanted): Prisma.Sql {
  return Prisma.sql`(SELECT ${columns} FROM conversation c WHERE ${standing(scope)} AND ${place} AND ${condition} ORDER BY ${order} LIMIT ${limit})`;
}

const own = (viewer: Viewer) => Prisma.sql`c.assignee_id = ${viewer.userId}::uuid`;
const ofTeam = Prisma.sql`c.team_id = team.id`;
const elsewhere = (viewer: Viewer) => Prisma.sql`c.assignee_id IS DISTINCT FROM ${viewer.userId}::uuid`;

/** Each team by itself, `ofTeam` with `team.id` of its own. */
function inTeams(scope: Scope, viewer: Viewer, place: Prisma.Sql, wanted: Wanted): Prisma.Sql {
  return Prisma.sql`SELECT part.* FROM unnest(${[...viewer.teamIds]}::uuid[]) AS team(id) CROSS JOIN LATERAL ${inPlace(scope, place, wanted)} part`;
}

/**
 * What the viewer may see of it, at most so many of each part. Whoever sees only some is given them part by part (one's own,
 * each team's): every part then walks its own index, where one condition over all would walk the whole workspace's.
 */
function visibleParts(scope: Scope, viewer: Viewer, wanted: Wanted): Prisma.Sql {
  if (viewer.scope === "all") return inPlace(scope, Prisma.sql`true`, wanted);
  const mine = inPlace(scope, own(viewer), wanted);
  if (viewer.scope === "own" || viewer.teamIds.length === 0) return mine;
  return Prisma.sql`${mine} UNION ALL ${inTeams(scope, viewer, Prisma.sql`${ofTeam} AND ${elsewhere(viewer)}`, wanted)}`;
}

/** What stands with the viewer's teams, of what they may see. */
function visibleInTeams(scope: Scope, viewer: Viewer, wanted: Wanted): Prisma.Sql {
  return inTeams(scope, viewer, viewer.scope === "own" ? Prisma.sql`${ofTeam} AND ${own(viewer)}` : ofTeam, wanted);
}

/** The same in its order, all parts taken together: each is written out by itself, so that they are merged while they are walked. */
function visibleInOrder(scope: Scope, viewer: Viewer, wanted: Wanted): Prisma.Sql {
  const teams = viewer.scope === "team" ? viewer.teamIds.map((id) => Prisma.sql`c.team_id = ${id}::uuid AND ${elsewhere(viewer)}`) : [];
  const places = viewer.scope === "all" ? [Prisma.sql`true`] : [own(viewer), ...teams];
  const parts = places.map((place) => inPlace(scope, place, wanted));
  return Prisma.sql`SELECT * FROM (${Prisma.join(parts, " UNION ALL ")}) c ORDER BY ${wanted.order} LIMIT ${wanted.limit}`;
}

/** Each count stops at COUNT_LIMIT: nobody reads "38 214 unread", and nobody waits for it. */
export async function countViews(scope: Scope, viewer: Viewer, now: Date): Promise<ViewCounts> {
  const counted = (rows: Prisma.Sql) => Prisma.sql`(SELECT count(*)::integer FROM (SELECT FROM (${rows}) c LIMIT ${COUNT_LIMIT}) limited)`;
  const some = (condition: Prisma.Sql, order = NEWEST): Wanted => ({ columns: Prisma.sql`c.id`, condition, order, limit: COUNT_LIMIT });
  const limited = (condition: Prisma.Sql, order = NEWEST) => counted(visibleParts(scope, viewer, some(condition, order)));
  // Found by key, whoever looks.
  const few = (condition: Prisma.Sql) => counted(Prisma.sql`SELECT FROM conversation c WHERE ${listed(scope, viewer)} AND ${condition}`);
  const looked = visibleInOrder(scope, viewer, { columns: LOOKED_AT, condition: ACTIVE, order: NEWEST, limit: UNREAD_DEPTH });
  const [row] = await scope.db.$queryRaw<ViewCounts[]>(Prisma.sql`SELECT
    ${limited(ACTIVE)} AS active,
    ${limited(Prisma.sql`c.waiting_since IS NOT NULL`, Prisma.sql`c.waiting_since, c.id`)} AS waiting,
    ${counted(Prisma.sql`SELECT FROM (${looked}) c WHERE ${unreadBy(viewer.userId)} LIMIT ${COUNT_LIMIT}`)} AS unread,
    ${limited(inStatus(["resolved"]))} AS resolved,
    ${limited(inStatus(["closed"]))} AS closed,
    ${limited(Prisma.sql`${AT_HAND} AND c.assignee_id IS NULL`)} AS unassigned,
    ${counted(inPlace(scope, own(viewer), some(AT_HAND)))} AS mine,
    ${counted(visibleInTeams(scope, viewer, some(AT_HAND)))} AS team,
    ${limited(overdueAt(now), Prisma.sql`c.next_deadline_at, c.id`)} AS overdue,
    ${limited(inStatus(["snoozed"]))} AS snoozed,
    ${few(MENTIONED(scope, viewer.userId))} AS mentions,
    ${few(DRAFTED(scope, viewer.userId))} AS drafts`);
  return row ?? NOTHING;
}

export interface WaitingSummary {
  readonly count: number;
  /** Of them: their reply is late by a policy or the marketplace's own limit. */
  readonly overdue: number;
  readonly longestSince: Date | null;
}

/** Of those the viewer may see. */
export async function summarizeWaiting(scope: Scope, viewer: Viewer, now: Date): Promise<WaitingSummary> {
  const [row] = await scope.db.$queryRaw<WaitingSummary[]>(Prisma.sql`
    SELECT count(*)::integer AS count, count(*) FILTER (WHERE ${overdueAt(now)})::integer AS overdue, min(c.waiting_since) AS "longestSince" FROM conversation c
    WHERE ${listed(scope, viewer)} AND c.waiting_since IS NOT NULL`);
  return row ?? { count: 0, overdue: 0, longestSince: null };
}
