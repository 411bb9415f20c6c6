import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { pool } from "./db";
import { env } from "./env";
import { describeError } from "./errors";
import { logger } from "./logger";

export type CheckState = "ok" | "failed" | "absent";

export interface Readiness {
  readonly status: "ready" | "not-ready";
  /** What each check found, in words without addresses or secrets. */
  readonly checks: {
    readonly database: CheckState;
    readonly migrations: CheckState;
    /** `absent` = no worker of the embedded engine was seen lately: pages work, jobs wait. Always `ok` with ENGINE=inngest. */
    readonly worker: CheckState;
  };
}

const QUERY_TIMEOUT_MS = 2_000;
const WORKER_SILENT_MS = 60_000;

/**
 * Whether this process can serve: the database answers and is migrated as far as the code expects. A silent worker is told
 * but does not make the web process unready, or a load balancer would take the pages away as well.
 */
export async function readiness(root: string = process.cwd()): Promise<Readiness> {
  const database = await check("database", () => ask("SELECT 1").then(() => true));
  if (database !== "ok") return { status: "not-ready", checks: { database, migrations: "failed", worker: "absent" } };
  const [migrations, worker] = await Promise.all([check("migrations", () => migrated(root)), check("worker", workerSeen)]);
  return { status: migrations === "ok" ? "ready" : "not-ready", checks: { database, migrations, worker: worker === "failed" ? "absent" : worker } };
}

async function check(name: string, work: () => Promise<boolean>): Promise<CheckState> {
  try {
    return (await work()) ? "ok" : "failed";
  } catch (error) {
    logger.warn({ check: name, err: describeError(error) }, "health check failed");
    return "failed";
  }
}

async function ask(text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  const expired = new Promise<never>((_resolve, reject) => {
    setTimeout(() => reject(new Error("the database did not answer in time")), QUERY_TIMEOUT_MS).unref();
  });
  const { rows } = await Promise.race([pool.query<Record<string, unknown>>(text, values), expired]);
  return rows;
}

async function migrated(root: string): Promise<boolean> {
  const expected = (await readdir(join(root, "prisma", "migrations"), { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  const rows = await ask("SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL");
  const applied = new Set(rows.map((row) => row["migration_name"]));
  return expected.every((name) => applied.has(name));
}

async function workerSeen(): Promise<boolean> {
  if (env.ENGINE === "inngest") return true;
  const rows = await ask("SELECT 1 FROM engine_worker WHERE seen_at > now() - $1 * interval '1 millisecond' LIMIT 1", [WORKER_SILENT_MS]);
  return rows.length > 0;
}
