import { renderTemplate } from "@/lib/reply-template";
import { notFound } from "@/server/platform/errors";
import type { Scope } from "@/server/platform/transaction";
import { findRule } from "./manage-rules";
import { listOccasions } from "./repository";
import { isMeant } from "./rules";
import type { DryRun } from "./schema";
import { FOLLOW_UP_DEPS, type FollowUpDeps, judge } from "./send-follow-up";

const DAY_MS = 86_400_000;
const REACH_DAYS = 30;
const AT_MOST = 200;
const EXAMPLES = 5;

/**
 * What a rule would do to the occasions of the last 30 days, decided as if their moment were now. Sends nothing, writes nothing.
 * An inactive rule is tried as if it were active.
 * @throws AppError `follow_ups.rule_not_found`.
 */
export async function tryRule(scope: Scope, ruleId: string, deps: Pick<FollowUpDeps, "clock" | "outlook"> = FOLLOW_UP_DEPS): Promise<DryRun> {
  const found = await findRule(scope, ruleId);
  if (found === null) throw notFound("follow_ups.rule_not_found");
  const rule = { ...found, isActive: true };
  const now = deps.clock.now();
  const seen = await listOccasions(scope, rule.trigger, new Date(now.getTime() - REACH_DAYS * DAY_MS), AT_MOST + 1);
  const occasions = seen.slice(0, AT_MOST).filter((occasion) => isMeant(rule.conditions, occasion));
  const outcomes = new Map<string, number>();
  const examples: DryRun["examples"] = [];
  for (const { conversationId, at } of occasions) {
    const outlook = await deps.outlook(scope, conversationId);
    if (outlook === null) continue;
    const decision = await judge(scope, { row: { conversationId, createdAt: at }, rule, outlook, now });
    const outcome = decision.do === "send" || decision.do === "wait" ? decision.do : decision.code;
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    if (examples.length < EXAMPLES)
      examples.push({ conversationId, buyerName: outlook.conversation.buyerName, outcome, text: renderTemplate(rule.text, outlook.values).text });
  }
  return { occasions: occasions.length, isPartial: seen.length > AT_MOST, outcomes: [...outcomes].map(([code, count]) => ({ code, count })), examples };
}
