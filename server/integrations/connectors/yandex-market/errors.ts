import { parseJson } from "@/lib/json";
import { ConnectorError } from "../../contract/errors";
import { type FailedAnswer, type Verdict, wordsOfPage } from "../../contract/failed-answer";

/** The moment tells how long a told moment is away. */
interface TimedAnswer extends FailedAnswer {
  readonly now: Date;
}

const SECOND_MS = 1_000;
/** Nothing says how long a slot of the four stays taken; requests are short. */
const PARALLEL_WAIT_MS = 500;
const LOCKED_WAIT_MS = 10 * 60_000;
const LONGEST_WAIT_MS = 3_600_000;

interface RemoteErrors {
  readonly codes: readonly string[];
  readonly text: string;
}

/** The typed codes of the newer methods and the documented texts; the status alone says the rest. */
function byCode({ codes, text }: RemoteErrors, path: string): Verdict | undefined {
  const has = (code: string) => codes.includes(code);
  const params = { method: path };
  if (has("SUBSCRIPTION_REQUIRED")) return { kind: "subscription", code: "yandex-market.subscription_required", options: { params } };
  if (has("API_DISABLED")) return { kind: "forbidden", code: "yandex-market.api_disabled" };
  if (has("NO_ACCESS_BY_DEPRECATION_POLICY")) return { kind: "invalid", code: "yandex-market.obsolete_method", options: { params } };
  // The words of a finished chat are not published [I].
  if (/\/chats\/(message|file)/.test(path) && (/chat.{0,40}(finished|closed)|чат.{0,40}(заверш|закрыт)/i.test(text) || has("STATUS_NOT_ALLOWED"))) {
    return { kind: "closed", code: "yandex-market.chat_closed" };
  }
  return undefined;
}

function byStatus(answer: TimedAnswer, text: string): Verdict {
  const params = { method: answer.path };
  switch (answer.status) {
    case 401:
      return { kind: "auth", code: /revoked/i.test(text) ? "yandex-market.key_revoked" : "yandex-market.key_invalid" };
    case 403:
      return { kind: "forbidden", code: "yandex-market.scope_missing", options: { params: { permission: scopeOf(answer.path) } } };
    case 404:
      return { kind: "not-found" };
    case 408:
      return { kind: "timeout" };
    case 420:
    case 429:
      return { kind: "rate-limited", options: { retryAfterMs: askedToWait(answer, text), params } };
    case 423:
      return { kind: "unavailable", code: "yandex-market.locked", options: { retryAfterMs: LOCKED_WAIT_MS } };
    default:
      if (answer.status >= 500) return { kind: "unavailable" };
      return answer.status >= 400 ? { kind: "invalid" } : { kind: "unknown" };
  }
}

/** The scope people know from the cabinet, by what a path is about. */
function scopeOf(path: string): string {
  if (/\/(chats?|goods-)/.test(path)) return "COMMUNICATION";
  if (path.endsWith("/orders") || path.includes("/orders/")) return "INVENTORY_AND_ORDER_PROCESSING";
  if (path.includes("/offer-prices")) return "PRICING";
  return /\/(offer-mappings|offers\/stocks)$/.test(path) ? "OFFERS_AND_CARDS_MANAGEMENT" : path;
}

/**
 * 420 has two texts. "… parallel requests" is over as soon as one of ours ends; the other names the moment of its end in
 * `X-RateLimit-Resource-Until`, which is compared with the answer's own `Date`: two clocks need not agree.
 */
function askedToWait({ headers, now }: TimedAnswer, text: string): number {
  if (/parallel requests/i.test(text)) return PARALLEL_WAIT_MS;
  const until = Date.parse(headers["x-ratelimit-resource-until"] ?? "");
  if (Number.isNaN(until)) return SECOND_MS;
  const told = Date.parse(headers["date"] ?? "");
  return Math.min(Math.max(until - (Number.isNaN(told) ? now.getTime() : told), SECOND_MS), LONGEST_WAIT_MS);
}

/** Turns a refused or failed answer into our words. The body is `{status, errors: [{code, message}]}`, or anything where a gateway spoke. */
export function yandexError(answer: TimedAnswer): ConnectorError {
  const remote = readErrors(answer.body);
  const verdict = (answer.status >= 400 && answer.status < 420 ? byCode(remote, answer.path) : undefined) ?? byStatus(answer, remote.text);
  const isLocked = answer.status === 423;
  const unsure = !isLocked && (verdict.kind === "unavailable" || verdict.kind === "timeout" || verdict.kind === "unknown");
  return new ConnectorError(verdict.kind, verdict.code, {
    ...verdict.options,
    mayHaveTakenEffect: answer.isWrite && unsure,
    remoteText: remote.text.slice(0, 500),
    httpStatus: answer.status,
  });
}

function readErrors(body: string): RemoteErrors {
  try {
    const json = parseJson(body);
    const list = typeof json === "object" && json !== null && "errors" in json && Array.isArray(json.errors) ? (json.errors as unknown[]) : [];
    const told = list.filter((entry): entry is { code?: unknown; message?: unknown } => typeof entry === "object" && entry !== null);
    const words = (key: "code" | "message") => told.flatMap((entry) => (typeof entry[key] === "string" ? [entry[key]] : []));
    const messages = words("message");
    return { codes: words("code"), text: (messages.length > 0 ? messages : words("code")).join("; ") };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { codes: [], text: wordsOfPage(body) };
  }
}
