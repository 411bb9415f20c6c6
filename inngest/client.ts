import { Inngest, type Logger } from "inngest";

/**
 * The one Inngest client. A leaf: it may import nothing of the house but `server/<module>/events.ts`. Functions get their
 * event types from those definitions directly (a definition is a trigger), so nothing has to be registered here.
 *
 * Keys, mode and base URL come from the environment (INNGEST_*), which the SDK reads by itself on every request.
 * `inngest/index.ts` connects the client: to the embedded engine, or to the network for ENGINE=inngest.
 */
interface Connection {
  /** How the client reaches its server. */
  readonly transport: typeof fetch;
  readonly logger: Logger;
}

let connection: Connection = { transport: (input, init) => globalThis.fetch(input, init), logger: console };

export function connectClient(next: Connection): void {
  connection = next;
}

export const inngest = new Inngest({
  id: "karavan",
  fetch: (input, init) => connection.transport(input, init),
  logger: {
    debug: (...args) => connection.logger.debug(...args),
    info: (...args) => connection.logger.info(...args),
    warn: (...args) => connection.logger.warn(...args),
    error: (...args) => connection.logger.error(...args),
  },
  // Our functions call no model through the SDK; its span collector would cost time on every step.
  aiMetadata: false,
});
