import type { Viewer } from "@/server/access/index";
import { visibleTo } from "@/server/inbox/index";
import { Prisma } from "@/server/platform/generated/client";
import type { Scope } from "@/server/platform/transaction";
import { inSystem } from "@/server/platform/transaction";
import type { Occasion } from "./rules";
import type { FollowUpRuleFields, FollowUpStatus, FollowUpView, ListFollowUpsInput } from "./schema";

export interface RuleRow extends FollowUpRuleFields {
  readonly id: string;
  readonly updatedAt: Date;
}

const RULE = { id: true, name: true, kind: true, isActive: true, trigger: true, delayDays: true, conditions: true, text: true, quietHours: true } as const;
const RULE_FIELDS = { ...RULE, frequencyCapDays: true, holdoutPercent: true, updatedAt: true } as const;

/** Rows as they are stored: JSON columns are parsed by the caller's schema. */
export async function listRuleRows(scope: Scope, where: { readonly trigger?: string; readonly isActive?: boolean } = {}) {
  return scope.db.followUpRule.findMany({
    where: { workspaceId: scope.workspaceId, removedAt: null, ...where },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: RULE_FIELDS,
  });
}

export async function findRuleRow(scope: Scope, ruleId: string) {
  return scope.db.followUpRule.findFirst({ where: { workspaceId: scope.workspaceId, id: ruleId, removedAt: null }, select: RULE_FIELDS });
}

export async function insertRule(scope: Scope, id: string, fields: FollowUpRuleFields): Promise<void> {
  await scope.db.followUpRule.create({ data: { id, workspaceId: scope.workspaceId, ...fields } });
}

export async function updateRule(scope: Scope, id: string, fields: Partial<FollowUpRuleFields> & { readonly removedAt?: Date }): Promise<void> {
  await scope.db.followUpRule.updateMany({ where: { workspaceId: scope.workspaceId, id }, data: fields });
}

export interface OccasionRow extends Occasion {
  readonly conversationId: string;
  readonly at: Date;
}

const LABELS = Prisma.sql`coalesce((SELECT array_agg(l.label_id) FROM conversation_label l WHERE l.conversation_id = c.id), '{}') AS "labelIds"`;

/** What the conditions of rules look at, of one conversation. */
export async function findOccasion(scope: Scope, conversationId: string): Promise<(Occasion & { readonly connectionId: string }) | null> {
  const [row] = await scope.db.$queryRaw<Occasion[]>`
    SELECT c.channel, c.connection_id AS "connectionId", c.sku, ${LABELS} FROM conversation c WHERE c.workspace_id = ${scope.workspaceId}::uuid AND c.id = ${conversationId}::uuid`;
  return row ?? null;
}

/** Occasions of a trigger since a moment, newest first: a conversation resolved, an order delivered. */
export async function listOccasions(scope: Scope, trigger: string, since: Date, limit: number): Promise<OccasionRow[]> {
  if (trigger === "order_delivered")
    return scope.db.$queryRaw<OccasionRow[]>`
      SELECT c.id AS "conversationId", c.channel, c.connection_id AS "connectionId", c.sku, ${LABELS}, c.order_delivered_at AS at FROM conversation c
      WHERE c.workspace_id = ${scope.workspaceId}::uuid AND c.order_delivered_at >= ${since}::timestamptz AND c.last_message_at >= ${since}::timestamptz
      ORDER BY c.last_message_at DESC, c.id DESC LIMIT ${limit}`;
  return scope.db.$queryRaw<OccasionRow[]>`
    SELECT c.id AS "conversationId", c.channel, c.connection_id AS "connectionId", c.sku, ${LABELS}, c.last_message_at AS at FROM conversation c
    WHERE c.workspace_id = ${scope.workspaceId}::uuid AND c.status = 'resolved' AND c.last_message_at >= ${since}::timestamptz
    ORDER BY c.last_message_at DESC, c.id DESC LIMIT ${limit}`;
}

export interface NewFollowUp {
  readonly id: string;
  readonly conversationId: string;
  readonly ruleId: string | null;
  readonly createdById: string | null;
  readonly text: string;
  readonly dueAt: Date;
  readonly occasionKey: string;
}

/** @returns false when this occasion has its follow-up already. */
export async function insertFollowUp(scope: Scope, row: NewFollowUp): Promise<boolean> {
  const { count } = await scope.db.followUp.createMany({ data: { ...row, workspaceId: scope.workspaceId, status: "scheduled" }, skipDuplicates: true });
  return count > 0;
}

export interface FollowUpRow {
  readonly id: string;
  readonly conversationId: string;
  readonly ruleId: string | null;
  readonly createdById: string | null;
  readonly text: string;
  readonly dueAt: Date;
  readonly status: string;
  readonly createdAt: Date;
}

/** With its row locked: nobody else decides about it meanwhile. */
export async function lockFollowUp(scope: Scope, followUpId: string): Promise<FollowUpRow | null> {
  const [row] = await scope.db.$queryRaw<FollowUpRow[]>`
    SELECT id, conversation_id AS "conversationId", rule_id AS "ruleId", created_by_id AS "createdById", text, due_at AS "dueAt", status, created_at AS "createdAt"
    FROM follow_up WHERE workspace_id = ${scope.workspaceId}::uuid AND id = ${followUpId}::uuid FOR UPDATE`;
  return row ?? null;
}

export interface Settlement {
  readonly status: FollowUpStatus;
  readonly at: Date;
  readonly reasonCode?: string | undefined;
  readonly reasonParams?: Readonly<Record<string, string | number>> | undefined;
  readonly messageId?: string | undefined;
}

export async function settleFollowUp(scope: Scope, followUpId: string, { status, at, reasonCode, reasonParams, messageId }: Settlement): Promise<void> {
  await scope.db.followUp.updateMany({
    where: { workspaceId: scope.workspaceId, id: followUpId, status: "scheduled" },
    data: { status, settledAt: at, reasonCode: reasonCode ?? null, reasonParams: reasonParams ?? {}, messageId: messageId ?? null },
  });
}

export async function postponeFollowUp(scope: Scope, followUpId: string, dueAt: Date): Promise<void> {
  await scope.db.followUp.updateMany({ where: { workspaceId: scope.workspaceId, id: followUpId, status: "scheduled" }, data: { dueAt } });
}

/** @returns those that were still planned. */
export async function cancelScheduled(scope: Scope, conversationId: string, at: Date, reasonCode: string): Promise<string[]> {
  const rows = await scope.db.$queryRaw<{ id: string }[]>`
    UPDATE follow_up SET status = 'cancelled', settled_at = ${at}::timestamptz, reason_code = ${reasonCode}
    WHERE workspace_id = ${scope.workspaceId}::uuid AND conversation_id = ${conversationId}::uuid AND status = 'scheduled' RETURNING id`;
  return rows.map((row) => row.id);
}

/** The buyer wrote: an answer to what was sent, and the comparison for those who were held out. */
export async function noteAnswer(scope: Scope, conversationId: string, at: Date, since: Date): Promise<void> {
  await scope.db.$executeRaw`
    UPDATE follow_up SET answered_at = ${at}::timestamptz
    WHERE workspace_id = ${scope.workspaceId}::uuid AND conversation_id = ${conversationId}::uuid AND status IN ('sent', 'held_out') AND answered_at IS NULL
      AND settled_at BETWEEN ${since}::timestamptz AND ${at}::timestamptz`;
}

/** The newest follow-up this buyer got in any conversation of the connection. */
export async function findLastSentAt(
  scope: Scope,
  { connectionId, conversationId, buyerRef }: { connectionId: string; conversationId: string; buyerRef: string | null },
): Promise<Date | null> {
  const [row] = await scope.db.$queryRaw<{ at: Date | null }[]>`
    SELECT max(f.settled_at) AS at FROM follow_up f WHERE f.workspace_id = ${scope.workspaceId}::uuid AND f.status = 'sent' AND f.conversation_id IN (
      SELECT c.id FROM conversation c WHERE c.workspace_id = ${scope.workspaceId}::uuid
        AND (c.id = ${conversationId}::uuid OR (c.connection_id = ${connectionId}::uuid AND c.buyer_ref IS NOT NULL AND c.buyer_ref = ${buyerRef})))`;
  return row?.at ?? null;
}

/** Whose clock the buyer is presumed to live by. */
export async function findTimeZone(scope: Scope, organizationId: string): Promise<string> {
  const row = await scope.db.organization.findFirst({ where: { workspaceId: scope.workspaceId, id: organizationId }, select: { timeZone: true } });
  return row?.timeZone ?? "UTC";
}

export async function hasCatalog(scope: Scope, connectionId: string): Promise<boolean> {
  return (await scope.db.product.findFirst({ where: { workspaceId: scope.workspaceId, connectionId }, select: { id: true } })) !== null;
}

export interface DueRow {
  readonly workspaceId: string;
  readonly followUpId: string;
  readonly conversationId: string;
  readonly dueAt: Date;
}

/** Of every workspace: what should have been decided by `before`. */
export async function listOverdue(before: Date, limit: number): Promise<DueRow[]> {
  return inSystem(
    (tx) => tx.$queryRaw<DueRow[]>`
    SELECT workspace_id AS "workspaceId", id AS "followUpId", conversation_id AS "conversationId", due_at AS "dueAt" FROM follow_up
    WHERE status = 'scheduled' AND due_at < ${before}::timestamptz ORDER BY due_at LIMIT ${limit}`,
  );
}

export interface DeliveredRow {
  readonly workspaceId: string;
  readonly conversationId: string;
  readonly at: Date;
}

/** Of every workspace with a rule for it: deliveries since a moment that no rule has looked at. */
export async function listNewDeliveries(since: Date, limit: number): Promise<DeliveredRow[]> {
  return inSystem(
    (tx) => tx.$queryRaw<DeliveredRow[]>`
    SELECT c.workspace_id AS "workspaceId", c.id AS "conversationId", c.order_delivered_at AS at
    FROM (SELECT DISTINCT workspace_id FROM follow_up_rule WHERE is_active AND removed_at IS NULL AND trigger = 'order_delivered') r
    JOIN conversation c ON c.workspace_id = r.workspace_id
    WHERE c.order_delivered_at >= ${since}::timestamptz AND c.order_delivered_at <= now()
      AND NOT EXISTS (SELECT FROM follow_up f JOIN follow_up_rule fr ON fr.id = f.rule_id AND fr.trigger = 'order_delivered' WHERE f.conversation_id = c.id AND f.created_at >= ${since}::timestamptz)
    ORDER BY c.order_delivered_at LIMIT ${limit}`,
  );
}

export async function listFollowUpRows(
  scope: Scope,
  viewer: Viewer,
  input: ListFollowUpsInput & { readonly conversationId?: string | undefined },
): Promise<FollowUpView[]> {
  const where = [Prisma.sql`f.workspace_id = ${scope.workspaceId}::uuid`, visibleTo(viewer)];
  if (input.conversationId !== undefined) where.push(Prisma.sql`f.conversation_id = ${input.conversationId}::uuid`);
  if (input.ruleId !== undefined) where.push(Prisma.sql`f.rule_id = ${input.ruleId}::uuid`);
  if (input.statuses !== undefined && input.statuses.length > 0) where.push(Prisma.sql`f.status = ANY(${[...input.statuses]}::text[])`);
  if (input.cursor !== undefined) where.push(Prisma.sql`(f.created_at, f.id) < (${input.cursor.at}::timestamptz, ${input.cursor.id}::uuid)`);
  return scope.db.$queryRaw<FollowUpView[]>(Prisma.sql`
    SELECT f.id, f.conversation_id AS "conversationId", c.buyer_name AS "buyerName", c.channel, f.rule_id AS "ruleId", r.name AS "ruleName", f.created_by_id AS "createdById", f.text,
      f.due_at AS "dueAt", f.status, f.reason_code AS "reasonCode", f.created_at AS "createdAt", f.settled_at AS "settledAt", f.answered_at AS "answeredAt"
    FROM follow_up f JOIN conversation c ON c.id = f.conversation_id LEFT JOIN follow_up_rule r ON r.id = f.rule_id
    WHERE ${Prisma.join(where, " AND ")} ORDER BY f.created_at DESC, f.id DESC LIMIT ${input.limit + 1}`);
}

export interface EffectRow {
  readonly ruleId: string;
  readonly ruleName: string;
  readonly sent: number;
  readonly sentAnswered: number;
  readonly heldOut: number;
  readonly heldOutAnswered: number;
  readonly skipped: number;
  readonly cancelled: number;
  readonly scheduled: number;
}

export async function measureEffect(scope: Scope): Promise<EffectRow[]> {
  return scope.db.$queryRaw<EffectRow[]>`
    SELECT r.id AS "ruleId", r.name AS "ruleName",
      count(*) FILTER (WHERE f.status = 'sent')::integer AS sent, count(*) FILTER (WHERE f.status = 'sent' AND f.answered_at IS NOT NULL)::integer AS "sentAnswered",
      count(*) FILTER (WHERE f.status = 'held_out')::integer AS "heldOut", count(*) FILTER (WHERE f.status = 'held_out' AND f.answered_at IS NOT NULL)::integer AS "heldOutAnswered",
      count(*) FILTER (WHERE f.status = 'skipped')::integer AS skipped, count(*) FILTER (WHERE f.status = 'cancelled')::integer AS cancelled,
      count(*) FILTER (WHERE f.status = 'scheduled')::integer AS scheduled
    FROM follow_up_rule r LEFT JOIN follow_up f ON f.rule_id = r.id AND f.workspace_id = r.workspace_id
    WHERE r.workspace_id = ${scope.workspaceId}::uuid AND r.removed_at IS NULL GROUP BY r.id, r.name, r.created_at ORDER BY r.created_at, r.id`;
}
