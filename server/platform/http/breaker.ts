import { BrokenCircuitError, type CircuitBreakerPolicy, CircuitState, ConsecutiveBreaker, circuitBreaker, ExponentialBackoff, handleWhen } from "cockatiel";
import { logger } from "../logger";
import { HttpFailure, isOutageStatus } from "./failure";

/** How quickly a connection's circuit opens and how long it stays so. */
export interface BreakerTuning {
  readonly failures: number;
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
}

export const DEFAULT_BREAKER: BreakerTuning = { failures: 5, firstPauseMs: 5_000, longestPauseMs: 60_000 };

const CAPACITY = 2_000;
const held = new Map<string, CircuitBreakerPolicy>();

/**
 * The breaker of one connection and host in this process. Only outages count (no answer, 502-504, 520-526): a refusal, a
 * 4xx or a 500 says the service is alive. After the pause one call probes; the others are refused until it came back well.
 */
function breakerOf(key: string, tuning: BreakerTuning): CircuitBreakerPolicy {
  const existing = held.get(key);
  if (existing !== undefined) return existing;
  const policy = circuitBreaker(
    handleWhen((error) => error instanceof HttpFailure && error.isOutage).orWhenResult((result) => isAnswer(result) && isOutageStatus(result.status)),
    {
      breaker: new ConsecutiveBreaker(tuning.failures),
      halfOpenAfter: new ExponentialBackoff({ initialDelay: tuning.firstPauseMs, maxDelay: tuning.longestPauseMs }),
    },
  );
  policy.onStateChange((state) => logger.info({ breaker: key, state: CircuitState[state] }, "circuit breaker"));
  held.set(key, policy);
  const [oldest] = held.keys();
  if (held.size > CAPACITY && oldest !== undefined) held.delete(oldest);
  return policy;
}

function isAnswer(result: unknown): result is { status: number } {
  return typeof result === "object" && result !== null && "status" in result && typeof result.status === "number";
}

/** @throws HttpFailure `breaker-open`, or whatever `work` throws. */
export async function throughBreaker<T>(key: string, host: string, tuning: BreakerTuning, work: () => Promise<T>): Promise<T> {
  try {
    return await breakerOf(key, tuning).execute(work);
  } catch (error) {
    if (error instanceof BrokenCircuitError) throw new HttpFailure("breaker-open", { host, retryAfterMs: tuning.firstPauseMs, cause: error });
    throw error;
  }
}
