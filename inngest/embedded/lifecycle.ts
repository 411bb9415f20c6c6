import type { FunctionConfig } from "./configuration";
import { dataMemo, errorMemo, type Memo, type WireError } from "./protocol";
import { listensTo } from "./routing";
import { insertEvents, type NewEvent } from "./store/events";
import { endRun, isActive, lockRun, type RunEnd, type RunHead } from "./store/runs";
import { releaseRunSlots } from "./store/slots";
import { resolveStep } from "./store/steps";
import type { Queryable } from "./store/transaction";

/** Ending a run: its row, its parent, and the events other functions may listen to. */

export const FINISHED = "inngest/function.finished";
const FAILED = "inngest/function.failed";
const CANCELLED = "inngest/function.cancelled";
/** Runs started by these do not announce their own end: a failing failure handler must not start itself. */
const OWN_EVENTS = new Set([FINISHED, FAILED, CANCELLED]);

const CANCELLED_ERROR: WireError = { name: "FunctionCancelled", message: "The run was cancelled" };

async function isHeard(tx: Queryable, name: string, functions: readonly FunctionConfig[]): Promise<boolean> {
  if (listensTo(name, functions)) return true;
  const { rows } = await tx.query<{ heard: boolean }>({
    name: "engine-event-awaited",
    text: "SELECT EXISTS (SELECT 1 FROM engine_wait WHERE event_name = $1) AS heard",
    values: [name],
  });
  return rows[0]?.heard ?? false;
}

function announcement(run: RunHead, name: string, end: RunEnd): NewEvent {
  const outcome = end.status === "Completed" ? { result: end.output ?? null } : { error: end.error ?? CANCELLED_ERROR };
  return {
    id: `${run.id}:${name.slice("inngest/function.".length)}`,
    extId: run.id,
    name,
    data: {
      function_id: run.fnId,
      run_id: run.id,
      event: run.event,
      events: [run.event],
      ...(run.parent === undefined ? {} : { correlation_id: `${run.parent.runId}.${run.parent.stepId}` }),
      _inngest: { status: end.status },
      ...outcome,
    },
  };
}

function memoFor(end: RunEnd): Memo {
  if (end.status === "Completed") return dataMemo(end.output);
  return errorMemo((end.error as WireError | undefined) ?? CANCELLED_ERROR);
}

/** Ends a run that the caller has locked, in the caller's transaction. */
export async function finishRun(tx: Queryable, run: RunHead, end: RunEnd, functions: readonly FunctionConfig[], limited: boolean): Promise<void> {
  if (limited) await releaseRunSlots(tx, run.id);
  await endRun(tx, run.id, end);
  if (run.parent !== undefined) {
    const parent = await lockRun(tx, run.parent.runId);
    if (parent !== undefined && isActive(parent.status)) await resolveStep(tx, run.parent.runId, run.parent.stepId, memoFor(end));
  }
  if (OWN_EVENTS.has(run.event.name)) return;
  const names = end.status === "Cancelled" ? [CANCELLED] : end.status === "Failed" ? [FAILED, FINISHED] : [FINISHED];
  for (const name of names) {
    if (await isHeard(tx, name, functions)) await insertEvents(tx, [announcement(run, name, end)]);
  }
}

/** Cancels a run in the caller's transaction; false when it has already ended. A step that is running is not interrupted, but its result is dropped. */
export async function cancelRun(tx: Queryable, runId: string, functions: readonly FunctionConfig[]): Promise<boolean> {
  const run = await lockRun(tx, runId);
  if (run === undefined || !isActive(run.status)) return false;
  await finishRun(tx, run, { status: "Cancelled", error: CANCELLED_ERROR }, functions, true);
  return true;
}
