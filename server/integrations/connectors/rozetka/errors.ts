import { parseJson } from "@/lib/json";
import { ConnectorError } from "../../contract/errors";
import { type FailedAnswer, secondsToMs, type Verdict, wordsOfPage } from "../../contract/failed-answer";

/** `errors` of `{"success":false,"errors":{"message","code","details"}}`; some clients also saw `description`. */
export interface RemoteErrors {
  readonly code: number | undefined;
  readonly text: string;
}

const MAINTENANCE_WAIT_MS = 10 * 60_000;
/** An earlier change of the item is still under way. */
const BUSY_WAIT_MS = 60_000;
/** Refusals that come before anything is carried out. */
const UNTOUCHED: ReadonlySet<number | undefined> = new Set([3002, 5503]);

/** What the role of a token or of a login is asked for, by what a path is about: the sections of the cabinet. */
function sectionOf(path: string): string {
  if (path.startsWith("/messages")) return "Повідомлення";
  return path.startsWith("/goods") || path.startsWith("/items") ? "Товари" : "Замовлення";
}

/** Codes of the vendor's own table; HTTP says 200 with all of them. */
const BY_CODE: ReadonlyMap<number, (path: string) => Verdict> = new Map<number, (path: string) => Verdict>([
  [0, () => ({ kind: "unavailable" })],
  [1003, () => ({ kind: "unavailable" })],
  [1015, () => ({ kind: "unavailable" })],
  [1004, () => ({ kind: "auth", code: "rozetka.login_rejected" })],
  [1018, () => ({ kind: "auth", code: "rozetka.token_rejected" })],
  [1020, () => ({ kind: "auth", code: "rozetka.token_rejected" })],
  [5401, () => ({ kind: "auth", code: "rozetka.token_rejected" })],
  [6001, () => ({ kind: "auth", code: "rozetka.session_over" })],
  [1010, (path) => ({ kind: "forbidden", code: "rozetka.role_lacks", options: { params: { permission: sectionOf(path) } } })],
  [1009, () => ({ kind: "not-found" })],
  [1013, () => ({ kind: "not-found" })],
  [1019, () => ({ kind: "not-found" })],
  [1021, () => ({ kind: "not-found" })],
  [1025, () => ({ kind: "not-found" })],
  [1404, () => ({ kind: "not-found" })],
  [5404, () => ({ kind: "not-found" })],
  [3002, () => ({ kind: "unavailable", code: "rozetka.busy", options: { retryAfterMs: BUSY_WAIT_MS } })],
  [5503, () => ({ kind: "unavailable", code: "rozetka.maintenance", options: { retryAfterMs: MAINTENANCE_WAIT_MS } })],
]);

function byStatus({ status, headers, path }: FailedAnswer): Verdict {
  if (status === 401) return { kind: "auth", code: "rozetka.token_rejected" };
  if (status === 403) return { kind: "forbidden", code: "rozetka.role_lacks", options: { params: { permission: sectionOf(path) } } };
  if (status === 404) return { kind: "not-found" };
  if (status === 408) return { kind: "timeout" };
  if (status === 429) return { kind: "rate-limited", options: { retryAfterMs: secondsToMs(headers["retry-after"]) ?? 1_000, params: { method: path } } };
  if (status >= 500) return { kind: "unavailable" };
  // 200 with `success: false` and a code we do not know: refused for what it says.
  return { kind: "invalid" };
}

/** Turns a refused or failed answer into our words. Errors usually come inside HTTP 200. */
export function rozetkaError(answer: FailedAnswer): ConnectorError {
  const remote = readErrors(answer.body);
  const known = answer.status === 429 || remote.code === undefined ? undefined : BY_CODE.get(remote.code)?.(answer.path);
  const verdict = known ?? byStatus(answer);
  return new ConnectorError(verdict.kind, verdict.code, {
    ...verdict.options,
    mayHaveTakenEffect: answer.isWrite && !UNTOUCHED.has(remote.code) && (verdict.kind === "unavailable" || verdict.kind === "timeout"),
    remoteText: remote.text.slice(0, 500),
    httpStatus: answer.status,
  });
}

function readErrors(body: string): RemoteErrors {
  try {
    const json = parseJson(body);
    if (typeof json !== "object" || json === null || !("errors" in json)) return { code: undefined, text: "" };
    return errorsOf(json.errors);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { code: undefined, text: wordsOfPage(body) };
  }
}

function errorsOf(errors: unknown): RemoteErrors {
  if (typeof errors !== "object" || errors === null) return { code: undefined, text: typeof errors === "string" ? errors : "" };
  const { code, message, description, details } = errors as Readonly<Record<string, unknown>>;
  const words = [message, description, typeof details === "string" ? details : details === null || details === undefined ? undefined : JSON.stringify(details)];
  const number = typeof code === "number" || (typeof code === "string" && /^\d{1,6}$/.test(code)) ? Number(code) : undefined;
  return { code: number, text: words.filter((word) => typeof word === "string" && word !== "").join("; ") };
}
