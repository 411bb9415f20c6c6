/** A refusal in the service's own shape. */
export class YandexError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }

  body(): { status: "ERROR"; errors: { code: string; message: string }[] } {
    return { status: "ERROR", errors: [{ code: this.code, message: this.message }] };
  }
}

export const badRequest = (message: string, code = "BAD_REQUEST") => new YandexError(400, code, message);
export const unauthorized = (message: string) => new YandexError(401, "UNAUTHORIZED", message);
export const forbidden = (message: string, code = "FORBIDDEN") => new YandexError(403, code, message);
export const notFound = (message: string, code = "NOT_FOUND") => new YandexError(404, code, message);
export const internal = () => new YandexError(500, "INTERNAL_ERROR", "Internal server error");
/** The code sent with 420 is published nowhere [I]. */
export const tooMany = (message: string, headers: Readonly<Record<string, string>>) => new YandexError(420, "ENHANCE_YOUR_CALM", message, headers);
