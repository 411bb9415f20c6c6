import { newId } from "@/lib/ids";
import type { Actor } from "@/server/access/index";
import { writeAudit } from "@/server/platform/audit";
import { conflict } from "@/server/platform/errors";
import { inSystem } from "@/server/platform/transaction";
import { requireOwnRun } from "./own-run";
import { type Audience, requestRetry } from "./repository";
import { isActive } from "./rules";

/**
 * Starts an ended run again from the beginning, as a new run with the same event.
 * @returns the new run's id; it appears as soon as a worker has taken the request.
 * @throws AppError `jobs.run_not_found`, `jobs.installation_run`, `jobs.run_active`, `jobs.invoked_run`
 */
export async function retryRun(audience: Audience, runId: string, actor: Actor): Promise<{ runId: string }> {
  const row = await requireOwnRun(audience, runId);
  if (isActive(row.status)) throw conflict("jobs.run_active");
  if (row.parentRunId !== null) throw conflict("jobs.invoked_run");
  const again = newId();
  await inSystem(async (db) => {
    await requestRetry(db, runId, again);
    const subject = { type: "job_run", id: runId };
    const details = { function: row.functionName ?? row.functionId, newRunId: again };
    await writeAudit({ workspaceId: audience.workspaceId, db }, { actor, ip: actor.ip, action: "job.retried", subject, details });
  });
  return { runId: again };
}
