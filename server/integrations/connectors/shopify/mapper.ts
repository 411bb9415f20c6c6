import { parseMinor } from "@/lib/money";
import type { ExternalOrder, ExternalOrderLine, OrderState } from "../../contract/orders";
import type { ExternalProduct } from "../../contract/records";
import type { RemoteOrderHead, RemoteOrderLine, RemoteVariant } from "./schemas";

/** Shopify has no single state of an order: it is read off the delivery status and three facts that overrule it. */
export const STATES: readonly { readonly remote: string; readonly name: string; readonly state: OrderState }[] = [
  { remote: "UNFULFILLED", name: "Unfulfilled", state: "new" },
  { remote: "OPEN", name: "Open", state: "new" },
  { remote: "SCHEDULED", name: "Scheduled", state: "new" },
  { remote: "ON_HOLD", name: "On hold", state: "new" },
  { remote: "REQUEST_DECLINED", name: "Request declined", state: "new" },
  { remote: "PENDING_FULFILLMENT", name: "Pending fulfillment", state: "confirmed" },
  { remote: "IN_PROGRESS", name: "In progress", state: "confirmed" },
  { remote: "PARTIALLY_FULFILLED", name: "Partially fulfilled", state: "confirmed" },
  { remote: "FULFILLED", name: "Fulfilled", state: "shipped" },
  { remote: "FULFILLED/DELIVERED", name: "Delivered", state: "delivered" },
  { remote: "FULFILLMENT_NOT_REQUIRED", name: "Fulfillment not required", state: "delivered" },
  { remote: "FULFILLED/RETURNED", name: "Returned", state: "returned" },
  { remote: "RESTOCKED", name: "Restocked", state: "returned" },
  { remote: "CANCELLED", name: "Canceled", state: "cancelled" },
];
const BY_WORD = new Map(STATES.map((entry) => [entry.remote, entry]));

const SHIPPED = new Set(["SUCCESS", "OPEN", "PENDING"]);

const PAYMENTS: Readonly<Record<string, ExternalOrder["payment"]>> = {
  PENDING: "unpaid",
  AUTHORIZED: "unpaid",
  EXPIRED: "unpaid",
  VOIDED: "unpaid",
  PARTIALLY_PAID: "unpaid",
  PAID: "paid",
  REFUNDED: "refunded",
  PARTIALLY_REFUNDED: "partly_refunded",
};

function wordOf(head: RemoteOrderHead, lines: readonly RemoteOrderLine[]): string {
  if (head.cancelledAt) return "CANCELLED";
  const status = head.displayFulfillmentStatus;
  if (status !== "FULFILLED") return status;
  if (lines.length > 0 && lines.every((line) => line.currentQuantity === 0)) return "FULFILLED/RETURNED";
  const shipped = head.fulfillments.filter((fulfilment) => SHIPPED.has(fulfilment.status));
  return shipped.length > 0 && shipped.every((fulfilment) => fulfilment.displayStatus === "DELIVERED") ? "FULFILLED/DELIVERED" : status;
}

/** Amounts are in the shop's own currency, whatever the buyer saw. @throws RangeError for an amount that is none. */
export function toOrder(head: RemoteOrderHead, lines: readonly RemoteOrderLine[]): ExternalOrder {
  const remoteState = wordOf(head, lines);
  const known = BY_WORD.get(remoteState);
  const { amount, currencyCode: currency } = head.totalPriceSet.shopMoney;
  const shipped = head.fulfillments.filter((fulfilment) => SHIPPED.has(fulfilment.status));
  const last = shipped.at(-1);
  const tracking = shipped.flatMap((fulfilment) => fulfilment.trackingInfo).at(-1);
  const isPaid = head.displayFinancialStatus === "PAID" || head.displayFinancialStatus === "PARTIALLY_REFUNDED" || head.displayFinancialStatus === "REFUNDED";
  return {
    externalId: head.id,
    number: head.name,
    fulfilment: "own",
    remoteState,
    remoteStateName: known?.name,
    state: known?.state ?? "unknown",
    placedAt: head.processedAt,
    versionAt: head.updatedAt,
    paidAt: isPaid ? paidAt(head) : undefined,
    shippedAt: shipped[0]?.createdAt,
    deliveredAt: remoteState === "FULFILLED/DELIVERED" ? (last?.deliveredAt ?? undefined) : undefined,
    cancelledAt: head.cancelledAt ?? undefined,
    cancelReason: head.cancelReason ?? undefined,
    payment: PAYMENTS[head.displayFinancialStatus ?? ""],
    ...buyerOf(head),
    ...deliveryOf(head),
    carrier: tracking?.company ?? undefined,
    trackingNumber: tracking?.number ?? undefined,
    currency,
    totalMinor: parseMinor(amount, currency),
    comment: said(head.note),
    lines: lines.map(toLine),
    remoteContext: { ...(last === undefined ? {} : { fulfilment: last.id }), ...(isPaid ? { paid: "1" } : {}) },
  };
}

const said = (text: string | null | undefined) => (text === null || text === undefined || text.trim() === "" ? undefined : text);

function paidAt({ transactions, processedAt }: RemoteOrderHead): Date {
  const moments = transactions.flatMap(({ kind, status, processedAt: at }) =>
    status === "SUCCESS" && (kind === "SALE" || kind === "CAPTURE") && at ? [at.getTime()] : [],
  );
  return moments.length === 0 ? processedAt : new Date(Math.min(...moments));
}

function buyerOf({ customer, shippingAddress, email, phone }: RemoteOrderHead): Pick<ExternalOrder, "buyerRef" | "buyerName" | "buyerEmail" | "buyerPhone"> {
  return {
    buyerRef: customer?.id,
    buyerName: said(shippingAddress?.name) ?? said(customer?.displayName),
    buyerEmail: said(email) ?? customer?.defaultEmailAddress?.emailAddress,
    buyerPhone: said(shippingAddress?.phone) ?? said(phone) ?? customer?.defaultPhoneNumber?.phoneNumber,
  };
}

function deliveryOf({ shippingAddress, shippingLine }: RemoteOrderHead): Pick<ExternalOrder, "city" | "address" | "deliveryMethod"> {
  const place = shippingAddress;
  const parts = [place?.address1, place?.address2, place?.city, place?.province, place?.zip, place?.country];
  return {
    city: said(place?.city),
    address: said(parts.flatMap((part) => said(part) ?? []).join(", ")),
    deliveryMethod: said(shippingLine?.title),
  };
}

function toLine(line: RemoteOrderLine): ExternalOrderLine {
  const { amount, currencyCode } = line.discountedUnitPriceAfterAllDiscountsSet.shopMoney;
  const variant = said(line.variantTitle);
  return {
    externalId: line.id,
    sku: said(line.sku),
    offerId: said(line.sku),
    productExternalId: line.variant?.id,
    barcode: said(line.variant?.barcode),
    name: variant === undefined ? line.title : `${line.title} · ${variant}`,
    quantity: line.quantity,
    cancelledQuantity: Math.min(Math.max(line.quantity - line.currentQuantity, 0), line.quantity),
    priceMinor: parseMinor(amount, currencyCode),
  };
}

const PRODUCT_STATUS: Readonly<Record<string, ExternalProduct["status"]>> = { ACTIVE: "active", UNLISTED: "active", DRAFT: "inactive", ARCHIVED: "archived" };

/** A variant is a listing. Stock is that of the shop's primary location; what is not tracked there has none. @throws RangeError */
export function toProduct(variant: RemoteVariant, currency: string, location: string): ExternalProduct {
  const { product, inventoryItem: item } = variant;
  const level = item.inventoryLevel;
  const quantityOf = (name: string) => level?.quantities.find((entry) => entry.name === name)?.quantity;
  const available = quantityOf("available");
  const old = variant.compareAtPrice;
  return {
    externalId: variant.id,
    sku: said(variant.sku),
    offerId: said(variant.sku),
    name: product.title,
    imageUrl: product.featuredMedia?.preview?.image?.url,
    ...(said(variant.barcode) === undefined ? {} : { barcodes: [variant.barcode ?? ""] }),
    groupRef: product.id,
    ...(product.hasOnlyDefaultVariant ? {} : { variantName: variant.title }),
    status: PRODUCT_STATUS[product.status],
    url: product.onlineStoreUrl ?? undefined,
    ...(item.tracked && available !== undefined ? { stock: { available: Math.max(available, 0), reserved: Math.max(quantityOf("committed") ?? 0, 0) } } : {}),
    price: {
      amountMinor: parseMinor(variant.price, currency),
      ...(old === null || old === undefined ? {} : { oldMinor: parseMinor(old, currency) }),
      currency,
    },
    remoteContext: {
      product: product.id,
      item: item.id,
      location,
      tracked: item.tracked ? "1" : "0",
      stocked: level === null || level === undefined ? "0" : "1",
      // Sold below zero: what is compared with is the service's own figure.
      ...(available !== undefined && available < 0 ? { available: String(available) } : {}),
      currency,
    },
  };
}
