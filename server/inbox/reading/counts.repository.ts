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

/** Narrow rows: thousands are sorted to find the unread ones. */
const LOOKED_AT = Prisma.sql`c.id, c.status, c.last_message_at, c.last_message_side, c.last_buyer_message_at`;

/**
 * The newest listed conversations of a condition that the viewer may see, at most so many of each part. Whoever sees only some
 * is given them part by part (one's own, each team's): every part then walks its own index, where one condition over all would
 * walk the whole workspace's newest first.
 */
function newest(scope: Scope, viewer: Viewer, condition: Prisma.Sql, limit: number): Prisma.Sql {
  const part = (place: Prisma.Sql) => Prisma.sql`(SELECT ${LOOKED_AT} FROM conversation c WHERE ${standing(scope)} AND ${place} AND ${condition}
    ORDER BY c.last_message_at DESC, c.id DESC LIMIT ${limit})`;
  if (viewer.scope === "all") return part(Prisma.sql`true`);
  const own = part(Prisma.sql`c.assignee_id = ${viewer.userId}::uuid`);
  if (viewer.scope === "own" || viewer.teamIds.length === 0) return own;
  const ofTeam = part(Prisma.sql`c.team_id = team.id AND c.assignee_id IS DISTINCT FROM ${viewer.userId}::uuid`);
  return Prisma.sql`${own} UNION ALL SELECT theirs.* FROM unnest(${[...viewer.teamIds]}::uuid[]) AS team(id) CROSS JOIN LATERAL ${ofTeam} theirs`;
}

/** Each count stops at COUNT_LIMIT: nobody reads "38 214 unread", and nobody waits for it. */
export async function countViews(scope: Scope, viewer: Viewer, now: Date): Promise<ViewCounts> {
  const visible = listed(scope, viewer);
  const counted = (rows: Prisma.Sql) => Prisma.sql`(SELECT count(*)::integer FROM (SELECT FROM (${rows}) c LIMIT ${COUNT_LIMIT}) limited)`;
  const limited = (condition: Prisma.Sql) => counted(newest(scope, viewer, condition, COUNT_LIMIT));
  // In an index's order: a bare LIMIT makes the planner hope that the first rows of the table will do.
  const first = (condition: Prisma.Sql, order: Prisma.Sql) =>
    counted(Prisma.sql`SELECT FROM conversation c WHERE ${visible} AND ${condition} ORDER BY ${order} LIMIT ${COUNT_LIMIT}`);
  // Found by key, whoever looks.
  const few = (condition: Prisma.Sql) => counted(Prisma.sql`SELECT FROM conversation c WHERE ${visible} AND ${condition}`);
  const looked = Prisma.sql`SELECT * FROM (${newest(scope, viewer, ACTIVE, UNREAD_DEPTH)}) c ORDER BY c.last_message_at DESC, c.id DESC LIMIT ${UNREAD_DEPTH}`;
  const unread = counted(Prisma.sql`SELECT FROM (${looked}) c WHERE ${unreadBy(viewer.userId)} LIMIT ${COUNT_LIMIT}`);
  const team = viewer.teamIds.length === 0 ? Prisma.sql`0` : limited(Prisma.sql`${AT_HAND} AND c.team_id = ANY(${[...viewer.teamIds]}::uuid[])`);
  const [row] = await scope.db.$queryRaw<ViewCounts[]>(Prisma.sql`SELECT
    ${limited(ACTIVE)} AS active,
    ${first(Prisma.sql`c.waiting_since IS NOT NULL`, Prisma.sql`c.waiting_since, c.id`)} AS waiting,
    ${unread} AS unread,
    ${limited(inStatus(["resolved"]))} AS resolved,
    ${limited(inStatus(["closed"]))} AS closed,
    ${limited(Prisma.sql`${AT_HAND} AND c.assignee_id IS NULL`)} AS unassigned,
    ${limited(Prisma.sql`${AT_HAND} AND c.assignee_id = ${viewer.userId}::uuid`)} AS mine,
    ${team} AS team,
    ${first(overdueAt(now), Prisma.sql`c.next_deadline_at, c.id`)} AS overdue,
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
