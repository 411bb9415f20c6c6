import { z } from "zod";
import { writeAudit } from "@/server/platform/audit";
import { notFound } from "@/server/platform/errors";
import { emit } from "@/server/platform/events";
import { excerpt } from "@/server/platform/security/redaction";
import { inWorkspace, type Scope } from "@/server/platform/transaction";
import { type Actor, by } from "../connections/credentials";
import { requireConnection } from "../connections/save-connection";
import { deliveriesStored } from "../events";
import {
  type DeliveryDetail,
  type DeliveryView,
  deliveryAttemptOutput,
  deliveryStatusSchema,
  type ListDeliveriesInput,
  type ReplayDeliveriesInput,
} from "../schema";
import { listAttempts } from "./attempt.repository";
import { type DeliveryRow, findDelivery, listDead, listDeliveryRows, reopenDeliveries } from "./delivery.repository";

const MOST_AT_ONCE = 1_000;
const SHOWN_CHARS = 16_384;
const textsSchema = z.record(z.string(), z.string());
const outcomeSchema = deliveryAttemptOutput.shape.outcome;

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

/** One delivery with its redacted body and every try to work it off. @throws AppError `intake.delivery_not_found`. */
export async function getDelivery(workspaceId: string, id: string): Promise<DeliveryDetail> {
  return inWorkspace(workspaceId, async (scope) => {
    const row = await findDelivery(scope, id);
    if (row === null) throw notFound("intake.delivery_not_found");
    const attempts = await listAttempts(scope, id);
    return {
      ...view(row),
      headers: textsSchema.catch({}).parse(row.headers),
      subPath: row.subPath,
      body: excerpt(row.body, [], SHOWN_CHARS) ?? "",
      attemptLog: attempts.map(({ number, startedAt, endedAt, outcome, errorCode, errorText }) => ({
        number,
        startedAt,
        endedAt,
        outcome: outcomeSchema.parse(outcome),
        errorCode,
        errorText,
      })),
    };
  });
}

/**
 * Processes a stored delivery once more. Harmless whatever became of it: a repeat changes nothing twice.
 * @throws AppError `intake.delivery_not_found`.
 */
export async function replayDelivery(workspaceId: string, id: string, actor: Actor): Promise<void> {
  await replayDeliveries(workspaceId, { deliveryIds: [id] }, actor);
}

async function deadOf(scope: Scope, connectionId: string): Promise<string[]> {
  await requireConnection(scope, connectionId);
  return listDead(scope, connectionId, MOST_AT_ONCE);
}

/**
 * The same for many: those named, all or none, or the dead ones of a connection, the oldest first. @returns how many are on their way.
 * @throws AppError `intake.delivery_not_found` | `connection.not_found`.
 */
export async function replayDeliveries(workspaceId: string, input: ReplayDeliveriesInput, actor: Actor): Promise<{ replayed: number }> {
  return inWorkspace(workspaceId, async (scope) => {
    const ids = "deliveryIds" in input ? [...new Set(input.deliveryIds)] : await deadOf(scope, input.connectionId);
    const opened = await reopenDeliveries(scope, ids);
    if (opened.length < ids.length) throw notFound("intake.delivery_not_found");
    for (const { id } of opened) await writeAudit(scope, { ...by(actor), action: "delivery.replayed", subject: { type: "delivery", id } });
    await emit(
      scope.db,
      opened.map(({ id, ...burst }) => deliveriesStored.create({ workspaceId, ...burst, deliveryIds: [id] })),
    );
    return { replayed: opened.length };
  });
}
