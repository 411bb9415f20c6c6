import { newId } from "@/lib/ids";
import type { ExternalOrder, OrdersPort } from "@/server/integrations/contract/orders";
import { emit } from "@/server/platform/events";
import type { Scope } from "@/server/platform/transaction";
import { changeRequested } from "../events";
import { insertEvents, listProvableChanges } from "../ingest/ingest.repository";
import { updateChange } from "./change.repository";
import { sentChange } from "./facts";

/**
 * Settles changes of ours that the service now shows as carried out. Call with the orders locked.
 * @returns the orders that have one.
 */
export async function confirmTaken(scope: Scope, orders: ReadonlyMap<string, ExternalOrder>, hasTaken: OrdersPort["hasTaken"], now: Date): Promise<string[]> {
  if (orders.size === 0) return [];
  const confirmed: string[] = [];
  for (const change of await listProvableChanges(scope, [...orders.keys()])) {
    const found = orders.get(change.orderId);
    const sent = sentChange(change, now);
    if (found === undefined || sent === null || !hasTaken(found, sent)) continue;
    const mine = await updateChange(scope, {
      changeId: change.id,
      generation: change.generation,
      from: ["accepted", "unknown"],
      state: "confirmed",
      nextAt: null,
      settledAt: now,
    });
    if (!mine) continue;
    confirmed.push(change.orderId);
    await insertEvents(scope, [
      {
        id: newId(),
        orderId: change.orderId,
        at: now,
        actorKind: "service",
        type: "change",
        data: { changeId: change.id, action: change.action, state: "confirmed" },
      },
    ]);
    // What waited behind one of unknown outcome may go now.
    if (change.state === "unknown")
      await emit(scope.db, [changeRequested.create({ workspaceId: scope.workspaceId, orderId: change.orderId, changeId: change.id })]);
  }
  return confirmed;
}
