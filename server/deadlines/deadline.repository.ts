import type { Scope } from "@/server/platform/transaction";
import type { DeadlineState, Metric } from "./schema";

export interface DeadlineRow {
  readonly id: string;
  readonly conversationId: string;
  readonly policyId: string | null;
  readonly metric: Metric;
  readonly startedAt: Date;
  readonly dueAt: Date | null;
  readonly warnAt: Date | null;
  readonly warnedAt: Date | null;
  readonly breachedAt: Date | null;
  readonly escalatedAt: Date | null;
  readonly settledAt: Date | null;
  readonly state: DeadlineState;
  readonly pausedMs: bigint;
}

export async function readDeadlineRows(scope: Scope, conversationIds: readonly string[]): Promise<DeadlineRow[]> {
  return scope.db.$queryRaw<DeadlineRow[]>`
    SELECT id, conversation_id AS "conversationId", policy_id AS "policyId", metric, started_at AS "startedAt", due_at AS "dueAt", warn_at AS "warnAt", warned_at AS "warnedAt",
      breached_at AS "breachedAt", escalated_at AS "escalatedAt", settled_at AS "settledAt", state, paused_ms AS "pausedMs"
    FROM deadline WHERE workspace_id = ${scope.workspaceId}::uuid AND conversation_id = ANY(${[...conversationIds]}::uuid[]) ORDER BY conversation_id, started_at`;
}

const asJson = (rows: readonly DeadlineRow[]) => JSON.stringify(rows.map((row) => ({ ...row, pausedMs: row.pausedMs.toString() })));

export async function deleteDeadlineRows(scope: Scope, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await scope.db.$executeRaw`DELETE FROM deadline WHERE workspace_id = ${scope.workspaceId}::uuid AND id = ANY(${[...ids]}::uuid[])`;
}

export async function updateDeadlineRows(scope: Scope, rows: readonly DeadlineRow[]): Promise<void> {
  if (rows.length === 0) return;
  await scope.db.$executeRaw`
    UPDATE deadline d SET policy_id = r."policyId", due_at = r."dueAt", warn_at = r."warnAt", warned_at = r."warnedAt", breached_at = r."breachedAt", escalated_at = r."escalatedAt",
      settled_at = r."settledAt", state = r.state, paused_ms = r."pausedMs"
    FROM json_to_recordset(${asJson(rows)}::json) AS r(id uuid, "policyId" uuid, "dueAt" timestamptz, "warnAt" timestamptz, "warnedAt" timestamptz, "breachedAt" timestamptz,
      "escalatedAt" timestamptz, "settledAt" timestamptz, state text, "pausedMs" bigint)
    WHERE d.workspace_id = ${scope.workspaceId}::uuid AND d.id = r.id`;
}

export async function insertDeadlineRows(scope: Scope, rows: readonly DeadlineRow[]): Promise<void> {
  if (rows.length === 0) return;
  await scope.db.$executeRaw`
    INSERT INTO deadline (id, workspace_id, conversation_id, policy_id, metric, started_at, due_at, warn_at, warned_at, breached_at, escalated_at, settled_at, state, paused_ms)
    SELECT r.id, ${scope.workspaceId}::uuid, r."conversationId", r."policyId", r.metric, r."startedAt", r."dueAt", r."warnAt", r."warnedAt", r."breachedAt", r."escalatedAt", r."settledAt", r.state, r."pausedMs"
    FROM json_to_recordset(${asJson(rows)}::json) AS r(id uuid, "conversationId" uuid, "policyId" uuid, metric text, "startedAt" timestamptz, "dueAt" timestamptz, "warnAt" timestamptz,
      "warnedAt" timestamptz, "breachedAt" timestamptz, "escalatedAt" timestamptz, "settledAt" timestamptz, state text, "pausedMs" bigint)`;
}

export interface NextDeadline {
  readonly conversationId: string;
  readonly at: Date | null;
  readonly kind: Metric | null;
  readonly state: "running" | "paused" | "warned" | "breached" | null;
}

/** What the list of conversations sorts and filters by. */
export async function saveNextDeadlines(scope: Scope, rows: readonly NextDeadline[]): Promise<void> {
  if (rows.length === 0) return;
  await scope.db.$executeRaw`
    UPDATE conversation c SET next_deadline_at = r.at, next_deadline_kind = r.kind, deadline_state = r.state
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS r("conversationId" uuid, at timestamptz, kind text, state text)
    WHERE c.workspace_id = ${scope.workspaceId}::uuid AND c.id = r."conversationId"`;
}

/** The head of a merged thread shows the earliest deadline of all its parts. Its own must have been saved before. */
export async function alignMergeHeads(scope: Scope, headIds: readonly string[]): Promise<void> {
  if (headIds.length === 0) return;
  await scope.db.$executeRaw`
    UPDATE conversation c SET next_deadline_at = d.next_deadline_at, next_deadline_kind = d.next_deadline_kind, deadline_state = d.deadline_state
    FROM (
      SELECT DISTINCT ON (h.id) h.id, p.next_deadline_at, p.next_deadline_kind, p.deadline_state
      FROM conversation h JOIN conversation p ON p.workspace_id = h.workspace_id AND (p.id = h.id OR p.merged_into_id = h.id)
      WHERE h.workspace_id = ${scope.workspaceId}::uuid AND h.id = ANY(${[...headIds]}::uuid[]) AND p.deadline_state IS NOT NULL
      ORDER BY h.id, p.next_deadline_at NULLS LAST, p.id
    ) d WHERE c.workspace_id = ${scope.workspaceId}::uuid AND c.id = d.id`;
}
