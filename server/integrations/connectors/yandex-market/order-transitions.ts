import type { ExternalOrder, OrderChange, OrderFacts, OrderTransition, TransitionField } from "../../contract/orders";
import { mayChangeOrders } from "./facts";

/** What may be done with an order (description of the status method, July 2026, and the DBS model). Pure. */

/** Status and stage a transition asks for. */
export const STATUS_CHANGES: Readonly<Record<string, { readonly status: string; readonly substatus: string }>> = {
  pack: { status: "PROCESSING", substatus: "READY_TO_SHIP" },
  cancel: { status: "CANCELLED", substatus: "SHOP_FAILED" },
  ship: { status: "DELIVERY", substatus: "DELIVERY_SERVICE_RECEIVED" },
  pickup: { status: "PICKUP", substatus: "PICKUP_SERVICE_RECEIVED" },
  deliver: { status: "DELIVERED", substatus: "DELIVERY_SERVICE_DELIVERED" },
};

/** Told only where it was not today; never in the future. */
const DAY: TransitionField = { name: "date", required: false };

const PACK: OrderTransition = { id: "pack", action: "pack", to: "packed", fields: [] };
const CANCEL: OrderTransition = { id: "cancel", action: "cancel", to: "cancelled", fields: [] };
const SHIP: OrderTransition = { id: "ship", action: "ship", to: "shipped", fields: [] };
const PICKUP: OrderTransition = { id: "pickup", action: "set_state", label: "В пункте самовывоза", to: "shipped", fields: [DAY] };
const DELIVER: OrderTransition = { id: "deliver", action: "deliver", to: "delivered", fields: [DAY] };
const TRACK: OrderTransition = { id: "track", action: "set_tracking", fields: [{ name: "trackingNumber", required: true }] };
/** The buyer wants to cancel what is on its way: within 48 hours the seller says whether that is still possible. */
const ACCEPT: OrderTransition = { id: "cancellation-accept", action: "cancel", label: "Согласиться с отменой", to: "cancelled", fields: [] };
const REFUSE: OrderTransition = {
  id: "cancellation-refuse",
  action: "set_state",
  label: "Отклонить отмену",
  fields: [
    {
      name: "reason",
      required: true,
      options: [
        { value: "ORDER_DELIVERED", label: "Заказ уже доставлен" },
        { value: "ORDER_IN_DELIVERY", label: "Заказ уже у курьера" },
      ],
    },
  ],
};

const FBS: Readonly<Record<string, readonly OrderTransition[]>> = {
  "PROCESSING/STARTED": [PACK, CANCEL],
  "PROCESSING/READY_TO_SHIP": [CANCEL],
};
const DBS: Readonly<Record<string, readonly OrderTransition[]>> = {
  "PROCESSING/STARTED": [SHIP, TRACK, CANCEL],
  DELIVERY: [PICKUP, DELIVER, TRACK],
  PICKUP: [DELIVER, TRACK],
};

export function transitions(order: OrderFacts, facts: Readonly<Record<string, unknown>>): readonly OrderTransition[] {
  if (!mayChangeOrders(facts) || order.remoteContext["campaignId"] === undefined) return [];
  if (order.fulfilment === "fbs") return FBS[order.remoteState] ?? [];
  if (order.fulfilment !== "dbs") return [];
  const usual = DBS[order.remoteState] ?? [];
  const isAsked = order.remoteContext["cancelRequested"] !== undefined && (order.remoteState === "DELIVERY" || order.remoteState === "PICKUP");
  const offered = isAsked ? [...usual, ACCEPT, REFUSE] : usual;
  return order.remoteContext["deliveryServiceId"] === undefined ? offered.filter(({ id }) => id !== "track") : offered;
}

const HANDED_OVER = new Set(["DELIVERY", "PICKUP", "DELIVERED", "PARTIALLY_RETURNED", "RETURNED"]);
const ARRIVED = new Set(["DELIVERED", "PARTIALLY_RETURNED", "RETURNED"]);

export function hasTaken(found: ExternalOrder, { transitionId, fields }: OrderChange): boolean {
  const { remoteState } = found;
  switch (transitionId) {
    case "pack":
      return remoteState === "PROCESSING/READY_TO_SHIP" || remoteState === "PROCESSING/SHIPPED" || HANDED_OVER.has(remoteState);
    case "ship":
      return HANDED_OVER.has(remoteState);
    case "pickup":
      return remoteState === "PICKUP" || ARRIVED.has(remoteState);
    case "deliver":
      return ARRIVED.has(remoteState);
    case "cancel":
    case "cancellation-accept":
      return found.state === "cancelled";
    case "cancellation-refuse":
      return found.state !== "cancelled" && found.remoteContext?.["cancelRequested"] === undefined;
    case "track":
      return found.trackingNumber === fields["trackingNumber"]?.trim();
    default:
      return false;
  }
}
