import { parseMinor } from "@/lib/money";
import type { ExternalOrder, ExternalOrderLine, OrderState, OrdersPort } from "../../contract/orders";
import type { RemoteBuyer, RemoteMarketOrder } from "./order-schemas";
import { currencyOf } from "./sale-lines";

/** Orders of the cabinet → orders. Pure. */

/** In `PROCESSING` the stage decides; everywhere else there are dozens of stages and the status is what people know. */
export const ORDER_STATES: OrdersPort["states"] = [
  { remote: "PLACING", name: "Оформляется", state: "new" },
  { remote: "RESERVED", name: "Зарезервирован", state: "new" },
  { remote: "UNPAID", name: "Ожидает оплаты", state: "new" },
  { remote: "PENDING", name: "Ожидает подтверждения", state: "new" },
  { remote: "PROCESSING/STARTED", name: "Можно обрабатывать", state: "confirmed" },
  { remote: "PROCESSING/PACKAGING", name: "Собирается", state: "confirmed" },
  { remote: "PROCESSING/READY_TO_SHIP", name: "Готов к отгрузке", state: "packed" },
  { remote: "PROCESSING/SHIPPED", name: "Передан в доставку", state: "shipped" },
  { remote: "DELIVERY", name: "Доставляется", state: "shipped" },
  { remote: "PICKUP", name: "В пункте самовывоза", state: "shipped" },
  { remote: "DELIVERED", name: "Доставлен", state: "delivered" },
  { remote: "PARTIALLY_RETURNED", name: "Возвращён частично", state: "delivered" },
  { remote: "RETURNED", name: "Возвращён", state: "returned" },
  { remote: "CANCELLED", name: "Отменён", state: "cancelled" },
];
const BY_REMOTE = new Map(ORDER_STATES.map((entry) => [entry.remote, entry]));

export function remoteStateOf({ status, substatus }: Pick<RemoteMarketOrder, "status" | "substatus">): string {
  return status === "PROCESSING" ? `PROCESSING/${substatus ?? "STARTED"}` : status;
}

/** A stage of processing nobody has heard of is still processing: the order waits to be packed. */
export function stateOf(remoteState: string): OrderState {
  return BY_REMOTE.get(remoteState)?.state ?? (remoteState.startsWith("PROCESSING/") ? "confirmed" : "unknown");
}

const FULFILMENTS: Readonly<Record<string, ExternalOrder["fulfilment"]>> = { FBY: "fbo", FBS: "fbs", EXPRESS: "fbs", DBS: "dbs" };

/** @throws RangeError when an amount is no decimal or the currencies of one order differ. */
export function toOrder(order: RemoteMarketOrder, buyer?: RemoteBuyer | undefined): ExternalOrder {
  const remoteState = remoteStateOf(order);
  const state = stateOf(remoteState);
  const currency = currencyOf(order.items.map((item) => item.prices?.payment?.currencyId ?? "").find((word) => word !== "") ?? "");
  const lines = order.items.map((item) => toLine(item, state === "cancelled", currency));
  const goods = order.items.reduce((sum, item) => sum + minorOf(item.prices?.payment, currency), 0n);
  const { delivery } = order;
  const where = delivery?.courier?.address ?? delivery?.pickup?.address;
  const trackingNumber = delivery?.tracks.find(({ trackCode }) => trackCode !== undefined)?.trackCode;
  return {
    externalId: order.orderId,
    number: order.orderId,
    fulfilment: FULFILMENTS[order.programType] ?? "other",
    remoteState,
    remoteStateName: BY_REMOTE.get(remoteState)?.name,
    state,
    placedAt: order.creationDate,
    versionAt: order.updateDate ?? order.creationDate,
    shipBy: shipByOf(delivery?.shipment),
    deliveredAt: state === "delivered" || state === "returned" ? noonOf(delivery?.dates?.realDeliveryDate) : undefined,
    cancelledAt: state === "cancelled" ? (order.updateDate ?? undefined) : undefined,
    cancelReason: state === "cancelled" ? order.substatus : undefined,
    payment: paymentOf(order, state),
    buyerRef: buyer?.id,
    buyerName:
      buyer === undefined ? undefined : [buyer.lastName, buyer.firstName, buyer.middleName].filter((part) => part !== undefined).join(" ") || undefined,
    buyerPhone: buyer?.phone,
    city: where?.city,
    address: where ? [where.street, where.house, where.block, where.apartment].filter((part) => part !== undefined).join(", ") || undefined : undefined,
    deliveryMethod: delivery?.serviceName,
    trackingNumber,
    currency,
    totalMinor: goods + minorOf(order.prices?.delivery?.payment, currency),
    comment: order.notes,
    lines,
    remoteContext: {
      ...(order.campaignId === undefined ? {} : { campaignId: order.campaignId }),
      ...(order.substatus === undefined ? {} : { substatus: order.substatus }),
      ...(delivery?.deliveryServiceId === undefined ? {} : { deliveryServiceId: delivery.deliveryServiceId }),
      ...(order.cancelRequested === true ? { cancelRequested: "yes" } : {}),
    },
  };
}

type Item = RemoteMarketOrder["items"][number];

/** Prices are told for all pieces of a line. */
function toLine(item: Item, isCancelled: boolean, currency: string): ExternalOrderLine {
  const lost = item.itemStatuses.reduce((sum, { status, count }) => (status === "CANCELLED" || status === "REJECTED" ? sum + count : sum), 0);
  const totalMinor = minorOf(item.prices?.payment, currency);
  return {
    externalId: item.id,
    sku: item.offerId,
    offerId: item.offerId,
    productExternalId: item.offerId,
    name: item.offerName ?? item.offerId ?? item.id,
    quantity: item.count,
    cancelledQuantity: isCancelled ? item.count : Math.min(lost, item.count),
    priceMinor: item.count === 0 ? 0n : totalMinor / BigInt(item.count),
  };
}

function minorOf(money: NonNullable<Item["prices"]>["payment"], currency: string): bigint {
  if (money === null || money === undefined) return 0n;
  const minor = parseMinor(money.value, currency);
  if (minor !== 0n && currencyOf(money.currencyId) !== currency) throw new RangeError(`currencies of one order differ: ${money.currencyId}, ${currency}`);
  return minor;
}

function paymentOf({ paymentType, status }: RemoteMarketOrder, state: OrderState): ExternalOrder["payment"] {
  if (status === "UNPAID" || status === "PLACING") return "unpaid";
  if (paymentType === "PREPAID") return state === "cancelled" ? undefined : "paid";
  return paymentType === "POSTPAID" ? "on_delivery" : undefined;
}

/** Days and times of the service are Moscow's; a day without a time lasts to its end. */
function shipByOf(shipment: NonNullable<RemoteMarketOrder["delivery"]>["shipment"]): Date | undefined {
  const time = /^\d{2}:\d{2}/.exec(shipment?.shipmentTime ?? "")?.[0] ?? "23:59";
  return momentOf(shipment?.shipmentDate, time);
}

/** Only the day of a delivery is told: its noon is never more than half a day off. */
function noonOf(day: string | undefined): Date | undefined {
  return momentOf(day, "12:00");
}

function momentOf(day: string | undefined, time: string): Date | undefined {
  if (day === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return undefined;
  const at = new Date(`${day}T${time}:00+03:00`);
  return Number.isNaN(at.getTime()) ? undefined : at;
}
