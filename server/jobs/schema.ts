import { z } from "zod";

/** Runs of the embedded engine as the jobs page sees them. Times are UTC instants. */
export const RUN_STATUSES = ["Queued", "Running", "Completed", "Failed", "Cancelled"] as const;
export const runStatus = z.enum(RUN_STATUSES);
export type RunStatus = z.infer<typeof runStatus>;

/** How far back a list looks; the engine keeps 30 days. */
export const PERIODS = ["hour", "day", "week", "month"] as const;
export type Period = (typeof PERIODS)[number];

/** `workspace`: work for this workspace. `installation`: schedules and other runs that belong to no workspace. */
export const ORIGINS = ["workspace", "installation"] as const;
export type Origin = (typeof ORIGINS)[number];

/** What an active run is doing: its code runs, it is due, waits for another attempt, for a free slot, or for the clock, an event or a child. */
export const ACTIVITIES = ["executing", "due", "retrying", "blocked", "waiting"] as const;
export type Activity = (typeof ACTIVITIES)[number];

const LIMIT_MAX = 100;
const runId = z.string().min(1).max(64);

export const runFilterInput = z.object({
  /** Id of the function as `overview` gives it. */
  functionId: z.string().max(255).optional(),
  origin: z.enum(ORIGINS).optional(),
  period: z.enum(PERIODS).default("day"),
});
export type RunFilterInput = z.infer<typeof runFilterInput>;

export const listRunsInput = runFilterInput.extend({
  status: z.array(runStatus).max(RUN_STATUSES.length).optional(),
  /** Id of the last run of the page before. */
  cursor: runId.optional(),
  limit: z.number().int().min(1).max(LIMIT_MAX).default(50),
});
export type ListRunsInput = z.infer<typeof listRunsInput>;

const errorOutput = z.object({ name: z.string(), message: z.string(), stack: z.string().nullable() });
export type JobError = z.infer<typeof errorOutput>;

export const runSummaryOutput = z.object({
  id: z.string(),
  functionId: z.string(),
  functionName: z.string(),
  origin: z.enum(ORIGINS),
  status: runStatus,
  /** Null once the run has ended. */
  activity: z.enum(ACTIVITIES).nullable(),
  /** When an active run that is not executing goes on by itself; null when that depends on something else. */
  dueAt: z.date().nullable(),
  eventName: z.string(),
  queuedAt: z.date(),
  startedAt: z.date().nullable(),
  endedAt: z.date().nullable(),
  stepsDone: z.number().int(),
  /** Attempts of steps, or of the code around them, that failed. */
  failedAttempts: z.number().int(),
  error: errorOutput.nullable(),
});
export type RunSummary = z.infer<typeof runSummaryOutput>;

export const listRunsOutput = z.object({ runs: z.array(runSummaryOutput), nextCursor: z.string().nullable() });
export type RunPage = z.infer<typeof listRunsOutput>;

export const runIdInput = z.object({ runId });

const attemptOutput = z.object({
  /** From 1. */
  attempt: z.number().int(),
  at: z.date(),
  retryAt: z.date().nullable(),
  error: errorOutput,
});
export type AttemptView = z.infer<typeof attemptOutput>;

const stepOutput = z.object({
  id: z.string(),
  name: z.string(),
  /** step.run, step.sendEvent, Sleep, WaitForEvent, InvokeFunction, … */
  kind: z.string(),
  status: z.enum(["pending", "done", "failed"]),
  /** The engine notes a step when it is over; the beginning is then the end of what came before. */
  startedAt: z.date(),
  endedAt: z.date().nullable(),
  /** What a pending step waits for. */
  waitsFor: z.object({ eventName: z.string().nullable(), until: z.date().nullable() }).nullable(),
  /** JSON for people: redacted, cut; null when there is none or it is not for this reader. */
  output: z.string().nullable(),
  failedAttempts: z.array(attemptOutput),
  error: errorOutput.nullable(),
});
export type StepView = z.infer<typeof stepOutput>;

export const runOutput = runSummaryOutput.extend({
  maxAttempts: z.number().int(),
  parentRunId: z.string().nullable(),
  retriedFrom: z.string().nullable(),
  /** Runs that were started again from this one. */
  retriedAs: z.array(z.string()),
  steps: z.array(stepOutput),
  /** Longer runs show their first steps only. */
  moreSteps: z.number().int(),
  /** Failed attempts of the code around the steps, and of steps that were never noted. */
  failedCalls: z.array(attemptOutput),
  /** The triggering event's data and the run's result: JSON for people, redacted, cut. Null for runs of the installation. */
  payload: z.string().nullable(),
  output: z.string().nullable(),
  /** Asked for, but no worker has done it yet. */
  cancelRequested: z.boolean(),
  canCancel: z.boolean(),
  canRetry: z.boolean(),
});
export type RunView = z.infer<typeof runOutput>;

/** Of the whole installation: calls that are due and wait for a worker, run now, wait for a slot, or are for later; events not routed yet. */
const queueOutput = z.object({
  due: z.number().int(),
  executing: z.number().int(),
  blocked: z.number().int(),
  later: z.number().int(),
  events: z.number().int(),
  /** Since when the oldest due call waits. */
  dueSince: z.date().nullable(),
});
export type QueueState = z.infer<typeof queueOutput>;

export const jobsOverviewOutput = z.object({
  /** With `inngest` the runs are on that server's own pages and everything else here is empty. */
  engine: z.enum(["embedded", "inngest"]),
  /** The Inngest server's address, where one is configured. */
  engineUrl: z.string().nullable(),
  counts: z.record(runStatus, z.number().int()),
  functions: z.array(z.object({ id: z.string(), name: z.string() })),
  workers: z.array(z.object({ startedAt: z.date(), seenAt: z.date(), alive: z.boolean() })),
  queue: queueOutput,
});
export type JobsOverview = z.infer<typeof jobsOverviewOutput>;

/** The new run's id; the run appears as soon as a worker has taken the request. */
export const retryRunOutput = z.object({ runId: z.string() });
export const cancelRunOutput = z.object({ runId: z.string() });
