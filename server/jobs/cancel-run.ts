import type { Actor } from "@/server/access/index";
import { writeAudit } from "@/server/platform/audit";
import { conflict } from "@/server/platform/errors";
import { inSystem } from "@/server/platform/transaction";
import { requireOwnRun } from "./own-run";
import { type Audience, requestCancel } from "./repository";
import { isActive } from "./rules";

/**
 * Asks for a run to be cancelled; a worker does it within moments. A step that is running is not interrupted, its result is
 * dropped.
 * @throws AppError `jobs.run_not_found`, `jobs.installation_run`, `jobs.run_ended`
 */
export async function cancelRun(audience: Audience, runId: string, actor: Actor): Promise<void> {
  const row = await requireOwnRun(audience, runId);
  if (!isActive(row.status)) throw conflict("jobs.run_ended");
  await inSystem(async (db) => {
    await requestCancel(db, runId);
    const subject = { type: "job_run", id: runId };
    await writeAudit(
      { workspaceId: audience.workspaceId, db },
      { actor, ip: actor.ip, action: "job.cancelled", subject, details: { function: row.functionName ?? row.functionId } },
    );
  });
}
