import { runMigrations } from "graphile-worker";

/** Creates or updates the queue's own schema (`graphile_worker`). Runs in the same step as our migrations; safe to repeat. */
export async function installQueue(connectionString: string): Promise<void> {
  await runMigrations({ connectionString });
}
