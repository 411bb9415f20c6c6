import type { ZodError } from "zod";
import { AppError, describeError } from "@/server/platform/errors";
import { currentRequestId, logger } from "@/server/platform/logger";
import type { Problem } from "../schema";

const TITLES: Readonly<Record<number, string>> = {
  400: "The request is malformed",
  401: "A valid token is needed",
  403: "The token may not do this",
  404: "There is no such thing",
  405: "The method is not allowed here",
  409: "This contradicts the present state",
  413: "The body is too large",
  415: "The body must be JSON",
  422: "The request is well-formed, its content is not valid",
  429: "Too many requests",
  500: "Something went wrong on our side",
  503: "Temporarily unavailable",
};

/** Why, where the status alone would send people looking in the wrong place. */
const DETAILS: Readonly<Record<string, string>> = {
  "api.maker_gone": "The person who made this token is no active member of the workspace any more, so the token has stopped. Make a new one.",
  "api.maker_lacks": "The role of the person who made this token no longer covers this scope. Have somebody with that right make a new token.",
};

/** Input that is JSON and means nothing: 422 with every field named. */
export class InvalidInput extends Error {
  constructor(
    readonly place: "path" | "query" | "body",
    readonly issues: ZodError["issues"],
  ) {
    super("invalid input");
  }
}

/** Any failure as RFC 9457. Nothing of an unforeseen error's own text gets out; it is logged. */
export function problemResponse(error: unknown, extra: Readonly<Record<string, string>> = {}): Response {
  const requestId = currentRequestId() ?? "";
  if (error instanceof InvalidInput) {
    const errors = error.issues.map(({ path, code, message }) => ({ path: [error.place, ...path.map(String)].join("."), code: code ?? "invalid", message }));
    return answer({ ...base(422, "input.invalid", requestId), errors }, extra);
  }
  if (error instanceof AppError) {
    const retryAfter = error.params["retryAfterSeconds"];
    return answer(base(error.status, error.code, requestId), { ...extra, ...(retryAfter === undefined ? {} : { "retry-after": String(retryAfter) }) });
  }
  logger.error({ err: describeError(error) }, "api request failed");
  return answer(base(500, "internal", requestId), extra);
}

function base(status: number, code: string, requestId: string): Problem {
  const detail = DETAILS[code];
  return { type: `/settings/api#${code}`, title: TITLES[status] ?? TITLES[500] ?? "", status, code, requestId, ...(detail === undefined ? {} : { detail }) };
}

function answer(problem: Problem, extra: Readonly<Record<string, string>>): Response {
  const challenge: Record<string, string> = problem.status === 401 ? { "www-authenticate": "Bearer" } : {};
  const headers = { ...extra, ...challenge, "content-type": "application/problem+json", "cache-control": "no-store", "x-request-id": problem.requestId };
  return new Response(JSON.stringify(problem), { status: problem.status, headers });
}
