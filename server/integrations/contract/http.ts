/**
 * How a connector reaches its service. The platform's HTTP kit implements it: time-outs, retry budget, shared limits,
 * circuit breaker, SSRF guard, redaction, call log. A connector never calls `fetch` itself.
 */
export interface RemoteRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Below the connection's base URL, e.g. `/v3/chat/list`. */
  readonly path: string;
  /** Name of one of the connector's further `hosts`; absent = its base URL. */
  readonly host?: string;
  /**
   * Instead of base and path: a whole address the service itself gave out (a signed link to a file). The connector makes sure that it is
   * one of the service's and sends no credentials along; private addresses are refused. `path` then only names the call in the log.
   */
  readonly link?: string;
  /** Limit group of the connector's `limits`; also the label in metrics. */
  readonly group: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Already serialised, so that ids beyond 2^53 are written by the connector's own rules. */
  readonly body?: string | Uint8Array;
  readonly timeoutMs?: number;
  /** A read may be repeated by the kit within its budget; a write never is: its outcome is for the outbox to settle. */
  readonly repeatable: boolean;
  /** Largest acceptable answer; default 16 MiB. */
  readonly maxBytes?: number;
}

export interface RemoteResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  text(): string;
}

export interface RemoteHttp {
  /**
   * Sends one request and gives back whatever status the service answered.
   * @throws ConnectorError `timeout` | `unavailable` (no answer, breaker open; `mayHaveTakenEffect` says whether it left us) |
   *   `rate-limited` (our own share is used up for longer than the call may wait).
   */
  send(request: RemoteRequest): Promise<RemoteResponse>;
}

/** What a group of endpoints may take, shared by all processes per connection (or per account where the service counts so). */
export interface LimitGroup {
  readonly group: string;
  readonly points: number;
  readonly perSeconds: number;
}
