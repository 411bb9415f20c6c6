import { parseJson } from "@/lib/json";
import { ConnectorError } from "../../contract/errors";
import { type FailedAnswer, secondsToMs, type Verdict, wordsOfPage } from "../../contract/failed-answer";

const SECOND_MS = 1_000;
export const SIGNATURE_REFUSED = "wildberries.signature_refused";

/** Words of the marketplace's own refusals, by their `code`. */
const BY_CODE: ReadonlyMap<string, Verdict> = new Map<string, Verdict>(
  Object.entries({
    StatusMismatch: { kind: "conflict", code: "wildberries.order_state" },
    StatusChangeNotAllowed: { kind: "conflict", code: "wildberries.order_state" },
    FailedToAddSupplyOrder: { kind: "conflict", code: "wildberries.supply_refused" },
    SupplyHasZeroOrders: { kind: "conflict", code: "wildberries.supply_empty" },
    MetaValidationFail: { kind: "conflict", code: "wildberries.marking_missing" },
    SupplyShippingRequired: { kind: "conflict", code: "wildberries.supply_shipping" },
    // The seller is barred from selling; only a person can do something about it.
    StatusNotAcceptable: { kind: "forbidden", code: "wildberries.stock_barred" },
    WarehouseStocksUpdateBlock: { kind: "unavailable", code: "wildberries.stock_blocked", options: { retryAfterMs: 60 * SECOND_MS } },
  } satisfies Readonly<Record<string, Verdict>>),
);

/** Texts of the three error shapes; 401 and 403 are told apart by their words alone. */
function byText(text: string, status: number, path: string): Verdict | undefined {
  const says = (pattern: RegExp) => pattern.test(text);
  if (status === 401 || status === 403) {
    if (says(/read-?only/i)) return { kind: "forbidden", code: "wildberries.read_only" };
    if (says(/base token/i)) return { kind: "forbidden", code: "wildberries.base_token_refused", options: { params: { method: path } } };
    if (says(/scope|category/i)) return { kind: "forbidden", code: "wildberries.category_missing", options: { params: { method: path } } };
    if (says(/expired/i)) return { kind: "auth", code: "wildberries.token_expired" };
  }
  if (status === 400 || status === 404 || status === 413 || status === 422) {
    if (says(/invalid signature/i)) return { kind: "conflict", code: SIGNATURE_REFUSED };
    if (says(/too big/i)) return { kind: "invalid", code: "wildberries.file_refused" };
    if (says(/unsupported mime/i)) return { kind: "invalid", code: "wildberries.file_refused" };
  }
  return undefined;
}

function byStatus(status: number, path: string): Verdict {
  switch (status) {
    case 401:
      return { kind: "auth", code: "wildberries.token_invalid" };
    case 402:
      return { kind: "subscription" };
    case 403:
      return { kind: "forbidden", code: "wildberries.forbidden", options: { params: { method: path } } };
    case 404:
      return { kind: "not-found" };
    case 408:
      return { kind: "timeout" };
    case 409:
      return { kind: "conflict" };
    case 429:
      return { kind: "rate-limited" };
    default:
      if (status >= 500) return { kind: "unavailable" };
      return status >= 400 ? { kind: "invalid" } : { kind: "unknown" };
  }
}

/** Turns a refused or failed answer into our words: problem+json of the gateway, the envelope of feedbacks, or a gateway's HTML page. */
export function wildberriesError(answer: FailedAnswer): ConnectorError {
  const text = remoteText(answer.body);
  const verdict = BY_CODE.get(codeOf(answer.body)) ?? byText(text, answer.status, answer.path) ?? byStatus(answer.status, answer.path);
  const unsure = verdict.kind === "unavailable" || verdict.kind === "timeout" || verdict.kind === "unknown";
  return new ConnectorError(verdict.kind, verdict.code, {
    ...verdict.options,
    retryAfterMs: verdict.kind === "rate-limited" ? (askedToWait(answer.headers) ?? SECOND_MS) : verdict.options?.retryAfterMs,
    mayHaveTakenEffect: answer.isWrite && unsure,
    remoteText: text,
    httpStatus: answer.status,
  });
}

function codeOf(body: string): string {
  const code = fieldsOf(body)?.["code"];
  return typeof code === "string" ? code : "";
}

/** Undefined for what is no JSON object. */
function fieldsOf(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const json = parseJson(body);
    return typeof json === "object" && json !== null ? (json as Readonly<Record<string, unknown>>) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const TEXT_FIELDS = ["detail", "errorText", "message", "error", "title"] as const;

function remoteText(body: string): string {
  try {
    const json = parseJson(body);
    if (typeof json !== "object" || json === null) return "";
    const fields = json as Readonly<Record<string, unknown>>;
    return (
      TEXT_FIELDS.map((field) => fields[field])
        .find((value): value is string => typeof value === "string" && value !== "")
        ?.slice(0, 500) ?? ""
    );
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return wordsOfPage(body);
  }
}

/** `X-Ratelimit-Retry`: seconds to the next try; `X-Ratelimit-Reset`: until the bucket is full again. */
function askedToWait(headers: Readonly<Record<string, string>>): number | undefined {
  for (const name of ["x-ratelimit-retry", "retry-after", "x-ratelimit-reset"]) {
    const asked = secondsToMs(headers[name]);
    if (asked !== undefined) return asked;
  }
  return undefined;
}
