import type { DeadlinePolicy, DeadlineState, MarketplaceLimit, Metric, WorkingCalendar } from "../schema";
import { type Counting, countingBy, type Due, dueAfter, type Pause, pausedTime, pausesSince } from "./counting";
import { type KnownLimit, limitDueAt, limitFor, matchPolicy, type PolicyMatch } from "./policies";
import { foldTimeline, type TimelineEvent, type TimelineStart, type Wait, type Waits } from "./timeline";
import { MINUTE_MS } from "./wall-clock";

/** What people have set. */
export interface DeadlineSettings {
  /** In their order: the first that matches wins. */
  readonly policies: readonly DeadlinePolicy[];
  readonly calendars: ReadonlyMap<string, { readonly name: string; readonly calendar: WorkingCalendar }>;
  readonly limits: readonly MarketplaceLimit[];
}

/** A reply that is or was due, with everything its explanation needs. */
export interface Obligation {
  readonly metric: Metric;
  readonly startedAt: Date;
  readonly match: PolicyMatch | null;
  /** Null = the policy sets no target for this metric. */
  readonly targetMs: number | null;
  readonly counting: Counting;
  readonly calendarName: string | null;
  /** The policy asks for working hours but its calendar is gone: counted around the clock. */
  readonly isCalendarMissing: boolean;
  /** By the policy; null without a target. */
  readonly policyDue: Due | null;
  readonly limit: KnownLimit | null;
  readonly limitDueAt: Date | null;
  /** The earlier of the two; null = paused without a known end, or never. */
  readonly dueAt: Date | null;
  readonly decidedBy: "policy" | "limit" | null;
  readonly warnAt: Date | null;
  readonly state: DeadlineState;
  /** Real time of the pauses so far, those after the deadline left out. */
  readonly pausedMs: number;
  readonly end: Wait["end"];
}

/**
 * Which pauses of the conversation stop this policy's clock. While it was put away as done nobody was expected to answer. What
 * happens after a wait is over changes nothing of it: a pause that still ran then ends with it.
 */
function pausesOf(policy: DeadlinePolicy, pauses: readonly Pause[], { startedAt, end }: Wait): Pause[] {
  const counting = pauses.filter(({ reason }) => reason === "resolved" || reason === "closed" || policy.pauseOn.includes(reason));
  if (end === null) return pausesSince(counting, startedAt);
  const cut = counting.filter(({ from }) => from < end.at).map((pause) => ({ ...pause, to: pause.to === null || pause.to > end.at ? end.at : pause.to }));
  return pausesSince(cut, startedAt);
}

interface PolicyTerms {
  readonly counting: Counting;
  readonly calendarName: string | null;
  readonly isCalendarMissing: boolean;
}

function termsOf(match: PolicyMatch | null, settings: DeadlineSettings): PolicyTerms {
  const around: PolicyTerms = { counting: countingBy(null), calendarName: null, isCalendarMissing: false };
  const calendarId = match?.policy.calendarId ?? null;
  if (calendarId === null) return around;
  const found = settings.calendars.get(calendarId);
  return found === undefined
    ? { ...around, isCalendarMissing: true }
    : { counting: countingBy(found.calendar), calendarName: found.name, isCalendarMissing: false };
}

function targetOf(match: PolicyMatch | null, metric: Metric): number | null {
  if (match === null) return null;
  const { firstReplyMinutes, nextReplyMinutes } = match.policy;
  const minutes = metric === "first_reply" ? firstReplyMinutes : nextReplyMinutes;
  return minutes === null ? null : minutes * MINUTE_MS;
}

function stateOf(end: Wait["end"], dueAt: Date | null, isPaused: boolean, now: Date): DeadlineState {
  if (end !== null) {
    if (dueAt !== null && end.at > dueAt) return "missed";
    return end.by === "reply" ? "met" : "dropped";
  }
  if (dueAt !== null && dueAt <= now) return "missed";
  return isPaused ? "paused" : "running";
}

const isPausedAt = (pauses: readonly Pause[], at: Date): boolean => pauses.some(({ from, to }) => from <= at && (to === null || to > at));

/** Null = neither a policy nor a marketplace asks for this reply. */
export function obligationOf(wait: Wait, allPauses: readonly Pause[], settings: DeadlineSettings, now: Date): Obligation | null {
  const match = matchPolicy(settings.policies, wait.traits);
  const metric: Metric = wait.isFirst ? "first_reply" : "next_reply";
  const targetMs = targetOf(match, metric);
  const limit = limitFor(settings.limits, wait.traits.channel);
  if (targetMs === null && limit === null) return null;
  const terms = termsOf(match, settings);
  const { startedAt, end } = wait;
  const pauses = match === null || targetMs === null ? [] : pausesOf(match.policy, allPauses, wait);
  const policyDue = targetMs === null ? null : dueAfter(terms.counting, startedAt, targetMs, pauses);
  const limitAt = limit === null ? null : limitDueAt(limit, { unanswered: startedAt, lastBuyerMessage: wait.lastBuyerMessageAt });
  const { dueAt, decidedBy } = decide(policyDue?.at ?? null, limitAt);
  const warnMs = (match?.policy.warnBeforeMinutes ?? 0) * MINUTE_MS;
  const until = end?.at ?? now;
  return {
    metric,
    startedAt,
    match,
    targetMs,
    ...terms,
    policyDue,
    limit,
    limitDueAt: limitAt,
    dueAt,
    decidedBy,
    warnAt:
      dueAt === null || warnMs === 0 ? null : warnAt(terms.counting, { startedAt, dueAt, warnMs, targetMs: decidedBy === "limit" ? null : targetMs, pauses }),
    state: stateOf(end, dueAt, isPausedAt(pauses, now), now),
    pausedMs: pausedTime(pauses, dueAt !== null && dueAt < until ? dueAt : until),
    end,
  };
}

/** The earlier wins; of equal ones the policy. */
function decide(policyAt: Date | null, limitAt: Date | null): Pick<Obligation, "dueAt" | "decidedBy"> {
  if (limitAt !== null && (policyAt === null || limitAt < policyAt)) return { dueAt: limitAt, decidedBy: "limit" };
  return { dueAt: policyAt, decidedBy: policyAt === null ? null : "policy" };
}

interface Warning {
  readonly startedAt: Date;
  readonly dueAt: Date;
  readonly warnMs: number;
  /** Null when the marketplace's limit decides, which no pause moves. */
  readonly targetMs: number | null;
  readonly pauses: readonly Pause[];
}

/** A warning comes while somebody works, and not before the buyer wrote. */
function warnAt(counting: Counting, { startedAt, dueAt, warnMs, targetMs, pauses }: Warning): Date {
  const at = targetMs === null ? counting.subtract(dueAt, warnMs) : dueAfter(counting, startedAt, Math.max(0, targetMs - warnMs), pauses).at;
  return at === null || at < startedAt ? startedAt : at > dueAt ? dueAt : at;
}

export interface Deadlines {
  /** Everything that was or is due, oldest first. */
  readonly obligations: readonly Obligation[];
  /** The one that is due now. */
  readonly open: Obligation | null;
}

/** The obligations of waits already folded: several settings can be tried on one fold. */
export function obligationsOf(waits: Waits, settings: DeadlineSettings, now: Date): Deadlines {
  const obligations = waits.waits.map((wait) => obligationOf(wait, waits.pauses, settings, now)).filter((entry) => entry !== null);
  const last = obligations.at(-1);
  return { obligations, open: last !== undefined && last.end === null ? last : null };
}

/** From events to what is due, in one go. Pure: the same input gives the same answer. */
export function computeDeadlines(events: readonly TimelineEvent[], start: TimelineStart, settings: DeadlineSettings, now: Date): Deadlines {
  return obligationsOf(foldTimeline(events, start), settings, now);
}
