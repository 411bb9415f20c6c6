import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import getPort from "get-port";
import { applyMigrations } from "@/cli/database/migrate";
import { startEmbeddedPostgres } from "@/cli/database/postgres";
import { testSecrets } from "@/scripts/testing/secrets";

export interface BenchEnvironment {
  readonly databaseUrl: string;
  /** Ends the server without a goodbye, as a crash does, and starts it again in the same place. */
  crashDatabase(): Promise<void>;
}

/**
 * A durable PostgreSQL of its own (fsync on, unlike the tests') in a temporary folder, migrated, with the environment set
 * before any server module is loaded.
 */
export async function withBenchEnvironment<T>(work: (environment: BenchEnvironment) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "karavan-bench-"));
  const options = {
    dataDir: join(folder, "data"),
    port: await getPort(),
    settings: { max_connections: "200", shared_buffers: "1GB", max_wal_size: "4GB" },
  };
  let postgres = await startEmbeddedPostgres(options);
  const crashDatabase = async () => {
    const ended = once(postgres.process, "exit");
    postgres.process.kill("SIGQUIT");
    await ended;
    postgres = await startEmbeddedPostgres(options);
  };
  try {
    await applyMigrations(process.cwd(), postgres.url);
    Object.assign(process.env, testSecrets, { DATABASE_URL: postgres.url, NODE_ENV: "production" });
    const { installQueue } = await import("@/inngest/embedded/install");
    await installQueue(postgres.url);
    return await work({ databaseUrl: postgres.url, crashDatabase });
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
