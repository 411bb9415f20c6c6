import { type Clock, systemClock } from "@/server/platform/clock";
import { emit } from "@/server/platform/events";
import { publish } from "@/server/platform/live";
import { inSystem, inWorkspace, type Scope } from "@/server/platform/transaction";
import { alertChanged } from "../events";
import { healthStateSchema } from "../schema";
import { type AlertRow, type ConditionRow, openAlert, openAlerts, raiseAlert, readConditions, resolveAlert } from "./alert.repository";
import { stageOf, type Trouble, troublesOf } from "./rules";

/**
 * Looks at every connection of the installation: opens an alert for what went wrong, raises it when it lasts, closes it when it
 * is over. Each step of an alert that people are to hear of is one event; a second process changes nothing.
 * @returns how many alerts changed.
 */
export async function watchConnections(clock: Clock = systemClock): Promise<{ changed: number }> {
  const now = clock.now();
  const rows = await inSystem((tx) => readConditions(tx, now));
  let changed = 0;
  for (const row of rows) changed += await inWorkspace(row.workspaceId, (scope) => watchOne(scope, row, now));
  return { changed };
}

async function watchOne(scope: Scope, row: ConditionRow, now: Date): Promise<number> {
  const troubles = troublesOf({ ...row, health: healthStateSchema.catch("unknown").parse(row.health) }, now);
  const open = await openAlerts(scope, row.id);
  let changed = 0;
  for (const trouble of troubles) {
    const alert = open.find((entry) => entry.subject === trouble.subject) ?? null;
    if (await advance(scope, row.id, trouble, alert, now)) changed += 1;
  }
  for (const alert of open) {
    if (troubles.some((trouble) => trouble.subject === alert.subject)) continue;
    if (await close(scope, alert, row.isActive, now)) changed += 1;
  }
  if (changed > 0) await publish(scope.db, { workspaceId: scope.workspaceId, topic: "connections", id: row.id });
  return changed;
}

async function advance(scope: Scope, connectionId: string, trouble: Trouble, alert: AlertRow | null, now: Date): Promise<boolean> {
  const stage = stageOf(trouble, alert, now);
  if (alert === null) {
    const id = await openAlert(scope, connectionId, trouble, stage, now);
    if (id !== null && stage > 1) await tell(scope, { alertId: id, connectionId, code: trouble.code, stage, resolved: false });
    return id !== null;
  }
  if (stage === alert.stage && trouble.code === alert.code) return false;
  if (!(await raiseAlert(scope, alert, trouble, stage, now))) return false;
  if (stage > alert.stage) await tell(scope, { alertId: alert.id, connectionId, code: trouble.code, stage, resolved: false });
  return true;
}

/** That it is over is news only for those who heard of it, and only while somebody still wants the connection. */
async function close(scope: Scope, alert: AlertRow, isActive: boolean, now: Date): Promise<boolean> {
  if (!(await resolveAlert(scope, alert.id, now))) return false;
  const { id, connectionId, code, stage } = alert;
  if (isActive && alert.toldAt !== null) await tell(scope, { alertId: id, connectionId, code, stage, resolved: true });
  return true;
}

async function tell(scope: Scope, change: { alertId: string; connectionId: string; code: string; stage: number; resolved: boolean }): Promise<void> {
  await emit(scope.db, [alertChanged.create({ workspaceId: scope.workspaceId, ...change })]);
}
