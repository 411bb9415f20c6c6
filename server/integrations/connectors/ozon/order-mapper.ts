import { parseMinor } from "@/lib/money";
import type { ExternalOrder, ExternalOrderLine, OrderState, OrdersPort } from "../../contract/orders";
import type { RemotePosting } from "./order-schemas";

/** Postings → orders. Pure. */

/** The service's states with the words of its cabinet. Goods in dispute have left the shelf: they count as shipped [I]. */
export const ORDER_STATES: OrdersPort["states"] = [
  { remote: "awaiting_registration", name: "Ожидает регистрации", state: "new" },
  { remote: "acceptance_in_progress", name: "Идёт приёмка", state: "packed" },
  { remote: "awaiting_approve", name: "Ожидает подтверждения", state: "new" },
  { remote: "awaiting_verification", name: "Создано", state: "new" },
  { remote: "awaiting_packaging", name: "Ожидает сборки", state: "confirmed" },
  { remote: "awaiting_deliver", name: "Ожидает отгрузки", state: "packed" },
  { remote: "arbitration", name: "Арбитраж", state: "shipped" },
  { remote: "client_arbitration", name: "Клиентский арбитраж доставки", state: "shipped" },
  { remote: "sent_by_seller", name: "Отправлено продавцом", state: "shipped" },
  { remote: "delivering", name: "Доставляется", state: "shipped" },
  { remote: "driver_pickup", name: "У водителя", state: "shipped" },
  { remote: "delivered", name: "Доставлено", state: "delivered" },
  { remote: "cancelled", name: "Отменено", state: "cancelled" },
  { remote: "cancelled_from_split_pending", name: "Отменено из-за разделения отправления", state: "cancelled" },
  { remote: "not_accepted", name: "Не принят на сортировочном центре", state: "cancelled" },
];
const BY_REMOTE = new Map(ORDER_STATES.map((entry) => [entry.remote, entry]));

export function stateOf(status: string): OrderState {
  return BY_REMOTE.get(status)?.state ?? "unknown";
}

export type Scheme = "fbs" | "fbo";

/** `tpl_integration_type` tells rFBS apart: everything but Ozon's own delivery is the seller's. */
function fulfilmentOf(posting: RemotePosting, scheme: Scheme): ExternalOrder["fulfilment"] {
  if (scheme === "fbo") return "fbo";
  return posting.tpl_integration_type === undefined || posting.tpl_integration_type === "ozon" ? "fbs" : "dbs";
}

/**
 * @param readAt when the answer was asked for. Postings carry no moment of their last change: an answer is the truth of its reading,
 *   and the newest reading wins.
 * @throws RangeError when an amount is no decimal or the currencies of one posting differ.
 */
export function toOrder(posting: RemotePosting, scheme: Scheme, readAt: Date): ExternalOrder {
  const known = BY_REMOTE.get(posting.status);
  const state = stateOf(posting.status);
  const currency = posting.products.map(currencyOf).find((told) => told !== undefined) ?? "RUB";
  const lines = linesOf(posting, state === "cancelled", currency);
  const { customer, delivery_method: method } = posting;
  return {
    externalId: posting.posting_number,
    number: posting.posting_number,
    groupNumber: posting.order_number,
    fulfilment: fulfilmentOf(posting, scheme),
    remoteState: posting.status,
    remoteStateName: known?.name,
    state,
    placedAt: posting.in_process_at ?? posting.created_at ?? posting.shipment_date ?? readAt,
    versionAt: readAt,
    shipBy: posting.shipment_date,
    paidAt: posting.in_process_at,
    shippedAt: posting.delivering_date,
    deliveredAt: posting.fact_delivery_date,
    cancelReason: posting.cancellation?.cancel_reason,
    buyerRef: customer?.customer_id,
    buyerName: posting.addressee?.name ?? customer?.name,
    buyerPhone: posting.addressee?.phone ?? customer?.phone,
    buyerEmail: customer?.customer_email,
    city: customer?.address?.city ?? posting.analytics_data?.city,
    address: customer?.address?.address_tail,
    comment: customer?.address?.comment,
    deliveryMethod: method?.name,
    carrier: method?.tpl_provider,
    trackingNumber: posting.tracking_number,
    currency,
    totalMinor: lines.reduce((total, line) => total + line.priceMinor * BigInt(line.quantity), 0n),
    lines,
    remoteContext: {
      scheme,
      actions: posting.available_actions.join(","),
      ...(posting.substatus === undefined ? {} : { substatus: posting.substatus }),
    },
  };
}

type Product = RemotePosting["products"][number];

function currencyOf(product: Product): string | undefined {
  return product.price?.currency ?? product.currency_code;
}

/** A posting names its products by sku and gives lines no id; the same sku again is told apart by its place. */
function linesOf(posting: RemotePosting, isCancelled: boolean, currency: string): ExternalOrderLine[] {
  const seen = new Map<string, number>();
  return posting.products.map((product, index) => {
    const own = currencyOf(product);
    if (own !== undefined && own !== currency) throw new RangeError(`currencies of one posting differ: ${own.slice(0, 8)}, ${currency.slice(0, 8)}`);
    const key = product.sku ?? product.offer_id ?? `#${index}`;
    const times = (seen.get(key) ?? 0) + 1;
    seen.set(key, times);
    return {
      externalId: times === 1 ? key : `${key}:${times}`,
      sku: product.sku,
      offerId: product.offer_id,
      name: product.name ?? product.offer_id ?? key,
      quantity: product.quantity,
      cancelledQuantity: isCancelled ? product.quantity : 0,
      priceMinor: parseMinor(product.price?.amount ?? "0", currency),
    };
  });
}
