import { publishChanged } from "@/server/platform/live";
import type { Scope } from "@/server/platform/transaction";

/** Live events of orders; without an id: many changed, read the list again. */
export const ORDERS_TOPIC = "orders";

/** Tells open browsers, when the transaction commits, which orders changed. */
export async function announce(scope: Scope, orderIds: readonly string[]): Promise<void> {
  await publishChanged(scope, ORDERS_TOPIC, orderIds);
}
