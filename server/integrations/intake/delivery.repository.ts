import { newId } from "@/lib/ids";
import type { Prisma } from "@/server/platform/generated/client";
import type { Scope, Tx } from "@/server/platform/transaction";
import type { ListDeliveriesInput } from "../schema";

export type DeliveryRow = Prisma.DeliveryGetPayload<object>;

export interface NewDelivery {
  readonly workspaceId: string;
  readonly connectionId: string;
  readonly system: string;
  readonly dedupeKey: string;
  readonly eventType: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly sourceIp: string | null;
  readonly receivedAt: Date;
}

export interface StoredDelivery {
  readonly id: string;
  readonly workspaceId: string;
  readonly connectionId: string;
  readonly isNew: boolean;
}

/**
 * The permanent dedupe ledger: the first delivery of a key is stored, every repeat only counted, within this call too.
 * Runs outside any workspace, because one call carries pushes of many; each row names its own.
 * @returns one entry a key, in no order.
 */
export async function putDeliveries(tx: Tx, deliveries: readonly NewDelivery[]): Promise<StoredDelivery[]> {
  const byKey = new Map<string, { delivery: NewDelivery; times: number }>();
  for (const delivery of deliveries) {
    const key = `${delivery.connectionId} ${delivery.dedupeKey}`;
    const known = byKey.get(key);
    byKey.set(key, { delivery: known?.delivery ?? delivery, times: (known?.times ?? 0) + 1 });
  }
  // In one order everywhere, so that two processes with the same repeats never wait for each other in a circle.
  const entries = [...byKey].sort(([a], [b]) => (a < b ? -1 : 1));
  const rows = entries.map(([, { delivery, times }]) => ({ ...delivery, id: newId(), times, body: Buffer.from(delivery.body).toString("base64") }));
  return tx.$queryRaw<StoredDelivery[]>`
    INSERT INTO delivery (id, workspace_id, connection_id, system, dedupe_key, event_type, headers, body, source_ip, received_at, repeats)
    SELECT r.id, r."workspaceId", r."connectionId", r.system, r."dedupeKey", r."eventType", r.headers, decode(r.body, 'base64'), r."sourceIp", r."receivedAt", r.times - 1
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS r(id uuid, "workspaceId" uuid, "connectionId" uuid, system text, "dedupeKey" text, "eventType" text,
      headers jsonb, body text, "sourceIp" text, "receivedAt" timestamptz, times integer)
    ON CONFLICT (connection_id, dedupe_key) DO UPDATE SET repeats = delivery.repeats + EXCLUDED.repeats + 1
    RETURNING id, workspace_id AS "workspaceId", connection_id AS "connectionId", (xmax = 0) AS "isNew"`;
}

export async function findDelivery({ workspaceId, db }: Scope, id: string): Promise<DeliveryRow | null> {
  return db.delivery.findFirst({ where: { id, workspaceId } });
}

export async function listDeliveryRows({ workspaceId, db }: Scope, input: ListDeliveriesInput): Promise<Omit<DeliveryRow, "body" | "headers">[]> {
  return db.delivery.findMany({
    where: {
      workspaceId,
      ...(input.connectionId === undefined ? {} : { connectionId: input.connectionId }),
      ...(input.status === undefined ? {} : { status: input.status }),
      ...(input.before === undefined ? {} : { receivedAt: { lt: input.before } }),
    },
    omit: { body: true, headers: true },
    orderBy: [{ receivedAt: "desc" }, { id: "desc" }],
    take: input.limit,
  });
}

/** Counts an attempt; null when the delivery is done with (processed, or ignored as none of our business). */
export async function beginAttempt(scope: Scope, id: string): Promise<DeliveryRow | null> {
  const { count } = await scope.db.delivery.updateMany({
    where: { id, workspaceId: scope.workspaceId, status: { in: ["stored", "failed", "dead"] } },
    data: { attempts: { increment: 1 } },
  });
  return count === 1 ? findDelivery(scope, id) : null;
}

export async function settleDelivery(
  { workspaceId, db }: Scope,
  id: string,
  outcome: { status: "processed" | "ignored" | "failed" | "dead"; at: Date; errorCode?: string | undefined; errorText?: string | undefined },
): Promise<void> {
  await db.delivery.updateMany({
    where: { id, workspaceId },
    data: { status: outcome.status, processedAt: outcome.at, errorCode: outcome.errorCode ?? null, errorText: outcome.errorText?.slice(0, 500) ?? null },
  });
}

/** Opens a delivery for another try, whatever became of it. */
export async function reopenDelivery({ workspaceId, db }: Scope, id: string): Promise<boolean> {
  return (await db.delivery.updateMany({ where: { id, workspaceId }, data: { status: "stored", errorCode: null, errorText: null } })).count === 1;
}
