import { newId } from "@/lib/ids";
import type { Prisma } from "@/server/platform/generated/client";
import type { Scope } from "@/server/platform/transaction";
import { type DeliveryRow, findDelivery } from "./delivery.repository";

export type AttemptRow = Prisma.DeliveryAttemptGetPayload<object>;

/**
 * Counts an attempt and opens its record. One that a killed process left open is closed as `lost`.
 * @returns null when the delivery is done with (processed, or ignored as none of our business).
 */
export async function beginAttempt(scope: Scope, id: string, at: Date): Promise<DeliveryRow | null> {
  const [begun] = await beginAttempts(scope, [id], at);
  return begun === undefined ? null : findDelivery(scope, id);
}

/** The same for several. @returns those that were not done with. */
export async function beginAttempts({ workspaceId, db }: Scope, ids: readonly string[], at: Date): Promise<string[]> {
  const begun = await db.$queryRaw<{ id: string; attempts: number }[]>`
    UPDATE delivery SET attempts = attempts + 1 WHERE id = ANY(${[...ids]}::uuid[]) AND workspace_id = ${workspaceId}::uuid AND status IN ('stored', 'failed', 'dead')
    RETURNING id, attempts`;
  if (begun.length === 0) return [];
  const attempts = begun.map(({ id, attempts: number }) => ({ id: newId(), deliveryId: id, number }));
  await db.$executeRaw`
    WITH lost AS (
      UPDATE delivery_attempt SET ended_at = ${at}::timestamptz, outcome = 'lost'
      WHERE delivery_id = ANY(${begun.map(({ id }) => id)}::uuid[]) AND workspace_id = ${workspaceId}::uuid AND ended_at IS NULL)
    INSERT INTO delivery_attempt (id, workspace_id, delivery_id, number, started_at)
    SELECT a.id, ${workspaceId}::uuid, a."deliveryId", a.number, ${at}::timestamptz
    FROM json_to_recordset(${JSON.stringify(attempts)}::json) AS a(id uuid, "deliveryId" uuid, number integer)`;
  return begun.map(({ id }) => id);
}

export interface DeliveryOutcome {
  readonly status: "processed" | "ignored" | "failed" | "dead";
  readonly at: Date;
  readonly errorCode?: string | undefined;
  readonly errorText?: string | undefined;
}

/** Says what became of a delivery and of the attempt that is open; giving up has none. */
export async function settleDelivery(scope: Scope, id: string, outcome: DeliveryOutcome): Promise<void> {
  await settleDeliveries(scope, [id], outcome);
}

/** The same for several. */
export async function settleDeliveries({ workspaceId, db }: Scope, ids: readonly string[], outcome: DeliveryOutcome): Promise<void> {
  if (ids.length === 0) return;
  const errorCode = outcome.errorCode ?? null;
  const errorText = outcome.errorText?.slice(0, 500) ?? null;
  await db.$executeRaw`
    WITH closed AS (
      UPDATE delivery_attempt SET ended_at = ${outcome.at}::timestamptz, outcome = ${outcome.status}, error_code = ${errorCode}, error_text = ${errorText}
      WHERE delivery_id = ANY(${[...ids]}::uuid[]) AND workspace_id = ${workspaceId}::uuid AND ended_at IS NULL)
    UPDATE delivery SET status = ${outcome.status}, processed_at = ${outcome.at}::timestamptz, error_code = ${errorCode}, error_text = ${errorText}
    WHERE id = ANY(${[...ids]}::uuid[]) AND workspace_id = ${workspaceId}::uuid`;
}

/** Newest first; a delivery is tried some twenty times before it waits for a person. */
export async function listAttempts({ workspaceId, db }: Scope, deliveryId: string): Promise<AttemptRow[]> {
  return db.deliveryAttempt.findMany({ where: { workspaceId, deliveryId }, orderBy: { number: "desc" }, take: 100 });
}
