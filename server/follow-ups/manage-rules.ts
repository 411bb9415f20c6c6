import { newId } from "@/lib/ids";
import { unknownVariables } from "@/lib/reply-template";
import { requireRows } from "@/server/inbox/index";
import type { ChannelRules } from "@/server/integrations/contract/ports";
import { listConnectors } from "@/server/integrations/index";
import { screen } from "@/server/moderation/index";
import { type AuditActor, writeAudit } from "@/server/platform/audit";
import { type Clock, systemClock } from "@/server/platform/clock";
import { invalid, notFound } from "@/server/platform/errors";
import type { Scope } from "@/server/platform/transaction";
import { findRuleRow, insertRule, listRuleRows, type RuleRow, updateRule } from "./repository";
import { ruleWarnings } from "./rules";
import { type FollowUpRuleFields, type FollowUpRuleView, followUpRuleFields, type RuleWarning } from "./schema";

/** Every channel of every connector: a rule may be made before its shop is connected. */
export function knownChannels(): ChannelRules[] {
  return listConnectors().flatMap((connector) => [...(connector.messaging?.channels ?? [])]);
}

/** What cannot work, and what the guard would stop, before anyone relies on it. */
export function warningsOf(rule: Pick<FollowUpRuleFields, "delayDays" | "conditions" | "trigger" | "text">): RuleWarning[] {
  const guard = screen({ text: rule.text }).findings.map(({ matched }): RuleWarning => ({ code: "guard", channel: "", hours: null, matched }));
  return [...ruleWarnings(rule, knownChannels()), ...guard];
}

function parseRow(row: Awaited<ReturnType<typeof listRuleRows>>[number]): RuleRow {
  return { ...followUpRuleFields.parse(row), id: row.id, updatedAt: row.updatedAt };
}

export async function listRules(scope: Scope): Promise<{ rules: FollowUpRuleView[] }> {
  const rows = await listRuleRows(scope);
  return { rules: rows.map(parseRow).map((rule) => ({ ...rule, warnings: warningsOf(rule) })) };
}

export async function activeRules(scope: Scope, trigger: FollowUpRuleFields["trigger"]): Promise<RuleRow[]> {
  return (await listRuleRows(scope, { trigger, isActive: true })).map(parseRow);
}

export async function findRule(scope: Scope, ruleId: string): Promise<RuleRow | null> {
  const row = await findRuleRow(scope, ruleId);
  return row === null ? null : parseRow(row);
}

/** @throws AppError `follow_ups.rule_not_found`, `replies.unknown_variable`, `inbox.label_not_found`, `connection.not_found`. */
export async function saveRule(
  scope: Scope,
  actor: AuditActor,
  { ruleId, ...fields }: FollowUpRuleFields & { readonly ruleId?: string | undefined },
): Promise<{ id: string; warnings: RuleWarning[] }> {
  const [unknown] = unknownVariables(fields.text);
  if (unknown !== undefined) throw invalid("replies.unknown_variable", { name: unknown });
  if (ruleId !== undefined && (await findRuleRow(scope, ruleId)) === null) throw notFound("follow_ups.rule_not_found");
  await requireRows(scope, fields.conditions);
  const id = ruleId ?? newId();
  if (ruleId === undefined) await insertRule(scope, id, fields);
  else await updateRule(scope, id, fields);
  await writeAudit(scope, {
    actor,
    action: ruleId === undefined ? "follow_up_rule.created" : "follow_up_rule.changed",
    subject: { type: "follow_up_rule", id },
    details: { name: fields.name, isActive: fields.isActive, delayDays: fields.delayDays },
  });
  return { id, warnings: warningsOf(fields) };
}

/** What it planned is skipped when its moment comes. @throws AppError `follow_ups.rule_not_found`. */
export async function removeRule(scope: Scope, actor: AuditActor, ruleId: string, clock: Clock = systemClock): Promise<void> {
  if ((await findRuleRow(scope, ruleId)) === null) throw notFound("follow_ups.rule_not_found");
  await updateRule(scope, ruleId, { removedAt: clock.now(), isActive: false });
  await writeAudit(scope, { actor, action: "follow_up_rule.removed", subject: { type: "follow_up_rule", id: ruleId }, details: {} });
}
