import type { Scope } from "@/server/platform/transaction";

export interface OrderedLine {
  readonly orderId: string;
  readonly sku: string | null;
  readonly offerId: string | null;
  readonly name: string;
  readonly quantity: number;
  readonly cancelledQuantity: number;
  readonly priceMinor: bigint;
}

/** The lines of many orders, by order. */
export async function listLinesOf(scope: Scope, orderIds: readonly string[]): Promise<Map<string, OrderedLine[]>> {
  const rows = await scope.db.orderLine.findMany({
    where: { workspaceId: scope.workspaceId, orderId: { in: [...orderIds] } },
    orderBy: [{ orderId: "asc" }, { position: "asc" }, { externalId: "asc" }],
    select: { orderId: true, sku: true, offerId: true, name: true, quantity: true, cancelledQuantity: true, priceMinor: true },
  });
  return byOrder(rows);
}

function byOrder(rows: readonly OrderedLine[]): Map<string, OrderedLine[]> {
  const lines = new Map<string, OrderedLine[]>();
  for (const row of rows) lines.set(row.orderId, [...(lines.get(row.orderId) ?? []), row]);
  return lines;
}
