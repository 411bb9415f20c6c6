import type { Scope } from "@/server/platform/transaction";
import type { RoutingRule } from "./rules";

export async function listTeamRows({ workspaceId, db }: Scope) {
  const rows = await db.team.findMany({
    where: { workspaceId, archivedAt: null },
    orderBy: { name: "asc" },
    select: { id: true, name: true, autoAssign: true, createdAt: true, members: { select: { userId: true } } },
  });
  return rows.map(({ members, ...team }) => ({ ...team, memberIds: members.map(({ userId }) => userId) }));
}

export async function listAutoTeamIds({ workspaceId, db }: Scope): Promise<string[]> {
  const rows = await db.team.findMany({ where: { workspaceId, autoAssign: true, archivedAt: null }, select: { id: true } });
  return rows.map(({ id }) => id);
}

export async function findTeam({ workspaceId, db }: Scope, teamId: string) {
  return db.team.findFirst({ where: { workspaceId, id: teamId, archivedAt: null }, select: { id: true, name: true, autoAssign: true } });
}

/** Whether another team has the name; archived ones keep theirs under another. */
export async function isTeamNameTaken({ workspaceId, db }: Scope, name: string, exceptId: string | null): Promise<boolean> {
  return (await db.team.count({ where: { workspaceId, name, ...(exceptId === null ? {} : { NOT: { id: exceptId } }) } })) > 0;
}

export async function insertTeam({ workspaceId, db }: Scope, team: { id: string; name: string; autoAssign: boolean }): Promise<void> {
  await db.team.create({ data: { ...team, workspaceId } });
}

export async function updateTeamRow({ workspaceId, db }: Scope, teamId: string, data: { name: string; autoAssign: boolean }): Promise<void> {
  await db.team.updateMany({ where: { workspaceId, id: teamId }, data });
}

/** Frees the name. */
export async function archiveTeamRow({ workspaceId, db }: Scope, teamId: string, name: string, at: Date): Promise<void> {
  await db.team.updateMany({ where: { workspaceId, id: teamId }, data: { archivedAt: at, autoAssign: false, name: `${name} · ${teamId}` } });
  await db.teamMember.deleteMany({ where: { workspaceId, teamId } });
  await db.assignmentRule.deleteMany({ where: { workspaceId, teamId } });
}

/** Whose turn it is survives for those who stay. */
export async function saveTeamMembers({ workspaceId, db }: Scope, teamId: string, userIds: readonly string[]): Promise<void> {
  await db.teamMember.deleteMany({ where: { workspaceId, teamId, userId: { notIn: [...userIds] } } });
  await db.teamMember.createMany({ data: userIds.map((userId) => ({ teamId, userId, workspaceId })), skipDuplicates: true });
}

export async function isTeamMember({ workspaceId, db }: Scope, teamId: string, userId: string): Promise<boolean> {
  return (await db.teamMember.count({ where: { workspaceId, teamId, userId } })) > 0;
}

/** Open conversations of a team, with what they hold. */
export async function listThreadsOfTeam(
  { workspaceId, db }: Scope,
  teamId: string,
): Promise<{ id: string; assigneeId: string | null; teamId: string | null }[]> {
  return db.$queryRaw<{ id: string; assigneeId: string | null; teamId: string | null }[]>`
    SELECT id, assignee_id AS "assigneeId", team_id AS "teamId" FROM conversation WHERE workspace_id = ${workspaceId}::uuid AND team_id = ${teamId}::uuid
      AND status IN ('open', 'pending', 'snoozed') ORDER BY connection_id, external_id FOR NO KEY UPDATE`;
}

export interface RuleRow extends RoutingRule {
  readonly id: string;
}

export async function listRuleRows({ workspaceId, db }: Scope): Promise<RuleRow[]> {
  return db.assignmentRule.findMany({
    where: { workspaceId },
    orderBy: [{ position: "asc" }, { id: "asc" }],
    select: { id: true, teamId: true, channels: true, connectionIds: true },
  });
}

export async function replaceRules({ workspaceId, db }: Scope, rules: readonly RuleRow[]): Promise<void> {
  await db.assignmentRule.deleteMany({ where: { workspaceId } });
  await db.assignmentRule.createMany({
    data: rules.map((rule, position) => ({
      id: rule.id,
      workspaceId,
      teamId: rule.teamId,
      position,
      channels: [...rule.channels],
      connectionIds: [...rule.connectionIds],
    })),
  });
}
