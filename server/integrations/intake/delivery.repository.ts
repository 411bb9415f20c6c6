import { newId } from "@/lib/ids";
import type { Prisma } from "@/server/platform/generated/client";
import type { Scope } from "@/server/platform/transaction";
import type { ListDeliveriesInput } from "../schema";

export type DeliveryRow = Prisma.DeliveryGetPayload<object>;

export interface NewDelivery {
  readonly connectionId: string;
  readonly system: string;
  readonly dedupeKey: string;
  readonly eventType: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly sourceIp: string | null;
  readonly receivedAt: Date;
}

/**
 * The permanent dedupe ledger: the first delivery of a key is stored, every repeat only counted.
 * @returns the id, and whether it is new.
 */
export async function putDelivery({ workspaceId, db }: Scope, delivery: NewDelivery): Promise<{ id: string; isNew: boolean }> {
  const [row] = await db.$queryRaw<{ id: string; repeats: number }[]>`
    INSERT INTO delivery (id, workspace_id, connection_id, system, dedupe_key, event_type, headers, body, source_ip, received_at)
    VALUES (${newId()}::uuid, ${workspaceId}::uuid, ${delivery.connectionId}::uuid, ${delivery.system}, ${delivery.dedupeKey}, ${delivery.eventType},
      ${JSON.stringify(delivery.headers)}::jsonb, ${delivery.body}, ${delivery.sourceIp}, ${delivery.receivedAt})
    ON CONFLICT (connection_id, dedupe_key) DO UPDATE SET repeats = delivery.repeats + 1
    RETURNING id, repeats`;
  if (row === undefined) throw new Error("a delivery was neither stored nor found");
  return { id: row.id, isNew: row.repeats === 0 };
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
  const { count } = await scope.db.delivery.updateMany({ where: { id, workspaceId: scope.workspaceId, status: { in: ["stored", "failed", "dead"] } }, data: { attempts: { increment: 1 } } });
  return count === 1 ? findDelivery(scope, id) : null;
}

export async function settleDelivery({ workspaceId, db }: Scope, id: string, outcome: { status: "processed" | "ignored" | "failed" | "dead"; at: Date; errorCode?: string | undefined; errorText?: string | undefined }): Promise<void> {
  await db.delivery.updateMany({
    where: { id, workspaceId },
    data: { status: outcome.status, processedAt: outcome.at, errorCode: outcome.errorCode ?? null, errorText: outcome.errorText?.slice(0, 500) ?? null },
  });
}

/** Opens a delivery for another try, whatever became of it. */
export async function reopenDelivery({ workspaceId, db }: Scope, id: string): Promise<boolean> {
  return (await db.delivery.updateMany({ where: { id, workspaceId }, data: { status: "stored", errorCode: null, errorText: null } })).count === 1;
}
