/** A refusal in the Bot API's own shape. */
export class BotApiError extends Error {
  constructor(
    readonly code: number,
    readonly description: string,
    readonly parameters?: Readonly<Record<string, number>> | undefined,
  ) {
    super(description);
  }

  body(): Record<string, unknown> {
    return { ok: false, error_code: this.code, description: this.description, ...(this.parameters === undefined ? {} : { parameters: this.parameters }) };
  }
}

export const badRequest = (text: string) => new BotApiError(400, `Bad Request: ${text}`);
export const tooMany = (seconds: number) => new BotApiError(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds });
