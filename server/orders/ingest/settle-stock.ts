import { newId } from "@/lib/ids";
import { type ReservingOrder, settleReservations } from "@/server/catalog/index";
import type { ExternalOrder } from "@/server/integrations/contract/orders";
import type { Scope } from "@/server/platform/transaction";
import type { OrderState } from "../schema";
import { insertEvents, markShort, matchLines } from "./ingest.repository";

/** An order whose lines are to be written. */
export interface LinedOrder {
  readonly order: ExternalOrder;
  readonly orderId: string;
  readonly state: OrderState;
  readonly isNew: boolean;
}

export type StockedOrder = ReservingOrder;

/**
 * Holds stock for orders or lets it go, in the caller's transaction and with the orders locked.
 * @returns the orders that ran short or no longer are.
 */
export async function settleStock(scope: Scope, orders: readonly StockedOrder[], now: Date): Promise<string[]> {
  if (orders.length === 0) return [];
  const { short, matched } = await settleReservations(scope, orders, now);
  await matchLines(scope, matched);
  const changed = await markShort(
    scope,
    orders.map(({ orderId }) => orderId),
    short,
  );
  await insertEvents(
    scope,
    changed.map(({ id, isShort }) => ({ id: newId(), orderId: id, at: now, actorKind: "system" as const, type: "stock", data: { short: isShort ? 1 : 0 } })),
  );
  return changed.map(({ id }) => id);
}
