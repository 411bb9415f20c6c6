import { newId } from "@/lib/ids";
import { Prisma } from "@/server/platform/generated/client";
import type { Scope } from "@/server/platform/transaction";

/** Who did it; rules, services and the system have no id. */
export interface HistoryActor {
  readonly kind: "user" | "rule" | "service" | "system";
  readonly id: string | null;
}

/** The shapes of `data` are told in README.md. */
export type HistoryType = "assigned" | "status" | "snoozed" | "woken" | "labelled" | "priority" | "note" | "merged" | "unmerged";

export interface HistoryEntry {
  readonly conversationId: string;
  readonly type: HistoryType;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Appends to the history, in the transaction of the deed. */
export async function recordHistory(scope: Scope, actor: HistoryActor, at: Date, entries: readonly HistoryEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map((entry) => ({ id: newId(), ...entry }));
  await scope.db.$executeRaw`
    INSERT INTO conversation_event (id, workspace_id, conversation_id, at, actor_kind, actor_id, type, data)
    SELECT r.id, ${scope.workspaceId}::uuid, r."conversationId", ${at}::timestamptz, ${actor.kind}, ${actor.id}::uuid, r.type, r.data
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS r(id uuid, "conversationId" uuid, type text, data jsonb)`;
}

export interface HistoryRow {
  readonly id: string;
  readonly conversationId: string;
  readonly at: Date;
  readonly actorKind: string;
  readonly actorId: string | null;
  readonly actorName: string | null;
  readonly type: string;
  readonly data: unknown;
}

/** Newest first, `limit + 1` rows. */
export async function listHistoryRows(
  scope: Scope,
  conversationIds: readonly string[],
  before: { readonly at: Date; readonly id: string } | undefined,
  limit: number,
): Promise<HistoryRow[]> {
  const older = before === undefined ? Prisma.empty : Prisma.sql`AND (e.at, e.id) < (${before.at}::timestamptz, ${before.id}::uuid)`;
  return scope.db.$queryRaw<HistoryRow[]>(Prisma.sql`
    SELECT e.id, e.conversation_id AS "conversationId", e.at, e.actor_kind AS "actorKind", e.actor_id AS "actorId", u.name AS "actorName", e.type, e.data
    FROM conversation_event e LEFT JOIN "user" u ON u.id = e.actor_id
    WHERE e.workspace_id = ${scope.workspaceId}::uuid AND e.conversation_id = ANY(${[...conversationIds]}::uuid[]) ${older}
    ORDER BY e.at DESC, e.id DESC LIMIT ${limit + 1}`);
}
