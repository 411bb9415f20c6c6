import type { ExplainStep } from "../schema";
import { closedDaysBetween, openingsBetween, startOfDate } from "./calendar";
import type { Counting, Run } from "./counting";
import type { Obligation } from "./obligations";
import { MINUTE_MS } from "./wall-clock";

/** More stretches of open time than this are told as one line. */
const MOST_OPENINGS = 8;
/** Gaps between openings shorter than a night are lunch breaks: not worth a line. */
const BREAK_MS = 6 * 3_600_000;

const step = (code: string, params: ExplainStep["params"] = {}): ExplainStep => ({ code, params });

/**
 * Why a reply is due when it is, in the order a person would work it out: who wrote, which policy, how much time, what of it
 * counted when, what paused it, what the marketplace allows, and the result. Texts: `deadlines.explain.<code>`.
 */
export function explain(obligation: Obligation): ExplainStep[] {
  return [
    step(obligation.metric === "first_reply" ? "wrote_first" : "wrote_next", { at: obligation.startedAt }),
    ...policySteps(obligation),
    ...countingSteps(obligation),
    ...limitSteps(obligation),
    ...resultSteps(obligation),
  ];
}

function policySteps({ match, targetMs, metric, counting, calendarName, isCalendarMissing }: Obligation): ExplainStep[] {
  if (match === null) return [step("no_policy")];
  const { policy, position, because } = match;
  const matched = [
    step(because.length === 0 ? "policy_any" : "policy", { name: policy.name, position }),
    ...because.map((condition) => step(`because_${condition}`)),
  ];
  if (targetMs === null) return [...matched, step(metric === "first_reply" ? "no_first_target" : "no_next_target", { name: policy.name })];
  const { calendar } = counting;
  if (calendar !== null) return [...matched, step("target_working", { duration: targetMs, calendar: calendarName ?? "", timeZone: calendar.timeZone })];
  return [...matched, step("target_always", { duration: targetMs }), ...(isCalendarMissing ? [step("calendar_missing")] : [])];
}

function countingSteps({ policyDue, counting, limitDueAt }: Obligation): ExplainStep[] {
  if (policyDue === null) return [];
  const steps: ExplainStep[] = [];
  const { runs, pauses, at, isNever, leftMs } = policyDue;
  for (const run of runs) {
    const pause = pauses.find(({ to }) => to?.getTime() === run.from.getTime());
    if (pause?.to != null) steps.push(step(`paused_${pause.reason}`, { from: pause.from, to: pause.to, duration: pause.to.getTime() - pause.from.getTime() }));
    steps.push(...runSteps(counting, run));
  }
  const running = pauses.find(({ to }) => to === null);
  if (running !== undefined) steps.push(step(`pausing_${running.reason}`, { from: running.from, left: leftMs }));
  if (isNever) steps.push(step("never", { left: leftMs }));
  if (at !== null && limitDueAt !== null) steps.push(step("policy_due", { at }));
  return steps;
}

/** One stretch between pauses: what counted of it, and the closed days it crossed. */
function runSteps(counting: Counting, run: Run): ExplainStep[] {
  const { calendar } = counting;
  if (calendar === null) return [step("counts", { from: run.from, to: run.to, duration: run.countedMs })];
  const openings = openingsBetween(calendar, run.from, run.to);
  const first = openings[0];
  if (first === undefined) return closedSteps(counting, run.from, run.to, false);
  if (openings.length > MOST_OPENINGS) {
    return [
      ...closedSteps(counting, run.from, new Date(first.start), true),
      step("counts_over", { from: new Date(first.start), to: run.to, duration: run.countedMs, stretches: openings.length }),
    ];
  }
  const steps: ExplainStep[] = [];
  let at = run.from;
  for (const { start, end } of openings) {
    steps.push(...closedSteps(counting, at, new Date(start), true));
    steps.push(step("counts", { from: new Date(start), to: new Date(end), duration: end - start }));
    at = new Date(end);
  }
  return [...steps, ...closedSteps(counting, at, run.to, false)];
}

/** Why nothing counted between two instants: holidays by name, closed days together, else the night or a break. */
function closedSteps(counting: Counting, from: Date, to: Date, opensThen: boolean): ExplainStep[] {
  const { calendar } = counting;
  if (calendar === null || to <= from) return [];
  const days = closedDaysBetween(calendar, from, to);
  const holidays = days.flatMap(({ date, holiday }) => (holiday === null ? [] : [step("holiday", { day: startOfDate(calendar, date), name: holiday })]));
  const ordinary = days.filter(({ holiday }) => holiday === null);
  const [first, last] = [ordinary[0], ordinary.at(-1)];
  const closed =
    first === undefined || last === undefined
      ? []
      : ordinary.length === 1
        ? [step("closed_day", { day: startOfDate(calendar, first.date) })]
        : [step("closed_days", { firstDay: startOfDate(calendar, first.date), lastDay: startOfDate(calendar, last.date), count: ordinary.length })];
  const gap = to.getTime() - from.getTime();
  const opens = opensThen && (days.length > 0 || gap >= BREAK_MS) ? [step("opens", { at: to })] : opensThen ? [step("break", { from, to })] : [];
  return [...holidays, ...closed, ...opens];
}

function limitSteps({ limit, limitDueAt, decidedBy }: Obligation): ExplainStep[] {
  if (limit === null || limitDueAt === null) return [];
  const code = limit.anchor === "unanswered" ? "limit" : "limit_last_message";
  const facts = step(code, { channel: limit.channel, duration: limit.minutes * MINUTE_MS, at: limitDueAt });
  // Noon: the same day in every zone it may be shown in.
  const source = step("limit_source", { source: limit.source, checkedDay: new Date(`${limit.checkedOn}T12:00:00Z`) });
  return [facts, source, step(decidedBy === "limit" ? "limit_wins" : "policy_wins")];
}

function resultSteps({ dueAt, warnAt, state, end }: Obligation): ExplainStep[] {
  const due = dueAt === null ? [step("no_due")] : [step("due", { at: dueAt })];
  if (end !== null) return [...due, endStep(end, dueAt)];
  const warning = warnAt === null ? [] : [step("warning", { at: warnAt })];
  return [...due, ...warning, ...(state === "missed" && dueAt !== null ? [step("late", { at: dueAt })] : [])];
}

function endStep(end: NonNullable<Obligation["end"]>, dueAt: Date | null): ExplainStep {
  if (end.by !== "reply") return step(`ended_${end.by}`, { at: end.at });
  if (dueAt === null) return step("replied", { at: end.at });
  return step(end.at > dueAt ? "replied_late" : "replied_in_time", { at: end.at, duration: Math.abs(end.at.getTime() - dueAt.getTime()) });
}
