import type { Scope } from "@/server/platform/transaction";

export interface MetErrorRow {
  readonly place: "runs" | "warnings" | "records" | "pushes" | "calls";
  readonly code: string;
  readonly count: number;
  readonly lastAt: Date;
}

/** Codes a connection met since `from`, by where it met them. A call has no code of its own: its outcome names the kind. */
export async function readMetErrors({ workspaceId, db }: Scope, connectionId: string, from: Date): Promise<MetErrorRow[]> {
  return db.$queryRaw<MetErrorRow[]>`
    WITH met AS (
      SELECT 'runs' AS place, error_code AS code, coalesce(ended_at, queued_at) AS at FROM sync_run
        WHERE workspace_id = ${workspaceId}::uuid AND connection_id = ${connectionId}::uuid AND queued_at >= ${from}::timestamptz AND error_code IS NOT NULL
      UNION ALL
      SELECT 'warnings', warning ->> 'code', coalesce(r.ended_at, r.queued_at) FROM sync_run r CROSS JOIN LATERAL jsonb_array_elements(r.warnings) warning
        WHERE r.workspace_id = ${workspaceId}::uuid AND r.connection_id = ${connectionId}::uuid AND r.queued_at >= ${from}::timestamptz
          AND jsonb_typeof(r.warnings) = 'array' AND warning ->> 'code' IS NOT NULL
      UNION ALL
      SELECT 'records', error_code, created_at FROM dead_letter
        WHERE workspace_id = ${workspaceId}::uuid AND connection_id = ${connectionId}::uuid AND created_at >= ${from}::timestamptz
      UNION ALL
      SELECT 'pushes', a.error_code, a.started_at FROM delivery_attempt a JOIN delivery d ON d.id = a.delivery_id AND d.workspace_id = a.workspace_id
        WHERE d.workspace_id = ${workspaceId}::uuid AND d.connection_id = ${connectionId}::uuid AND d.received_at >= ${from}::timestamptz AND a.error_code IS NOT NULL
      UNION ALL
      SELECT 'calls', 'remote.' || outcome, at FROM call_log_entry
        WHERE workspace_id = ${workspaceId}::uuid AND connection_id = ${connectionId}::uuid AND at >= ${from}::timestamptz AND outcome <> 'ok')
    SELECT place, code, count(*)::integer AS count, max(at) AS "lastAt" FROM met GROUP BY place, code ORDER BY max(at) DESC, code LIMIT 50`;
}
