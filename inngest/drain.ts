import type { Inngest } from "inngest";
import pg from "pg";

/**
 * Sends the events that `emit` has written, in order of arrival, to the Inngest server (ENGINE=inngest). The row's id is the
 * event id, so a row that is sent again because its mark was lost starts nothing a second time.
 */
export interface DrainOptions {
  readonly connectionString: string;
  readonly client: Pick<Inngest, "send">;
  readonly onFailure: (error: unknown) => void;
  /** How often to look without being called. */
  readonly pollMs?: number | undefined;
}

interface Row {
  id: string;
  ext_id: string | null;
  name: string;
  data: Record<string, unknown>;
  version: string | null;
  ts: Date;
}

const BATCH = 100;
const DEFAULT_POLL_MS = 5_000;

export class OutboxDrain {
  readonly #options: DrainOptions;
  readonly #pool: pg.Pool;
  #listener: pg.Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #turn: Promise<void> | undefined;
  #again = false;
  #stopping = false;

  constructor(options: DrainOptions) {
    this.#options = options;
    this.#pool = new pg.Pool({ connectionString: options.connectionString, max: 2, application_name: "karavan-drain" });
    this.#pool.on("error", options.onFailure);
  }

  start(): void {
    this.#timer = setInterval(() => this.#wake(), this.#options.pollMs ?? DEFAULT_POLL_MS);
    this.#wake();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    clearInterval(this.#timer);
    await this.#turn;
    await this.#listener?.end();
    await this.#pool.end();
  }

  #wake(): void {
    this.#again = true;
    if (this.#turn !== undefined || this.#stopping) return;
    this.#turn = this.#run().finally(() => {
      this.#turn = undefined;
      if (this.#again && !this.#stopping) this.#wake();
    });
  }

  async #run(): Promise<void> {
    this.#again = false;
    try {
      await this.#listen();
      while (!this.#stopping && (await this.#sendBatch()) === BATCH);
    } catch (error) {
      // The rows stay; the next poll tries again.
      this.#options.onFailure(error);
    }
  }

  /** Keeps one connection that hears of new rows; a lost one is replaced by the next turn. */
  async #listen(): Promise<void> {
    if (this.#listener !== undefined) return;
    const listener = new pg.Client({ connectionString: this.#options.connectionString, application_name: "karavan-drain" });
    listener.on("error", () => {
      this.#listener = undefined;
    });
    listener.on("notification", () => this.#wake());
    await listener.connect();
    await listener.query("LISTEN engine_outbox");
    this.#listener = listener;
  }

  async #sendBatch(): Promise<number> {
    const client = await this.#pool.connect();
    let broken = false;
    try {
      await client.query("BEGIN");
      const { rows } = await client.query<Row>(
        `SELECT id, ext_id, name, data, version, ts FROM engine_event WHERE handled_at IS NULL
         ORDER BY received_at, id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`,
      );
      if (rows.length > 0) {
        await this.#options.client.send(rows.map(toPayload));
        await client.query("UPDATE engine_event SET handled_at = now() WHERE id = ANY($1)", [rows.map((row) => row.id)]);
      }
      await client.query("COMMIT");
      return rows.length;
    } catch (error) {
      broken = true;
      throw error;
    } finally {
      // A transaction that failed half-way is ended with its connection.
      client.release(broken);
    }
  }
}

function toPayload(row: Row) {
  return { id: row.ext_id ?? row.id, name: row.name, data: row.data, ts: row.ts.getTime(), ...(row.version === null ? {} : { v: row.version }) };
}
