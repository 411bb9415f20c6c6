import { z } from "zod";
import { notFound } from "@/server/platform/errors";
import { inWorkspace } from "@/server/platform/transaction";
import { type ListRunsInput, type RunView, runStatusSchema, streamIdSchema } from "../schema";
import { findRun, listRunRows, type RunRow } from "./run.repository";

const paramsSchema = z.record(z.string(), z.union([z.string(), z.number()]));

const warningsSchema = z.array(z.object({ code: z.string(), params: paramsSchema }));

export function runView(run: RunRow): RunView {
  const { workspaceId: _tenant, requestedBy: _who, ...fields } = run;
  return {
    ...fields,
    stream: streamIdSchema.parse(run.stream),
    status: runStatusSchema.parse(run.status),
    warnings: warningsSchema.catch([]).parse(run.warnings),
    errorParams: paramsSchema.catch({}).parse(run.errorParams),
  };
}

export async function listRuns(workspaceId: string, input: ListRunsInput): Promise<RunView[]> {
  return inWorkspace(workspaceId, async (scope) => (await listRunRows(scope, input)).map(runView));
}

/** @throws AppError `sync.run_not_found`. */
export async function getRun(workspaceId: string, id: string): Promise<RunView> {
  const run = await inWorkspace(workspaceId, (scope) => findRun(scope, id));
  if (run === null) throw notFound("sync.run_not_found");
  return runView(run);
}
