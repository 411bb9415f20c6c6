import { parseMinor } from "@/lib/money";
import type { DateWindow } from "../../contract/ports";
import type { ExternalSaleLine } from "../../contract/records";
import { kyivDay } from "./kyiv-time";
import { CURRENCY, publicItemId } from "./mapper";
import type { RemoteOrder, RemotePurchase } from "./schemas-orders";
import { stateOf } from "./statuses";

/**
 * A completed order is a sale on the day it was completed; what comes back after that is a return on the day the status said so.
 * What never was completed (refused, not fetched) is neither. Pure.
 */
const REMOVED = 0;
const RETURNED = 2;
const PARTLY = "68";

interface Moment {
  readonly status: string;
  readonly at: Date;
}

function historyOf(order: RemoteOrder): Moment[] {
  const told = order.order_status_history.flatMap(({ status_id: status, created: at }) => (at === undefined ? [] : [{ status, at }]));
  return told.sort((left, right) => left.at.getTime() - right.at.getTime());
}

function costOf(purchase: RemotePurchase): bigint {
  const whole = purchase.cost_with_discount ?? purchase.cost;
  if (whole !== undefined) return parseMinor(whole, CURRENCY);
  return parseMinor(purchase.price_with_discount ?? purchase.price, CURRENCY) * BigInt(purchase.quantity);
}

/** @returns lines inside the window (its end excluded). @throws RangeError when an amount is no decimal. */
export function toSaleLines(order: RemoteOrder, window: DateWindow): ExternalSaleLine[] {
  const history = historyOf(order);
  const completed = history.find(({ status }) => stateOf(status) === "delivered");
  if (completed === undefined) return [];
  const cameBack = history.find(({ status, at }) => stateOf(status) === "returned" && at >= completed.at);
  const isInside = (at: Date) => at >= window.from && at < window.to;
  return order.purchases.flatMap((purchase) => {
    // Of an order received in part, what is marked as returned never was received.
    if (purchase.status === REMOVED || (purchase.status === RETURNED && completed.status === PARTLY)) return [];
    const backAt = cameBack?.at ?? (purchase.status === RETURNED ? (order.changed ?? completed.at) : undefined);
    return [
      ...(isInside(completed.at) ? [lineOf(order, purchase, "sale", completed.at)] : []),
      ...(backAt !== undefined && isInside(backAt) ? [lineOf(order, purchase, "return", backAt)] : []),
    ];
  });
}

function lineOf(order: RemoteOrder, purchase: RemotePurchase, kind: "sale" | "return", at: Date): ExternalSaleLine {
  const sign = kind === "sale" ? 1 : -1;
  const name = purchase.item_name ?? purchase.item?.name_ua ?? purchase.item?.name;
  return {
    externalId: `${order.id}:${purchase.id}:${kind}`,
    kind,
    date: kyivDay(at),
    quantity: sign * purchase.quantity,
    revenueMinor: BigInt(sign) * costOf(purchase),
    feesMinor: 0n,
    currency: CURRENCY,
    description: name ?? order.id,
    orderNumber: order.id,
    sku: publicItemId(purchase),
    offerId: purchase.item?.price_offer_id,
    productName: name,
    isPreliminary: false,
    fees: [],
  };
}
