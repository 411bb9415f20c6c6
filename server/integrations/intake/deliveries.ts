import { z } from "zod";
import { writeAudit } from "@/server/platform/audit";
import { notFound } from "@/server/platform/errors";
import { emit } from "@/server/platform/events";
import { inWorkspace } from "@/server/platform/transaction";
import { type Actor, by } from "../connections/credentials";
import { deliveryStored } from "../events";
import { type DeliveryView, deliveryStatusSchema, type ListDeliveriesInput } from "../schema";
import { type DeliveryRow, findDelivery, listDeliveryRows, reopenDelivery } from "./delivery.repository";

const textsSchema = z.record(z.string(), z.string());

function view(row: Omit<DeliveryRow, "body" | "headers">): DeliveryView {
  const { id, connectionId, eventType, receivedAt, attempts, repeats, sourceIp, processedAt, errorCode, errorText } = row;
  return {
    id,
    connectionId,
    eventType,
    receivedAt,
    attempts,
    repeats,
    sourceIp,
    processedAt,
    errorCode,
    errorText,
    status: deliveryStatusSchema.parse(row.status),
  };
}

export async function listDeliveries(workspaceId: string, input: ListDeliveriesInput): Promise<DeliveryView[]> {
  return inWorkspace(workspaceId, async (scope) => (await listDeliveryRows(scope, input)).map(view));
}

/** @throws AppError `intake.delivery_not_found`. */
export async function getDelivery(workspaceId: string, id: string): Promise<DeliveryView & { headers: Record<string, string>; body: string }> {
  const row = await inWorkspace(workspaceId, (scope) => findDelivery(scope, id));
  if (row === null) throw notFound("intake.delivery_not_found");
  return { ...view(row), headers: textsSchema.catch({}).parse(row.headers), body: Buffer.from(row.body).toString("utf8") };
}

/**
 * Processes a stored delivery once more. Harmless whatever became of it: a repeat changes nothing twice.
 * @throws AppError `intake.delivery_not_found`.
 */
export async function replayDelivery(workspaceId: string, id: string, actor: Actor): Promise<void> {
  await inWorkspace(workspaceId, async (scope) => {
    const row = await findDelivery(scope, id);
    if (row === null || !(await reopenDelivery(scope, id))) throw notFound("intake.delivery_not_found");
    await writeAudit(scope, { ...by(actor), action: "delivery.replayed", subject: { type: "delivery", id } });
    await emit(scope.db, [deliveryStored.create({ workspaceId, deliveryId: id, connectionId: row.connectionId })]);
  });
}
