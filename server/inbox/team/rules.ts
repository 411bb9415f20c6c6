import type { Availability } from "./schema";

/** Without a sign of life for this long somebody is offline, whatever they have set. */
export const OFFLINE_AFTER_MS = 5 * 60_000;
/** Who looks at a conversation is shown for this long unless they say so again. */
export const PRESENCE_MS = 20_000;
/** Buyers' messages older than this are history: nobody is told of them. */
export const NEWS_MS = 60 * 60_000;
/** What is given out after this long without a message (a first synchronisation) is announced to nobody. */
export const QUIET_AFTER_MS = 24 * 60 * 60_000;
export const SNOOZE_MAX_MS = 366 * 24 * 60 * 60_000;

export function availabilityOf(state: { readonly availability: string; readonly lastSeenAt: Date } | null, now: Date): Availability {
  if (state === null || now.getTime() - state.lastSeenAt.getTime() >= OFFLINE_AFTER_MS) return "offline";
  return state.availability === "away" ? "away" : "online";
}

export interface Taker {
  readonly userId: string;
  /** How many more they take; null = any number. */
  readonly room: number | null;
  /** Null = never before: first in turn. */
  readonly lastAssignedAt: Date | null;
}

/**
 * Whose turn it is for each of `count` conversations: who was given something longest ago and has room.
 * @returns user ids, fewer than `count` when nobody has room any more.
 */
export function distribute(takers: readonly Taker[], count: number): string[] {
  const turn = [...takers]
    .sort((a, b) => (a.lastAssignedAt?.getTime() ?? 0) - (b.lastAssignedAt?.getTime() ?? 0) || (a.userId < b.userId ? -1 : 1))
    .map(({ userId, room }) => ({ userId, room: room ?? Number.POSITIVE_INFINITY }));
  const given: string[] = [];
  while (given.length < count) {
    const at = turn.findIndex(({ room }) => room > 0);
    const [next] = at < 0 ? [] : turn.splice(at, 1);
    if (next === undefined) break;
    given.push(next.userId);
    turn.push({ ...next, room: next.room - 1 });
  }
  return given;
}

export interface RoutingRule {
  readonly teamId: string;
  readonly channels: readonly string[];
  readonly connectionIds: readonly string[];
}

/** The team of the first rule that fits; empty lists fit everything. */
export function teamFor(rules: readonly RoutingRule[], conversation: { readonly channel: string; readonly connectionId: string }): string | null {
  const fits = (list: readonly string[], value: string) => list.length === 0 || list.includes(value);
  return rules.find((rule) => fits(rule.channels, conversation.channel) && fits(rule.connectionIds, conversation.connectionId))?.teamId ?? null;
}
