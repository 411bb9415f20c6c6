import { TRPCError } from "@trpc/server";
import { ZodError } from "zod";
import { AppError, type ErrorParams } from "@/server/platform/errors";

export interface InputIssue {
  /** Dotted path of the field in the input. */
  readonly path: string;
  /** zod's own code (`too_small`, `invalid_format`, …): the form chooses the words. */
  readonly code: string;
  readonly message: string;
}

/** What the browser learns about a failure: a stable code, values for its localised text, field issues. */
export interface Failure {
  readonly appCode: string;
  readonly params: ErrorParams;
  readonly issues: readonly InputIssue[];
}

const CODES_BY_STATUS: Readonly<Record<number, TRPCError["code"]>> = {
  400: "BAD_REQUEST",
  401: "UNAUTHORIZED",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  409: "CONFLICT",
  412: "PRECONDITION_FAILED",
  413: "PAYLOAD_TOO_LARGE",
  422: "UNPROCESSABLE_CONTENT",
  429: "TOO_MANY_REQUESTS",
  502: "BAD_GATEWAY",
  503: "SERVICE_UNAVAILABLE",
  504: "GATEWAY_TIMEOUT",
};

const OWN_CODES: Partial<Record<TRPCError["code"], string>> = {
  NOT_FOUND: "request.unknown_procedure",
  METHOD_NOT_SUPPORTED: "request.method",
  UNSUPPORTED_MEDIA_TYPE: "request.media_type",
  PARSE_ERROR: "request.malformed",
  BAD_REQUEST: "request.malformed",
  PAYLOAD_TOO_LARGE: "request.too_large",
  CLIENT_CLOSED_REQUEST: "request.aborted",
};

/** Nothing of an unexpected error's own text gets out: it may hold queries, keys, letters of buyers. */
export function describeFailure(error: TRPCError): Failure {
  const { cause } = error;
  if (cause instanceof AppError) return { appCode: cause.code, params: cause.params, issues: [] };
  if (error.code === "BAD_REQUEST" && cause instanceof ZodError) {
    const issues = cause.issues.map((issue) => ({ path: issue.path.map(String).join("."), code: issue.code, message: issue.message }));
    return { appCode: "input.invalid", params: {}, issues };
  }
  return { appCode: OWN_CODES[error.code] ?? "internal", params: {}, issues: [] };
}

/** Whether nobody foresaw this error, so that it belongs into the log with its cause. */
export function isUnexpected(error: TRPCError): boolean {
  return error.code === "INTERNAL_SERVER_ERROR" && !(error.cause instanceof AppError && error.cause.status < 500);
}

/**
 * A TRPCError whatever was thrown: an AppError keeps its HTTP status, its code becomes the message; of anything unforeseen only
 * the cause survives, for the log.
 */
export function toTrpcError(error: unknown): TRPCError {
  const cause = error instanceof TRPCError ? error.cause : error;
  if (cause instanceof AppError) {
    return new TRPCError({ code: CODES_BY_STATUS[cause.status] ?? "INTERNAL_SERVER_ERROR", message: cause.code, cause });
  }
  if (error instanceof TRPCError && error.code !== "INTERNAL_SERVER_ERROR") return error;
  return new TRPCError({ code: "INTERNAL_SERVER_ERROR", message: "internal", cause });
}
