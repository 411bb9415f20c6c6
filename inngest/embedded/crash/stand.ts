import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Inngest } from "inngest";
import pg from "pg";
import { quiet } from "../behaviour/driver";
import { createFetchHook } from "../hook";
import { CRASH_TABLES, SIGNING_KEY } from "./functions";

const CHILD = fileURLToPath(new URL("./child.ts", import.meta.url));

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export interface Child {
  readonly process: ChildProcess;
  readonly output: () => string;
}

export interface RunRow {
  readonly id: string;
  readonly key: string;
  readonly status: string;
  readonly output: unknown;
  readonly error: { readonly name?: string } | null;
}

/** What the crash tests share: real child processes on a real database, and questions about what was committed. */
export class CrashStand {
  readonly url: string;
  readonly pool: pg.Pool;
  readonly client: Inngest;
  readonly #children: ChildProcess[] = [];

  constructor(url: string) {
    this.url = url;
    this.pool = new pg.Pool({ connectionString: url, max: 4 });
    this.pool.on("error", () => undefined);
    this.client = new Inngest({ id: "crash", isDev: false, eventKey: "test", signingKey: SIGNING_KEY, fetch: createFetchHook(this.pool), logger: quiet });
  }

  async prepare(): Promise<void> {
    await this.pool.query(CRASH_TABLES);
  }

  /** Starts a worker process and waits until it takes work (or was killed by the work it took). */
  async child(): Promise<Child> {
    const child = spawn(process.execPath, ["--import", "tsx", CHILD], {
      env: { ...process.env, CRASH_DATABASE_URL: this.url },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#children.push(child);
    let text = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
    child.stderr?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
    await this.until("the worker to be ready", () => {
      if (child.exitCode !== null) throw new Error(`the worker ended at once: ${text}`);
      return text.includes("ready\n") || child.signalCode !== null;
    });
    return { process: child, output: () => text };
  }

  async kill(child: Child, signal: NodeJS.Signals): Promise<void> {
    if (child.process.exitCode !== null || child.process.signalCode !== null) return;
    const gone = once(child.process, "exit");
    child.process.kill(signal);
    await gone;
  }

  async close(): Promise<void> {
    for (const child of this.#children) {
      if (child.exitCode === null && child.signalCode === null) {
        const gone = once(child, "exit");
        child.kill("SIGKILL");
        await gone;
      }
    }
    await this.pool.end();
  }

  async until(what: string, check: () => Promise<boolean> | boolean, ms = 40_000): Promise<void> {
    for (const end = Date.now() + ms; Date.now() < end; await pause(50)) {
      if (await check()) return;
    }
    throw new Error(`waited ${ms} ms in vain for ${what}`);
  }

  async runs(): Promise<RunRow[]> {
    const { rows } = await this.pool.query<RunRow>("SELECT id, event -> 'data' ->> 'key' AS key, status, output, error FROM engine_run ORDER BY id");
    return rows;
  }

  async effects(key?: string): Promise<Array<{ key: string; step: string; token: string; pid: number }>> {
    const { rows } = await this.pool.query<{ key: string; step: string; token: string; pid: number }>(
      "SELECT key, step, token, pid FROM crash_effect WHERE $1::text IS NULL OR key = $1 ORDER BY id",
      [key ?? null],
    );
    return rows;
  }

  /** What was committed more than once: must be empty. */
  async committedTwice(): Promise<string[]> {
    const { rows } = await this.pool.query<{ what: string }>("SELECT what FROM crash_commit GROUP BY what HAVING count(*) > 1");
    return rows.map((row) => row.what);
  }

  /** How many connections of that name are in this state, with a statement that begins like this. */
  async sessions(application: string, state: string, statement: string): Promise<number> {
    const { rows } = await this.pool.query<{ n: number }>(
      "SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1 AND state = $2 AND starts_with(query, $3)",
      [application, state, statement],
    );
    return rows[0]?.n ?? 0;
  }

  async leftovers(): Promise<number> {
    const { rows } = await this.pool.query<{ n: number }>(
      "SELECT ((SELECT count(*) FROM engine_item) + (SELECT count(*) FROM engine_wait) + (SELECT count(*) FROM engine_slot))::int AS n",
    );
    return rows[0]?.n ?? -1;
  }
}
