import { newId } from "@/lib/ids";
import type { Viewer } from "@/server/access/index";
import { isVisible, requireVisible } from "@/server/inbox/index";
import { type Clock, systemClock } from "@/server/platform/clock";
import { notFound } from "@/server/platform/errors";
import { emit } from "@/server/platform/events";
import { inWorkspace, type Scope } from "@/server/platform/transaction";
import { followUpCancelled, followUpScheduled } from "./events";
import { activeRules } from "./manage-rules";
import { cancelScheduled, findOccasion, insertFollowUp, listNewDeliveries, lockFollowUp, type NewFollowUp, noteAnswer, settleFollowUp } from "./repository";
import { isMeant } from "./rules";
import type { FollowUpRuleFields } from "./schema";

const DAY_MS = 86_400_000;
/** A buyer who writes within this time after a follow-up has answered it. */
const ANSWER_MS = 14 * DAY_MS;
/** How far back a delivery may lie to be noticed: services tell of it late. */
const DELIVERY_REACH_MS = 3 * DAY_MS;
const AT_ONCE = 500;

export interface TriggerMoment {
  readonly workspaceId: string;
  readonly conversationId: string;
  readonly trigger: FollowUpRuleFields["trigger"];
  readonly at: Date;
}

/** Plans what the active rules make of one occasion. The same occasion, however often it is told, is planned once. */
export async function planFollowUps({ workspaceId, conversationId, trigger, at }: TriggerMoment): Promise<{ planned: number }> {
  return inWorkspace(workspaceId, async (scope) => {
    const occasion = await findOccasion(scope, conversationId);
    if (occasion === null) return { planned: 0 };
    let planned = 0;
    for (const rule of await activeRules(scope, trigger)) {
      if (!isMeant(rule.conditions, occasion)) continue;
      const row = {
        id: newId(),
        conversationId,
        ruleId: rule.id,
        createdById: null,
        text: rule.text,
        dueAt: new Date(at.getTime() + rule.delayDays * DAY_MS),
        occasionKey: `${rule.id}/${conversationId}/${at.toISOString()}`,
      };
      if (await schedule(scope, row)) planned += 1;
    }
    return { planned };
  });
}

async function schedule(scope: Scope, row: NewFollowUp): Promise<boolean> {
  if (!(await insertFollowUp(scope, row))) return false;
  const ref = { workspaceId: scope.workspaceId, followUpId: row.id, conversationId: row.conversationId };
  await emit(scope.db, [followUpScheduled.create({ ...ref, dueAt: row.dueAt.toISOString() })]);
  return true;
}

export interface RemindInput {
  readonly conversationId: string;
  readonly days: number;
  readonly text: string;
}

/**
 * A person's own "remind the buyer in N days".
 * @throws AppError `inbox.conversation_not_found`.
 */
export async function remindBuyer(scope: Scope, viewer: Viewer, input: RemindInput, clock: Clock = systemClock): Promise<{ id: string; dueAt: Date }> {
  await requireVisible(scope, viewer, input.conversationId);
  const id = newId();
  const dueAt = new Date(clock.now().getTime() + input.days * DAY_MS);
  await schedule(scope, {
    id,
    conversationId: input.conversationId,
    ruleId: null,
    createdById: viewer.userId,
    text: input.text,
    dueAt,
    occasionKey: `person/${id}`,
  });
  return { id, dueAt };
}

/** @throws AppError `follow_ups.not_found`. */
export async function cancelFollowUp(scope: Scope, viewer: Viewer, followUpId: string, clock: Clock = systemClock): Promise<void> {
  const row = await lockFollowUp(scope, followUpId);
  if (row === null || !(await isVisible(scope, viewer, row.conversationId))) throw notFound("follow_ups.not_found");
  if (row.status !== "scheduled") return;
  await settleFollowUp(scope, followUpId, { status: "cancelled", at: clock.now(), reasonCode: "by_person" });
  await emit(scope.db, [followUpCancelled.create({ workspaceId: scope.workspaceId, followUpId })]);
}

/** The buyer wrote: nothing planned may be sent any more, and what was sent has its answer. */
export async function heedBuyer(
  { workspaceId, conversationId }: { workspaceId: string; conversationId: string },
  clock: Clock = systemClock,
): Promise<{ cancelled: number }> {
  return inWorkspace(workspaceId, async (scope) => {
    const now = clock.now();
    const cancelled = await cancelScheduled(scope, conversationId, now, "buyer_wrote");
    await noteAnswer(scope, conversationId, now, new Date(now.getTime() - ANSWER_MS));
    await emit(
      scope.db,
      cancelled.map((followUpId) => followUpCancelled.create({ workspaceId, followUpId })),
    );
    return { cancelled: cancelled.length };
  });
}

/** Deliveries are learnt from synchronisations and told by no event: looked for every hour. */
export async function planDeliveries(clock: Clock = systemClock): Promise<{ planned: number }> {
  const since = new Date(clock.now().getTime() - DELIVERY_REACH_MS);
  let planned = 0;
  for (const delivery of await listNewDeliveries(since, AT_ONCE)) planned += (await planFollowUps({ ...delivery, trigger: "order_delivered" })).planned;
  return { planned };
}
