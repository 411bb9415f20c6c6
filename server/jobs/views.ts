import { presentJson, presentMessage, presentStack } from "./payload";
import type { AttemptRow, RunRow, StepRow, StoredError } from "./repository";
import { doingOf, originOf } from "./rules";
import type { AttemptView, JobError, RunSummary, StepView } from "./schema";

/** Pure: rows of the engine as the page shows them. */

const OUTPUT_CHARS = 1_000;

export function errorView(error: StoredError): JobError {
  return { name: error.name ?? "Error", message: presentMessage(error.message ?? ""), stack: presentStack(error.stack) };
}

const errorOrNull = (error: StoredError | null): JobError | null => (error === null ? null : errorView(error));

/** Without the stack, which only a single run's page shows. */
export function runSummary(row: RunRow): RunSummary {
  const error = errorOrNull(row.error);
  return {
    id: row.id,
    functionId: row.functionId,
    functionName: row.functionName ?? row.functionId,
    origin: originOf(row.workspaceId),
    status: row.status,
    ...doingOf(row.status, row),
    eventName: row.eventName,
    queuedAt: row.queuedAt,
    startedAt: row.startedAt,
    endedAt: row.endedAt,
    stepsDone: row.stepsDone,
    failedAttempts: row.failedAttempts,
    error: error === null ? null : { ...error, stack: null },
  };
}

export function attemptView(row: AttemptRow): AttemptView {
  return { attempt: row.attempt, at: row.at, retryAt: row.retryAt, error: errorView(row.error) };
}

export interface StepContext {
  readonly startedAt: Date;
  readonly attempts: readonly AttemptRow[];
  readonly showOutput: boolean;
}

export function stepView(row: StepRow, { startedAt, attempts, showOutput }: StepContext): StepView {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    status: row.status,
    startedAt,
    endedAt: row.endedAt,
    waitsFor: row.waiting ? { eventName: row.eventName, until: row.until } : null,
    output: showOutput ? presentJson(row.output, OUTPUT_CHARS) : null,
    failedAttempts: attempts.map(attemptView),
    error: errorOrNull(row.error),
  };
}
