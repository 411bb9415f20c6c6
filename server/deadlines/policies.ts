import { newId } from "@/lib/ids";
import { type AuditActor, writeAudit } from "@/server/platform/audit";
import { type Clock, systemClock } from "@/server/platform/clock";
import { conflict, invalid, notFound } from "@/server/platform/errors";
import { emit } from "@/server/platform/events";
import type { Scope } from "@/server/platform/transaction";
import { policyChanged } from "./events";
import { insertPolicy, listPolicyRows, lockPolicies, type References, removePolicyRow, savePositions, unknownReferences, updatePolicy } from "./repository";
import type { DeadlinePolicy, PolicyFields, SavePolicyInput } from "./schema";

/** In their order: the first that matches a conversation wins. */
export function listPolicies(scope: Scope): Promise<DeadlinePolicy[]> {
  return listPolicyRows(scope);
}

/** What every change of settings ends with: its record, and the wish to have deadlines computed anew. */
export async function settingsChanged(
  scope: Scope,
  actor: AuditActor,
  action: string,
  subject: { readonly type: string; readonly id: string },
  details: Readonly<Record<string, unknown>>,
): Promise<void> {
  await writeAudit(scope, { actor, action, subject, details });
  await emit(scope.db, [policyChanged.create({ workspaceId: scope.workspaceId })]);
}

/** @throws AppError `deadlines.reference_unknown` when a policy names a calendar, label, team or connection of nobody here. */
export async function checkReferences(scope: Scope, policies: readonly PolicyFields[]): Promise<void> {
  const references: References = {
    calendarIds: policies.flatMap(({ calendarId }) => (calendarId === null ? [] : [calendarId])),
    labelIds: policies.flatMap(({ conditions }) => conditions.labelIds),
    teamIds: policies.flatMap(({ conditions }) => conditions.teamIds),
    connectionIds: policies.flatMap(({ conditions }) => conditions.connectionIds),
  };
  const [kind] = await unknownReferences(scope, references);
  if (kind !== undefined) throw notFound("deadlines.reference_unknown", { kind });
}

/**
 * Makes a policy at the end of the list, or changes one where it stands.
 * @throws AppError `deadlines.policy_not_found`, `deadlines.reference_unknown`, `deadlines.policy_without_target`.
 */
export async function savePolicy(scope: Scope, { id, ...fields }: SavePolicyInput, actor: AuditActor): Promise<{ id: string }> {
  if (fields.firstReplyMinutes === null && fields.nextReplyMinutes === null) throw invalid("deadlines.policy_without_target");
  await checkReferences(scope, [fields]);
  await lockPolicies(scope);
  const policyId = id ?? newId();
  if (id === undefined) await insertPolicy(scope, policyId, fields);
  else if (!(await updatePolicy(scope, id, fields))) throw notFound("deadlines.policy_not_found");
  await settingsChanged(
    scope,
    actor,
    id === undefined ? "deadline_policy.created" : "deadline_policy.changed",
    { type: "deadline_policy", id: policyId },
    { ...fields },
  );
  return { id: policyId };
}

/** @throws AppError `deadlines.order_outdated` unless every policy is named once. */
export async function reorderPolicies(scope: Scope, policyIds: readonly string[], actor: AuditActor): Promise<void> {
  await lockPolicies(scope);
  const known = (await listPolicyRows(scope)).map(({ id }) => id);
  const isSameSet = known.length === policyIds.length && new Set([...known, ...policyIds]).size === known.length;
  if (!isSameSet) throw conflict("deadlines.order_outdated");
  await savePositions(scope, policyIds);
  await settingsChanged(scope, actor, "deadline_policy.reordered", { type: "workspace", id: scope.workspaceId }, { policyIds });
}

/** Past deadlines keep naming it. @throws AppError `deadlines.policy_not_found`. */
export async function removePolicy(scope: Scope, policyId: string, actor: AuditActor, clock: Clock = systemClock): Promise<void> {
  if (!(await removePolicyRow(scope, policyId, clock.now()))) throw notFound("deadlines.policy_not_found");
  await settingsChanged(scope, actor, "deadline_policy.removed", { type: "deadline_policy", id: policyId }, {});
}
