import { renderTemplate } from "@/lib/reply-template";
import { productNames } from "@/server/catalog/index";
import { type SendingOutlook, sendingOutlook, sendMessage } from "@/server/inbox/index";
import { type Clock, systemClock } from "@/server/platform/clock";
import { AppError } from "@/server/platform/errors";
import { emit } from "@/server/platform/events";
import { inSystem, inWorkspace, type Scope } from "@/server/platform/transaction";
import { followUpScheduled } from "./events";
import { findRule } from "./manage-rules";
import {
  type FollowUpRow,
  findLastSentAt,
  findTimeZone,
  hasCatalog,
  listOverdue,
  lockFollowUp,
  postponeFollowUp,
  type RuleRow,
  settleFollowUp,
} from "./repository";
import { decide, type SendDecision } from "./rules";

export interface FollowUpDeps {
  readonly clock: Clock;
  readonly outlook: (scope: Scope, conversationId: string) => Promise<SendingOutlook | null>;
  readonly send: (...input: Parameters<typeof sendMessage>) => ReturnType<typeof sendMessage>;
}

export const FOLLOW_UP_DEPS: FollowUpDeps = { clock: systemClock, outlook: sendingOutlook, send: sendMessage };

export interface FollowUpRef {
  readonly workspaceId: string;
  readonly followUpId: string;
}

/** settled: sent or not, it is over · wait: ask again then. */
export type FollowUpOutcome = { readonly kind: "settled"; readonly status: string } | { readonly kind: "wait"; readonly until: Date };

type Plan = { readonly kind: "done"; readonly outcome: FollowUpOutcome } | { readonly kind: "send"; readonly row: FollowUpRow; readonly text: string };

/**
 * Decides about a planned message at its moment and sends it through the same outbox and guard as a person's. Its own id is the
 * send id, so that a repeated try after a crash is the same message.
 */
export async function sendFollowUp(ref: FollowUpRef, deps: FollowUpDeps = FOLLOW_UP_DEPS): Promise<FollowUpOutcome> {
  const { clock } = deps;
  const plan = await inWorkspace(ref.workspaceId, (scope) => prepare(scope, ref.followUpId, deps));
  if (plan.kind === "done") return plan.outcome;
  const { row, text } = plan;
  const input = { conversationId: row.conversationId, sendId: row.id, text, origin: "follow_up" as const, undoable: false };
  const settle = (settlement: Parameters<typeof settleFollowUp>[2]) => inWorkspace(ref.workspaceId, (scope) => settleFollowUp(scope, row.id, settlement));
  try {
    const { messageId } = await deps.send(ref.workspaceId, { userId: row.createdById, mayOverride: false }, input);
    await settle({ status: "sent", at: clock.now(), messageId });
    return { kind: "settled", status: "sent" };
  } catch (error) {
    // Refused by the guard or the channel: a person's words are needed, another try would be refused alike.
    if (!(error instanceof AppError) || error.status >= 500) throw error;
    await settle({ status: "skipped", at: clock.now(), reasonCode: error.code, reasonParams: error.params });
    return { kind: "settled", status: "skipped" };
  }
}

async function prepare(scope: Scope, followUpId: string, { clock, outlook: look }: FollowUpDeps): Promise<Plan> {
  const done = (outcome: FollowUpOutcome): Plan => ({ kind: "done", outcome });
  const row = await lockFollowUp(scope, followUpId);
  if (row === null || row.status !== "scheduled") return done({ kind: "settled", status: row?.status ?? "gone" });
  const now = clock.now();
  if (row.dueAt > now) return done({ kind: "wait", until: row.dueAt });
  const outlook = await look(scope, row.conversationId);
  const settled = async (status: "cancelled" | "skipped" | "held_out", reasonCode: string, reasonParams = {}) => {
    await settleFollowUp(scope, row.id, { status, at: now, reasonCode, reasonParams });
    return done({ kind: "settled", status });
  };
  if (outlook === null) return settled("skipped", "conversation_gone");
  const rule = row.ruleId === null ? null : await findRule(scope, row.ruleId);
  if (row.ruleId !== null && rule === null) return settled("skipped", "rule_removed");
  const decision = await judge(scope, { row, rule, outlook, now });
  if (decision.do === "wait") {
    await postponeFollowUp(scope, row.id, decision.until);
    return done({ kind: "wait", until: decision.until });
  }
  if (decision.do !== "send") return settled(decision.do, decision.code, decision.params);
  const { text, missing } = renderTemplate(row.text, outlook.values);
  return missing.length > 0 ? settled("skipped", "missing_values", { names: missing.join(", ") }) : { kind: "send", row, text };
}

export interface Judged {
  readonly row: Pick<FollowUpRow, "conversationId"> & { readonly createdAt: Date };
  readonly rule: RuleRow | null;
  readonly outlook: SendingOutlook;
  readonly now: Date;
}

/** The decision of `rules.ts`, with everything it asks for; also what a dry run shows. */
export async function judge(scope: Scope, { row, rule, outlook, now }: Judged): Promise<SendDecision> {
  const { conversation, writeState } = outlook;
  const timeZone = await findTimeZone(scope, conversation.organizationId);
  return decide({
    now,
    plannedAt: row.createdAt,
    status: conversation.status,
    waitingSince: conversation.waitingSince,
    lastBuyerMessageAt: conversation.lastBuyerMessageAt,
    writeState,
    rule,
    timeZone,
    lastFollowUpAt: await findLastSentAt(scope, { ...conversation, conversationId: conversation.id }),
    buyerKey: conversation.buyerRef ?? conversation.id,
    isProductOffered: await isOffered(scope, conversation),
  });
}

/** A conversation without a product, or of a shop whose catalogue is not known, hinders nothing. */
async function isOffered(scope: Scope, { sku, connectionId }: SendingOutlook["conversation"]): Promise<boolean> {
  if (sku === null) return true;
  return !(await hasCatalog(scope, connectionId)) || (await productNames(scope, [{ connectionId, sku }])).size > 0;
}

const LATE_MS = 5 * 60_000;
const AT_ONCE = 200;

/** Sets going again what should have been decided: its run was lost or gave up. */
export async function sweepFollowUps(clock: Clock = systemClock): Promise<{ woken: number }> {
  const late = await listOverdue(new Date(clock.now().getTime() - LATE_MS), AT_ONCE);
  await inSystem((tx) =>
    emit(
      tx,
      late.map((row) => followUpScheduled.create({ ...row, dueAt: row.dueAt.toISOString() })),
    ),
  );
  return { woken: late.length };
}
