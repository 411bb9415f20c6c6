import { runMigrations } from "graphile-worker";
import { env } from "@/server/platform/env";

/** The queue's own tables, which the worker process makes at its start: events are written into them. */
export async function installQueue(): Promise<void> {
  await runMigrations({ connectionString: env.DATABASE_URL });
}
