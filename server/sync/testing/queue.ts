import { Logger, runMigrations } from "graphile-worker";
import { env } from "@/server/platform/env";

/** The queue's own tables, which the engine installs when it starts: `emit` writes into them. */
export async function installQueue(): Promise<void> {
  await runMigrations({ connectionString: env.DATABASE_URL, logger: new Logger(() => () => undefined) });
}
