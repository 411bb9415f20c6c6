import { env } from "@/server/platform/env";
import { conflict, forbidden, notFound } from "@/server/platform/errors";
import { type Audience, findRunRow, isOnlyWorkspace, type RunRow } from "./repository";
import { originOf } from "./rules";

/**
 * A run this audience may move: one of its workspace, or of an installation that serves nobody else.
 * @throws AppError `jobs.external_engine`, `jobs.run_not_found`, `jobs.installation_run`
 */
export async function requireOwnRun(audience: Audience, runId: string): Promise<RunRow> {
  if (env.ENGINE === "inngest") throw conflict("jobs.external_engine");
  const row = await findRunRow(audience, runId);
  if (row === undefined) throw notFound("jobs.run_not_found");
  if (originOf(row.workspaceId) === "installation" && !(await isOnlyWorkspace())) throw forbidden("jobs.installation_run");
  return row;
}
