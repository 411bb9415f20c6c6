import type { HealthState } from "../schema";

/** When something wrong with a connection is worth telling, when again, and when it is over. Pure: time comes in as an argument. */
export type AlertSubject = "health" | "webhooks" | "sync" | "key_expires";

/** How a connection does right now. Counts are of the last day. */
export interface Condition {
  readonly isActive: boolean;
  readonly health: HealthState;
  readonly healthCode: string | null;
  readonly credentialsExpireAt: Date | null;
  /** The stream that failed most often in a row. */
  readonly failingStream: { readonly stream: string; readonly failures: number; readonly code: string | null } | null;
  /** Pushes given up, and pushes that are being tried again. */
  readonly deadPushes: number;
  readonly failingPushes: number;
  /** Why the service does not push to us although it should; null = it does, or need not. */
  readonly pushesErrorCode: string | null;
}

export interface Trouble {
  readonly subject: AlertSubject;
  /** What notices say of it: a health state, or one of ours. */
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
  /** What may pass by itself is told only when it has not. */
  readonly patienceMs: number;
}

export interface OpenAlert {
  /** 1 noticed, 2 told, 3 told again. */
  readonly stage: number;
  readonly openedAt: Date;
  readonly toldAt: Date | null;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const TELL_AGAIN_MS = DAY_MS;
const EXPIRES_SOON_DAYS = 14;
const FAILURES_IN_A_ROW = 5;
const FAILING_PUSHES = 5;

const PATIENCE_OF_HEALTH: Partial<Record<HealthState, number>> = {
  auth_failed: 0,
  missing_permission: 0,
  degraded: 10 * MINUTE_MS,
  unreachable: 10 * MINUTE_MS,
};

/** What is wrong, one entry a subject at most. A connection that is paused has no troubles. */
export function troublesOf(condition: Condition, now: Date): Trouble[] {
  if (!condition.isActive) return [];
  return [ofHealth(condition), ofPushes(condition), ofSync(condition), ofExpiry(condition, now)].filter((trouble) => trouble !== null);
}

function ofHealth({ health, healthCode }: Condition): Trouble | null {
  const patienceMs = PATIENCE_OF_HEALTH[health];
  return patienceMs === undefined ? null : { subject: "health", code: health, params: healthCode === null ? {} : { healthCode }, patienceMs };
}

function ofPushes({ deadPushes, failingPushes, pushesErrorCode }: Condition): Trouble | null {
  if (deadPushes > 0) return { subject: "webhooks", code: "webhooks_dead", params: { count: deadPushes }, patienceMs: 0 };
  if (pushesErrorCode !== null) return { subject: "webhooks", code: "pushes_gone", params: { errorCode: pushesErrorCode }, patienceMs: 0 };
  if (failingPushes < FAILING_PUSHES) return null;
  return { subject: "webhooks", code: "webhooks_failing", params: { count: failingPushes }, patienceMs: 30 * MINUTE_MS };
}

/** A bad key or an outage is told once, as what it is. */
function ofSync({ health, failingStream }: Condition): Trouble | null {
  if (health !== "ok" || failingStream === null || failingStream.failures < FAILURES_IN_A_ROW) return null;
  return { subject: "sync", code: "sync_failing", params: { stream: failingStream.stream }, patienceMs: 0 };
}

function ofExpiry({ credentialsExpireAt }: Condition, now: Date): Trouble | null {
  if (credentialsExpireAt === null) return null;
  const days = Math.floor((credentialsExpireAt.getTime() - now.getTime()) / DAY_MS);
  return days < 0 || days > EXPIRES_SOON_DAYS ? null : { subject: "key_expires", code: "key_expires", params: { days }, patienceMs: 0 };
}

/** The stage an alert has now: it only rises. A key about to expire is told again in its last three days, everything else after a day. */
export function stageOf(trouble: Trouble, alert: OpenAlert | null, now: Date): number {
  const openedAt = alert?.openedAt ?? now;
  const stage = alert?.stage ?? 1;
  if (stage >= 3) return stage;
  if (alert !== null && alert.toldAt !== null) {
    if (trouble.subject === "key_expires") return Number(trouble.params["days"]) <= 3 ? 3 : stage;
    return now.getTime() - alert.toldAt.getTime() >= TELL_AGAIN_MS ? 3 : stage;
  }
  return now.getTime() - openedAt.getTime() >= trouble.patienceMs ? 2 : 1;
}
