import { newId } from "@/lib/ids";
import type { Prisma } from "@/server/platform/generated/client";
import type { Scope, Tx } from "@/server/platform/transaction";
import type { Trouble } from "./rules";

export type AlertRow = Prisma.ConnectionAlertGetPayload<object>;

export interface ConditionRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly isActive: boolean;
  readonly health: string;
  readonly healthCode: string | null;
  readonly credentialsExpireAt: Date | null;
  readonly failingStream: { stream: string; failures: number; code: string | null } | null;
  readonly deadPushes: number;
  readonly failingPushes: number;
  readonly pushesErrorCode: string | null;
}

/** How every connection of the installation does that is worth a look: in trouble, or with an open alert. Outside any workspace. */
export async function readConditions(tx: Tx, now: Date): Promise<ConditionRow[]> {
  return tx.$queryRaw<ConditionRow[]>`
    WITH pushes AS (
      SELECT connection_id, count(*) FILTER (WHERE status = 'dead')::int AS dead, count(*) FILTER (WHERE status = 'failed')::int AS failing
      FROM delivery WHERE status IN ('dead', 'failed') AND received_at > ${now}::timestamptz - interval '2 days'
        AND (status = 'failed' OR processed_at > ${now}::timestamptz - interval '1 day')
      GROUP BY connection_id),
    failing AS (
      SELECT DISTINCT ON (connection_id) connection_id, json_build_object('stream', stream, 'failures', failures, 'code', last_error_code) AS worst
      FROM sync_stream WHERE is_enabled AND failures > 0 ORDER BY connection_id, failures DESC)
    SELECT c.id, c.workspace_id AS "workspaceId", (c.is_active AND c.removed_at IS NULL) AS "isActive", c.health, c.health_code AS "healthCode",
      c.credentials_expire_at AS "credentialsExpireAt", f.worst AS "failingStream", coalesce(p.dead, 0) AS "deadPushes", coalesce(p.failing, 0) AS "failingPushes",
      c.pushes_error_code AS "pushesErrorCode"
    FROM connection c LEFT JOIN pushes p ON p.connection_id = c.id LEFT JOIN failing f ON f.connection_id = c.id
    WHERE EXISTS (SELECT 1 FROM connection_alert a WHERE a.connection_id = c.id AND a.resolved_at IS NULL)
      OR (c.removed_at IS NULL AND c.is_active AND (c.health NOT IN ('ok', 'unknown', 'disabled', 'throttled') OR p.connection_id IS NOT NULL
        OR f.connection_id IS NOT NULL OR c.credentials_expire_at IS NOT NULL OR c.pushes_error_code IS NOT NULL))
    ORDER BY c.id`;
}

export async function openAlerts({ workspaceId, db }: Scope, connectionId: string): Promise<AlertRow[]> {
  return db.connectionAlert.findMany({ where: { workspaceId, connectionId, resolvedAt: null } });
}

/** @returns null when another process opened it first. */
export async function openAlert({ workspaceId, db }: Scope, connectionId: string, trouble: Trouble, stage: number, at: Date): Promise<string | null> {
  const toldAt = stage > 1 ? at : null;
  const rows = await db.$queryRaw<{ id: string }[]>`
    INSERT INTO connection_alert (id, workspace_id, connection_id, subject, stage, code, params, opened_at, told_at)
    VALUES (${newId()}::uuid, ${workspaceId}::uuid, ${connectionId}::uuid, ${trouble.subject}, ${stage}, ${trouble.code}, ${JSON.stringify(trouble.params)}::jsonb, ${at}::timestamptz, ${toldAt}::timestamptz)
    ON CONFLICT (connection_id, subject) WHERE resolved_at IS NULL DO NOTHING RETURNING id`;
  return rows[0]?.id ?? null;
}

/** @returns false when another process raised it first. */
export async function raiseAlert({ workspaceId, db }: Scope, alert: AlertRow, trouble: Trouble, stage: number, at: Date): Promise<boolean> {
  const { count } = await db.connectionAlert.updateMany({
    where: { id: alert.id, workspaceId, stage: alert.stage, resolvedAt: null },
    data: { stage, code: trouble.code, params: { ...trouble.params }, ...(stage > alert.stage && stage > 1 ? { toldAt: at } : {}) },
  });
  return count === 1;
}

export async function resolveAlert({ workspaceId, db }: Scope, id: string, at: Date): Promise<boolean> {
  return (await db.connectionAlert.updateMany({ where: { id, workspaceId, resolvedAt: null }, data: { resolvedAt: at } })).count === 1;
}

export interface AlertFilter {
  readonly connectionId?: string | undefined;
  readonly includeResolved: boolean;
  readonly limit: number;
}

export async function listAlertRows({ workspaceId, db }: Scope, { connectionId, includeResolved, limit }: AlertFilter): Promise<AlertRow[]> {
  return db.connectionAlert.findMany({
    where: { workspaceId, ...(connectionId === undefined ? {} : { connectionId }), ...(includeResolved ? {} : { resolvedAt: null }) },
    orderBy: [{ openedAt: "desc" }, { id: "desc" }],
    take: limit,
  });
}
