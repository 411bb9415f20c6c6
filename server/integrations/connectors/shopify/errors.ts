import { z } from "zod";
import { parseJson } from "@/lib/json";
import { ConnectorError } from "../../contract/errors";
import { type FailedAnswer, secondsToMs, type Verdict, wordsOfPage } from "../../contract/failed-answer";

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const LONGEST_WAIT_MS = 10 * MINUTE_MS;

const remoteErrorSchema = z.looseObject({
  message: z.string().catch(""),
  path: z
    .array(z.union([z.string(), z.number()]))
    .optional()
    .catch(undefined),
  extensions: z
    .looseObject({ code: z.string().optional().catch(undefined), requiredAccess: z.string().optional().catch(undefined) })
    .optional()
    .catch(undefined),
});
export type RemoteGraphqlError = z.output<typeof remoteErrorSchema>;
export const remoteErrorsSchema = z.array(remoteErrorSchema);

const throttleSchema = z.object({
  requestedQueryCost: z.number(),
  throttleStatus: z.object({ currentlyAvailable: z.number(), restoreRate: z.number().positive() }),
});

/** The bucket fills at a told rate: the wait is what is missing for this very query. */
export function waitForPoints(cost: unknown): number {
  const parsed = throttleSchema.safeParse(cost);
  if (!parsed.success) return SECOND_MS;
  const { requestedQueryCost, throttleStatus } = parsed.data;
  const missing = requestedQueryCost - throttleStatus.currentlyAvailable;
  return Math.min(Math.max(Math.ceil((missing / throttleStatus.restoreRate) * SECOND_MS), 100), LONGEST_WAIT_MS);
}

/** The top-level errors of an answer with status 200. @param cost `extensions.cost` of the same answer. */
export function graphqlError(operation: string, errors: readonly RemoteGraphqlError[], cost: unknown, isWrite: boolean): ConnectorError {
  const [first] = errors;
  const code = errors.find((error) => error.extensions?.code !== undefined)?.extensions?.code ?? "";
  const verdict = byCode(code, operation, errors, cost);
  return new ConnectorError(verdict.kind, verdict.code, {
    params: { method: operation },
    ...verdict.options,
    mayHaveTakenEffect: isWrite && (verdict.kind === "unavailable" || verdict.kind === "unknown"),
    remoteText: (first?.message ?? "").slice(0, 500),
    httpStatus: 200,
  });
}

function byCode(code: string, operation: string, errors: readonly RemoteGraphqlError[], cost: unknown): Verdict {
  switch (code) {
    case "THROTTLED":
      return { kind: "rate-limited", options: { retryAfterMs: waitForPoints(cost) } };
    case "ACCESS_DENIED":
      return { kind: "forbidden", code: "shopify.scope_missing", options: { params: { permission: scopeIn(errors) || operation } } };
    case "MAX_COST_EXCEEDED":
      return { kind: "invalid", code: "shopify.query_too_dear" };
    case "SHOP_INACTIVE":
      return { kind: "forbidden", code: "shopify.shop_inactive", options: { params: { permission: operation } } };
    case "INTERNAL_SERVER_ERROR":
    case "TIMEOUT":
      return { kind: "unavailable" };
    default:
      // A document the schema does not know was refused before anything was done.
      return { kind: "invalid", code: "shopify.query_refused" };
  }
}

/** "Required access: `read_orders` access scope." and its kin. */
function scopeIn(errors: readonly RemoteGraphqlError[]): string {
  const told = errors.map((error) => error.extensions?.requiredAccess ?? error.message).join(" ");
  return [...told.matchAll(/`?\b((?:read|write)_[a-z_]+)\b`?/g)]
    .map((match) => match[1])
    .join(", ")
    .slice(0, 200);
}

/** An answer whose status is not 2xx; its `path` is the name of the GraphQL operation, or "token". */
export function shopifyError(answer: FailedAnswer): ConnectorError {
  const text = wordsIn(answer.body);
  const verdict = answer.path === "token" && answer.status < 429 ? ofToken(answer, text) : byStatus(answer);
  const unsure = verdict.kind === "unavailable" || verdict.kind === "timeout" || verdict.kind === "unknown";
  return new ConnectorError(verdict.kind, verdict.code, {
    params: { method: answer.path },
    ...verdict.options,
    mayHaveTakenEffect: answer.isWrite && unsure,
    remoteText: text.slice(0, 500),
    httpStatus: answer.status,
  });
}

function ofToken({ status }: FailedAnswer, text: string): Verdict {
  if (/shop_not_permitted/i.test(text)) return { kind: "auth", code: "shopify.shop_not_permitted" };
  if (/app_not_installed|not installed/i.test(text)) return { kind: "auth", code: "shopify.app_not_installed" };
  if (status === 404) return { kind: "auth", code: "shopify.shop_unknown" };
  return status >= 400 && status < 500 ? { kind: "auth", code: "shopify.client_refused" } : { kind: "unknown" };
}

function byStatus({ status, headers }: FailedAnswer): Verdict {
  switch (status) {
    case 401:
      return { kind: "auth", code: "shopify.token_refused" };
    case 402:
      return { kind: "subscription", code: "shopify.shop_frozen" };
    case 403:
      return { kind: "forbidden", code: "shopify.scope_missing", options: { params: { permission: "" } } };
    // Keys that got a token were good: a shop that has no page now may have one again, and nothing of ours was looked for by address.
    case 404:
      return { kind: "unavailable", code: "shopify.shop_unknown" };
    case 408:
      return { kind: "timeout" };
    case 423:
      return { kind: "forbidden", code: "shopify.shop_locked", options: { params: { permission: "" } } };
    case 429:
    case 430:
      return { kind: "rate-limited", options: { retryAfterMs: secondsToMs(headers["retry-after"]) ?? SECOND_MS } };
    default:
      if (status >= 500) return { kind: "unavailable" };
      return status >= 400 ? { kind: "invalid" } : { kind: "unknown" };
  }
}

function wordsIn(body: string): string {
  try {
    const json = parseJson(body);
    return typeof json === "object" && json !== null ? JSON.stringify(json).slice(0, 500) : String(json);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return wordsOfPage(body);
  }
}
