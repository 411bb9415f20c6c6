import { type HttpFailure, isOutageStatus } from "./failure";
import { isThrottled } from "./rate-headers";
import type { WireResponse } from "./transport";

export interface RetryTuning {
  /** Tries in all, the first included. */
  readonly tries: number;
  readonly firstPauseMs: number;
}

export const DEFAULT_RETRY: RetryTuning = { tries: 3, firstPauseMs: 250 };

/**
 * Retries cost tokens, good answers earn a fraction back: when a service is down, the extra load we put on it fades to
 * nearly nothing instead of tripling. One budget per limit key and process.
 */
export class RetryBudget {
  private static readonly MOST = 10;
  private static readonly EARNED = 0.2;
  private tokens = RetryBudget.MOST;

  earn(): void {
    this.tokens = Math.min(RetryBudget.MOST, this.tokens + RetryBudget.EARNED);
  }

  spend(): boolean {
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }
}

const CAPACITY = 2_000;
const budgets = new Map<string, RetryBudget>();

export function budgetOf(limitKey: string): RetryBudget {
  const existing = budgets.get(limitKey);
  if (existing !== undefined) return existing;
  const made = new RetryBudget();
  budgets.set(limitKey, made);
  const [oldest] = budgets.keys();
  if (budgets.size > CAPACITY && oldest !== undefined) budgets.delete(oldest);
  return made;
}

/** What one try ended in. */
export type Outcome = { readonly response: WireResponse } | { readonly failure: HttpFailure };

/** Whether the same read may do better a moment later. */
export function isWorthRepeating(outcome: Outcome): boolean {
  if ("failure" in outcome) return outcome.failure.isOutage;
  const { status } = outcome.response;
  return isThrottled(status) || isOutageStatus(status) || status === 500;
}

/** Full jitter: anything between nothing and the doubled pause, so that processes do not march in step. @param random 0..1 */
export function pauseMs(retry: number, tuning: RetryTuning, random: number): number {
  return Math.round(tuning.firstPauseMs * 2 ** (retry - 1) * random);
}
