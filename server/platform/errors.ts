/** Values that fill the placeholders of a localised error text. */
export type ErrorParams = Readonly<Record<string, string | number>>;

export interface AppErrorOptions {
  /** Filled into the message catalogue entry `errors.<code>`. */
  readonly params?: ErrorParams | undefined;
  /** Whether the same call may succeed later without anybody changing anything. */
  readonly retryable?: boolean | undefined;
  /** HTTP status for machine callers. */
  readonly status?: number | undefined;
  readonly cause?: unknown;
}

/**
 * The one error type of the house. `code` is stable and machine-readable (`connection.not_found`); the text a person sees
 * is `errors.<code>` of the message catalogues, never this object's `message`.
 */
export class AppError extends Error {
  override readonly name: string = "AppError";
  readonly code: string;
  readonly params: ErrorParams;
  readonly retryable: boolean;
  readonly status: number;

  constructor(code: string, options: AppErrorOptions = {}) {
    super(code, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.params = options.params ?? {};
    this.retryable = options.retryable ?? false;
    this.status = options.status ?? 500;
  }
}

export const notFound = (code: string, params?: ErrorParams) => new AppError(code, { status: 404, params });
export const forbidden = (code: string, params?: ErrorParams) => new AppError(code, { status: 403, params });
export const invalid = (code: string, params?: ErrorParams) => new AppError(code, { status: 400, params });
export const conflict = (code: string, params?: ErrorParams) => new AppError(code, { status: 409, params });

/** What a log line or an error row says about anything that was thrown. */
export function describeError(error: unknown): { name: string; message: string; code?: string } {
  if (error instanceof AppError) return { name: error.name, message: error.message, code: error.code };
  if (error instanceof Error) return { name: error.name, message: error.message };
  return { name: "NonError", message: String(error) };
}
