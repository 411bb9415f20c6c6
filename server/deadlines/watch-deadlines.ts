import { newId } from "@/lib/ids";
import { type Clock, systemClock } from "@/server/platform/clock";
import { emit } from "@/server/platform/events";
import { publishChanged } from "@/server/platform/live";
import { inWorkspace, type Scope } from "@/server/platform/transaction";
import { deadlineBreached, deadlineWarned } from "./events";
import { grouped } from "./read-threads";
import { listPolicyRows } from "./repository";
import type { DeadlinePolicy } from "./schema";
import { listMergeHeads, lockThreads } from "./thread.repository";
import { type DueRow, find, type HistoryEntry, markBreached, markWarned, raisePriorities, showState, toBreach, toWarn, writeHistory } from "./watch.repository";

/** Of one kind in one sweep; the rest waits for the next. */
const AT_ONCE = 1_000;
/** Later than this nobody is told any more: it was late long before it was first seen. */
const STALE_MS = 24 * 3_600_000;
const INBOX_TOPIC = "inbox";

export interface Watched {
  readonly warned: number;
  readonly breached: number;
}

/**
 * The look at the clock, every minute: replies that are near and replies that are late. Each is marked, told and escalated once, however
 * many sweeps run.
 *
 * @param only one workspace instead of all.
 */
export async function watchDeadlines(clock: Clock = systemClock, only: string | null = null): Promise<Watched> {
  const now = clock.now();
  const search = { now, limit: AT_ONCE, workspaceId: only };
  let [warned, breached] = [0, 0];
  // Late ones first: they need no warning.
  for (const [workspaceId, rows] of grouped(await find(toBreach(search)), (row) => row.workspaceId)) {
    breached += await inWorkspace(workspaceId, (scope) =>
      breach(
        scope,
        rows.map(({ conversationId }) => conversationId),
        now,
      ),
    );
  }
  for (const [workspaceId, rows] of grouped(await find(toWarn(search)), (row) => row.workspaceId)) {
    warned += await inWorkspace(workspaceId, (scope) =>
      warn(
        scope,
        rows.map(({ conversationId }) => conversationId),
        now,
      ),
    );
  }
  return { warned, breached };
}

const factsOf = ({ workspaceId, conversationId, id, metric, dueAt, policyId }: DueRow) => ({
  workspaceId,
  conversationId,
  deadlineId: id,
  metric,
  dueAt: dueAt.toISOString(),
  policyId,
});

async function warn(scope: Scope, conversationIds: readonly string[], now: Date): Promise<number> {
  await lockThreads(scope, [...conversationIds, ...(await listMergeHeads(scope, conversationIds))]);
  const rows = await markWarned(scope, conversationIds, now);
  await show(scope, rows, "warned");
  await emit(
    scope.db,
    rows.map((row) => deadlineWarned.create(factsOf(row))),
  );
  return rows.length;
}

async function breach(scope: Scope, conversationIds: readonly string[], now: Date): Promise<number> {
  await lockThreads(scope, [...conversationIds, ...(await listMergeHeads(scope, conversationIds))]);
  const rows = await markBreached(scope, conversationIds, now);
  await show(scope, rows, "breached");
  const fresh = rows.filter(({ dueAt }) => now.getTime() - dueAt.getTime() < STALE_MS);
  if (fresh.length === 0) return rows.length;
  const policies = new Map((await listPolicyRows(scope)).map((policy) => [policy.id, policy]));
  await escalate(scope, fresh, policies, now);
  await emit(
    scope.db,
    fresh.map((row) => deadlineBreached.create({ ...factsOf(row), notify: [...(policies.get(row.policyId ?? "")?.escalation.notify ?? [])] })),
  );
  return rows.length;
}

async function escalate(scope: Scope, rows: readonly DueRow[], policies: ReadonlyMap<string, DeadlinePolicy>, now: Date): Promise<void> {
  const raises = rows.flatMap(({ id, conversationId, policyId }) => {
    const priority = policies.get(policyId ?? "")?.escalation.raisePriorityTo ?? null;
    return priority === null ? [] : [{ deadlineId: id, conversationId, priority }];
  });
  const raised = await raisePriorities(scope, raises, now);
  const entries: HistoryEntry[] = [
    ...rows.map(
      (row): HistoryEntry => ({
        id: newId(),
        conversationId: row.conversationId,
        type: "deadline",
        data: { event: "breached", metric: row.metric, dueAt: row.dueAt.toISOString() },
      }),
    ),
    ...raised.map(({ conversationId, from, to }): HistoryEntry => ({ id: newId(), conversationId, type: "priority", data: { from, to, because: "deadline" } })),
  ];
  await writeHistory(scope, entries, now);
}

async function show(scope: Scope, rows: readonly DueRow[], state: "warned" | "breached"): Promise<void> {
  if (rows.length === 0) return;
  const ids = await showState(
    scope,
    rows.map(({ conversationId }) => conversationId),
    state,
  );
  await publishChanged(scope, INBOX_TOPIC, ids);
}
