import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import getPort from "get-port";
import type { TestProject } from "vitest/node";
import { applyMigrations } from "../../cli/database/migrate";
import { startEmbeddedPostgres, THROWAWAY_SETTINGS } from "../../cli/database/postgres";
import { installQueue } from "../../inngest/embedded/install";

declare module "vitest" {
  interface ProvidedContext {
    databaseUrl: string;
  }
}

/** One real PostgreSQL for the whole tier, migrated once; every test makes its own workspace. */
export default async function provideDatabase(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), "karavan-test-"));
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, "data"), port: await getPort(), settings: THROWAWAY_SETTINGS });
  await applyMigrations(process.cwd(), postgres.url);
  await installQueue(postgres.url);
  project.provide("databaseUrl", postgres.url);
  return async () => {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
