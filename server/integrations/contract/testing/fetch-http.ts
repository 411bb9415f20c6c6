import { ConnectorError } from "../errors";
import type { LimitGroup, RemoteHttp, RemoteRequest, RemoteResponse } from "../http";

/** What the limits are kept by: the clock of the machine, or one that a test moves on instead of waiting. */
export interface Pace {
  nowMs(): number;
  wait(ms: number): Promise<void>;
}

const REAL_PACE: Pace = { nowMs: () => performance.now(), wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) };

/**
 * A bare RemoteHttp over fetch for contract suites: it keeps the connector's stated limits and does nothing else, no retries,
 * no guard, so that what a suite sees is the connector's own doing.
 */
export function fetchHttp(baseUrl: string, limits: readonly LimitGroup[], timeoutMs = 1_500, pace: Pace = REAL_PACE): RemoteHttp {
  const base = baseUrl.replace(/\/$/, "");
  const turns = new Map(limits.map((limit) => [limit.group, new Turns(limit, pace)]));
  return {
    async send(request) {
      const turn = turns.get(request.group);
      if (turn === undefined) throw new Error(`request of an undeclared limit group: ${request.group}`);
      await turn.take();
      const signal = AbortSignal.timeout(Math.min(timeoutMs, request.timeoutMs ?? timeoutMs));
      const { status, headers, body } = await exchange(base, request, signal);
      return { status, headers, body, text: () => new TextDecoder().decode(body) } satisfies RemoteResponse;
    },
  };
}

async function exchange(base: string, request: RemoteRequest, signal: AbortSignal) {
  try {
    const answer = await fetch(request.link ?? `${base}${request.host === undefined ? "" : `/${request.host}`}${request.path}`, {
      method: request.method,
      signal,
      headers: { ...request.headers },
      ...(request.body === undefined ? {} : { body: typeof request.body === "string" ? request.body : new Uint8Array(request.body) }),
    });
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body: new Uint8Array(await answer.arrayBuffer()) };
  } catch (cause) {
    throw failure(cause, request);
  }
}

/** Refused connections never left us; anything later may have been carried out. */
function failure(cause: unknown, request: RemoteRequest): ConnectorError {
  const mayHaveTakenEffect = !request.repeatable && !isRefused(cause);
  const timedOut = cause instanceof DOMException && cause.name === "TimeoutError";
  return new ConnectorError(timedOut ? "timeout" : "unavailable", undefined, { mayHaveTakenEffect, cause });
}

function isRefused(cause: unknown): boolean {
  const inner = cause instanceof Error ? cause.cause : undefined;
  return inner instanceof Error && "code" in inner && inner.code === "ECONNREFUSED";
}

/** At most `points` requests in any span of `perSeconds`. */
class Turns {
  private readonly taken: number[] = [];
  private queue: Promise<void> = Promise.resolve();

  constructor(
    private readonly limit: LimitGroup,
    private readonly pace: Pace,
  ) {}

  take(): Promise<void> {
    this.queue = this.queue.then(() => this.wait());
    return this.queue;
  }

  private async wait(): Promise<void> {
    const spanMs = this.limit.perSeconds * 1_000;
    const oldest = this.taken.length < this.limit.points ? undefined : this.taken.shift();
    const waitMs = oldest === undefined ? 0 : oldest + spanMs - this.pace.nowMs();
    if (waitMs > 0) await this.pace.wait(waitMs);
    this.taken.push(this.pace.nowMs());
  }
}
