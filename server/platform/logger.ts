import { AsyncLocalStorage } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import pino from "pino";
import { env } from "./env";

interface RequestContext {
  readonly requestId: string;
}

const storage = new AsyncLocalStorage<RequestContext>();

/** Structured log, one JSON object a line. Secrets are cut by key name as a last net; callers do not log them in the first place. */
export const logger = pino({
  level: env.LOG_LEVEL,
  base: null,
  redact: {
    paths: ["password", "apiKey", "token", "secret", "authorization", "*.password", "*.apiKey", "*.token", "*.secret", "*.authorization"],
    censor: "[redacted]",
  },
  mixin: () => {
    const context = storage.getStore();
    return context === undefined ? {} : { requestId: context.requestId };
  },
});

/** Runs `work` so that every log line and recorded call inside carries the request id. */
export function withRequestId<T>(requestId: string | null | undefined, work: () => T): T {
  const valid = requestId !== null && requestId !== undefined && /^[\w-]{8,64}$/.test(requestId);
  return storage.run({ requestId: valid ? requestId : randomUUID() }, work);
}

export function currentRequestId(): string | undefined {
  return storage.getStore()?.requestId;
}
