import { RESYNC, subscribe } from "@/server/platform/live";
import { ORDERS_TOPIC } from "../announce";
import type { OrdersEvent } from "../schema";

/** Changed orders of a workspace as they are committed; null = many at once, or some were missed: read the list again. */
export async function* watchOrders(workspaceId: string, signal: AbortSignal): AsyncGenerator<OrdersEvent> {
  for await (const events of subscribe(workspaceId, signal)) {
    const changed = events.filter(({ topic }) => topic === RESYNC || topic === ORDERS_TOPIC);
    const orderIds = changed.flatMap(({ topic, id }) => (topic === RESYNC || id === undefined ? [] : [id]));
    if (changed.length > 0) yield { orderIds: orderIds.length < changed.length ? null : [...new Set(orderIds)] };
  }
}
