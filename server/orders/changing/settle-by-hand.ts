import { type AuditActor, writeAudit } from "@/server/platform/audit";
import { type Clock, systemClock } from "@/server/platform/clock";
import { conflict, notFound } from "@/server/platform/errors";
import { emit } from "@/server/platform/events";
import type { Scope } from "@/server/platform/transaction";
import { announce } from "../announce";
import { changeRequested } from "../events";
import type { ChangeState } from "../schema";
import { type ChangeRow, findChange, lockOrder, updateChange } from "./change.repository";
import { noteOutcome } from "./tell-outcome";

/** The change, with its order locked, so that no delivery moves it meanwhile. */
async function lockChange(scope: Scope, changeId: string): Promise<ChangeRow> {
  const seen = await findChange(scope, changeId);
  if (seen === null) throw notFound("orders.change_not_found");
  await lockOrder(scope, seen.orderId);
  return (await findChange(scope, changeId)) ?? seen;
}

/**
 * Takes back a change that has not left.
 * @throws AppError `orders.change_not_found`, `orders.cannot_cancel` (it is on its way or has left).
 */
export async function cancelChange(scope: Scope, changeId: string, clock: Clock = systemClock): Promise<{ state: ChangeState }> {
  const row = await lockChange(scope, changeId);
  if (row.state !== "queued") throw conflict("orders.cannot_cancel", { state: row.state });
  const now = clock.now();
  await updateChange(scope, {
    changeId,
    generation: row.generation,
    from: ["queued"],
    state: "rejected",
    nextAt: null,
    settledAt: now,
    errorCode: "orders.change_cancelled",
  });
  await noteOutcome(scope, row, "rejected", now);
  await wakeQueue(scope, row);
  await announce(scope, [row.orderId]);
  return { state: "rejected" };
}

/**
 * A person looked into the service's own cabinet and knows what became of a change of unknown outcome. "Was carried out" waits for
 * the service to show it; "try again" puts it back into the queue.
 * @throws AppError `orders.change_not_found`, `orders.change_not_unknown`.
 */
export async function settleByHand(
  scope: Scope,
  input: { readonly changeId: string; readonly outcome: "was_carried_out" | "try_again" },
  actor: AuditActor,
  clock: Clock = systemClock,
): Promise<{ state: ChangeState }> {
  const row = await lockChange(scope, input.changeId);
  if (row.state !== "unknown") throw conflict("orders.change_not_unknown", { state: row.state });
  const now = clock.now();
  const state = input.outcome === "was_carried_out" ? ("accepted" as const) : ("queued" as const);
  await updateChange(scope, {
    changeId: row.id,
    generation: row.generation,
    from: ["unknown"],
    state,
    nextAt: state === "queued" ? now : null,
    ...(state === "accepted" ? { settledAt: now } : {}),
  });
  if (state === "accepted") await noteOutcome(scope, row, state, now);
  await writeAudit(scope, {
    actor,
    action: "order.change_settled_by_hand",
    subject: { type: "order", id: row.orderId },
    details: { changeId: row.id, outcome: input.outcome },
  });
  await wakeQueue(scope, row);
  await announce(scope, [row.orderId]);
  return { state };
}

/** What waited behind this change may go now. */
async function wakeQueue(scope: Scope, row: ChangeRow): Promise<void> {
  await emit(scope.db, [changeRequested.create({ workspaceId: scope.workspaceId, orderId: row.orderId, changeId: row.id })]);
}
