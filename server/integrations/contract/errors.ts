import { AppError, type ErrorParams } from "@/server/platform/errors";

/**
 * Why a remote call failed, in our words. `auth` and `forbidden` are definite answers of the service; everything that may
 * be our network or their outage is `unavailable` or `timeout`. Health is classified from this and nothing else.
 */
export type FailureKind =
  | "auth"
  | "forbidden"
  | "subscription"
  | "rate-limited"
  | "invalid"
  | "not-found"
  | "conflict"
  | "closed"
  | "unavailable"
  | "timeout"
  | "malformed"
  | "unknown";

export interface ConnectorErrorOptions {
  /** For `rate-limited` and `unavailable`: how long the service asks to wait. */
  readonly retryAfterMs?: number | undefined;
  /**
   * Whether the request may have taken effect although it failed (time-out, 5xx or a dropped connection after it left).
   * A write with `true` must be settled by reading back before it is tried again.
   */
  readonly mayHaveTakenEffect?: boolean | undefined;
  readonly params?: ErrorParams | undefined;
  /** The service's own words, redacted, at most 500 characters. */
  readonly remoteText?: string | undefined;
  readonly httpStatus?: number | undefined;
  readonly cause?: unknown;
}

const RETRYABLE: ReadonlySet<FailureKind> = new Set(["rate-limited", "unavailable", "timeout", "malformed", "unknown"]);

/** What every connector throws. `code` is `<connector>.<cause>` or a shared `remote.<kind>`; texts live in the catalogue. */
export class ConnectorError extends AppError {
  override readonly name = "ConnectorError";
  readonly kind: FailureKind;
  readonly retryAfterMs: number | undefined;
  readonly mayHaveTakenEffect: boolean;
  readonly remoteText: string | undefined;
  readonly httpStatus: number | undefined;

  constructor(kind: FailureKind, code: string = `remote.${kind}`, options: ConnectorErrorOptions = {}) {
    super(code, { retryable: RETRYABLE.has(kind), params: options.params, cause: options.cause, status: 502 });
    this.kind = kind;
    this.retryAfterMs = options.retryAfterMs;
    this.mayHaveTakenEffect = options.mayHaveTakenEffect ?? false;
    this.remoteText = options.remoteText;
    this.httpStatus = options.httpStatus;
  }
}
