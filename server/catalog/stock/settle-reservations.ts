import type { OrderState } from "@/server/integrations/contract/orders";
import type { Scope } from "@/server/platform/transaction";
import { groupBy } from "../group-by";
import { lockVariants, shareCatalog } from "../lock.repository";
import { type LineRef, matchLines } from "../matching/match.repository";
import { claimOf, type Held, heldAfter, normaliseArticle } from "../rules";
import { applyReservations, type ReservationChange, variantsOf } from "./apply-reservations";
import { findOrderReservations, findShortOrders, type ReservationRow } from "./reservations.repository";

export interface ReservingLine {
  readonly lineId: string;
  readonly productExternalId?: string | null;
  readonly connectionId: string;
  readonly sku: string | null;
  readonly offerId: string | null;
  readonly barcode: string | null;
  /** Still wanted: without cancelled pieces. */
  readonly quantity: number;
}

export interface ReservingOrder {
  readonly orderId: string;
  readonly state: OrderState;
  readonly fulfilment: string;
  /**
   * When it left, or was ordered, where that is known: an order first heard of after it left takes from the shelf only what was there
   * when the shelf was counted. Without it such an order takes nothing: it may be history.
   */
  readonly leftAt?: Date | null;
  /** All of the order's lines: what is not among them holds nothing any more. */
  readonly lines: readonly ReservingLine[];
}

export interface SettledReservations {
  /** Orders that want more pieces than there are. */
  readonly short: readonly string[];
  readonly matched: readonly { readonly lineId: string; readonly variantId: string }[];
}

/**
 * Makes the pieces kept for orders what their present states ask for, in the caller's transaction, which holds the orders' rows. Says of
 * each order how it is now; saying it again, or after other news of it, ends in the same shelves. Lines no variant is known for are
 * remembered and hold pieces as soon as one is.
 */
export async function settleReservations(scope: Scope, orders: readonly ReservingOrder[], now: Date): Promise<SettledReservations> {
  if (orders.length === 0) return { short: [], matched: [] };
  await shareCatalog(scope);
  const orderIds = orders.map((order) => order.orderId);
  const existing = new Map((await findOrderReservations(scope, orderIds)).map((row) => [row.lineId, row]));
  const matches = await matchLines(scope, orders.flatMap(refsOf));
  const variantOf = new Map(matches.map((match) => [match.lineId, match.variantId]));
  const before = [...existing.values()].flatMap((row) => row.variantId ?? []);
  const locked = await lockVariants(scope, [...before, ...variantOf.values()]);
  const countedAt = new Map(locked.map((variant) => [variant.id, variant.countedAt]));
  const changes: ReservationChange[] = [];
  for (const order of orders) {
    const claim = claimOf(order.state, order.fulfilment);
    for (const line of order.lines) {
      const row = existing.get(line.lineId) ?? null;
      const variantId = variantOf.get(line.lineId) ?? null;
      const counted = variantId === null ? null : (countedAt.get(variantId) ?? null);
      const after = heldAfter(row, { claim, quantity: line.quantity, variantId, leftAt: order.leftAt ?? null, countedAt: counted }, now);
      note(changes, row, after, order.orderId, line);
    }
  }
  changes.push(...linesGone(orders, existing));
  await applyReservations(scope, changes, locked.filter(isTouched(changes)), now);
  return { short: await findShortOrders(scope, orderIds), matched: matches };
}

function refsOf(order: ReservingOrder): LineRef[] {
  return order.lines.map((line) => ({
    lineId: line.lineId,
    connectionId: line.connectionId,
    productExternalId: line.productExternalId ?? null,
    sku: line.sku,
    offerId: line.offerId,
    article: normaliseArticle(line.offerId),
    barcode: line.barcode,
  }));
}

function note(changes: ReservationChange[], before: ReservationRow | null, after: Held | null, orderId: string, line: ReservingLine): void {
  if (after === null || (before !== null && isSame(before, after))) return;
  const { lineId, connectionId, sku, offerId, barcode } = line;
  changes.push({ before, after: { ...after, lineId, orderId, connectionId, productExternalId: line.productExternalId ?? null, sku, offerId, barcode } });
}

function isSame(a: Held, b: Held): boolean {
  return a.state === b.state && a.variantId === b.variantId && a.quantity === b.quantity;
}

function linesGone(orders: readonly ReservingOrder[], existing: ReadonlyMap<string, ReservationRow>): ReservationChange[] {
  const present = new Set(orders.flatMap((order) => order.lines.map((line) => line.lineId)));
  return [...existing.values()]
    .filter((row) => !present.has(row.lineId) && (row.state === "held" || row.state === "waiting"))
    .map((row) => ({ before: row, after: { ...row, state: "released" as const } }));
}

function isTouched(changes: readonly ReservationChange[]): (variant: { readonly id: string }) => boolean {
  const ids = groupBy(changes.flatMap(variantsOf), (id) => id);
  return (variant) => ids.has(variant.id);
}
