import { createHash } from "node:crypto";
import type { ExternalOrder, ExternalOrderLine } from "@/server/integrations/contract/orders";
import type { OrderState } from "./schema";

const MOST_PIECES = 2_147_483_647;

/** Why an order cannot be stored, or null. The text of `orders.<fault>` is the catalogue's. */
export function orderFault(order: ExternalOrder): string | null {
  if (order.externalId === "") return "order_without_id";
  if (!Number.isFinite(order.placedAt.getTime()) || !Number.isFinite(order.versionAt.getTime())) return "order_without_date";
  if (!/^[A-Z]{3}$/.test(order.currency)) return "order_currency";
  if (new Set(order.lines.map((line) => line.externalId)).size !== order.lines.length) return "order_lines_repeat";
  return order.lines.some(isBadLine) ? "order_quantity" : null;
}

function isBadLine({ quantity, cancelledQuantity }: ExternalOrderLine): boolean {
  return [quantity, cancelledQuantity].some((count) => !Number.isSafeInteger(count) || count < 0 || count > MOST_PIECES) || cancelledQuantity > quantity;
}

const instant = (at: Date | undefined) => at?.getTime() ?? null;

/** Over every field of the source but its version: an unchanged repeat has the same, whenever it was told. */
export function sourceHash(order: ExternalOrder): string {
  const { lines, versionAt: _versionAt, placedAt, shipBy, paidAt, shippedAt, deliveredAt, cancelledAt, remoteContext, totalMinor, ...texts } = order;
  const moments = [placedAt, shipBy, paidAt, shippedAt, deliveredAt, cancelledAt].map(instant);
  const plain = Object.entries(texts)
    .filter(([, value]) => value !== undefined)
    .sort(byKey);
  const context = Object.entries(remoteContext ?? {}).sort(byKey);
  const goods = lines.map((line) =>
    Object.entries(line)
      .filter(([, value]) => value !== undefined)
      .sort(byKey)
      .map(([key, value]) => [key, String(value)]),
  );
  return createHash("sha256")
    .update(JSON.stringify([plain, moments, String(totalMinor), context, goods]))
    .digest("base64url");
}

function byKey([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}

/** Pieces that are still wanted. */
export function piecesOf(lines: readonly Pick<ExternalOrderLine, "quantity" | "cancelledQuantity">[]): number {
  return lines.reduce((sum, line) => sum + line.quantity - line.cancelledQuantity, 0);
}

/** How an order stood before news of it, as far as the timeline tells of it. */
export interface KnownOrder {
  readonly state: OrderState;
  readonly remoteState: string;
  readonly remoteStateName: string | null;
  readonly payment: string | null;
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  readonly pieces: number;
}

/** A line of the timeline that tells of the service's own doing. */
export interface ToldEvent {
  readonly type: "placed" | "state" | "payment" | "shipment" | "lines";
  readonly at: Date;
  readonly data: Readonly<Record<string, string | number | null>>;
}

/** What the timeline tells of an order we had not seen. */
export function firstEvents(order: ExternalOrder, state: OrderState): ToldEvent[] {
  const placed: ToldEvent = { type: "placed", at: order.placedAt, data: { number: order.number } };
  if (state === "new") return [placed];
  return [placed, { type: "state", at: later(order.versionAt, order.placedAt), data: { from: null, to: state, remote: wordOf(order) } }];
}

/** What the timeline tells of news: only what changed. */
export function newEvents(before: KnownOrder, order: ExternalOrder, state: OrderState): ToldEvent[] {
  const at = order.versionAt;
  const events: ToldEvent[] = [];
  if (before.state !== state || before.remoteState !== order.remoteState)
    events.push({ type: "state", at, data: { from: before.state, to: state, remote: wordOf(order), reason: order.cancelReason ?? null } });
  if (order.payment !== undefined && order.payment !== before.payment)
    events.push({ type: "payment", at: order.paidAt ?? at, data: { from: before.payment, to: order.payment } });
  const carrier = order.carrier ?? null;
  const tracking = order.trackingNumber ?? null;
  if (tracking !== before.trackingNumber || carrier !== before.carrier) events.push({ type: "shipment", at, data: { carrier, tracking } });
  const pieces = piecesOf(order.lines);
  if (pieces !== before.pieces) events.push({ type: "lines", at, data: { from: before.pieces, to: pieces } });
  return events;
}

const later = (one: Date, other: Date) => (one > other ? one : other);
const wordOf = (order: ExternalOrder) => order.remoteStateName ?? order.remoteState;
