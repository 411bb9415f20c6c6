/** A refusal in one of the services' own shapes. */
export class HbError extends Error {
  constructor(
    readonly status: number,
    readonly body: unknown,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(`${status}`);
  }
}

/** Orders and packages: a bare JSON string. */
export const omsError = (status: number, text: string, headers: Readonly<Record<string, string>> = {}) => new HbError(status, text, headers);

/** Listing, catalogue and everything in front of them: Spring's own. */
export function springError(status: number, message: string, path: string, nowIso: string): HbError {
  const names: Readonly<Record<number, string>> = { 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 500: "Internal Server Error" };
  return new HbError(status, { timestamp: nowIso, status, error: names[status] ?? "Error", message, path });
}

export const financeError = (status: number, errorMessage: string) => new HbError(status, { errorMessage, exceptionCode: `MPF${status}` });

export function askError(status: number, message: string, fieldName?: string): HbError {
  return new HbError(status, { code: status, errors: [{ message, internalMessage: message, ...(fieldName === undefined ? {} : { fieldName }) }] });
}
