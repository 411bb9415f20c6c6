import type { Pool } from "pg";
import { dataMemo, errorMemo, type Memo } from "./protocol";
import { isActive, lockRun } from "./store/runs";
import { resolveStep } from "./store/steps";
import { inTransaction, persist } from "./store/transaction";

/** What a pending step gets when its time is up. */
function memoAtDue(op: string): Memo {
  if (op === "InvokeFunction") return errorMemo({ name: "InngestInvokeTimeoutError", message: "Timed out waiting for the invoked function" });
  return dataMemo(null);
}

/** Ends a sleep, a wait or an invoke that is due. A timer that comes twice or too late changes nothing. */
export async function fireTimer(pool: Pool, runId: string, stepId: string): Promise<void> {
  await persist(() =>
    inTransaction(pool, async (tx) => {
      const run = await lockRun(tx, runId);
      if (run === undefined || !isActive(run.status)) return;
      const { rows } = await tx.query<{ op: string }>(
        `SELECT s.op FROM engine_step s JOIN engine_wait w USING (run_id, step_id)
         WHERE s.run_id = $1 AND s.step_id = $2 AND s.status = 'pending' AND w.expires_at <= now()`,
        [runId, stepId],
      );
      if (rows[0] !== undefined) await resolveStep(tx, runId, stepId, memoAtDue(rows[0].op));
    }),
  );
}
