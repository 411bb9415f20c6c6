import { parseJson } from "@/lib/json";
import { ConnectorError } from "../../contract/errors";
import { type FailedAnswer, secondsToMs, type Verdict, wordsOfPage } from "../../contract/failed-answer";

/** Each host refuses in its own words. */
interface HostAnswer extends FailedAnswer {
  readonly host: string;
}

const MINUTE_MS = 60_000;
/** An answer of 406 is a day's limit [T]; nothing tells when the day begins. */
const DAILY_LIMIT_MS = 6 * 60 * MINUTE_MS;
const UPLOADS_RUNNING_MS = 30_000;

function verdictOf({ host, status, headers, path }: HostAnswer, text: string): Verdict {
  // Five unfinished uploads at most; the words are all there is to tell it by [T].
  if (status >= 400 && status < 500 && /-uploads$/.test(path) && /ongoing|too many|devam eden/i.test(text)) {
    return { kind: "rate-limited", code: "hepsiburada.uploads_running", options: { retryAfterMs: askedToWait(headers) ?? UPLOADS_RUNNING_MS } };
  }
  switch (status) {
    case 401:
      return host === "api-asktoseller-merchant"
        ? { kind: "forbidden", code: "hepsiburada.questions_forbidden" }
        : { kind: "auth", code: "hepsiburada.credentials" };
    case 403:
      return forbidden(host);
    case 404:
      return { kind: "not-found" };
    case 406:
      return { kind: "rate-limited", code: "hepsiburada.daily_limit", options: { retryAfterMs: DAILY_LIMIT_MS } };
    case 408:
      return { kind: "timeout" };
    case 409:
      return { kind: "conflict" };
    case 429:
      return { kind: "rate-limited", options: { retryAfterMs: askedToWait(headers) ?? MINUTE_MS } };
    default:
      if (status >= 500) return { kind: "unavailable" };
      return status >= 400 ? { kind: "invalid" } : { kind: "unknown" };
  }
}

/** The catalogue says 403 where others say 429, and blocks the address of whoever does not stop within seconds [D]. */
function forbidden(host: string): Verdict {
  if (host === "mpop") return { kind: "rate-limited", code: "hepsiburada.catalog_limit", options: { retryAfterMs: MINUTE_MS } };
  if (host === "api-asktoseller-merchant") return { kind: "forbidden", code: "hepsiburada.questions_forbidden" };
  return { kind: "forbidden", code: "hepsiburada.forbidden" };
}

/** Turns a refused or failed answer into our words; the services answer in six shapes, and gateways in HTML. */
export function hepsiburadaError(answer: HostAnswer): ConnectorError {
  const remoteText = textOf(answer.body);
  const verdict = verdictOf(answer, remoteText);
  const unsure = verdict.kind === "unavailable" || verdict.kind === "timeout" || verdict.kind === "unknown";
  return new ConnectorError(verdict.kind, verdict.code, {
    ...verdict.options,
    mayHaveTakenEffect: answer.isWrite && unsure,
    remoteText,
    httpStatus: answer.status,
  });
}

const TEXT_FIELDS = ["message", "Message", "errorMessage", "detail", "title", "error"] as const;

function textOf(body: string): string {
  try {
    const json = parseJson(body);
    if (typeof json === "string") return json.slice(0, 500);
    if (typeof json !== "object" || json === null) return "";
    const fields = json as Readonly<Record<string, unknown>>;
    const first: unknown = Array.isArray(fields["errors"]) ? fields["errors"][0] : undefined;
    const texts = [...TEXT_FIELDS.map((name) => fields[name]), typeof first === "object" && first !== null && "message" in first ? first.message : first];
    return (texts.find((text): text is string => typeof text === "string" && text !== "") ?? "").slice(0, 500);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return wordsOfPage(body);
  }
}

function askedToWait(headers: Readonly<Record<string, string>>): number | undefined {
  return secondsToMs(headers["x-ratelimit-reset"]) ?? secondsToMs(headers["retry-after"]);
}
