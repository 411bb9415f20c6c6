import { newId } from "@/lib/ids";
import { type AuditActor, writeAudit } from "@/server/platform/audit";
import { type Clock, systemClock } from "@/server/platform/clock";
import { conflict, notFound } from "@/server/platform/errors";
import type { Scope } from "@/server/platform/transaction";
import { afterChange } from "../after-change";
import { announce, announceMoved } from "../announce";
import { drainTeams } from "./drain-teams";
import { give } from "./give";
import { requireRows } from "./require-rows";
import type { RuleFields, TeamFields } from "./schema";
import { archiveTeamRow, findTeam, insertTeam, isTeamNameTaken, listThreadsOfTeam, replaceRules, saveTeamMembers, updateTeamRow } from "./teams.repository";

async function checkFields(scope: Scope, fields: TeamFields, exceptId: string | null): Promise<void> {
  if (await isTeamNameTaken(scope, fields.name, exceptId)) throw conflict("inbox.team_name_taken", { name: fields.name });
  await requireRows(scope, { userIds: fields.memberIds });
}

/** @throws AppError `inbox.team_name_taken`, `member.not_found`. */
export async function createTeam(scope: Scope, actor: AuditActor, fields: TeamFields): Promise<{ id: string }> {
  await checkFields(scope, fields, null);
  const id = newId();
  await insertTeam(scope, { id, name: fields.name, autoAssign: fields.autoAssign });
  await saveTeamMembers(scope, id, fields.memberIds);
  await writeAudit(scope, { actor, action: "team.created", subject: { type: "team", id }, details: { ...fields } });
  return { id };
}

/** @throws AppError `inbox.team_not_found`, `inbox.team_name_taken`, `member.not_found`. */
export async function updateTeam(scope: Scope, actor: AuditActor, teamId: string, fields: TeamFields, clock: Clock = systemClock): Promise<void> {
  if ((await findTeam(scope, teamId)) === null) throw notFound("inbox.team_not_found");
  await checkFields(scope, fields, teamId);
  await updateTeamRow(scope, teamId, { name: fields.name, autoAssign: fields.autoAssign });
  await saveTeamMembers(scope, teamId, fields.memberIds);
  await writeAudit(scope, { actor, action: "team.updated", subject: { type: "team", id: teamId }, details: { ...fields } });
  await announceMoved(scope);
  await announce(scope, await drainTeams(scope, clock.now()));
}

/** The team's conversations stay with who has them, without a team. @throws AppError `inbox.team_not_found`. */
export async function archiveTeam(scope: Scope, actor: AuditActor & { readonly id: string }, teamId: string, clock: Clock = systemClock): Promise<void> {
  const team = await findTeam(scope, teamId);
  if (team === null) throw notFound("inbox.team_not_found");
  const threads = await listThreadsOfTeam(scope, teamId);
  await archiveTeamRow(scope, teamId, team.name, clock.now());
  await give(
    scope,
    { kind: "user", id: actor.id },
    threads.map(({ id, ...from }) => ({ id, from, to: { assigneeId: from.assigneeId, teamId: null }, isQuiet: true })),
    clock.now(),
  );
  await writeAudit(scope, { actor, action: "team.archived", subject: { type: "team", id: teamId }, details: { name: team.name } });
  await afterChange(
    scope,
    threads.map(({ id }) => id),
    clock,
  );
}

/** Which team new conversations go to; replaces the whole list. What is there already stays where it is. */
export async function saveRules(scope: Scope, actor: AuditActor, rules: readonly RuleFields[]): Promise<void> {
  await requireRows(scope, { teamIds: rules.map(({ teamId }) => teamId), connectionIds: rules.flatMap(({ connectionIds }) => connectionIds) });
  await replaceRules(
    scope,
    rules.map((rule) => ({ id: newId(), ...rule })),
  );
  await writeAudit(scope, { actor, action: "assignment_rules.saved", details: { rules: [...rules] } });
}
