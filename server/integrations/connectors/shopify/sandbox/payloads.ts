import { decimal, gid, iso, type Order, type Shop, type ShopifyState } from "./state";

/** Bodies of pushes: the shape of the old REST resources, the main keys of it. */
export function topicsOf(state: ShopifyState, shop: Shop, order: Order, topic: string): [string, unknown][] {
  const body = orderBody(shop, order);
  switch (topic) {
    case "orders/updated":
    case "orders/create":
      return [[topic, body]];
    case "refunds/create": {
      const refund = order.refunds.at(-1);
      const own = {
        id: refund?.id,
        order_id: order.id,
        created_at: iso(refund?.atMs ?? state.host.clock.nowMs()),
        admin_graphql_api_id: gid("Refund", refund?.id ?? 0),
      };
      return [
        [topic, own],
        ["orders/updated", body],
      ];
    }
    default:
      return [
        [topic, body],
        ["orders/updated", body],
      ];
  }
}

function orderBody(shop: Shop, order: Order) {
  const { buyer } = order;
  return {
    id: order.id,
    admin_graphql_api_id: gid("Order", order.id),
    name: `#${order.number}`,
    order_number: order.number,
    created_at: iso(order.createdAtMs),
    updated_at: iso(order.updatedAtMs),
    cancelled_at: order.cancelledAtMs === null ? null : iso(order.cancelledAtMs),
    cancel_reason: order.cancelReason?.toLowerCase() ?? null,
    currency: shop.currency,
    email: buyer.email,
    phone: buyer.phone,
    note: order.note,
    customer: { id: buyer.id, first_name: buyer.firstName, last_name: buyer.lastName, admin_graphql_api_id: gid("Customer", buyer.id) },
    line_items: order.lines.map((line) => ({
      id: line.id,
      admin_graphql_api_id: gid("LineItem", line.id),
      variant_id: line.variantId,
      title: line.title,
      sku: line.sku,
      quantity: line.quantity,
      price: decimal(line.priceMinor),
    })),
  };
}
