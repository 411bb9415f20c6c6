import type { Prisma } from "@/server/platform/generated/client";
import type { Scope } from "@/server/platform/transaction";
import type { PullWarning } from "../contract/ports";
import type { ListRunsInput, RunStatus } from "../schema";
import type { PageCounts } from "./rules";

export type RunRow = Prisma.SyncRunGetPayload<object>;
export const OPEN_STATES = ["queued", "running"] as const;

/** All queries on sync runs. */
export async function insertRun({ workspaceId, db }: Scope, run: Omit<Prisma.SyncRunUncheckedCreateInput, "workspaceId" | "status">): Promise<RunRow> {
  return db.syncRun.create({ data: { ...run, workspaceId, status: "queued" } });
}

export async function findRun({ workspaceId, db }: Scope, id: string): Promise<RunRow | null> {
  return db.syncRun.findFirst({ where: { id, workspaceId } });
}

/** Serialises everything that changes one run: pages, cancellation, failure. */
export async function lockRun(scope: Scope, id: string): Promise<RunRow | null> {
  await scope.db.$queryRaw`SELECT id FROM sync_run WHERE id = ${id}::uuid AND workspace_id = ${scope.workspaceId}::uuid FOR UPDATE`;
  return findRun(scope, id);
}

export async function listRunRows({ workspaceId, db }: Scope, input: ListRunsInput): Promise<RunRow[]> {
  return db.syncRun.findMany({
    where: {
      workspaceId,
      ...(input.connectionId === undefined ? {} : { connectionId: input.connectionId }),
      ...(input.stream === undefined ? {} : { stream: input.stream }),
      ...(input.status === undefined ? {} : { status: input.status }),
      ...(input.before === undefined ? {} : { queuedAt: { lt: input.before } }),
    },
    orderBy: [{ queuedAt: "desc" }, { id: "desc" }],
    take: input.limit,
  });
}

export async function runsByIds({ workspaceId, db }: Scope, ids: readonly string[]): Promise<RunRow[]> {
  return db.syncRun.findMany({ where: { workspaceId, id: { in: [...ids] } } });
}

/**
 * Adds pages to an open run. The number of the first is the fence: the second of two workers that pulled the same page changes
 * nothing, and the conservation line is checked by the statement itself.
 */
export async function addPages(
  { workspaceId, db }: Scope,
  run: { id: string; page: number; pages: number },
  counts: PageCounts,
  steps: { total: number | null; done: number },
): Promise<boolean> {
  const changed = await db.$executeRaw`
    UPDATE sync_run SET pages = pages + ${run.pages}, received = received + ${counts.received}, applied = applied + ${counts.applied},
      duplicate = duplicate + ${counts.duplicate}, rejected = rejected + ${counts.rejected}, dead_letter = dead_letter + ${counts.deadLetter},
      steps_total = ${steps.total}, steps_done = ${steps.done}
    WHERE id = ${run.id}::uuid AND workspace_id = ${workspaceId}::uuid AND status = 'running' AND pages = ${run.page}
      AND received + ${counts.received} = applied + duplicate + rejected + dead_letter
        + ${counts.applied} + ${counts.duplicate} + ${counts.rejected} + ${counts.deadLetter}`;
  return changed === 1;
}

/** Keeps what a page had to do without; a code that is there already is not repeated. */
export async function addWarnings({ workspaceId, db }: Scope, id: string, warnings: readonly PullWarning[]): Promise<void> {
  for (const { code, params } of warnings) {
    await db.$executeRaw`
      UPDATE sync_run SET warnings = warnings || ${JSON.stringify([{ code, params: params ?? {} }])}::jsonb
      WHERE id = ${id}::uuid AND workspace_id = ${workspaceId}::uuid AND NOT warnings @> ${JSON.stringify([{ code }])}::jsonb`;
  }
}

export async function startRun({ workspaceId, db }: Scope, id: string, at: Date): Promise<void> {
  await db.syncRun.updateMany({ where: { id, workspaceId, status: "queued" }, data: { status: "running", startedAt: at } });
}

export interface RunEnd {
  readonly status: Exclude<RunStatus, "queued" | "running">;
  readonly at: Date;
  readonly errorCode?: string | undefined;
  readonly errorParams?: Readonly<Record<string, string | number>> | undefined;
  readonly errorText?: string | undefined;
}

/** Ends an open run; false when somebody else ended it before. */
export async function endRun({ workspaceId, db }: Scope, id: string, end: RunEnd): Promise<boolean> {
  const { count } = await db.syncRun.updateMany({
    where: { id, workspaceId, status: { in: [...OPEN_STATES] } },
    data: {
      status: end.status,
      endedAt: end.at,
      errorCode: end.errorCode ?? null,
      errorParams: { ...end.errorParams },
      errorText: end.errorText?.slice(0, 500) ?? null,
    },
  });
  return count === 1;
}
