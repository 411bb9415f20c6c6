import { Prisma } from "@/server/platform/generated/client";
import { inSystem, type Scope } from "@/server/platform/transaction";
import type { DeadlineRow } from "./deadline.repository";

export type DueRow = Pick<DeadlineRow, "id" | "conversationId" | "policyId" | "metric" | "warnAt"> & { readonly workspaceId: string; readonly dueAt: Date };

const only = (column: Prisma.Sql, workspaceId: string | null) => (workspaceId === null ? Prisma.empty : Prisma.sql`AND ${column} = ${workspaceId}::uuid`);

export interface Found {
  readonly workspaceId: string;
  readonly conversationId: string;
}

export interface Search {
  readonly now: Date;
  readonly limit: number;
  /** Null = every workspace. */
  readonly workspaceId: string | null;
}

/** Open deadlines that are near and have not been called so. */
export const toWarn = ({ now, limit, workspaceId }: Search): Prisma.Sql => Prisma.sql`
  SELECT workspace_id AS "workspaceId", conversation_id AS "conversationId" FROM deadline
  WHERE settled_at IS NULL AND warned_at IS NULL AND warn_at <= ${now}::timestamptz ${only(Prisma.sql`workspace_id`, workspaceId)} ORDER BY warn_at LIMIT ${limit}`;

/** Open deadlines that have passed and have not been called late. */
export const toBreach = ({ now, limit, workspaceId }: Search): Prisma.Sql => Prisma.sql`
  SELECT workspace_id AS "workspaceId", conversation_id AS "conversationId" FROM deadline
  WHERE settled_at IS NULL AND breached_at IS NULL AND due_at <= ${now}::timestamptz ${only(Prisma.sql`workspace_id`, workspaceId)} ORDER BY due_at LIMIT ${limit}`;

export const find = (query: Prisma.Sql): Promise<Found[]> => inSystem((tx) => tx.$queryRaw<Found[]>(query));

/** Marks what is near; of two sweeps at once only one gets a row. Call with the conversations locked. */
export async function markWarned(scope: Scope, conversationIds: readonly string[], now: Date): Promise<DueRow[]> {
  return scope.db.$queryRaw<DueRow[]>`
    UPDATE deadline SET warned_at = ${now}::timestamptz
    WHERE workspace_id = ${scope.workspaceId}::uuid AND conversation_id = ANY(${[...conversationIds]}::uuid[]) AND settled_at IS NULL AND warned_at IS NULL
      AND warn_at <= ${now}::timestamptz AND due_at IS NOT NULL
    RETURNING id, workspace_id AS "workspaceId", conversation_id AS "conversationId", policy_id AS "policyId", metric, due_at AS "dueAt", warn_at AS "warnAt"`;
}

/** Marks what is late; a warning that never came is pointless now. Call with the conversations locked. */
export async function markBreached(scope: Scope, conversationIds: readonly string[], now: Date): Promise<DueRow[]> {
  return scope.db.$queryRaw<DueRow[]>`
    UPDATE deadline SET breached_at = ${now}::timestamptz, warned_at = coalesce(warned_at, ${now}::timestamptz), state = 'missed'
    WHERE workspace_id = ${scope.workspaceId}::uuid AND conversation_id = ANY(${[...conversationIds]}::uuid[]) AND settled_at IS NULL AND breached_at IS NULL AND due_at <= ${now}::timestamptz
    RETURNING id, workspace_id AS "workspaceId", conversation_id AS "conversationId", policy_id AS "policyId", metric, due_at AS "dueAt", warn_at AS "warnAt"`;
}

/** Where the deadline is shown: the conversation, and the head of its thread when that is the one it shows. @returns all of these. */
export async function showState(scope: Scope, conversationIds: readonly string[], state: "warned" | "breached"): Promise<string[]> {
  const rows = await scope.db.$queryRaw<{ id: string }[]>`
    UPDATE conversation c SET deadline_state = ${state} FROM (
      SELECT id FROM conversation WHERE workspace_id = ${scope.workspaceId}::uuid AND id = ANY(${[...conversationIds]}::uuid[])
      UNION SELECT h.id FROM conversation p JOIN conversation h ON h.workspace_id = p.workspace_id AND h.id = p.merged_into_id AND h.next_deadline_at = p.next_deadline_at
      WHERE p.workspace_id = ${scope.workspaceId}::uuid AND p.id = ANY(${[...conversationIds]}::uuid[])
    ) s WHERE c.workspace_id = ${scope.workspaceId}::uuid AND c.id = s.id AND c.next_deadline_at IS NOT NULL RETURNING c.id`;
  return rows.map(({ id }) => id);
}

export interface Raise {
  readonly deadlineId: string;
  readonly conversationId: string;
  readonly priority: number;
}

/** Never lowers; once a deadline; a merged thread's priority is its head's. @returns the conversations whose priority rose. */
export async function raisePriorities(scope: Scope, raises: readonly Raise[], now: Date): Promise<{ conversationId: string; from: number; to: number }[]> {
  if (raises.length === 0) return [];
  const json = JSON.stringify(raises);
  await scope.db.$executeRaw`
    UPDATE deadline d SET escalated_at = ${now}::timestamptz FROM json_to_recordset(${json}::json) AS r("deadlineId" uuid)
    WHERE d.workspace_id = ${scope.workspaceId}::uuid AND d.id = r."deadlineId"`;
  return scope.db.$queryRaw<{ conversationId: string; from: number; to: number }[]>`
    WITH wanted AS (
      SELECT c.id, c.priority AS before, max(r.priority) AS after FROM json_to_recordset(${json}::json) AS r("conversationId" uuid, priority smallint)
      JOIN conversation p ON p.workspace_id = ${scope.workspaceId}::uuid AND p.id = r."conversationId"
      JOIN conversation c ON c.workspace_id = ${scope.workspaceId}::uuid AND c.id = coalesce(p.merged_into_id, p.id) WHERE c.priority < r.priority GROUP BY c.id, c.priority
    )
    UPDATE conversation c SET priority = w.after FROM wanted w WHERE c.workspace_id = ${scope.workspaceId}::uuid AND c.id = w.id
    RETURNING c.id AS "conversationId", w.before::integer AS from, w.after::integer AS to`;
}

export interface HistoryEntry {
  readonly id: string;
  readonly conversationId: string;
  readonly type: "deadline" | "priority";
  readonly data: Readonly<Record<string, unknown>>;
}

export async function writeHistory(scope: Scope, entries: readonly HistoryEntry[], at: Date): Promise<void> {
  if (entries.length === 0) return;
  await scope.db.$executeRaw`
    INSERT INTO conversation_event (id, workspace_id, conversation_id, at, actor_kind, type, data)
    SELECT r.id, ${scope.workspaceId}::uuid, r."conversationId", ${at}::timestamptz, 'system', r.type, r.data
    FROM json_to_recordset(${JSON.stringify(entries)}::json) AS r(id uuid, "conversationId" uuid, type text, data jsonb)`;
}
