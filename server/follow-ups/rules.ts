import { createHash } from "node:crypto";
import { TZDate } from "@date-fns/tz";
import type { ChannelRules, WriteState } from "@/server/integrations/contract/ports";
import type { FollowUpConditions, FollowUpRuleFields, QuietHours, RuleWarning } from "./schema";

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** The moment the quiet hours that `at` falls into are over, or `at` itself. The range may cross midnight; clocks may change in it. */
export function afterQuietHours(quiet: QuietHours, timeZone: string, at: Date): Date {
  const [from, to] = [minutesOf(quiet.from), minutesOf(quiet.to)];
  if (from === to) return at;
  const local = new TZDate(at.getTime(), timeZone);
  const now = local.getHours() * 60 + local.getMinutes();
  const crossesMidnight = from > to;
  const isQuiet = crossesMidnight ? now >= from || now < to : now >= from && now < to;
  if (!isQuiet) return at;
  const day = local.getDate() + (crossesMidnight && now >= from ? 1 : 0);
  const end = new TZDate(local.getFullYear(), local.getMonth(), day, Math.floor(to / 60), to % 60, timeZone);
  // In the hour a clock is set back the wall shows the end twice.
  return new Date(Math.max(end.getTime(), at.getTime()));
}

/** Whether a buyer belongs to the part that gets nothing. Always the same answer for the same buyer and rule, so no chance is drawn twice. */
export function isHeldOut(ruleId: string, buyerKey: string, percent: number): boolean {
  const hash = createHash("sha256").update(`${ruleId}/${buyerKey}`).digest();
  return hash.readUInt32BE(0) % 100 < percent;
}

/**
 * What cannot work, said before anyone relies on it: a reply window shorter than the delay, a channel that takes one answer only.
 * A window counted from the buyer's last message or the delivery ends before a message `delayDays` later can leave.
 */
export function ruleWarnings(rule: Pick<FollowUpRuleFields, "delayDays" | "conditions" | "trigger">, channels: readonly ChannelRules[]): RuleWarning[] {
  const concerned = channels.filter(({ channel }) => rule.conditions.channels.length === 0 || rule.conditions.channels.includes(channel));
  return concerned.flatMap((rules): RuleWarning[] => {
    if (rules.maxAnswers !== undefined) return [{ code: "only_answers", channel: rules.channel, hours: null, matched: null }];
    if (rules.windows.length === 0) return [];
    const delay = rule.delayDays * 24;
    const tooShort = rules.windows.filter((window) => window.hours < delay);
    if (tooShort.length === 0) return [];
    const hours = Math.max(...rules.windows.map((window) => window.hours));
    return [{ code: tooShort.length === rules.windows.length ? "window_too_short" : "window_conditional", channel: rules.channel, hours, matched: null }];
  });
}

export interface Occasion {
  readonly channel: string;
  readonly connectionId: string;
  readonly labelIds: readonly string[];
  readonly sku: string | null;
}

/** Whether a rule means this conversation; an empty list means any. */
export function isMeant(conditions: FollowUpConditions, occasion: Occasion): boolean {
  const among = (list: readonly string[], values: readonly (string | null)[]) =>
    list.length === 0 || values.some((value) => value !== null && list.includes(value));
  return (
    among(conditions.channels, [occasion.channel]) &&
    among(conditions.connectionIds, [occasion.connectionId]) &&
    among(conditions.labelIds, occasion.labelIds) &&
    among(conditions.skus, [occasion.sku])
  );
}

export interface SendQuestion {
  readonly now: Date;
  readonly plannedAt: Date;
  readonly status: "open" | "pending" | "snoozed" | "resolved" | "closed";
  readonly waitingSince: Date | null;
  readonly lastBuyerMessageAt: Date | null;
  readonly writeState: WriteState;
  /** Null for a person's reminder: only the channel and the buyer can stop it. */
  readonly rule: {
    readonly id: string;
    readonly isActive: boolean;
    readonly quietHours: QuietHours;
    readonly frequencyCapDays: number;
    readonly holdoutPercent: number;
  } | null;
  readonly timeZone: string;
  readonly lastFollowUpAt: Date | null;
  readonly buyerKey: string;
  /** False when the product is known and no longer offered. */
  readonly isProductOffered: boolean;
}

/** Reminders of people keep the night's peace as well. */
export const DEFAULT_QUIET_HOURS: QuietHours = { from: "21:00", to: "09:00" };

export type SendDecision =
  | { readonly do: "send" }
  | { readonly do: "wait"; readonly until: Date }
  | { readonly do: "cancelled" | "skipped" | "held_out"; readonly code: string; readonly params?: Readonly<Record<string, string | number>> };

/** Everything is asked again at the moment of sending; the first reason against it wins. */
export function decide(question: SendQuestion): SendDecision {
  return againstWriting(question) ?? againstRule(question) ?? night(question) ?? { do: "send" };
}

function againstWriting(question: SendQuestion): SendDecision | null {
  if (question.lastBuyerMessageAt !== null && question.lastBuyerMessageAt > question.plannedAt) return { do: "cancelled", code: "buyer_wrote" };
  if (question.status === "closed") return { do: "skipped", code: "conversation_closed" };
  if (question.waitingSince !== null) return { do: "skipped", code: "buyer_waiting" };
  if (!question.writeState.open) return { do: "skipped", code: `closed.${question.writeState.code}`, params: question.writeState.params ?? {} };
  return null;
}

/** A person's reminder has no rule: only the channel, the buyer and the night can stop it. */
function againstRule({ rule, now, lastFollowUpAt, isProductOffered, buyerKey }: SendQuestion): SendDecision | null {
  if (rule === null) return null;
  if (!rule.isActive) return { do: "skipped", code: "rule_inactive" };
  if (!isProductOffered) return { do: "skipped", code: "product_gone" };
  const capEnds = lastFollowUpAt === null ? null : lastFollowUpAt.getTime() + rule.frequencyCapDays * DAY_MS;
  if (capEnds !== null && capEnds > now.getTime()) return { do: "skipped", code: "frequency_cap", params: { days: rule.frequencyCapDays } };
  return isHeldOut(rule.id, buyerKey, rule.holdoutPercent) ? { do: "held_out", code: "holdout" } : null;
}

function night({ rule, now, timeZone, writeState }: SendQuestion): SendDecision | null {
  const until = afterQuietHours(rule?.quietHours ?? DEFAULT_QUIET_HOURS, timeZone, now);
  if (until <= now) return null;
  // Waiting for the morning must not outlive the channel's window.
  const closes = writeState.open ? writeState.until : undefined;
  return closes !== undefined && until.getTime() > closes.getTime() - HOUR_MS ? { do: "skipped", code: "window_in_quiet_hours" } : { do: "wait", until };
}
