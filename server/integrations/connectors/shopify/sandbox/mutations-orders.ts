import { type Call, demand } from "./call";
import { badRequest } from "./connection";
import { gid, idOf, nextId, type Order, type Tracking } from "./state";
import { cancelOrder, SHIPPABLE, shipOrder, tell } from "./trade";
import { fulfilmentView } from "./views-orders";

interface TrackingInput {
  company?: string | null;
  number?: string | null;
  numbers?: string[] | null;
  url?: string | null;
}

interface FulfillmentInput {
  lineItemsByFulfillmentOrder: { fulfillmentOrderId: string; fulfillmentOrderLineItems?: { id: string; quantity: number }[] | null }[];
  notifyCustomer?: boolean | null;
  trackingInfo?: TrackingInput | null;
}

const trackingOf = (input: TrackingInput | null | undefined): Tracking | null =>
  input === null || input === undefined ? null : { company: input.company ?? null, number: input.number ?? input.numbers?.[0] ?? null, url: input.url ?? null };

/** Changes of orders; each answers with user errors instead of throwing where the service does. */
export const orderMutations = {
  fulfillmentCreate({ fulfillment }: { fulfillment: FulfillmentInput }, call: Call) {
    demand(call, "fulfillmentCreate", "write_merchant_managed_fulfillment_orders", "write_assigned_fulfillment_orders");
    const refused = (message: string, ...field: string[]) => ({ fulfillment: null, userErrors: [{ field: ["fulfillment", ...field], message }] });
    const wanted = fulfillment.lineItemsByFulfillmentOrder;
    if (wanted.length === 0) return refused("Line items by fulfillment order can't be blank", "lineItemsByFulfillmentOrder");
    const orders = new Set<Order>();
    const locations = new Set<number>();
    const picked = new Map<number, ReadonlyMap<number, number> | null>();
    for (const { fulfillmentOrderId, fulfillmentOrderLineItems } of wanted) {
      const id = idOf("FulfillmentOrder", fulfillmentOrderId);
      const order = call.shop.orders.find((candidate) => candidate.fulfilmentOrders.some((entry) => entry.id === id));
      const entry = order?.fulfilmentOrders.find((candidate) => candidate.id === id);
      if (order === undefined || entry === undefined) return refused("Fulfillment order does not exist.");
      if (!SHIPPABLE.includes(entry.status)) return refused(`Fulfillment order ${id} has an unfulfillable status= ${entry.status.toLowerCase()}.`);
      const lines = fulfillmentOrderLineItems ?? null;
      const over = lines?.find((line) => (entry.lines.find((own) => gid("FulfillmentOrderLineItem", own.id) === line.id)?.remaining ?? -1) < line.quantity);
      if (over !== undefined) return refused("Invalid fulfillment order line item quantity requested.");
      orders.add(order);
      locations.add(entry.locationId);
      picked.set(id, lines === null ? null : new Map(lines.map((line) => [idOf("FulfillmentOrderLineItem", line.id), line.quantity])));
    }
    const [order] = orders;
    if (order === undefined || orders.size > 1) return refused("All fulfillment orders must belong to the same order.");
    if (locations.size > 1) return refused("All fulfillment orders must be assigned to the same location.");
    order.changes += 1;
    const made = shipOrder(call.state, call.shop, order, picked, trackingOf(fulfillment.trackingInfo));
    return { fulfillment: fulfilmentView(order, made), userErrors: [] };
  },

  fulfillmentTrackingInfoUpdate({ fulfillmentId, trackingInfoInput }: { fulfillmentId: string; trackingInfoInput: TrackingInput }, call: Call) {
    demand(call, "fulfillmentTrackingInfoUpdate", "write_merchant_managed_fulfillment_orders", "write_assigned_fulfillment_orders");
    const id = idOf("Fulfillment", fulfillmentId);
    const order = call.shop.orders.find((candidate) => candidate.fulfilments.some((entry) => entry.id === id));
    const entry = order?.fulfilments.find((candidate) => candidate.id === id);
    if (order === undefined || entry === undefined)
      return { fulfillment: null, userErrors: [{ field: ["fulfillmentId"], message: "Fulfillment does not exist." }] };
    if (entry.status === "CANCELLED") return { fulfillment: null, userErrors: [{ field: ["fulfillmentId"], message: "Fulfillment is cancelled." }] };
    entry.tracking = trackingOf(trackingInfoInput);
    order.changes += 1;
    tell(call.state, call.shop, order, "orders/updated");
    return { fulfillment: fulfilmentView(order, entry), userErrors: [] };
  },

  orderCancel(
    input: {
      orderId: string;
      reason: string;
      restock: boolean;
      refundMethod?: { originalPaymentMethodsRefund?: boolean | null } | null;
      staffNote?: string | null;
    },
    call: Call,
  ) {
    demand(call, "orderCancel", "write_orders");
    const refused = (code: string, field: string, message: string) => ({ job: null, orderCancelUserErrors: [{ code, field: [field], message }] });
    const order = call.shop.orders.find((candidate) => gid("Order", candidate.id) === input.orderId);
    if (order === undefined) return refused("NOT_FOUND", "orderId", "Order does not exist");
    if (order.cancelledAtMs !== null) return refused("INVALID", "orderId", "Order has already been cancelled");
    if (order.fulfilments.some(({ status }) => status === "SUCCESS")) return refused("INVALID", "orderId", "Cannot cancel a fulfilled order");
    if ([...(input.staffNote ?? "")].length > 255) return refused("INVALID", "staffNote", "Staff note is too long (maximum is 255 characters)");
    if (input.restock === undefined) throw badRequest("restock is required");
    order.changes += 1;
    const refund = input.refundMethod?.originalPaymentMethodsRefund === true;
    cancelOrder(call.state, call.shop, order, { reason: input.reason, restock: input.restock, refund, note: input.staffNote ?? null });
    return { job: { id: `gid://shopify/Job/${nextId(call.state)}`, done: false }, orderCancelUserErrors: [] };
  },
};
