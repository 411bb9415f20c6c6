import type { Prisma } from "@/server/platform/generated/client";
import type { Scope } from "@/server/platform/transaction";
import {
  type CalendarView,
  type DeadlinePolicy,
  escalationSchema,
  type MarketplaceLimit,
  type PolicyFields,
  pauseOnSchema,
  policyConditionsSchema,
  workingCalendarSchema,
} from "./schema";

type PolicyRow = Prisma.DeadlinePolicyGetPayload<object>;

function toPolicy(row: PolicyRow): DeadlinePolicy {
  return {
    id: row.id,
    name: row.name,
    isActive: row.isActive,
    conditions: policyConditionsSchema.parse(row.conditions),
    firstReplyMinutes: row.firstReplyMinutes,
    nextReplyMinutes: row.nextReplyMinutes,
    calendarId: row.calendarId,
    pauseOn: pauseOnSchema.array().parse(row.pauseOn),
    warnBeforeMinutes: row.warnBeforeMinutes,
    escalation: escalationSchema.parse(row.escalation),
  };
}

/** In their order. */
export async function listPolicyRows(scope: Scope): Promise<DeadlinePolicy[]> {
  const rows = await scope.db.deadlinePolicy.findMany({
    where: { workspaceId: scope.workspaceId, removedAt: null },
    orderBy: [{ position: "asc" }, { id: "asc" }],
  });
  return rows.map(toPolicy);
}

/** Serialises changes of the list's order. */
export async function lockPolicies(scope: Scope): Promise<void> {
  await scope.db.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended('deadline_policy ' || ${scope.workspaceId}, 0))::text`;
}

const columnsOf = ({ conditions, pauseOn, escalation, ...plain }: PolicyFields) => ({ ...plain, conditions, pauseOn: [...new Set(pauseOn)], escalation });

/** At the end of the list. */
export async function insertPolicy(scope: Scope, id: string, fields: PolicyFields): Promise<void> {
  const last = await scope.db.deadlinePolicy.aggregate({ where: { workspaceId: scope.workspaceId, removedAt: null }, _max: { position: true } });
  await scope.db.deadlinePolicy.create({ data: { id, workspaceId: scope.workspaceId, position: (last._max.position ?? 0) + 1, ...columnsOf(fields) } });
}

/** @returns false for an unknown policy. */
export async function updatePolicy(scope: Scope, id: string, fields: PolicyFields): Promise<boolean> {
  const { count } = await scope.db.deadlinePolicy.updateMany({ where: { workspaceId: scope.workspaceId, id, removedAt: null }, data: columnsOf(fields) });
  return count > 0;
}

/** Kept, because past deadlines name it. */
export async function removePolicyRow(scope: Scope, id: string, removedAt: Date): Promise<boolean> {
  const { count } = await scope.db.deadlinePolicy.updateMany({ where: { workspaceId: scope.workspaceId, id, removedAt: null }, data: { removedAt } });
  return count > 0;
}

export async function savePositions(scope: Scope, policyIds: readonly string[]): Promise<void> {
  await scope.db.$executeRaw`
    UPDATE deadline_policy p SET position = o.position FROM unnest(${[...policyIds]}::uuid[]) WITH ORDINALITY AS o(id, position)
    WHERE p.workspace_id = ${scope.workspaceId}::uuid AND p.id = o.id AND p.removed_at IS NULL`;
}

export async function listCalendarRows(scope: Scope): Promise<CalendarView[]> {
  const rows = await scope.db.businessCalendar.findMany({ where: { workspaceId: scope.workspaceId }, orderBy: [{ name: "asc" }, { id: "asc" }] });
  return rows.map(({ id, name, timeZone, week, holidays }) => ({ id, name, ...workingCalendarSchema.parse({ timeZone, week, holidays }) }));
}

/** @returns false for an unknown calendar. */
export async function upsertCalendar(scope: Scope, { id, ...data }: CalendarView, isNew: boolean): Promise<boolean> {
  if (isNew) {
    await scope.db.businessCalendar.create({ data: { id, workspaceId: scope.workspaceId, ...data } });
    return true;
  }
  const { count } = await scope.db.businessCalendar.updateMany({ where: { workspaceId: scope.workspaceId, id }, data });
  return count > 0;
}

export async function calendarNameTaken(scope: Scope, name: string, exceptId: string): Promise<boolean> {
  return (await scope.db.businessCalendar.count({ where: { workspaceId: scope.workspaceId, name, id: { not: exceptId } } })) > 0;
}

/** Names of the policies that count by it. */
export async function policiesUsing(scope: Scope, calendarId: string): Promise<string[]> {
  const rows = await scope.db.deadlinePolicy.findMany({
    where: { workspaceId: scope.workspaceId, calendarId, removedAt: null },
    select: { name: true },
    orderBy: { position: "asc" },
  });
  return rows.map(({ name }) => name);
}

export async function deleteCalendar(scope: Scope, id: string): Promise<boolean> {
  return (await scope.db.businessCalendar.deleteMany({ where: { workspaceId: scope.workspaceId, id } })).count > 0;
}

export async function listOwnLimits(scope: Scope): Promise<Omit<MarketplaceLimit, "anchor">[]> {
  const rows = await scope.db.marketplaceLimit.findMany({ where: { workspaceId: scope.workspaceId }, orderBy: { channel: "asc" } });
  return rows.map(({ channel, minutes, source, checkedOn }) => ({ channel, minutes, source, checkedOn: checkedOn.toISOString().slice(0, 10) }));
}

export async function upsertLimit(scope: Scope, { channel, minutes, source, checkedOn }: Omit<MarketplaceLimit, "anchor">): Promise<void> {
  const data = { minutes, source, checkedOn: new Date(checkedOn) };
  await scope.db.marketplaceLimit.upsert({
    where: { workspaceId_channel: { workspaceId: scope.workspaceId, channel } },
    create: { workspaceId: scope.workspaceId, channel, ...data },
    update: data,
  });
}

export async function deleteLimit(scope: Scope, channel: string): Promise<void> {
  await scope.db.marketplaceLimit.deleteMany({ where: { workspaceId: scope.workspaceId, channel } });
}

export interface References {
  readonly calendarIds: readonly string[];
  readonly labelIds: readonly string[];
  readonly teamIds: readonly string[];
  readonly connectionIds: readonly string[];
}

/** Of what a policy names, the kinds with something this workspace does not have. */
export async function unknownReferences(scope: Scope, { calendarIds, labelIds, teamIds, connectionIds }: References): Promise<(keyof References)[]> {
  const { workspaceId, db } = scope;
  const within = (ids: readonly string[]) => ({ where: { workspaceId, id: { in: [...ids] } } });
  const counts: readonly [keyof References, readonly string[], () => Promise<number>][] = [
    ["calendarIds", calendarIds, () => db.businessCalendar.count(within(calendarIds))],
    ["labelIds", labelIds, () => db.label.count(within(labelIds))],
    ["teamIds", teamIds, () => db.team.count(within(teamIds))],
    ["connectionIds", connectionIds, () => db.connection.count(within(connectionIds))],
  ];
  const unknown: (keyof References)[] = [];
  for (const [kind, ids, count] of counts) {
    if (ids.length > 0 && (await count()) !== new Set(ids).size) unknown.push(kind);
  }
  return unknown;
}

/** Channels the workspace has conversations in, for the list of limits. */
export async function channelsInUse(scope: Scope): Promise<string[]> {
  // Walks from one channel to the next along the index instead of reading every conversation.
  const rows = await scope.db.$queryRaw<{ channel: string }[]>`
    WITH RECURSIVE step AS (
      (SELECT channel FROM conversation WHERE workspace_id = ${scope.workspaceId}::uuid ORDER BY channel LIMIT 1)
      UNION ALL
      SELECT (SELECT c.channel FROM conversation c WHERE c.workspace_id = ${scope.workspaceId}::uuid AND c.channel > step.channel ORDER BY c.channel LIMIT 1)
      FROM step WHERE step.channel IS NOT NULL
    ) SELECT channel FROM step WHERE channel IS NOT NULL`;
  return rows.map(({ channel }) => channel);
}
