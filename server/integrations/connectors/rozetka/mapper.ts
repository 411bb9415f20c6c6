import { parseMinor } from "@/lib/money";
import type { ExternalOrder, ExternalOrderLine } from "../../contract/orders";
import type { RemoteOrder, RemotePurchase } from "./schemas-orders";
import { STATUSES, stateOf } from "./statuses";

/** Remote orders → contract records. Pure. Goods and chats live in mapper-goods.ts and mapper-chats.ts. */
export const CURRENCY = "UAH";
const REMOVED = 0;
const RETURNED = 2;

/** What the buyer sees in the address of an item is the number goods are updated by. */
export function publicItemId(purchase: RemotePurchase): string | undefined {
  return purchase.item?.id ?? purchase.item_id;
}

/** @throws RangeError when an amount is no decimal. */
function toLine(purchase: RemotePurchase): ExternalOrderLine {
  const sku = publicItemId(purchase);
  return {
    externalId: purchase.id,
    sku,
    offerId: purchase.item?.price_offer_id,
    name: purchase.item_name ?? purchase.item?.name_ua ?? purchase.item?.name ?? sku ?? purchase.id,
    quantity: purchase.quantity,
    cancelledQuantity: purchase.status === REMOVED || purchase.status === RETURNED ? purchase.quantity : 0,
    priceMinor: parseMinor(purchase.price_with_discount ?? purchase.price, CURRENCY),
  };
}

/** Of the payment directory: 2 paid, 7 held for us, 8 returned, 9 returned in part; the rest has not been paid. */
function paymentOf(order: RemoteOrder): ExternalOrder["payment"] {
  switch (order.status_payment?.status_payment_id) {
    case "2":
    case "7":
      return "paid";
    case "8":
      return "refunded";
    case "9":
      return "partly_refunded";
    case undefined:
      return order.payment_type === "cash" ? "on_delivery" : undefined;
    default:
      return order.payment_type === "cash" ? "on_delivery" : "unpaid";
  }
}

/** When the order first came into one of these states, by its history. */
function firstIn(order: RemoteOrder, states: readonly ExternalOrder["state"][]): Date | undefined {
  const moments = order.order_status_history.flatMap(({ status_id, created }) =>
    created !== undefined && states.includes(stateOf(status_id)) ? [created] : [],
  );
  return moments.sort((left, right) => left.getTime() - right.getTime())[0];
}

function joined(...parts: readonly (string | undefined)[]): string | undefined {
  const told = parts.filter((part) => part !== undefined && part !== "");
  return told.length === 0 ? undefined : told.join(", ");
}

function placeOf({ delivery, delivery_service }: RemoteOrder): Pick<ExternalOrder, "carrier" | "deliveryMethod" | "city" | "address"> {
  const carrier = delivery?.delivery_service_name ?? delivery_service?.name;
  const branch = delivery?.delivery_method_id === "1" && delivery.place_number !== undefined ? `№ ${delivery.place_number}` : undefined;
  return {
    carrier,
    deliveryMethod: joined(carrier, branch),
    city: delivery?.city?.name_ua ?? delivery?.city?.title ?? delivery?.city?.name,
    address: joined(delivery?.place_street, delivery?.place_house, delivery?.place_flat),
  };
}

/** What decides the transitions, and what has been: both go back into `transitions` and `hasTaken`. */
function contextOf(order: RemoteOrder): Readonly<Record<string, string>> {
  const may = order.is_access_change_order !== false && order.is_access_change_order !== 0;
  const history = [...order.order_status_history].sort((left, right) => (left.created?.getTime() ?? 0) - (right.created?.getTime() ?? 0));
  return {
    next: may ? [...new Set(order.status_available.map(({ child_id }) => child_id))].join(",") : "",
    history: history.map(({ status_id }) => status_id).join(","),
  };
}

export function statusName(order: Pick<RemoteOrder, "status" | "status_data">): string | undefined {
  const { status_data: data } = order;
  return data?.name_uk ?? data?.name_ua ?? data?.name ?? STATUSES.get(order.status)?.name;
}

/** @throws RangeError when an amount is no decimal. */
export function toOrder(order: RemoteOrder): ExternalOrder {
  const state = stateOf(order.status);
  const isOver = state === "cancelled" || state === "returned";
  return {
    externalId: order.id,
    number: order.id,
    fulfilment: order.is_fulfillment === true ? "fbo" : "fbs",
    remoteState: order.status,
    remoteStateName: statusName(order),
    state,
    placedAt: order.created,
    versionAt: order.changed ?? order.created,
    shippedAt: firstIn(order, ["shipped"]),
    deliveredAt: firstIn(order, ["delivered"]),
    cancelledAt: isOver ? firstIn(order, ["cancelled", "returned"]) : undefined,
    cancelReason: isOver ? statusName(order) : undefined,
    payment: paymentOf(order),
    buyerRef: order.user?.id,
    buyerName: order.user_title?.full_name ?? joinedName(order) ?? order.user?.contact_fio ?? order.delivery?.recipient_title,
    buyerPhone: order.user_phone ?? order.delivery?.recipient_phone,
    ...placeOf(order),
    trackingNumber: order.ttn,
    currency: CURRENCY,
    totalMinor: parseMinor(order.amount_with_discount ?? order.amount ?? "0", CURRENCY),
    comment: order.comment,
    lines: order.purchases.filter(({ quantity }) => quantity > 0).map(toLine),
    remoteContext: contextOf(order),
  };
}

function joinedName({ user_title: title }: RemoteOrder): string | undefined {
  const name = [title?.last_name, title?.first_name].filter((part) => part !== undefined).join(" ");
  return name === "" ? undefined : name;
}
