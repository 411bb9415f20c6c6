import { RESYNC, subscribe } from "@/server/platform/live";
import { ORDERS_TOPIC } from "../announce";

/** Changed orders of a workspace as they are committed; null = many at once, or some were missed: read the list again. */
export async function* watchOrders(workspaceId: string, signal: AbortSignal): AsyncGenerator<{ orderId: string | null }> {
  for await (const event of subscribe(workspaceId, signal)) {
    if (event.topic === RESYNC) yield { orderId: null };
    if (event.topic === ORDERS_TOPIC) yield { orderId: event.id ?? null };
  }
}
