import { newId } from "@/lib/ids";
import { storable } from "@/lib/storable";
import type { ReservingLine } from "@/server/catalog/index";
import type { ExternalOrderLine } from "@/server/integrations/contract/orders";
import type { Scope } from "@/server/platform/transaction";
import { deleteOtherLines, upsertLines } from "./ingest.repository";
import type { LinedOrder, StockedOrder } from "./settle-stock";

const ROWS_PER_STATEMENT = 5_000;

const text = (value: string | undefined) => (value === undefined || value.trim() === "" ? null : storable(value).trim());

/** Stores the lines of locked orders as the service tells them; lines it no longer tells of are gone. @returns what the stock is settled by. */
export async function writeLines(scope: Scope, connectionId: string, orders: readonly LinedOrder[]): Promise<StockedOrder[]> {
  const rows = orders.flatMap(({ orderId, order }) => order.lines.map((line, position) => rowOf(orderId, line, position)));
  const ids = new Map<string, string>();
  for (let at = 0; at < rows.length; at += ROWS_PER_STATEMENT)
    for (const { id, orderId, externalId } of await upsertLines(scope, rows.slice(at, at + ROWS_PER_STATEMENT))) ids.set(`${orderId} ${externalId}`, id);
  const known = orders.filter(({ isNew }) => !isNew).map(({ orderId }) => orderId);
  const gone = await deleteOtherLines(scope, known, [...ids.values()]);
  return orders.map(({ order, orderId, state }) => ({
    orderId,
    state,
    fulfilment: order.fulfilment,
    // An order first heard of when it has left already takes from the shelf what was there then.
    leftAt: order.shippedAt ?? order.placedAt,
    lines: [
      ...order.lines.flatMap((line) => reserving(ids.get(`${orderId} ${line.externalId}`), connectionId, line)),
      ...gone.filter((line) => line.orderId === orderId).map(({ id }) => nothingOf(id, connectionId)),
    ],
  }));
}

function reserving(lineId: string | undefined, connectionId: string, line: ExternalOrderLine): ReservingLine[] {
  if (lineId === undefined) return [];
  const { productExternalId, sku, offerId, barcode, quantity, cancelledQuantity } = line;
  return [
    {
      lineId,
      connectionId,
      productExternalId: productExternalId ?? null,
      sku: text(sku),
      offerId: text(offerId),
      barcode: text(barcode),
      quantity: quantity - cancelledQuantity,
    },
  ];
}

/** A line that is gone wants nothing: whatever was held for it is let go. */
function nothingOf(lineId: string, connectionId: string): ReservingLine {
  return { lineId, connectionId, productExternalId: null, sku: null, offerId: null, barcode: null, quantity: 0 };
}

function rowOf(orderId: string, line: ExternalOrderLine, position: number) {
  return {
    id: newId(),
    orderId,
    externalId: line.externalId,
    position,
    sku: text(line.sku),
    offerId: text(line.offerId),
    productExternalId: text(line.productExternalId),
    barcode: text(line.barcode),
    name: storable(line.name).trim(),
    quantity: line.quantity,
    cancelledQuantity: line.cancelledQuantity,
    priceMinor: String(line.priceMinor),
  };
}
