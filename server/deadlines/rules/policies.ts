import type { DeadlinePolicy, MarketplaceLimit, PolicyConditions } from "../schema";
import { MINUTE_MS } from "./wall-clock";

/** What a policy looks at. */
export interface ConversationTraits {
  readonly channel: string;
  readonly connectionId: string;
  readonly teamId: string | null;
  readonly labelIds: readonly string[];
}

export type MatchedCondition = "channel" | "label" | "team" | "connection";

export interface PolicyMatch {
  readonly policy: DeadlinePolicy;
  /** 1 = first of the list. */
  readonly position: number;
  /** The conditions it has, all of which hold; none = it takes every conversation. */
  readonly because: readonly MatchedCondition[];
}

function matchedConditions(conditions: PolicyConditions, traits: ConversationTraits): MatchedCondition[] | null {
  const checks: readonly [MatchedCondition, readonly string[], readonly string[]][] = [
    ["channel", conditions.channels, [traits.channel]],
    ["label", conditions.labelIds, traits.labelIds],
    ["team", conditions.teamIds, traits.teamId === null ? [] : [traits.teamId]],
    ["connection", conditions.connectionIds, [traits.connectionId]],
  ];
  const asked = checks.filter(([, wanted]) => wanted.length > 0);
  return asked.every(([, wanted, held]) => wanted.some((id) => held.includes(id))) ? asked.map(([name]) => name) : null;
}

/** The first active policy of the list whose conditions all hold. */
export function matchPolicy(policies: readonly DeadlinePolicy[], traits: ConversationTraits): PolicyMatch | null {
  for (const [index, policy] of policies.entries()) {
    const because = policy.isActive ? matchedConditions(policy.conditions, traits) : null;
    if (because !== null) return { policy, position: index + 1, because };
  }
  return null;
}

/** The channel's own limit, where one is known. */
export function limitFor(limits: readonly MarketplaceLimit[], channel: string): KnownLimit | null {
  const limit = limits.find((entry) => entry.channel === channel);
  return limit === undefined || limit.minutes === null ? null : { ...limit, minutes: limit.minutes };
}

export type KnownLimit = MarketplaceLimit & { readonly minutes: number };

/** When the marketplace's own limit ends, around the clock and whatever we pause. */
export function limitDueAt(limit: KnownLimit, since: { readonly unanswered: Date; readonly lastBuyerMessage: Date }): Date {
  const from = limit.anchor === "unanswered" ? since.unanswered : since.lastBuyerMessage;
  return new Date(from.getTime() + limit.minutes * MINUTE_MS);
}
