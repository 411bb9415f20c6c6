import type { Scope } from "@/server/platform/transaction";

export interface AssignmentRow {
  readonly id: string;
  readonly assigneeId: string | null;
  readonly teamId: string | null;
}

export async function saveAssignments(scope: Scope, rows: readonly AssignmentRow[], at: Date): Promise<void> {
  await scope.db.$executeRaw`
    UPDATE conversation c SET assignee_id = r."assigneeId", team_id = r."teamId", assigned_at = CASE WHEN r."assigneeId" IS NULL THEN NULL ELSE ${at}::timestamptz END, updated_at = now()
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS r(id uuid, "assigneeId" uuid, "teamId" uuid)
    WHERE c.workspace_id = ${scope.workspaceId}::uuid AND c.id = r.id`;
}

/** Serialises giving out: two transactions must not fill the same room. Taken after every other lock of a transaction. */
export async function lockGivingOut(scope: Scope): Promise<void> {
  await scope.db.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended('inbox giving out ' || ${scope.workspaceId}, 0))::text`;
}

/** Teams that are given conversations in turn and have one that nobody has. */
export async function listTeamsWithQueue(scope: Scope): Promise<string[]> {
  const rows = await scope.db.$queryRaw<{ id: string }[]>`
    SELECT t.id FROM team t WHERE t.workspace_id = ${scope.workspaceId}::uuid AND t.auto_assign AND t.archived_at IS NULL
      AND EXISTS (SELECT FROM conversation c WHERE c.workspace_id = ${scope.workspaceId}::uuid AND c.team_id = t.id AND c.assignee_id IS NULL AND c.merged_into_id IS NULL AND c.status = 'open')
    ORDER BY t.id`;
  return rows.map(({ id }) => id);
}

export interface TakerRow {
  readonly userId: string;
  readonly capacity: number | null;
  readonly openConversations: number;
  readonly lastAssignedAt: Date | null;
}

/** Members of a team who are there and may answer. */
export async function listTakers(scope: Scope, teamId: string, roles: readonly string[], seenAfter: Date): Promise<TakerRow[]> {
  return scope.db.$queryRaw<TakerRow[]>`
    SELECT tm.user_id AS "userId", s.capacity, tm.last_assigned_at AS "lastAssignedAt",
      (SELECT count(*)::integer FROM conversation c WHERE c.workspace_id = ${scope.workspaceId}::uuid AND c.assignee_id = tm.user_id AND c.merged_into_id IS NULL AND c.status = 'open') AS "openConversations"
    FROM team_member tm
    JOIN membership m ON m.workspace_id = tm.workspace_id AND m.user_id = tm.user_id AND m.disabled_at IS NULL AND m.role::text = ANY(${[...roles]}::text[])
    JOIN member_state s ON s.workspace_id = tm.workspace_id AND s.user_id = tm.user_id AND s.availability = 'online' AND s.last_seen_at > ${seenAfter}::timestamptz
    WHERE tm.workspace_id = ${scope.workspaceId}::uuid AND tm.team_id = ${teamId}::uuid`;
}

/** What a team has and nobody works on, oldest first. What somebody else changes at this moment is theirs to give out. */
export async function lockQueue(scope: Scope, teamId: string, limit: number): Promise<{ id: string; lastMessageAt: Date }[]> {
  return scope.db.$queryRaw<{ id: string; lastMessageAt: Date }[]>`
    SELECT c.id, c.last_message_at AS "lastMessageAt" FROM conversation c
    WHERE c.workspace_id = ${scope.workspaceId}::uuid AND c.team_id = ${teamId}::uuid AND c.assignee_id IS NULL AND c.merged_into_id IS NULL AND c.status = 'open'
    ORDER BY c.last_message_at, c.id LIMIT ${limit} FOR NO KEY UPDATE SKIP LOCKED`;
}

/** Parts stand with their head. */
export async function listPartsOf(scope: Scope, headIds: readonly string[]): Promise<{ id: string; headId: string }[]> {
  return scope.db.$queryRaw<{ id: string; headId: string }[]>`
    SELECT id, merged_into_id AS "headId" FROM conversation WHERE workspace_id = ${scope.workspaceId}::uuid AND merged_into_id = ANY(${[...headIds]}::uuid[]) ORDER BY connection_id, external_id`;
}

export async function noteTurns(scope: Scope, teamId: string, turns: readonly { readonly userId: string; readonly at: Date }[]): Promise<void> {
  await scope.db.$executeRaw`
    UPDATE team_member m SET last_assigned_at = r.at FROM json_to_recordset(${JSON.stringify(turns)}::json) AS r("userId" uuid, at timestamptz)
    WHERE m.workspace_id = ${scope.workspaceId}::uuid AND m.team_id = ${teamId}::uuid AND m.user_id = r."userId"`;
}

export interface UnroutedRow extends AssignmentRow {
  readonly channel: string;
  readonly connectionId: string;
  readonly lastMessageAt: Date;
  /** Who has the same buyer's newest other conversation at the same shop. */
  readonly formerAssigneeId: string | null;
}

export async function listForRouting(scope: Scope, conversationIds: readonly string[]): Promise<UnroutedRow[]> {
  return scope.db.$queryRaw<UnroutedRow[]>`
    SELECT c.id, c.assignee_id AS "assigneeId", c.team_id AS "teamId", c.channel, c.connection_id AS "connectionId", c.last_message_at AS "lastMessageAt",
      (SELECT o.assignee_id FROM conversation o WHERE o.workspace_id = ${scope.workspaceId}::uuid AND o.connection_id = c.connection_id AND o.buyer_ref = c.buyer_ref AND o.id <> c.id
        AND o.assignee_id IS NOT NULL ORDER BY o.last_message_at DESC, o.id DESC LIMIT 1) AS "formerAssigneeId"
    FROM conversation c WHERE c.workspace_id = ${scope.workspaceId}::uuid AND c.id = ANY(${[...conversationIds]}::uuid[]) AND c.merged_into_id IS NULL AND c.status = 'open'
    ORDER BY c.last_message_at, c.id`;
}
