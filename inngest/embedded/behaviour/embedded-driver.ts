import { Inngest, type InngestFunction } from "inngest";
import { serve } from "inngest/next";
import pg from "pg";
import { CronClock } from "../cron";
import { Engine, type EngineOptions } from "../engine";
import { inProcess, loadFunctions, type ServedHandler } from "../handler";
import { createFetchHook } from "../hook";
import { cancelRun } from "../lifecycle";
import { inTransaction } from "../store/transaction";
import { type Driver, quiet, type RunView } from "./driver";

const SIGNING_KEY = `signkey-test-${"ab".repeat(32)}`;

/** The embedded engine on a real PostgreSQL, in cloud mode with signatures, its retry table shortened to 300 ms. */
export class EmbeddedDriver implements Driver {
  readonly name = "embedded";
  readonly client: Inngest;
  readonly pool: pg.Pool;
  readonly #url: string;
  readonly #options: Partial<EngineOptions>;
  #engine: Engine | undefined;
  #handler: ServedHandler | undefined;

  constructor(url: string, options: Partial<EngineOptions> = {}) {
    this.#url = url;
    this.#options = options;
    this.pool = new pg.Pool({ connectionString: url, max: 8 });
    this.client = new Inngest({
      id: "suite",
      fetch: createFetchHook(this.pool),
      isDev: false,
      eventKey: "test-event-key",
      signingKey: SIGNING_KEY,
      aiMetadata: false,
      logger: quiet,
    });
  }

  async start(functions: InngestFunction.Any[]): Promise<void> {
    this.#handler = inProcess(serve({ client: this.client, functions }));
    this.#engine = new Engine({
      connectionString: this.#url,
      handler: this.#handler,
      signingKey: SIGNING_KEY,
      logger: quiet,
      concurrency: 10,
      retry: { delayMs: () => 300 },
      ...this.#options,
    });
    await this.#engine.start();
  }

  async stop(): Promise<void> {
    await this.#engine?.stop();
    await this.pool.end();
  }

  async runsForEvent(eventId: string): Promise<readonly RunView[]> {
    const { rows } = await this.pool.query<{ id: string; status: RunView["status"]; output: unknown }>(
      "SELECT id, status, output FROM engine_run WHERE event_id = $1 ORDER BY id",
      [eventId],
    );
    return rows.map((row) => ({ runId: row.id, status: row.status, output: row.output }));
  }

  async cancel(runId: string): Promise<void> {
    await inTransaction(this.pool, (tx) => cancelRun(tx, runId, []));
  }

  /** Turns a clock of its own forward instead of waiting; the engine's clock then finds the minute already taken. */
  async passMinute(): Promise<void> {
    if (this.#handler === undefined) throw new Error("not started");
    const functions = await loadFunctions({ handler: this.#handler, signingKey: SIGNING_KEY, timeoutMs: 10_000 });
    const clock = new CronClock(this.pool, functions);
    await clock.open(new Date());
    await clock.tick(new Date(Date.now() + 60_000));
  }
}
