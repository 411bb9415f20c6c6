import { randomUUID } from "node:crypto";
import type { Pool } from "pg";
import { newId } from "@/lib/ids";
import { type FunctionConfig, maxAttemptsOf } from "./configuration";
import { type Decision, decide, type PendingStep, type StepResult } from "./decide";
import { Gather } from "./gather";
import { type CallTarget, callHandler } from "./handler";
import { FINISHED, finishRun } from "./lifecycle";
import { DISCOVERY, errorMemo } from "./protocol";
import type { RetryPolicy } from "./retry";
import { concurrencyScopes, listensTo, workspaceOf } from "./routing";
import { deleteItem, enqueueItem, requeueItem } from "./store/items";
import { type Lease, type Limited, leaseFree, leaseLimited, leaseMany } from "./store/leases";
import { completeLimited, completeQuietly, type QuietEnd } from "./store/quiet-end";
import { insertRun, isActive, type RunHead } from "./store/runs";
import { releaseSlots } from "./store/slots";
import { insertPending, insertWait, pendingState, recordAttempt, wakes, writeResults } from "./store/steps";
import { inTransaction, persist, type Queryable } from "./store/transaction";

export interface ExecutorOptions {
  readonly pool: Pool;
  readonly target: CallTarget;
  readonly functions: readonly FunctionConfig[];
  readonly retry: RetryPolicy;
  readonly owner: string;
  readonly log: (level: "debug" | "warn", facts: Record<string, unknown>, message: string) => void;
}

/** A lease, and the limits whose slots it holds. */
interface Held {
  readonly lease: Lease;
  readonly limited: Limited | undefined;
}

const LOST = { name: "WorkerLost", message: "The worker process ended or froze during this attempt, and no attempts are left" };

/** Makes the calls: lease, call, decide, commit. Each commit is one transaction, valid only for the lease's generation. */
export class Executor {
  readonly #options: ExecutorOptions;
  readonly #finishIsHeard: boolean;
  readonly #byId: ReadonlyMap<string, FunctionConfig>;
  readonly #leases: Gather<string, Lease | Limited>;
  readonly #ends: Gather<QuietEnd, true>;
  /** One entry a call: a call that lost its lease and the call that took over may be here for the same item. */
  readonly #running = new Set<{ readonly itemId: string }>();

  constructor(options: ExecutorOptions) {
    this.#options = options;
    this.#finishIsHeard = listensTo(FINISHED, options.functions);
    this.#byId = new Map(options.functions.map((config) => [config.id, config]));
    this.#leases = new Gather((itemIds) => leaseMany(options.pool, itemIds, options.owner));
    this.#ends = new Gather((ends) => completeQuietly(options.pool, ends, FINISHED));
  }

  /** Items whose calls are going on in this process. */
  running(): string[] {
    return [...this.#running].map((call) => call.itemId);
  }

  async execute(itemId: string): Promise<void> {
    const call = { itemId };
    this.#running.add(call);
    try {
      const lease = await this.#lease(itemId);
      if (lease === undefined) return;
      const decision = await this.#decide(lease);
      if (!(await this.#settle(lease.lease, lease.limited, decision)))
        this.#options.log("warn", { run: lease.lease.runId, item: itemId, generation: lease.lease.generation }, "stale result dropped");
    } finally {
      this.#running.delete(call);
    }
  }

  async #lease(itemId: string): Promise<Held | undefined> {
    const { pool, owner } = this.#options;
    const answer = await persist(async () => (await this.#leases.ask(itemId)) ?? (await leaseFree(pool, itemId, owner)));
    if (answer === undefined) return undefined;
    if (!("scopes" in answer)) return { lease: answer, limited: undefined };
    const limited = await persist(() => inTransaction(pool, (tx) => leaseLimited(tx, itemId, answer, owner)));
    return limited === undefined ? undefined : { lease: limited, limited: answer };
  }

  async #decide({ lease }: { lease: Lease }): Promise<Decision> {
    const targeted = lease.stepId !== DISCOVERY;
    if (lease.attempt >= lease.maxAttempts) return exhausted(lease, targeted);
    const outcome = await callHandler(this.#options.target, { ...lease, targeted });
    return decide(outcome, {
      attempt: lease.attempt,
      maxAttempts: lease.maxAttempts,
      targetStep: targeted ? lease.stepId : undefined,
      retry: this.#options.retry,
      now: new Date(),
    });
  }

  /** Commits a decision; false when the lease is no longer this call's. */
  async #settle(lease: Lease, limited: Limited | undefined, decision: Decision): Promise<boolean> {
    const { pool } = this.#options;
    const { next, results, failure } = decision;
    if (next.kind === "complete" && results.length === 0 && failure === undefined && !this.#finishIsHeard) {
      const end = { lease, output: next.output ?? null };
      if (await persist(() => (limited === undefined ? this.#ends.ask(end) : inTransaction(pool, (tx) => completeLimited(tx, end, limited, FINISHED)))))
        return true;
    }
    return persist(() => inTransaction(pool, (tx) => this.#commit(tx, lease, limited !== undefined, decision)));
  }

  async #commit(tx: Queryable, lease: Lease, limited: boolean, decision: Decision): Promise<boolean> {
    const held = await holdLease(tx, lease);
    if (held === undefined) return false;
    const { run, dirty } = held;
    const { next, failure } = decision;
    const { results, pending } = this.#checkInvokes(decision);
    await writeResults(tx, run.id, results, lease.attempt + 1);
    if (failure !== undefined) {
      await recordAttempt(tx, {
        runId: run.id,
        stepId: failure.stepId ?? lease.stepId,
        attempt: lease.attempt,
        error: failure.error,
        retryInMs: next.kind === "retry" ? next.delayMs : undefined,
      });
    }
    if (next.kind === "complete" || next.kind === "fail") {
      const end = next.kind === "complete" ? { status: "Completed" as const, output: next.output ?? null } : { status: "Failed" as const, error: next.error };
      await finishRun(tx, run, end, this.#options.functions, limited);
      return true;
    }
    await this.#placePending(tx, run, pending);
    if (limited) await releaseSlots(tx, lease.itemId);
    if (next.kind === "retry") await requeueItem(tx, lease.itemId, next.delayMs, true);
    else await this.#goOn(tx, lease, run, dirty, results, pending);
    return true;
  }

  /** After a call that neither ended the run nor failed: decides whether the function is called again now. */
  async #goOn(tx: Queryable, lease: Lease, run: RunHead, dirty: boolean, results: readonly StepResult[], pending: readonly PendingStep[]): Promise<void> {
    const state = await pendingState(
      tx,
      run.id,
      results.map((result) => result.id),
    );
    const again = dirty || (results.length > 0 && wakes(state));
    if (lease.stepId === DISCOVERY) {
      if (again) await requeueItem(tx, lease.itemId, 0, false);
      else if (state.pending > 0) await deleteItem(tx, lease.itemId);
      else await this.#stuck(tx, run, pending.length);
      return;
    }
    await deleteItem(tx, lease.itemId);
    if (again) await enqueueItem(tx, newId(), run.id, DISCOVERY);
    else if (state.pending === 0) await this.#stuck(tx, run, pending.length);
  }

  async #stuck(tx: Queryable, run: RunHead, reported: number): Promise<void> {
    const error = { name: "NoProgress", message: `The function reported ${reported} steps, none of them new, and nothing is left to wait for` };
    await finishRun(tx, run, { status: "Failed", error }, this.#options.functions, true);
  }

  /** An invoke of a function nobody serves fails at once, as a step error the function may catch. */
  #checkInvokes(decision: Decision): { results: readonly StepResult[]; pending: readonly PendingStep[] } {
    const isUnknown = (step: PendingStep) => step.kind === "invoke" && !this.#byId.has(step.functionId);
    const unknown = decision.pending.filter(isUnknown);
    if (unknown.length === 0) return decision;
    const failed = unknown.map((step) => ({
      ...step,
      memo: errorMemo({ name: "Error", message: `Could not find function ${step.kind === "invoke" ? step.functionId : ""}` }),
    }));
    return { results: [...decision.results, ...failed], pending: decision.pending.filter((step) => !isUnknown(step)) };
  }

  async #placePending(tx: Queryable, run: RunHead, pending: readonly PendingStep[]): Promise<void> {
    for (const step of await insertPending(tx, run.id, pending)) {
      if (step.kind === "planned") await enqueueItem(tx, newId(), run.id, step.id);
      else await insertWait(tx, run.id, step);
      if (step.kind === "invoke") await this.#invoke(tx, run, step);
    }
  }

  async #invoke(tx: Queryable, run: RunHead, step: Extract<PendingStep, { kind: "invoke" }>): Promise<void> {
    const config = this.#byId.get(step.functionId);
    if (config === undefined) return;
    const origin = { fn_id: step.functionId, correlation_id: `${run.id}.${step.id}`, source_fn_id: run.fnId };
    const data = typeof step.data === "object" && step.data !== null ? step.data : {};
    const event = { id: randomUUID(), name: "inngest/function.invoked", data: { ...data, _inngest: origin }, ts: Date.now() };
    await insertRun(tx, {
      id: newId(),
      fnId: config.id,
      event,
      workspaceId: workspaceOf(event) ?? workspaceOf(run.event),
      parent: { runId: run.id, stepId: step.id },
      maxAttempts: maxAttemptsOf(config),
      concurrency: concurrencyScopes(config, event),
    });
  }
}

function exhausted(lease: Lease, targeted: boolean): Decision {
  if (!targeted) return { results: [], pending: [], next: { kind: "fail", error: LOST } };
  const result = { id: lease.stepId, op: "step.run", displayName: lease.stepId, memo: errorMemo(LOST) };
  return { results: [result], pending: [], next: { kind: "continue" } };
}

interface HeldRow {
  id: string;
  fn_id: string;
  status: string;
  event: RunHead["event"];
  parent_run_id: string | null;
  parent_step_id: string | null;
  queued_at: Date;
  dirty: boolean;
}

/** Locks run and item for the commit; undefined when the item was taken over by a later lease or is gone. */
async function holdLease(tx: Queryable, lease: Lease): Promise<{ run: RunHead; dirty: boolean } | undefined> {
  const { rows } = await tx.query<HeldRow>({
    name: "engine-hold-lease",
    text: `SELECT r.id, r.fn_id, r.status, r.event, r.parent_run_id, r.parent_step_id, r.queued_at, i.dirty
      FROM engine_run r JOIN engine_item i ON i.run_id = r.id
      WHERE r.id = $3 AND i.id = $1 AND i.gen = $2 AND i.state = 'leased' FOR UPDATE`,
    values: [lease.itemId, lease.generation, lease.runId],
  });
  const row = rows[0];
  if (row === undefined || !isActive(row.status)) return undefined;
  const parent = row.parent_run_id === null || row.parent_step_id === null ? undefined : { runId: row.parent_run_id, stepId: row.parent_step_id };
  return {
    run: { id: row.id, fnId: row.fn_id, status: row.status, event: row.event, parent, queuedAt: row.queued_at },
    dirty: row.dirty,
  };
}
