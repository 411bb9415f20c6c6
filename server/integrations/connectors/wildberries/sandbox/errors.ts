/** A refusal in one of the service's own shapes. */
export class WbError extends Error {
  constructor(
    readonly status: number,
    readonly body: unknown,
    readonly contentType: "application/problem+json" | "application/json",
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(`${status}`);
  }
}

const REQUEST_ID = "9d3c02cc698f8b041c661a7c28bed293";

/** Shape 1: what the gateway in front of every host says. */
export function gateway(status: 401 | 403 | 404 | 429, detail: string, nowIso: string, headers: Readonly<Record<string, string>> = {}): WbError {
  const titles = { 401: "unauthorized", 403: "forbidden", 404: "path not found", 429: "too many requests" } as const;
  const texts = { 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 429: "Too Many Requests" } as const;
  return new WbError(
    status,
    {
      title: titles[status],
      detail,
      code: "07e4668e-ac2242c5c8c5-[UK-4dx7JUdskGZ]",
      requestId: REQUEST_ID,
      origin: "s2s-api-auth-catalog",
      status,
      statusText: texts[status],
      timestamp: nowIso,
    },
    "application/problem+json",
    headers,
  );
}

/** Shape 2: questions and reviews. */
export function feedbackError(status: 400 | 403 | 404 | 422, errorText: string): WbError {
  return new WbError(status, { data: null, error: true, errorText, additionalErrors: null, requestId: REQUEST_ID }, "application/json");
}

/** Shape of the JSON parser in front of /feedbacks/answer. */
export function badRequest(detail: string): WbError {
  return new WbError(400, { title: "bad request", requestId: REQUEST_ID, origin: "fbapi", detail }, "application/problem+json");
}

/** Shape 4: chats; the feed says it as plain JSON, sending as a problem. */
export function chatError(detail: string, contentType: WbError["contentType"] = "application/problem+json"): WbError {
  return new WbError(400, { status: 400, title: "Bad Request", origin: "proxy-chats", detail, requestId: REQUEST_ID, error: detail }, contentType);
}

export function fileGone(): WbError {
  return new WbError(
    400,
    { status: 400, title: "invalid fileID", origin: "proxy-chats", detail: "invalid fileID", requestId: REQUEST_ID, error: "invalid fileID" },
    "application/json",
  );
}

export function fileBlocked(): WbError {
  return new WbError(
    451,
    { status: 451, title: "Unavailable for Legal Reasons", origin: "proxy-chats", detail: "moderation error", requestId: REQUEST_ID },
    "application/problem+json",
  );
}

/** Finance, content and reports. */
export function invalidBody(detail: string, origin: string): WbError {
  return new WbError(400, { title: "Bad Request", detail, requestId: REQUEST_ID, origin }, "application/problem+json");
}

/** Shape 3: orders, supplies, stock. */
export function marketError(status: 400 | 404 | 406 | 409, code: string, message: string, data?: unknown): WbError {
  return new WbError(status, { code, message, ...(data === undefined ? {} : { data }) }, "application/json");
}

/** The refusal of stock lines is a list of reasons. */
export function stockErrors(reasons: readonly { code: string; message: string; data?: unknown }[]): WbError {
  return new WbError(409, reasons, "application/json");
}

/** Prices. */
export function priceError(status: 400 | 403 | 422, errorText: string): WbError {
  return new WbError(status, { data: null, error: true, errorText }, "application/json");
}

/** The statistics have two forms for the same thing. */
export function statisticsError(errors: string | readonly string[]): WbError {
  return new WbError(400, { errors }, "application/json");
}
