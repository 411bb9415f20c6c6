import { setTimeout as sleep } from "node:timers/promises";
import { type Clock, systemClock } from "../clock";
import { env } from "../env";
import { currentRequestId } from "../logger";
import { excerpt } from "../security/redaction";
import { isAllowedOrigin, resolveTarget } from "./address";
import { type BreakerTuning, DEFAULT_BREAKER, throughBreaker } from "./breaker";
import { callLog, type RecordCall } from "./call-log";
import { HttpFailure } from "./failure";
import { parallelLimit } from "./parallel-limit";
import { askedToWaitMs, isThrottled } from "./rate-headers";
import { budgetOf, DEFAULT_RETRY, isWorthRepeating, type Outcome, pauseMs, type RetryTuning } from "./retry";
import { isShut, type LimitGroup, type Pace, paceOf, penalise, reserve } from "./shared-limit";
import { makeTransport, type Transport, type WireResponse } from "./transport";

/** The same shape as the contract's `RemoteRequest`. */
export interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly host?: string;
  readonly link?: string;
  readonly group: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly timeoutMs?: number;
  readonly repeatable: boolean;
  readonly maxBytes?: number;
}

/** The same shape as the contract's `RemoteResponse`. */
export interface HttpResponse extends WireResponse {
  text(): string;
}

export interface HttpOptions {
  readonly workspaceId: string;
  readonly connectionId: string;
  /** Everything is sent below it; a path cannot leave it. */
  readonly baseUrl: string;
  /** Further bases by the name a request calls them by. */
  readonly hosts?: Readonly<Record<string, string>> | undefined;
  readonly limits: readonly LimitGroup[];
  /** How many requests may be on their way at once, over all processes; absent = any number. */
  readonly parallel?: number | undefined;
  /** Who shares the limits: the connection, or the account where the service counts so. */
  readonly limitKey: string;
  /** The connection's secret values; cut from the call log wherever they show up. */
  readonly secrets?: readonly string[] | undefined;
  readonly record?: RecordCall | undefined;
  /** Private or plain-http origins that may be reached; default OUTBOUND_ALLOWED_ORIGINS. */
  readonly allowedOrigins?: readonly string[] | undefined;
  readonly clock?: Clock | undefined;
  /** 0..1 */
  readonly random?: (() => number) | undefined;
  readonly retry?: RetryTuning | undefined;
  readonly breaker?: BreakerTuning | undefined;
  readonly transport?: Transport | undefined;
}

const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_MAX_BYTES = 16 * 1_024 * 1_024;
/** Where a service refuses without saying for how long. */
const UNSAID_PENALTY_MS = 1_000;
/** An exchange ends with its time-out; the rest is for a busy process. */
const LEASE_MARGIN_MS = 5_000;

const shared = new Map<boolean, Transport>();

function sharedTransport(guarded: boolean): Transport {
  const existing = shared.get(guarded);
  if (existing !== undefined) return existing;
  const made = makeTransport({ guarded });
  shared.set(guarded, made);
  return made;
}

/** Stores what is still to be logged and closes the connection pools. For the end of a process. */
export async function closeHttp(): Promise<void> {
  await callLog.flush();
  const open = [...shared.values()];
  shared.clear();
  await Promise.all(open.map((transport) => transport.close()));
}

/**
 * The outbound kit for one connection. `timeoutMs` (30 s) bounds one try on the wire; waiting for the shared limit and
 * between tries gets as much again, so a call never takes longer than twice its time-out.
 * @throws HttpFailure from `send`; see its kinds.
 */
export function createRemoteHttp(options: HttpOptions): { send(request: HttpRequest): Promise<HttpResponse> } {
  const own = new URL(options.baseUrl);
  const hosts = new Map(Object.entries(options.hosts ?? {}).map(([name, base]) => [name, new URL(base)]));
  const allowedOrigins = options.allowedOrigins ?? env.OUTBOUND_ALLOWED_ORIGINS;
  const paces = new Map(options.limits.map((limit) => [limit.group, paceOf(limit)]));
  return {
    async send(request) {
      const base = request.link !== undefined ? linked(request.link, own) : request.host === undefined ? own : hosts.get(request.host);
      if (base === undefined) throw new HttpFailure("unknown-host", { host: own.hostname });
      const allowed = isAllowedOrigin(base, allowedOrigins);
      const target = request.link === undefined ? resolveTarget(base, request.path) : base;
      const pace = paces.get(request.group);
      if (pace === undefined) throw new HttpFailure("unknown-group", { host: base.hostname });
      if (base.protocol !== "https:" && !(allowed && base.protocol === "http:")) throw new HttpFailure("insecure", { host: base.hostname });
      const transport = options.transport ?? sharedTransport(!allowed);
      const response = await new Call(options, request, target, transport, pace).run();
      return { ...response, text: () => new TextDecoder().decode(response.body) };
    },
  };
}

/** An address that was given out by a service, whole. */
function linked(link: string, own: URL): URL {
  const target = URL.canParse(link) ? new URL(link) : undefined;
  if (target === undefined || target.username !== "" || target.password !== "") throw new HttpFailure("outside-base", { host: own.hostname });
  target.hash = "";
  return target;
}

/** One call of a connector: one or, for reads, a few tries. */
class Call {
  private readonly timeoutMs: number;
  private readonly startedAt = performance.now();
  private readonly limitRow: string;
  private waitedMs = 0;

  constructor(
    private readonly options: HttpOptions,
    private readonly request: HttpRequest,
    private readonly target: URL,
    private readonly transport: Transport,
    private readonly pace: Pace,
  ) {
    this.timeoutMs = request.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    this.limitRow = `http:${options.limitKey}:${request.group}`;
  }

  async run(): Promise<WireResponse> {
    const tuning = this.options.retry ?? DEFAULT_RETRY;
    const budget = budgetOf(this.options.limitKey);
    let last: Outcome | undefined;
    for (let attempt = 1; ; attempt += 1) {
      const refusal = await this.waitForTurn();
      if (refusal !== undefined) return conclude(last ?? { failure: refusal });
      last = await this.attempt(attempt);
      if ("response" in last && last.response.status < 500 && !isThrottled(last.response.status)) budget.earn();
      if (!this.request.repeatable || attempt >= tuning.tries || !isWorthRepeating(last) || !budget.spend()) return conclude(last);
      const pause = pauseMs(attempt, tuning, (this.options.random ?? Math.random)());
      if (!this.mayWait(pause)) return conclude(last);
      await this.wait(pause);
    }
  }

  /** @returns the failure when the shared limit is used up for longer than this call may still wait. */
  private async waitForTurn(): Promise<HttpFailure | undefined> {
    for (;;) {
      const turn = await reserve(this.limitRow, this.pace, this.timeoutMs - this.waitedMs);
      if (!turn.granted) return new HttpFailure("limit", { host: this.target.hostname, retryAfterMs: turn.retryAfterMs });
      if (turn.waitMs === 0) return undefined;
      await this.wait(turn.waitMs);
      // The service may have refused somebody else while we waited: then our moment counts no longer.
      if (!(await isShut(this.limitRow))) return undefined;
    }
  }

  private mayWait(ms: number): boolean {
    const left = 2 * this.timeoutMs - (performance.now() - this.startedAt) - ms;
    return this.waitedMs + ms <= this.timeoutMs && left >= this.timeoutMs / 2;
  }

  private async wait(ms: number): Promise<void> {
    this.waitedMs += ms;
    if (ms > 0) await sleep(ms);
  }

  private async attempt(attempt: number): Promise<Outcome> {
    const startedAt = performance.now();
    const at = (this.options.clock ?? systemClock).now();
    const outcome = await this.inSlot(() => this.exchange()).then(
      (response): Outcome => ({ response }),
      (error: unknown): Outcome => {
        if (error instanceof HttpFailure) return { failure: error };
        throw error;
      },
    );
    this.record(attempt, at, Math.round(performance.now() - startedAt), outcome);
    if ("response" in outcome) await this.heed(outcome.response);
    return outcome;
  }

  /** Holds one of the service's parallel slots for as long as the exchange lasts. */
  private async inSlot(exchange: () => Promise<WireResponse>): Promise<WireResponse> {
    const { parallel, limitKey } = this.options;
    if (parallel === undefined) return exchange();
    const slot = await parallelLimit.acquire({
      key: `http:${limitKey}`,
      slots: parallel,
      leaseMs: this.timeoutMs + LEASE_MARGIN_MS,
      maxWaitMs: Math.max(0, this.timeoutMs - this.waitedMs),
    });
    if (!slot.granted) throw new HttpFailure("limit", { host: this.target.hostname, retryAfterMs: slot.retryAfterMs });
    this.waitedMs += slot.waitedMs;
    try {
      return await exchange();
    } finally {
      await slot.release();
    }
  }

  private exchange(): Promise<WireResponse> {
    const { connectionId, breaker } = this.options;
    const left = 2 * this.timeoutMs - (performance.now() - this.startedAt);
    return throughBreaker(`${connectionId}|${this.target.host}`, this.target.hostname, breaker ?? DEFAULT_BREAKER, () =>
      this.transport.exchange({
        method: this.request.method,
        target: this.target,
        headers: { "user-agent": "karavan", ...lowerCased(this.request.headers ?? {}) },
        body: this.request.body,
        timeoutMs: Math.max(1, Math.min(this.timeoutMs, left)),
        maxBytes: this.request.maxBytes ?? DEFAULT_MAX_BYTES,
      }),
    );
  }

  /** Shares with every process what the service says about its limits. */
  private async heed({ status, headers }: WireResponse): Promise<void> {
    const asked = askedToWaitMs(status, headers, (this.options.clock ?? systemClock).now()) ?? (isThrottled(status) ? UNSAID_PENALTY_MS : 0);
    if (asked > 0) await penalise(this.limitRow, this.pace, asked);
  }

  private record(attempt: number, at: Date, durationMs: number, outcome: Outcome): void {
    const { workspaceId, connectionId, secrets = [], record = callLog.record } = this.options;
    const response = "response" in outcome ? outcome.response : undefined;
    const failure = "failure" in outcome ? outcome.failure : undefined;
    record({
      workspaceId,
      connectionId,
      at,
      method: this.request.method,
      endpoint: excerpt(this.request.path, secrets, 300) ?? "",
      status: response?.status ?? null,
      outcome: response === undefined ? failureOutcome(failure) : statusOutcome(response.status),
      durationMs,
      attempt,
      requestBytes: byteLength(this.request.body),
      responseBytes: response?.body.length ?? 0,
      requestBody: excerpt(this.request.body, secrets),
      responseBody: excerpt(response?.body, secrets),
      errorText: failure === undefined ? null : excerpt(explain(failure), secrets, 500),
      requestId: currentRequestId() ?? null,
    });
  }
}

function conclude(outcome: Outcome): WireResponse {
  if ("failure" in outcome) throw outcome.failure;
  return outcome.response;
}

function byteLength(body: string | Uint8Array | undefined): number {
  return body === undefined ? 0 : Buffer.byteLength(body);
}

function explain(failure: HttpFailure): string {
  return failure.cause instanceof Error ? `${failure.code}: ${failure.cause.message}` : failure.code;
}

function failureOutcome(failure: HttpFailure | undefined): string {
  return failure === undefined || failure.kind === "refused" ? "invalid" : failure.kind;
}

const STATUS_OUTCOMES: Readonly<Record<number, string>> = {
  401: "auth",
  403: "forbidden",
  404: "not-found",
  409: "conflict",
  420: "rate-limited",
  429: "rate-limited",
};

function statusOutcome(status: number): string {
  if (status < 400) return "ok";
  return STATUS_OUTCOMES[status] ?? (status >= 500 ? "unavailable" : "invalid");
}

/** Names of headers have no case: a connector's own must replace ours, not stand beside it. */
function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
