import type { Scope } from "@/server/platform/transaction";
import type { Held, ReservationState } from "../rules";

export interface ReservationRow extends Held {
  readonly lineId: string;
  readonly orderId: string;
  readonly connectionId: string;
  readonly productExternalId: string | null;
  readonly sku: string | null;
  readonly offerId: string | null;
  readonly barcode: string | null;
}

export async function findOrderReservations(scope: Scope, orderIds: readonly string[]): Promise<ReservationRow[]> {
  const rows = await scope.db.stockReservation.findMany({ where: { workspaceId: scope.workspaceId, orderId: { in: [...orderIds] } }, select: COLUMNS });
  return rows.map(toRow);
}

/** Lines whose variant may be another one now: those that wait for one, and those held for one of these variants. */
export async function findUnsettled(scope: Scope, variantIds: readonly string[]): Promise<ReservationRow[]> {
  const rows = await scope.db.stockReservation.findMany({
    where: { workspaceId: scope.workspaceId, OR: [{ state: "waiting" }, { state: "held", variantId: { in: [...variantIds] } }] },
    select: COLUMNS,
  });
  return rows.map(toRow);
}

const COLUMNS = {
  orderLineId: true,
  orderId: true,
  connectionId: true,
  productExternalId: true,
  sku: true,
  offerId: true,
  barcode: true,
  variantId: true,
  quantity: true,
  state: true,
  reservedAt: true,
} as const;

type Selected = Omit<ReservationRow, "lineId" | "state"> & { readonly orderLineId: string; readonly state: string };

function toRow({ orderLineId, state, ...rest }: Selected): ReservationRow {
  return { lineId: orderLineId, ...rest, state: asState(state) };
}

function asState(state: string): ReservationState {
  if (state === "waiting" || state === "held" || state === "shipped" || state === "released") return state;
  throw new Error(`a reservation cannot be ${state}`);
}

/** Rows must come in one fixed order. */
export async function writeReservations(scope: Scope, rows: readonly ReservationRow[]): Promise<void> {
  await scope.db.$executeRaw`
    INSERT INTO stock_reservation AS s (order_line_id, workspace_id, order_id, connection_id, product_external_id, sku, offer_id, barcode, variant_id,
      quantity, state, reserved_at, updated_at)
    SELECT r."lineId", ${scope.workspaceId}::uuid, r."orderId", r."connectionId", r."productExternalId", r.sku, r."offerId", r.barcode, r."variantId",
      r.quantity, r.state, r."reservedAt", now()
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS r("lineId" uuid, "orderId" uuid, "connectionId" uuid, "productExternalId" text, sku text,
      "offerId" text, barcode text, "variantId" uuid, quantity int, state text, "reservedAt" timestamptz)
    ON CONFLICT (order_line_id) DO UPDATE SET product_external_id = EXCLUDED.product_external_id, sku = EXCLUDED.sku, offer_id = EXCLUDED.offer_id,
      barcode = EXCLUDED.barcode, variant_id = EXCLUDED.variant_id, quantity = EXCLUDED.quantity, state = EXCLUDED.state,
      reserved_at = EXCLUDED.reserved_at, updated_at = now()
    WHERE s.workspace_id = ${scope.workspaceId}::uuid`;
}

export interface ShelfRow {
  readonly id: string;
  readonly onHand: number | null;
  readonly reserved: number;
}

export async function writeShelves(scope: Scope, shelves: readonly ShelfRow[]): Promise<void> {
  await scope.db.$executeRaw`
    UPDATE variant v SET on_hand = r."onHand", reserved = r.reserved, updated_at = now()
    FROM json_to_recordset(${JSON.stringify(shelves)}::json) AS r(id uuid, "onHand" int, reserved int)
    WHERE v.id = r.id AND v.workspace_id = ${scope.workspaceId}::uuid`;
}

export interface MovementRow {
  readonly id: string;
  readonly variantId: string;
  readonly kind: "counted" | "received" | "written_off" | "shipped" | "returned";
  /** Negative = left the shelf. */
  readonly quantity: number;
  readonly onHandAfter: number;
  readonly orderId?: string | null;
  readonly actorId?: string | null;
  readonly note?: string | null;
}

export async function addMovements(scope: Scope, movements: readonly MovementRow[], at: Date): Promise<void> {
  if (movements.length === 0) return;
  await scope.db.stockMovement.createMany({ data: movements.map((movement) => ({ ...movement, workspaceId: scope.workspaceId, at })) });
}

/** Of these orders, those a held line of which comes too late for what is on the shelf: first held, first served. */
export async function findShortOrders(scope: Scope, orderIds: readonly string[]): Promise<string[]> {
  if (orderIds.length === 0) return [];
  const rows = await scope.db.$queryRaw<{ orderId: string }[]>`
    WITH own AS (
      SELECT DISTINCT variant_id FROM stock_reservation
      WHERE workspace_id = ${scope.workspaceId}::uuid AND order_id = ANY(${[...orderIds]}::uuid[]) AND state = 'held'
    ), line AS (
      SELECT s.order_id, v.on_hand, sum(s.quantity) OVER (PARTITION BY s.variant_id ORDER BY s.reserved_at, s.order_line_id) AS upto
      FROM own JOIN variant v ON v.id = own.variant_id AND v.workspace_id = ${scope.workspaceId}::uuid AND v.on_hand < v.reserved
      JOIN stock_reservation s ON s.variant_id = v.id AND s.state = 'held' AND s.workspace_id = ${scope.workspaceId}::uuid
    )
    SELECT DISTINCT order_id AS "orderId" FROM line WHERE upto > on_hand AND order_id = ANY(${[...orderIds]}::uuid[]) ORDER BY 1`;
  return rows.map((row) => row.orderId);
}
