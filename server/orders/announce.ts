import { publish } from "@/server/platform/live";
import type { Scope } from "@/server/platform/transaction";

/** Live events of orders; without an id: many changed, read the list again. */
export const ORDERS_TOPIC = "orders";

/** Beyond this many a page reads its list again instead of every single order. */
const SINGLY = 20;

/** Tells open browsers, when the transaction commits, which orders changed. */
export async function announce(scope: Scope, orderIds: readonly string[]): Promise<void> {
  const ids = [...new Set(orderIds)];
  if (ids.length > SINGLY) {
    await publish(scope.db, { workspaceId: scope.workspaceId, topic: ORDERS_TOPIC });
    return;
  }
  await publish(scope.db, ...ids.map((id) => ({ workspaceId: scope.workspaceId, topic: ORDERS_TOPIC, id })));
}
