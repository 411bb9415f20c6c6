import { type FunctionConfig, functionConfigSchema } from "./configuration";
import { parseDuration } from "./durations";
import { problemOf } from "./expressions";
import { scheduleProblem } from "./schedule";

/** Why a function cannot run on the embedded engine, and what to do about it. */
export interface Refusal {
  readonly functionId: string;
  readonly option: string;
  readonly remedy: string;
}

export interface Review {
  readonly functions: readonly FunctionConfig[];
  readonly refusals: readonly Refusal[];
}

const UNSUPPORTED: Readonly<Record<"batchEvents" | "throttle" | "priority" | "timeouts", string>> = {
  batchEvents: "collect the events in a table and start one function by a debounced event",
  throttle: "use concurrency with a key, or rateLimit",
  priority: "give urgent work its own function",
  timeouts: "use step.waitForEvent with a timeout, or cancelOn with a timeout",
};

const LIMITS = { triggers: 10, concurrency: 2, cancel: 5, retries: 20, name: 255 } as const;
const SECOND = 1_000;
const DAY = 86_400_000;

/** Checks every configuration the served handler reports. Pure; the caller decides to refuse the start. */
export function reviewFunctions(raw: ReadonlyArray<{ readonly id: string; readonly [option: string]: unknown }>): Review {
  const functions: FunctionConfig[] = [];
  const refusals: Refusal[] = [];
  const seen = new Set<string>();
  for (const entry of raw) {
    const found = reviewOne(entry, seen);
    refusals.push(...found.refusals);
    if (found.config !== undefined) functions.push(found.config);
  }
  return { functions, refusals };
}

function reviewOne(entry: { readonly id: string }, seen: Set<string>): { config?: FunctionConfig; refusals: Refusal[] } {
  const parsed = functionConfigSchema.safeParse(entry);
  if (!parsed.success) {
    const refusals = parsed.error.issues.map((issue) => ({
      functionId: entry.id,
      option: optionOf(issue),
      remedy: "remove it, or set ENGINE=inngest",
    }));
    return { refusals };
  }
  const config = parsed.data;
  const report = collector(config.id);
  report(seen.has(config.id), "id", "two functions have this id: give each its own");
  seen.add(config.id);
  for (const [option, remedy] of Object.entries(UNSUPPORTED)) {
    report(config[option as keyof typeof UNSUPPORTED] !== undefined, option, `${remedy}, or set ENGINE=inngest`);
  }
  reviewTriggers(config, report);
  reviewFlowControl(config, report);
  return { config, refusals: report.found };
}

function optionOf(issue: { readonly code: string; readonly path: readonly PropertyKey[]; readonly keys?: readonly string[] }): string {
  const path = issue.path.map(String);
  return [...path, ...(issue.keys ?? []).slice(0, 1)].join(".") || "configuration";
}

interface Collector {
  (bad: boolean, option: string, remedy: string): void;
  readonly found: Refusal[];
}

function collector(functionId: string): Collector {
  const found: Refusal[] = [];
  const add = (bad: boolean, option: string, remedy: string) => {
    if (bad) found.push({ functionId, option, remedy });
  };
  return Object.assign(add, { found });
}

function reviewTriggers(config: FunctionConfig, report: Collector): void {
  report(config.triggers.length > LIMITS.triggers, "triggers", `at most ${LIMITS.triggers}: split the function`);
  const crons = new Set<string>();
  for (const trigger of config.triggers) {
    reviewExpression(trigger.expression, "triggers.if", report);
    report((trigger.event?.length ?? 0) > LIMITS.name, "triggers.event", "shorten the event name to 255 characters");
    const star = trigger.event?.indexOf("*") ?? -1;
    report(star >= 0 && star !== (trigger.event?.length ?? 0) - 1, "triggers.event", "a wildcard may only be the last character");
    if (trigger.cron === undefined) continue;
    const problem = scheduleProblem(trigger.cron);
    report(problem !== undefined, "triggers.cron", `${problem ?? ""}: write five fields, optionally after TZ=<zone>`);
    report(crons.has(trigger.cron), "triggers.cron", "the same schedule is listed twice: remove one");
    crons.add(trigger.cron);
    reviewPeriod(trigger.jitter, "triggers.jitter", [SECOND, 300 * SECOND], report);
  }
}

function reviewFlowControl(config: FunctionConfig, report: Collector): void {
  report((config.steps["step"]?.retries?.attempts ?? 0) > LIMITS.retries, "retries", `at most ${LIMITS.retries}`);
  report((config.concurrency?.length ?? 0) > LIMITS.concurrency, "concurrency", `at most ${LIMITS.concurrency} entries`);
  for (const entry of config.concurrency ?? []) reviewExpression(entry.key, "concurrency.key", report);
  reviewExpression(config.idempotency, "idempotency", report);
  report((config.cancel?.length ?? 0) > LIMITS.cancel, "cancelOn", `at most ${LIMITS.cancel} entries`);
  for (const entry of config.cancel ?? []) {
    reviewExpression(entry.if, "cancelOn.if", report);
    reviewPeriod(entry.timeout, "cancelOn.timeout", [SECOND, 366 * DAY], report);
  }
  reviewExpression(config.debounce?.key, "debounce.key", report);
  reviewPeriod(config.debounce?.period, "debounce.period", [SECOND, 7 * DAY], report);
  reviewPeriod(config.debounce?.timeout, "debounce.timeout", [SECOND, 7 * DAY], report);
  reviewExpression(config.rateLimit?.key, "rateLimit.key", report);
  reviewPeriod(config.rateLimit?.period, "rateLimit.period", [SECOND, DAY], report);
  reviewExpression(config.singleton?.key, "singleton.key", report);
}

function reviewExpression(source: string | null | undefined, option: string, report: Collector): void {
  if (source === null || source === undefined) return;
  const problem = problemOf(source);
  report(problem !== undefined, option, `${problem ?? ""} in \`${source}\` is outside the supported expressions: simplify it`);
}

function reviewPeriod(text: string | null | undefined, option: string, range: readonly [number, number], report: Collector): void {
  if (text === null || text === undefined) return;
  const ms = parseDuration(text);
  const bad = ms === undefined || ms < range[0] || ms > range[1];
  report(bad, option, `${text} must be between ${range[0] / SECOND} s and ${range[1] / SECOND} s`);
}

/** The sentence a refused start prints. */
export function describeRefusals(refusals: readonly Refusal[]): string {
  const lines = refusals.map((refusal) => `  ${refusal.functionId}: ${refusal.option}: ${refusal.remedy}`);
  return `The embedded engine cannot run these functions:\n${lines.join("\n")}`;
}
