import { ConnectorError } from "../../../contract/errors";
import type { ExternalOrder, OrderChange, OrderFacts, OrderTransition } from "../../../contract/orders";
import { refuse } from "../../../contract/outgoing";
import type { ConnectorContext } from "../../../contract/ports";
import { type ShopifyClient, shopifyClient } from "../client";
import { mayChange } from "../facts";
import { cancelSchema, fulfilmentOrdersSchema, shipSchema, trackSchema, type UserError } from "../schemas";
import { everyNode } from "./every-node";

/** Shopify's own reasons, in the words of its admin. */
const REASONS = [
  { value: "CUSTOMER", label: "Customer changed or canceled order" },
  { value: "INVENTORY", label: "Items unavailable" },
  { value: "DECLINED", label: "Payment declined" },
  { value: "FRAUD", label: "Fraudulent order" },
  { value: "STAFF", label: "Staff error" },
  { value: "OTHER", label: "Other" },
] as const;
const MOST_NOTE = 255;
const SHIPPABLE = new Set(["UNFULFILLED", "OPEN", "IN_PROGRESS", "PENDING_FULFILLMENT", "PARTIALLY_FULFILLED"]);
const CANCELLABLE = new Set(["UNFULFILLED", "OPEN", "SCHEDULED", "ON_HOLD", "IN_PROGRESS", "PENDING_FULFILLMENT", "REQUEST_DECLINED"]);
const TRACKED = new Set(["PARTIALLY_FULFILLED", "FULFILLED", "FULFILLED/DELIVERED", "FULFILLED/RETURNED"]);

const SHIP: OrderTransition = {
  id: "ship",
  action: "ship",
  to: "shipped",
  fields: [
    { name: "trackingNumber", required: false },
    { name: "carrier", required: false },
  ],
};
const TRACK: OrderTransition = {
  id: "track",
  action: "set_tracking",
  fields: [
    { name: "trackingNumber", required: true },
    { name: "carrier", required: false },
  ],
};
const CANCEL: OrderTransition = {
  id: "cancel",
  action: "cancel",
  to: "cancelled",
  consequence: "refunds_buyer",
  fields: [
    { name: "reason", required: true, options: REASONS },
    { name: "comment", required: false },
  ],
};

export function transitions(order: OrderFacts, facts: Readonly<Record<string, unknown>>): readonly OrderTransition[] {
  const { remoteState, remoteContext } = order;
  const canShip = mayChange(facts, "write_merchant_managed_fulfillment_orders");
  return [
    ...(canShip && SHIPPABLE.has(remoteState) ? [SHIP] : []),
    ...(canShip && TRACKED.has(remoteState) && remoteContext["fulfilment"] !== undefined ? [TRACK] : []),
    ...(mayChange(facts, "write_orders") && CANCELLABLE.has(remoteState) ? [CANCEL] : []),
  ];
}

export async function change(context: ConnectorContext, wanted: OrderChange): Promise<void> {
  const client = shopifyClient(context);
  switch (wanted.transitionId) {
    case "ship":
      return ship(client, wanted);
    case "track":
      return track(client, wanted);
    case "cancel":
      return cancel(client, wanted);
    default:
      return refuse("shopify.unknown_change", { id: wanted.transitionId.slice(0, 100) });
  }
}

/** Cancelling shows at once; shipping and tracking by what the order then carries. */
export function hasTaken(found: ExternalOrder, { transitionId, fields }: OrderChange): boolean {
  const wanted = fieldOf(fields, "trackingNumber");
  switch (transitionId) {
    case "ship":
      return found.remoteState.startsWith("FULFILLED") && (wanted === undefined || found.trackingNumber === wanted);
    case "track":
      return found.trackingNumber === wanted;
    case "cancel":
      return found.remoteState === "CANCELLED";
    default:
      return false;
  }
}

function fieldOf(fields: Readonly<Record<string, string>>, name: string): string | undefined {
  const value = (fields[name] ?? "").trim();
  return value === "" ? undefined : value;
}

function trackingOf(fields: Readonly<Record<string, string>>): { readonly company?: string; readonly number?: string } {
  const [number, company] = [fieldOf(fields, "trackingNumber"), fieldOf(fields, "carrier")];
  return { ...(company === undefined ? {} : { company }), ...(number === undefined ? {} : { number }) };
}

/**
 * All that is still to be shipped, a fulfilment per location. What is open is asked for right before: what an earlier try has shipped is
 * not shipped again.
 */
async function ship(client: ShopifyClient, { order, fields }: OrderChange): Promise<void> {
  const all = await everyNode(undefined, async (after) => {
    const { data } = await client.query("FulfilmentOrders", { id: order.externalId, after }, fulfilmentOrdersSchema);
    if (data.order === null) throw new ConnectorError("not-found");
    return data.order.fulfillmentOrders;
  });
  const byLocation = new Map<string, string[]>();
  for (const { id, supportedActions, assignedLocation } of all) {
    if (!supportedActions.some(({ action }) => action === "CREATE_FULFILLMENT")) continue;
    const location = assignedLocation.location?.id ?? "";
    byLocation.set(location, [...(byLocation.get(location) ?? []), id]);
  }
  if (byLocation.size === 0) refuse("shopify.nothing_to_ship");
  const tracking = trackingOf(fields);
  for (const ids of byLocation.values()) {
    const fulfillment = {
      lineItemsByFulfillmentOrder: ids.map((fulfillmentOrderId) => ({ fulfillmentOrderId })),
      notifyCustomer: true,
      ...(Object.keys(tracking).length === 0 ? {} : { trackingInfo: tracking }),
    };
    const { fulfillmentCreate: answer } = await client.mutate("Ship", { fulfillment }, shipSchema);
    check("Ship", answer?.fulfillment, answer?.userErrors);
  }
}

async function track(client: ShopifyClient, { order, fields }: OrderChange): Promise<void> {
  const id = order.remoteContext["fulfilment"];
  if (fieldOf(fields, "trackingNumber") === undefined) refuse("shopify.tracking_missing");
  if (id === undefined) return refuse("shopify.nothing_shipped");
  const { fulfillmentTrackingInfoUpdate: answer } = await client.mutate("Track", { id, tracking: trackingOf(fields) }, trackSchema);
  check("Track", answer?.fulfillment, answer?.userErrors);
}

/** Stock goes back to the shelf, the buyer is told, and what was paid goes back the way it came, as the admin does by default. */
async function cancel(client: ShopifyClient, { order, fields }: OrderChange): Promise<void> {
  const reason = fieldOf(fields, "reason");
  if (!REASONS.some(({ value }) => value === reason)) refuse("shopify.reason_missing");
  const note = fieldOf(fields, "comment");
  const length = [...(note ?? "")].length;
  if (length > MOST_NOTE) refuse("shopify.note_too_long", { max: MOST_NOTE, length });
  const variables = {
    id: order.externalId,
    reason,
    note: note ?? null,
    refundMethod: order.remoteContext["paid"] === "1" ? { originalPaymentMethodsRefund: true } : null,
  };
  const { orderCancel: answer } = await client.mutate("Cancel", variables, cancelSchema);
  check("Cancel", answer?.job, answer?.orderCancelUserErrors);
}

/** A refusal in the service's own words. @throws ConnectorError `shopify.change_refused`. */
function check(method: string, made: unknown, errors: readonly UserError[] | undefined): void {
  const words = (errors ?? []).map(({ message }) => message).join("; ");
  if (words !== "") throw new ConnectorError("invalid", "shopify.change_refused", { params: { reason: words.slice(0, 300) }, remoteText: words.slice(0, 500) });
  if (made === null || made === undefined) throw new ConnectorError("malformed", undefined, { params: { method }, mayHaveTakenEffect: true });
}
