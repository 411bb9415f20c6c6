import { parseMinor } from "@/lib/money";
import type { ExternalOrder, ExternalOrderLine } from "../../contract/orders";
import { type ContextLine, type Returned, writeContext } from "./order-context";
import { leastAdvanced, stateOf } from "./order-states";
import type { RemoteClaim, RemoteLine, RemoteOrder } from "./schemas";

const CURRENCY = "TRY";

interface Circumstances {
  readonly returned: readonly Returned[];
  /** The seller ships with a carrier contract of their own. */
  readonly ownCarrier: boolean;
  /** Stands in where the service dates nothing. */
  readonly now: Date;
}

/**
 * An order is all lines of one order number: packages come and go (they can be unpacked), the number stays. Pure.
 * @throws RangeError for an amount that is none.
 */
export function toOrder(order: RemoteOrder, { returned, ownCarrier, now }: Circumstances): ExternalOrder {
  const wanted = order.items.filter((line) => stateOf(line.status) !== "cancelled");
  const words = wanted.map((line) => wordOf(line, returned));
  const remoteState = leastAdvanced(words.length > 0 ? words : order.items.map((line) => line.status));
  const state = stateOf(remoteState);
  const movedAt = latest(order.items.map((line) => line.lastStatusUpdateDate));
  const placedAt = order.orderDate ?? order.createdDate ?? order.items[0]?.orderDate ?? movedAt ?? now;
  const currency = order.items.find((line) => line.totalPrice !== undefined)?.totalPrice?.currency ?? CURRENCY;
  const address = order.deliveryAddress ?? order.items[0]?.shippingAddress;
  const lines = order.items.map((line) => toLine(line, currency));
  return {
    externalId: order.orderNumber,
    number: order.orderNumber,
    fulfilment: ownCarrier ? "dbs" : "fbs",
    remoteState,
    remoteStateName: remoteState,
    state,
    placedAt,
    versionAt: versionOf(movedAt ?? now, returned),
    shipBy: earliest(wanted.map((line) => line.dueDate)),
    // Unpaid orders are not on any list we read.
    paidAt: placedAt,
    ...(state === "shipped" ? { shippedAt: movedAt } : {}),
    ...(state === "delivered" ? { deliveredAt: movedAt } : {}),
    ...(state === "cancelled" ? { cancelledAt: movedAt, cancelReason: remoteState } : {}),
    payment: paymentOf(wanted, returned),
    buyerRef: order.customer?.customerId ?? order.items[0]?.customerId,
    buyerName: address?.name ?? order.customer?.name ?? order.items[0]?.customerName,
    buyerPhone: address?.phoneNumber,
    buyerEmail: address?.email,
    city: address?.city,
    address: joined([address?.address, address?.district, address?.town, address?.city]),
    deliveryMethod: wanted[0]?.deliveryType,
    carrier: wanted[0]?.cargoCompany,
    // The parcel's barcode is what carrier and buyer search by.
    trackingNumber: wanted.find((line) => line.packageNumber !== undefined)?.barcode,
    currency,
    totalMinor: wanted.reduce((sum, line) => sum + lineTotal(line, currency), 0n),
    comment: order.orderNote,
    lines,
    remoteContext: writeContext({ lines: order.items.map(toContextLine), returned }),
  };
}

function wordOf(line: RemoteLine, returned: readonly Returned[]): string {
  const claims = returned.filter((claim) => claim.line === line.id);
  const pieces = claims.reduce((sum, claim) => sum + claim.quantity, 0);
  return pieces >= line.quantity && claims.length > 0 ? `Claim/${claims.at(-1)?.status ?? ""}` : line.status;
}

/** News of a claim is newer than what the order says of itself, whose lines do not move with it. */
function versionOf(movedAt: Date, returned: readonly Returned[]): Date {
  if (returned.length === 0) return movedAt;
  return new Date(Math.max(movedAt.getTime(), ...returned.map((claim) => Date.parse(claim.at))) + returned.length);
}

function paymentOf(wanted: readonly RemoteLine[], returned: readonly Returned[]): ExternalOrder["payment"] {
  if (wanted.length === 0) return "refunded";
  const isBack = (line: RemoteLine) => stateOf(wordOf(line, returned)) === "returned";
  if (wanted.every(isBack)) return "refunded";
  return returned.length > 0 ? "partly_refunded" : "paid";
}

function toLine(line: RemoteLine, currency: string): ExternalOrderLine {
  const article = line.merchantSKU ?? line.merchantSku;
  const total = lineTotal(line, currency);
  return {
    externalId: line.id,
    sku: line.sku,
    offerId: article,
    productExternalId: article === undefined ? undefined : productId(article),
    barcode: line.productBarcode,
    name: line.name ?? article ?? line.sku ?? line.id,
    quantity: line.quantity,
    cancelledQuantity: stateOf(line.status) === "cancelled" ? line.quantity : 0,
    priceMinor: line.unitPrice === undefined ? total / BigInt(Math.max(1, line.quantity)) : parseMinor(line.unitPrice.amount, currency),
  };
}

/** Articles are upper-cased by the service without a word, so they are compared that way [M]. */
export function productId(merchantSku: string): string {
  return merchantSku.trim().toUpperCase();
}

export function lineTotal(line: RemoteLine, currency: string): bigint {
  if (line.totalPrice !== undefined) return parseMinor(line.totalPrice.amount, currency);
  return line.unitPrice === undefined ? 0n : parseMinor(line.unitPrice.amount, currency) * BigInt(line.quantity);
}

function toContextLine(line: RemoteLine): ContextLine {
  return {
    id: line.id,
    status: line.status,
    quantity: line.quantity,
    ...(line.packageNumber === undefined ? {} : { package: line.packageNumber }),
    ...(line.canCreatePackage === undefined ? {} : { canPack: line.canCreatePackage }),
    ...(line.isCancellable === undefined ? {} : { canCancel: line.isCancellable }),
  };
}

/** A claim that ended with the goods coming back to us. */
export function toReturned(claim: RemoteClaim): Returned {
  const at = claim.refundDate ?? claim.claimDate ?? new Date(0);
  return { claim: claim.number, line: claim.lineItemId, quantity: claim.quantity, status: claim.status, at: at.toISOString() };
}

/** What was known and what is new, each claim once. */
export function mergeReturned(known: readonly Returned[], news: readonly Returned[]): readonly Returned[] {
  return [...new Map([...known, ...news].map((claim) => [claim.claim, claim])).values()];
}

function latest(moments: readonly (Date | undefined)[]): Date | undefined {
  return moments.reduce<Date | undefined>((newest, at) => (at !== undefined && (newest === undefined || at > newest) ? at : newest), undefined);
}

function earliest(moments: readonly (Date | undefined)[]): Date | undefined {
  return moments.reduce<Date | undefined>((oldest, at) => (at !== undefined && (oldest === undefined || at < oldest) ? at : oldest), undefined);
}

function joined(parts: readonly (string | undefined)[]): string | undefined {
  const told = [...new Set(parts.filter((part) => part !== undefined))];
  return told.length === 0 ? undefined : told.join(", ");
}
