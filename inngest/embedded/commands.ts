import type { Pool } from "pg";
import { type FunctionConfig, maxAttemptsOf } from "./configuration";
import { cancelRun } from "./lifecycle";
import type { WireEvent } from "./protocol";
import { concurrencyScopes } from "./routing";
import { insertRun } from "./store/runs";
import { inTransaction, persist } from "./store/transaction";

/** What people ask for on the jobs page; the request comes as a queue job, so it survives and reaches whichever worker is free. */

export async function cancelOnRequest(pool: Pool, runId: string, functions: readonly FunctionConfig[]): Promise<void> {
  await persist(() => inTransaction(pool, (tx) => cancelRun(tx, runId, functions)));
}

interface Original {
  fn_id: string;
  event: WireEvent;
  event_id: string | null;
  workspace_id: string | null;
}

/** Starts a new run with the same event. Keys that hold starts back (idempotency, limits) do not apply: a person asked. */
export async function retryOnRequest(pool: Pool, runId: string, newRunId: string, functions: readonly FunctionConfig[]): Promise<void> {
  await persist(() =>
    inTransaction(pool, async (tx) => {
      const { rows } = await tx.query<Original>(
        `SELECT fn_id, event, event_id, workspace_id FROM engine_run r WHERE id = $1
         AND NOT EXISTS (SELECT 1 FROM engine_run n WHERE n.id = $2)`,
        [runId, newRunId],
      );
      const original = rows[0];
      const config = functions.find((one) => one.id === original?.fn_id);
      if (original === undefined || config === undefined) return;
      await insertRun(tx, {
        id: newRunId,
        fnId: config.id,
        event: original.event,
        eventId: original.event_id ?? undefined,
        workspaceId: original.workspace_id ?? undefined,
        retriedFrom: runId,
        maxAttempts: maxAttemptsOf(config),
        concurrency: concurrencyScopes(config, original.event),
      });
    }),
  );
}
