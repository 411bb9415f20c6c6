import { notFound } from "@/server/platform/errors";
import { presentJson } from "./payload";
import type { Audience } from "./repository";
import * as repository from "./repository";
import { actionsOf, beginnings, isActive } from "./rules";
import type { RunView } from "./schema";
import { attemptView, errorView, runSummary, stepView } from "./views";

const MOST_STEPS = 300;
const PAYLOAD_CHARS = 4_000;

/**
 * One run with its timeline: steps with their failed attempts, what it waits for, what it was given. Runs of the installation
 * come without payloads: those may hold what belongs to other workspaces.
 * @throws AppError `jobs.run_not_found`
 */
export async function getRun(audience: Audience, runId: string): Promise<RunView> {
  const row = await repository.findRunRow(audience, runId);
  if (row === undefined) throw notFound("jobs.run_not_found");
  const active = isActive(row.status);
  const [steps, count, attempts, retriedAs, payload, cancelRequested, isOnlyWorkspace] = await Promise.all([
    repository.stepRows(runId, MOST_STEPS),
    repository.countSteps(runId),
    repository.attemptRows(runId),
    repository.retriesOf(row),
    repository.payloadRow(runId),
    active ? repository.isCancelRequested(runId) : false,
    repository.isOnlyWorkspace(),
  ]);
  const summary = runSummary(row);
  const showOutput = summary.origin === "workspace";
  const begun = beginnings(steps, row.startedAt);
  const noted = new Set(steps.map((step) => step.id));
  return {
    ...summary,
    error: row.error === null ? null : errorView(row.error),
    maxAttempts: row.maxAttempts,
    parentRunId: row.parentRunId,
    retriedFrom: row.retriedFrom,
    retriedAs,
    steps: steps.map((step, index) =>
      stepView(step, { startedAt: begun[index] ?? step.startedAt, attempts: attempts.filter(({ stepId }) => stepId === step.id), showOutput }),
    ),
    moreSteps: Math.max(0, count - steps.length),
    failedCalls: attempts.filter(({ stepId }) => !noted.has(stepId)).map(attemptView),
    payload: showOutput ? presentJson(payload?.data ?? null, PAYLOAD_CHARS) : null,
    output: showOutput ? presentJson(payload?.output ?? null, PAYLOAD_CHARS) : null,
    cancelRequested,
    ...actionsOf({ status: row.status, origin: summary.origin, isChild: row.parentRunId !== null }, isOnlyWorkspace),
  };
}
