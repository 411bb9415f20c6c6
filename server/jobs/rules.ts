import type { Activity, Origin, Period, RunStatus } from "./schema";

/** Pure: what a run's rows mean. */

const HOUR = 3_600_000;
const LENGTH_MS: Readonly<Record<Period, number>> = { hour: HOUR, day: 24 * HOUR, week: 7 * 24 * HOUR, month: 30 * 24 * HOUR };

/** A worker beats every 2 s; the engine gives one up after 15 s of silence. */
const SILENT_MS = 15_000;

export const periodStart = (period: Period, now: Date): Date => new Date(now.getTime() - LENGTH_MS[period]);

export const isActive = (status: RunStatus): boolean => status === "Queued" || status === "Running";

export const originOf = (workspaceId: string | null): Origin => (workspaceId === null ? "installation" : "workspace");

export const isAlive = (seenAt: Date, now: Date): boolean => now.getTime() - seenAt.getTime() < SILENT_MS;

/** What hangs on a run: its calls by state, the next one's time and attempt (from 0), and its waits. */
export interface Movement {
  readonly executing: number;
  readonly blocked: number;
  readonly nextCallAt: Date | null;
  readonly nextAttempt: number | null;
  readonly waits: number;
  readonly waitsUntil: Date | null;
}

export interface Doing {
  readonly activity: Activity | null;
  /** When it goes on by itself. */
  readonly dueAt: Date | null;
}

/** What a run is doing. Of several branches the busiest one speaks for the run. */
export function doingOf(status: RunStatus, movement: Movement): Doing {
  if (!isActive(status)) return { activity: null, dueAt: null };
  if (movement.executing > 0) return { activity: "executing", dueAt: null };
  if (movement.nextCallAt !== null) return { activity: (movement.nextAttempt ?? 0) > 0 ? "retrying" : "due", dueAt: movement.nextCallAt };
  if (movement.blocked > 0) return { activity: "blocked", dueAt: null };
  return movement.waits > 0 ? { activity: "waiting", dueAt: movement.waitsUntil } : { activity: "due", dueAt: null };
}

export interface Actions {
  readonly canCancel: boolean;
  readonly canRetry: boolean;
}

/**
 * An active run can be cancelled, an ended one started again. A run of the installation may do work for every workspace, so
 * only somebody who runs the whole installation moves it.
 */
export function actionsOf(run: { readonly status: RunStatus; readonly origin: Origin; readonly isChild: boolean }, mayManageInstallation: boolean): Actions {
  const mine = run.origin === "workspace" || mayManageInstallation;
  // Whoever invoked a child waits for that very run: a second one would answer nobody. The caller can be started again.
  return { canCancel: mine && isActive(run.status), canRetry: mine && !isActive(run.status) && !run.isChild };
}

export interface TimedStep {
  readonly startedAt: Date;
  readonly endedAt: Date | null;
}

/**
 * When steps really began. A step that was memoised as it ended has only that moment; it began when the one before it was
 * over. `steps` are in the order of their completion, pending ones last.
 */
export function beginnings(steps: readonly TimedStep[], runStartedAt: Date | null): Date[] {
  let before = runStartedAt;
  return steps.map((step) => {
    const isInstant = step.endedAt !== null && step.endedAt.getTime() - step.startedAt.getTime() <= 0;
    const beginning = isInstant && before !== null && before < step.startedAt ? before : step.startedAt;
    if (step.endedAt !== null && (before === null || step.endedAt > before)) before = step.endedAt;
    return beginning;
  });
}
