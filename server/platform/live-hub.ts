import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { z } from "zod";
import { describeError } from "./errors";
import type { LiveEvent } from "./live";
import { logger } from "./logger";
import { Mailbox } from "./mailbox";

const eventSchema = z.object({ workspaceId: z.string(), topic: z.string(), id: z.string().optional() });

const BUFFER = 256;
/** Two hundred tabs hear of a burst five times a second, not once a change each: what one message costs does not add up. */
const REST_MS = 200;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
/** A connection whose other end vanished says nothing; asking is the only way to notice. */
const PROBE_EVERY_MS = 15_000;
const PROBE_TIMEOUT_MS = 5_000;

/** One listening connection a process, made with the first subscriber, that comes back by itself for ever. */
export class LiveHub {
  private readonly mailboxes = new Map<string, Set<Mailbox<LiveEvent>>>();
  private readonly closing = new AbortController();
  private running: Promise<void> | undefined;

  constructor(
    private readonly connectionString: string,
    private readonly channel: string,
  ) {}

  async *subscribe(workspaceId: string, signal: AbortSignal): AsyncGenerator<readonly LiveEvent[]> {
    const resync: LiveEvent = { workspaceId, topic: "resync" };
    const mailbox = new Mailbox<LiveEvent>(BUFFER, resync);
    const group = this.mailboxes.get(workspaceId) ?? new Set();
    this.mailboxes.set(workspaceId, group.add(mailbox));
    this.running ??= this.run();
    try {
      yield* mailbox.read(AbortSignal.any([signal, this.closing.signal]), REST_MS);
    } finally {
      group.delete(mailbox);
      if (group.size === 0 && this.mailboxes.get(workspaceId) === group) this.mailboxes.delete(workspaceId);
    }
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    let pause = FIRST_PAUSE_MS;
    while (!this.closing.signal.aborted) {
      try {
        await this.listen(() => {
          pause = FIRST_PAUSE_MS;
        });
      } catch (error) {
        logger.warn({ err: describeError(error), retryInMs: pause }, "live updates lost their database connection");
      }
      await sleep(pause, undefined, { signal: this.closing.signal }).catch(ignoreAbort);
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    }
  }

  /** Returns when the hub closes, throws when the connection is lost. */
  private async listen(onListening: () => void): Promise<void> {
    const client = new pg.Client({
      connectionString: this.connectionString,
      application_name: "karavan-live",
      keepAlive: true,
      connectionTimeoutMillis: PROBE_TIMEOUT_MS,
      query_timeout: PROBE_TIMEOUT_MS,
    });
    const lost = new Promise<never>((_resolve, reject) => {
      client.on("error", reject);
      client.on("end", () => reject(new Error("connection ended")));
    });
    // Whoever awaits first reports it; until then it must not count as unhandled.
    lost.catch(() => undefined);
    client.on("notification", (message) => this.deliver(message.payload ?? ""));
    try {
      await client.connect();
      await client.query(`LISTEN ${pg.escapeIdentifier(this.channel)}`);
      onListening();
      // Whatever happened while nobody listened was missed, also before the very first LISTEN.
      this.resyncAll();
      while (!this.closing.signal.aborted) {
        await Promise.race([lost, sleep(PROBE_EVERY_MS, undefined, { signal: this.closing.signal }).catch(ignoreAbort)]);
        if (!this.closing.signal.aborted) await client.query("SELECT 1");
      }
    } finally {
      await client.end().catch((error: unknown) => logger.debug({ err: describeError(error) }, "live connection did not end cleanly"));
    }
  }

  private deliver(payload: string): void {
    let parsed: unknown;
    try {
      parsed = JSON.parse(payload);
    } catch (error) {
      logger.warn({ err: describeError(error) }, "live event is not JSON");
      return;
    }
    const event = eventSchema.safeParse(parsed);
    if (!event.success) {
      logger.warn({ err: event.error.message }, "live event has another shape");
      return;
    }
    for (const mailbox of this.mailboxes.get(event.data.workspaceId) ?? []) mailbox.put(event.data);
  }

  private resyncAll(): void {
    for (const group of this.mailboxes.values()) for (const mailbox of group) mailbox.replaceAll();
  }
}

function ignoreAbort(error: unknown): void {
  if (!(error instanceof Error) || error.name !== "AbortError") throw error;
}
