import { type Clock, systemClock } from "@/server/platform/clock";
import { inSystem, inWorkspace } from "@/server/platform/transaction";
import type { CallView, ListCallsInput } from "../schema";

const KEPT_DAYS = 30;
const PURGE_BATCH = 10_000;

/** Recorded calls, newest first. They were redacted before they were stored. */
export async function listCalls(workspaceId: string, input: ListCallsInput): Promise<CallView[]> {
  const { search } = input;
  const rows = await inWorkspace(workspaceId, ({ db }) =>
    db.callLogEntry.findMany({
      where: {
        workspaceId,
        ...(input.connectionId === undefined ? {} : { connectionId: input.connectionId }),
        ...(input.outcome === undefined ? {} : { outcome: input.outcome }),
        ...(input.before === undefined ? {} : { at: { lt: input.before } }),
        ...(search === undefined || search === ""
          ? {}
          : {
              OR: [
                ...(["endpoint", "errorText", "requestBody", "responseBody"] as const).map((field) => ({
                  [field]: { contains: search, mode: "insensitive" as const },
                })),
                { requestId: search },
              ],
            }),
      },
      orderBy: [{ at: "desc" }, { id: "desc" }],
      take: input.limit,
    }),
  );
  return rows.map(({ workspaceId: _tenant, ...call }) => call);
}

/**
 * Deletes calls older than 30 days, a batch a transaction, so that nobody waits behind it.
 * @returns how many went in this batch; fewer than the batch size means it is done.
 */
export async function purgeCallLog(clock: Clock = systemClock): Promise<{ deleted: number; done: boolean }> {
  const before = new Date(clock.now().getTime() - KEPT_DAYS * 86_400_000);
  const deleted = await inSystem(
    (tx) => tx.$executeRaw`DELETE FROM call_log_entry WHERE id IN (SELECT id FROM call_log_entry WHERE at < ${before} LIMIT ${PURGE_BATCH})`,
  );
  return { deleted, done: deleted < PURGE_BATCH };
}
