import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import getPort from "get-port";
import { applyMigrations } from "@/cli/database/migrate";
import { startEmbeddedPostgres } from "@/cli/database/postgres";
import { testSecrets } from "@/scripts/testing/secrets";

/**
 * A durable PostgreSQL of its own (fsync on, unlike the tests') in a temporary folder, migrated, with the environment set
 * before any server module is loaded.
 */
export async function withBenchEnvironment<T>(work: () => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "karavan-bench-"));
  const postgres = await startEmbeddedPostgres({
    dataDir: join(folder, "data"),
    port: await getPort(),
    settings: { max_connections: "200", shared_buffers: "1GB", max_wal_size: "4GB" },
  });
  try {
    await applyMigrations(process.cwd(), postgres.url);
    Object.assign(process.env, testSecrets, { DATABASE_URL: postgres.url, NODE_ENV: "production" });
    const { installQueue } = await import("@/inngest/embedded/install");
    await installQueue(postgres.url);
    return await work();
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
