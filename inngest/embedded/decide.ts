import { dueFrom, parseDuration } from "./durations";
import { problemOf } from "./expressions";
import type { CallOutcome } from "./handler";
import { dataMemo, errorMemo, type Memo, type Operation, readError, type WireError } from "./protocol";
import type { RetryPolicy } from "./retry";

/** Pure: what one call's outcome does to its run. The executor turns it into one transaction. */

export interface StepResult {
  readonly id: string;
  readonly op: string;
  readonly displayName: string;
  readonly memo: Memo;
}

/** A step that is not finished: it runs, sleeps, waits or is another function's run. */
export type PendingStep = { readonly id: string; readonly op: string; readonly displayName: string; readonly race: boolean } & (
  | { readonly kind: "planned" }
  | { readonly kind: "sleep"; readonly dueAt: Date }
  | { readonly kind: "wait"; readonly dueAt: Date; readonly eventName: string; readonly condition?: string | undefined }
  | { readonly kind: "invoke"; readonly dueAt?: Date | undefined; readonly functionId: string; readonly data: unknown }
);

export type Next =
  | { readonly kind: "continue" }
  | { readonly kind: "retry"; readonly delayMs: number; readonly error: WireError }
  | { readonly kind: "complete"; readonly output: unknown }
  | { readonly kind: "fail"; readonly error: WireError };

export interface Decision {
  readonly results: readonly StepResult[];
  readonly pending: readonly PendingStep[];
  readonly next: Next;
  /** The step or function error of this attempt, for the record of attempts. */
  readonly failure?: { readonly stepId?: string | undefined; readonly error: WireError } | undefined;
}

export interface DecisionContext {
  readonly attempt: number;
  readonly maxAttempts: number;
  /** The planned step that was called, or undefined for a discovery call. */
  readonly targetStep?: string | undefined;
  readonly targetName?: string | undefined;
  readonly retry: RetryPolicy;
  readonly now: Date;
}

const YEAR_MS = 366 * 86_400_000;

export function decide(outcome: CallOutcome, context: DecisionContext): Decision {
  if (outcome.kind === "returned") return { results: [], pending: [], next: { kind: "complete", output: outcome.output } };
  if (outcome.kind === "threw") return afterThrow(outcome, context);
  return afterOperations(outcome, context);
}

function afterThrow(outcome: Extract<CallOutcome, { kind: "threw" }>, context: DecisionContext): Decision {
  const failure = { stepId: context.targetStep, error: outcome.error };
  if (!outcome.final && context.attempt + 1 < context.maxAttempts) {
    const delayMs = outcome.retryAfterMs ?? context.retry.delayMs(context.attempt);
    return { results: [], pending: [], next: { kind: "retry", delayMs, error: outcome.error }, failure };
  }
  return { results: [], pending: [], next: { kind: "fail", error: outcome.error }, failure };
}

function afterOperations(outcome: Extract<CallOutcome, { kind: "operations" }>, context: DecisionContext): Decision {
  const results: StepResult[] = [];
  const pending: PendingStep[] = [];
  let next: Next = { kind: "continue" };
  let failure: Decision["failure"];
  for (const operation of outcome.operations) {
    if (operation.op === "RunComplete") {
      next = { kind: "complete", output: operation.data ?? null };
    } else if (operation.op === "StepError" || operation.op === "StepFailed") {
      const error = readError(operation.error ?? operation.data);
      failure = { stepId: operation.id, error };
      if (operation.op === "StepError" && !outcome.final && context.attempt + 1 < context.maxAttempts) {
        next = { kind: "retry", delayMs: outcome.retryAfterMs ?? context.retry.delayMs(context.attempt), error };
      } else {
        results.push(resultOf(operation, errorMemo(error)));
      }
    } else {
      const refused = place(operation, context.now, results, pending);
      if (refused !== undefined) next = { kind: "fail", error: refused };
    }
  }
  return { results, pending, next, failure };
}

function resultOf(operation: Operation, memo: Memo): StepResult {
  return { id: operation.id, op: kindOf(operation), displayName: nameOf(operation), memo };
}

const RUN_OPS = new Set(["StepRun", "Step", "StepPlanned", "StepError", "StepFailed"]);

/** These cover several tools; the tool's own name says more on the jobs page. */
export function kindOf(operation: Operation): string {
  return RUN_OPS.has(operation.op) ? (operation.opts?.type ?? "step.run") : operation.op;
}

export function nameOf(operation: Operation): string {
  return (operation.displayName ?? operation.name ?? operation.id).replaceAll("\0", "");
}

function place(operation: Operation, now: Date, results: StepResult[], pending: PendingStep[]): WireError | undefined {
  const base = {
    id: operation.id,
    op: kindOf(operation),
    displayName: nameOf(operation),
    race: operation.opts?.parallelMode === "race",
  };
  switch (operation.op) {
    case "StepRun":
    case "Step":
      results.push(resultOf(operation, dataMemo(operation.data)));
      return undefined;
    case "StepPlanned":
      pending.push({ ...base, kind: "planned" });
      return undefined;
    case "Sleep": {
      const dueAt = dueFrom(operation.name ?? "", now);
      if (dueAt === undefined) return unsupported(operation, `a duration or instant "${operation.name ?? ""}"`);
      pending.push({ ...base, kind: "sleep", dueAt });
      return undefined;
    }
    case "WaitForEvent":
      return placeWait(operation, base, now, pending);
    case "InvokeFunction":
      return placeInvoke(operation, base, now, pending);
    default:
      return unsupported(operation, `the step kind ${operation.op}`);
  }
}

type Base = { id: string; op: string; displayName: string; race: boolean };

function placeWait(operation: Operation, base: Base, now: Date, pending: PendingStep[]): WireError | undefined {
  const condition = operation.opts?.if ?? undefined;
  const problem = condition === undefined ? undefined : problemOf(condition);
  if (problem !== undefined) return unsupported(operation, `the condition \`${condition ?? ""}\` (${problem})`);
  const dueAt = dueFrom(operation.opts?.timeout ?? "", now) ?? new Date(now.getTime() + YEAR_MS);
  pending.push({ ...base, kind: "wait", dueAt, eventName: operation.name ?? "", condition });
  return undefined;
}

function placeInvoke(operation: Operation, base: Base, now: Date, pending: PendingStep[]): WireError | undefined {
  const functionId = operation.opts?.function_id;
  if (functionId === undefined) return unsupported(operation, "invoke without a function id");
  const timeout = operation.opts?.timeout;
  const limit = timeout === undefined ? undefined : (parseDuration(timeout) ?? Date.parse(timeout) - now.getTime());
  const dueAt = limit === undefined || Number.isNaN(limit) ? undefined : new Date(now.getTime() + limit);
  pending.push({ ...base, kind: "invoke", dueAt, functionId, data: operation.opts?.payload?.data ?? {} });
  return undefined;
}

function unsupported(operation: Operation, what: string): WireError {
  return {
    name: "UnsupportedOperation",
    message: `Step "${nameOf(operation)}" uses ${what}, which the embedded engine does not run. Use step.run, or set ENGINE=inngest.`,
  };
}
