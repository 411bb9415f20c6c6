import type { Scope } from "@/server/platform/transaction";
import { listForRouting, listTakers, type UnroutedRow } from "./assign.repository";
import { assignableRoles } from "./assignable";
import { give, type Handover } from "./give";
import { OFFLINE_AFTER_MS, QUIET_AFTER_MS, teamFor } from "./rules";
import { listAutoTeamIds, listRuleRows } from "./teams.repository";

/**
 * Which team new and reopened conversations belong to, and who of it knows the buyer already: a returning buyer goes back to
 * who had them, unless that person is away; then the team's queue has it. Who is next in turn is `drainTeams`' business.
 */
export async function routeNew(scope: Scope, conversationIds: readonly string[], now: Date): Promise<void> {
  if (conversationIds.length === 0) return;
  const [rules, autoTeams] = [await listRuleRows(scope), new Set(await listAutoTeamIds(scope))];
  if (rules.length === 0 && autoTeams.size === 0) return;
  const available = new Map<string, Map<string, number>>();
  const handovers: Handover[] = [];
  for (const row of await listForRouting(scope, conversationIds)) {
    const teamId = row.teamId ?? teamFor(rules, row);
    if (teamId !== null && autoTeams.has(teamId) && !available.has(teamId)) available.set(teamId, await availableIn(scope, teamId, now));
    const there = teamId === null || !autoTeams.has(teamId) ? null : (available.get(teamId) ?? null);
    const assigneeId = assigneeFor(row, there);
    if (teamId === row.teamId && assigneeId === row.assigneeId) continue;
    handovers.push({
      id: row.id,
      from: { assigneeId: row.assigneeId, teamId: row.teamId },
      to: { assigneeId, teamId },
      isQuiet: now.getTime() - row.lastMessageAt.getTime() > QUIET_AFTER_MS,
    });
  }
  await give(scope, { kind: "rule", id: null }, handovers, now);
}

/**
 * Who was at it gets it back however much they have; who had the buyer before gets the new one when they have room.
 * @param there room of those of the team who are there; null = the team gives nothing out by itself.
 */
function assigneeFor(row: UnroutedRow, there: Map<string, number> | null): string | null {
  if (there === null) return row.assigneeId;
  if (row.assigneeId !== null) return there.has(row.assigneeId) ? row.assigneeId : null;
  const former = row.formerAssigneeId;
  const room = former === null ? 0 : (there.get(former) ?? 0);
  if (former === null || room <= 0) return null;
  there.set(former, room - 1);
  return former;
}

async function availableIn(scope: Scope, teamId: string, now: Date): Promise<Map<string, number>> {
  const takers = await listTakers(scope, teamId, assignableRoles(), new Date(now.getTime() - OFFLINE_AFTER_MS));
  return new Map(
    takers.map(({ userId, capacity, openConversations }) => [userId, capacity === null ? Number.POSITIVE_INFINITY : capacity - openConversations]),
  );
}
