import { AppError } from "../errors";

/**
 * Why a call got no answer that its caller could use. The kit knows nothing of connectors: `server/integrations` turns this
 * into the contract's ConnectorError.
 */
export type HttpFailureKind =
  /** No answer in time. */
  | "timeout"
  /** DNS, connect, TLS, reset, or the circuit breaker is open. */
  | "unavailable"
  /** Our share of the service's limit is used up for longer than the call may wait. */
  | "rate-limited"
  /** The answer is larger than the caller takes, or its encoding is broken. */
  | "malformed"
  /** We refuse to send it: a forbidden address or a malformed request. Never an outage of theirs. */
  | "refused";

export type HttpFailureReason =
  | "timeout"
  | "dns"
  | "connect"
  | "tls"
  | "reset"
  | "breaker-open"
  | "limit"
  | "too-large"
  | "bad-encoding"
  | "private-address"
  | "insecure"
  | "outside-base"
  | "invalid-request"
  | "unknown-group"
  | "unknown-host";

const KIND_OF: Readonly<Record<HttpFailureReason, HttpFailureKind>> = {
  timeout: "timeout",
  dns: "unavailable",
  connect: "unavailable",
  tls: "unavailable",
  reset: "unavailable",
  "breaker-open": "unavailable",
  limit: "rate-limited",
  "too-large": "malformed",
  "bad-encoding": "malformed",
  "private-address": "refused",
  insecure: "refused",
  "outside-base": "refused",
  "invalid-request": "refused",
  "unknown-group": "refused",
  "unknown-host": "refused",
};

export interface HttpFailureOptions {
  /** Whether the request may have reached the service: true from the moment its head is written. */
  readonly mayHaveTakenEffect?: boolean | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly host?: string | undefined;
  readonly cause?: unknown;
}

export class HttpFailure extends AppError {
  override readonly name = "HttpFailure";
  readonly kind: HttpFailureKind;
  readonly reason: HttpFailureReason;
  readonly mayHaveTakenEffect: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(reason: HttpFailureReason, options: HttpFailureOptions = {}) {
    const kind = KIND_OF[reason];
    const params = options.host === undefined ? {} : { host: options.host };
    super(`http.${reason.replaceAll("-", "_")}`, { retryable: kind !== "refused", params, cause: options.cause, status: 502 });
    this.kind = kind;
    this.reason = reason;
    this.mayHaveTakenEffect = options.mayHaveTakenEffect ?? false;
    this.retryAfterMs = options.retryAfterMs;
  }

  /** Whether it tells of an outage of the service or of the way to it; only these open the circuit breaker. */
  get isOutage(): boolean {
    return this.kind === "timeout" || (this.kind === "unavailable" && this.reason !== "breaker-open");
  }
}

/** Answers that tell of an outage. A plain 500 does not: one endpoint choking on one body must not shut the whole connection. */
export function isOutageStatus(status: number): boolean {
  return status === 502 || status === 503 || status === 504 || (status >= 520 && status <= 526);
}

/** Whether a write answered with `status` may have been carried out all the same: only when the service failed in the middle. */
export function answerMayHaveTakenEffect(status: number): boolean {
  return status >= 500;
}
