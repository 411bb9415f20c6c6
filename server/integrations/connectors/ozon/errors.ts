import { parseJson } from "@/lib/json";
import { ConnectorError } from "../../contract/errors";
import { type FailedAnswer, secondsToMs, type Verdict, wordsOfPage } from "../../contract/failed-answer";

const SECOND_MS = 1_000;
/** "Works again within a few minutes" (Errors section of the docs). */
const CIRCLE_OPEN_MS = 3 * 60_000;

/** Which subscription is missing differs by what was asked for. */
export const SUBSCRIPTION_CODE = {
  chats: "ozon.subscription_required",
  questions: "ozon.questions_subscription",
  reviews: "ozon.reviews_subscription",
} as const;

function subscriptionCode(path: string): string {
  if (path.startsWith("/v1/question/")) return SUBSCRIPTION_CODE.questions;
  return /^\/v\d\/review\//.test(path) ? SUBSCRIPTION_CODE.reviews : SUBSCRIPTION_CODE.chats;
}

/** Texts of the documented general errors; the service keys its errors by text, the gRPC code is too coarse. */
function byText(text: string, path: string): Verdict | undefined {
  const says = (pattern: RegExp) => pattern.test(text);
  if (says(/circle is open/i)) return { kind: "rate-limited", code: "ozon.circle_open", options: { retryAfterMs: CIRCLE_OPEN_MS, params: { method: path } } };
  if (says(/request rate limit/i)) return { kind: "rate-limited", options: { retryAfterMs: SECOND_MS } };
  if (says(/api-key is deactivated/i)) return { kind: "auth", code: "ozon.key_deactivated" };
  if (says(/invalid api-key|client-id and api-key headers/i)) return { kind: "auth", code: "ozon.key_invalid" };
  if (says(/missing a required role/i)) return { kind: "forbidden", code: "ozon.role_missing", options: { params: { permission: path } } };
  if (says(/restricted to specific ip/i)) return { kind: "forbidden", code: "ozon.address_restricted" };
  if (says(/offer not signed/i)) return { kind: "forbidden", code: "ozon.offer_unsigned" };
  if (says(/obsolete method/i)) return { kind: "invalid", code: "ozon.obsolete_method", options: { params: { method: path } } };
  if (says(/existing subscription|premium (plus|pro)|subscription (is )?(required|needed)/i)) {
    return { kind: "subscription", code: subscriptionCode(path), options: { params: { method: path } } };
  }
  return path.startsWith("/v1/chat/") ? byChatText(text) : undefined;
}

/** The docs state the windows but not the words of the refusal [I]: any refusal that speaks of time, windows or closing counts. */
function byChatText(text: string): Verdict | undefined {
  if (/chat.{0,20}(is )?closed|чат.{0,20}закрыт/i.test(text)) return { kind: "closed", code: "ozon.chat_closed" };
  if (/\b(48|72)\b|window|expired|too late|only the (buyer|customer)|срок|истек/i.test(text)) return { kind: "closed", code: "ozon.window_closed" };
  return undefined;
}

function byGrpcCode(code: number | undefined, path: string): Verdict | undefined {
  switch (code) {
    case 3:
    case 11:
      return { kind: "invalid" };
    case 4:
      return { kind: "timeout" };
    case 5:
      return { kind: "not-found" };
    case 6:
    case 10:
      return { kind: "conflict" };
    case 7:
      return { kind: "forbidden", options: { params: { permission: path } } };
    case 8:
      return { kind: "rate-limited" };
    case 9:
      return { kind: "invalid" };
    case 13:
    case 14:
      return { kind: "unavailable" };
    case 16:
      return { kind: "auth", code: "ozon.key_invalid" };
    default:
      return undefined;
  }
}

function byStatus(status: number, path: string): Verdict {
  if (status === 401) return { kind: "auth", code: "ozon.key_invalid" };
  if (status === 403) return { kind: "forbidden", options: { params: { permission: path } } };
  if (status === 404) return { kind: "not-found" };
  if (status === 408) return { kind: "timeout" };
  if (status === 409) return { kind: "conflict" };
  if (status === 429) return { kind: "rate-limited" };
  if (status >= 500) return { kind: "unavailable" };
  if (status >= 400) return { kind: "invalid" };
  return { kind: "unknown" };
}

/**
 * Turns a refused or failed answer into our words. The body is google.rpc.Status `{code, message, details}` where the
 * service itself answered, and anything (an HTML page) where a gateway did.
 */
export function ozonError(answer: FailedAnswer): ConnectorError {
  const remote = readStatus(answer.body);
  // A 429 or 5xx of the transport outweighs a coarse gRPC code inside; the documented texts outweigh both.
  const transport = answer.status === 429 || answer.status >= 500 || answer.status === 401;
  const verdict = byText(remote.message, answer.path) ?? (transport ? undefined : byGrpcCode(remote.code, answer.path)) ?? byStatus(answer.status, answer.path);
  const told = secondsToMs(answer.headers["retry-after"]);
  const unsure = verdict.kind === "unavailable" || verdict.kind === "timeout" || verdict.kind === "unknown";
  return new ConnectorError(verdict.kind, verdict.code, {
    ...verdict.options,
    retryAfterMs: told ?? verdict.options?.retryAfterMs ?? (verdict.kind === "rate-limited" ? SECOND_MS : undefined),
    mayHaveTakenEffect: answer.isWrite && unsure,
    remoteText: remote.message.slice(0, 500),
    httpStatus: answer.status,
  });
}

function readStatus(body: string): { readonly code: number | undefined; readonly message: string } {
  try {
    const json = parseJson(body);
    if (typeof json !== "object" || json === null) return { code: undefined, message: "" };
    const { code, message } = json as { code?: unknown; message?: unknown };
    return { code: typeof code === "number" ? code : undefined, message: typeof message === "string" ? message : "" };
  } catch (error) {
    if (error instanceof SyntaxError) return { code: undefined, message: wordsOfPage(body) };
    throw error;
  }
}
