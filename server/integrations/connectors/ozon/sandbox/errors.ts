/** A refusal in the service's own shape (google.rpc.Status). */
export class OzonError extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }

  body(): { code: number; message: string; details: never[] } {
    return { code: this.code, message: this.message, details: [] };
  }
}

export const invalidArgument = (message: string) => new OzonError(400, 3, message);
export const notFound = (message: string) => new OzonError(404, 5, message);
export const alreadyExists = (message: string) => new OzonError(409, 6, message);
export const permissionDenied = (message: string) => new OzonError(403, 7, message);
export const exhausted = (message: string, headers: Record<string, string>) => new OzonError(429, 8, message, headers);
export const failedPrecondition = (message: string) => new OzonError(400, 9, message);
export const internal = (status = 500) => new OzonError(status, 13, "Internal error");
export const unauthenticated = (message: string) => new OzonError(401, 16, message);
