import { inWorkspace } from "@/server/platform/transaction";
import { BULK_ORDERS_MAX, type OrderSummary } from "../schema";
import { listLinesOf } from "./export.repository";
import { listOrders } from "./list-orders";
import { type PickLine, toTake } from "./pick-rules";

export interface PickedOrder {
  readonly order: OrderSummary;
  readonly lines: readonly PickLine[];
}

export interface PickList {
  /** The most urgent first, those without a moment last. */
  readonly orders: readonly PickedOrder[];
  /** All pieces of one article together: one walk to the shelf. */
  readonly articles: readonly PickLine[];
}

/** What has to be taken from the shelf for these orders. Cancelled pieces are left out, unknown ids too. */
export async function pickList(workspaceId: string, ids: readonly string[]): Promise<PickList> {
  if (ids.length === 0) return { orders: [], articles: [] };
  return inWorkspace(workspaceId, async (scope) => {
    const { orders } = await listOrders(scope, { ids: [...ids], limit: BULK_ORDERS_MAX });
    const lines = await listLinesOf(
      scope,
      orders.map(({ id }) => id),
    );
    const urgency = ({ shipBy }: OrderSummary) => shipBy?.getTime() ?? Number.POSITIVE_INFINITY;
    const picked = orders
      .map((order) => ({ order, lines: toTake(lines.get(order.id) ?? []) }))
      .sort((one, other) =>
        urgency(one.order) === urgency(other.order) ? one.order.number.localeCompare(other.order.number) : urgency(one.order) - urgency(other.order),
      );
    return { orders: picked, articles: toTake(picked.flatMap((entry) => entry.lines)) };
  });
}
