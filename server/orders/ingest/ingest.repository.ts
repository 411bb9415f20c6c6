import { storableJson } from "@/lib/storable-json";
import type { Scope } from "@/server/platform/transaction";
import type { ChangeState, OrderState } from "../schema";

/** Rows travel as one JSON parameter a statement: any number of rows, one plan. */
const asJson = (rows: readonly unknown[]) => storableJson(rows);

export interface OrderSource {
  readonly id: string;
  readonly organizationId: string;
}

export interface OrderRow {
  readonly id: string;
  readonly externalId: string;
  readonly number: string;
  readonly groupNumber: string | null;
  readonly recordNumber: string | null;
  readonly fulfilment: string;
  readonly state: OrderState;
  readonly remoteState: string;
  readonly remoteStateName: string | null;
  readonly placedAt: Date;
  readonly versionAt: Date;
  readonly sourceHash: string;
  readonly shipBy: Date | null;
  readonly paidAt: Date | null;
  readonly shippedAt: Date | null;
  readonly deliveredAt: Date | null;
  readonly cancelledAt: Date | null;
  readonly cancelReason: string | null;
  readonly payment: string | null;
  readonly buyerRef: string | null;
  readonly buyerName: string | null;
  readonly buyerPhone: string | null;
  readonly buyerEmail: string | null;
  readonly city: string | null;
  readonly address: string | null;
  readonly deliveryMethod: string | null;
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  readonly currency: string;
  /** Digits: JSON has no bigint. */
  readonly totalMinor: string;
  readonly pieces: number;
  readonly comment: string | null;
  readonly remoteContext: Readonly<Record<string, string>>;
}

/** Rows must come in one fixed order, so that two ingests never deadlock. Existing orders stay untouched. @returns the external ids of new ones. */
export async function insertMissingOrders(scope: Scope, source: OrderSource, rows: readonly OrderRow[]): Promise<Set<string>> {
  const inserted = await scope.db.$queryRaw<{ externalId: string }[]>`
    INSERT INTO sales_order (id, workspace_id, organization_id, connection_id, external_id, number, group_number, record_number, fulfilment, state, remote_state, remote_state_name, placed_at, source_version_at, source_hash,
      ship_by, paid_at, shipped_at, delivered_at, cancelled_at, cancel_reason, payment, buyer_ref, buyer_name, buyer_phone, buyer_email, city, address, delivery_method, carrier, tracking_number,
      currency, total_minor, pieces, comment, remote_context, updated_at)
    SELECT r.id, ${scope.workspaceId}::uuid, ${source.organizationId}::uuid, ${source.id}::uuid, r."externalId", r.number, r."groupNumber", r."recordNumber", r.fulfilment, r.state::order_state, r."remoteState", r."remoteStateName", r."placedAt",
      r."versionAt", r."sourceHash", r."shipBy", r."paidAt", r."shippedAt", r."deliveredAt", r."cancelledAt", r."cancelReason", r.payment, r."buyerRef", r."buyerName", r."buyerPhone", r."buyerEmail", r.city, r.address,
      r."deliveryMethod", r.carrier, r."trackingNumber", r.currency, r."totalMinor", r.pieces, r.comment, r."remoteContext", now()
    FROM json_to_recordset(${asJson(rows)}::json) AS r(id uuid, "externalId" text, number text, "groupNumber" text, "recordNumber" text, fulfilment text, state text, "remoteState" text, "remoteStateName" text, "placedAt" timestamptz,
      "versionAt" timestamptz, "sourceHash" text, "shipBy" timestamptz, "paidAt" timestamptz, "shippedAt" timestamptz, "deliveredAt" timestamptz, "cancelledAt" timestamptz, "cancelReason" text, payment text, "buyerRef" text,
      "buyerName" text, "buyerPhone" text, "buyerEmail" text, city text, address text, "deliveryMethod" text, carrier text, "trackingNumber" text, currency text, "totalMinor" bigint, pieces integer, comment text, "remoteContext" jsonb)
    ON CONFLICT (connection_id, external_id) DO NOTHING RETURNING external_id AS "externalId"`;
  return new Set(inserted.map(({ externalId }) => externalId));
}

export interface LockedOrder {
  readonly id: string;
  readonly externalId: string;
  readonly sourceVersionAt: Date;
  readonly sourceHash: string;
  readonly state: OrderState;
  readonly remoteState: string;
  readonly remoteStateName: string | null;
  readonly payment: string | null;
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  readonly pieces: number;
  readonly isShort: boolean;
}

/** Locks in the order of the source's ids; whoever writes an order, its lines or its changes holds its row. */
export async function lockOrders(scope: Scope, connectionId: string, externalIds: readonly string[]): Promise<LockedOrder[]> {
  return scope.db.$queryRaw<LockedOrder[]>`
    SELECT id, external_id AS "externalId", source_version_at AS "sourceVersionAt", source_hash AS "sourceHash", state::text AS state, remote_state AS "remoteState", remote_state_name AS "remoteStateName", payment, carrier,
      tracking_number AS "trackingNumber", pieces, is_short AS "isShort"
    FROM sales_order WHERE workspace_id = ${scope.workspaceId}::uuid AND connection_id = ${connectionId}::uuid AND external_id = ANY(${[...externalIds]}::text[])
    ORDER BY external_id FOR NO KEY UPDATE`;
}

/** The service tells an order whole. What it stops telling with time (who the buyer was, when something happened) is kept. */
export async function updateOrders(scope: Scope, rows: readonly OrderRow[]): Promise<void> {
  await scope.db.$executeRaw`
    UPDATE sales_order o SET number = r.number, group_number = r."groupNumber", record_number = r."recordNumber", fulfilment = r.fulfilment, state = r.state::order_state, remote_state = r."remoteState", remote_state_name = r."remoteStateName", placed_at = r."placedAt",
      source_version_at = r."versionAt", source_hash = r."sourceHash", ship_by = r."shipBy", paid_at = coalesce(r."paidAt", o.paid_at), shipped_at = coalesce(r."shippedAt", o.shipped_at),
      delivered_at = coalesce(r."deliveredAt", o.delivered_at), cancelled_at = coalesce(r."cancelledAt", o.cancelled_at), cancel_reason = r."cancelReason", payment = coalesce(r.payment, o.payment),
      buyer_ref = coalesce(r."buyerRef", o.buyer_ref), buyer_name = coalesce(r."buyerName", o.buyer_name), buyer_phone = coalesce(r."buyerPhone", o.buyer_phone), buyer_email = coalesce(r."buyerEmail", o.buyer_email),
      city = coalesce(r.city, o.city), address = coalesce(r.address, o.address), delivery_method = r."deliveryMethod", carrier = r.carrier, tracking_number = r."trackingNumber", currency = r.currency, total_minor = r."totalMinor",
      pieces = r.pieces, comment = r.comment, remote_context = r."remoteContext", updated_at = now()
    FROM json_to_recordset(${asJson(rows)}::json) AS r(id uuid, number text, "groupNumber" text, "recordNumber" text, fulfilment text, state text, "remoteState" text, "remoteStateName" text, "placedAt" timestamptz,
      "versionAt" timestamptz, "sourceHash" text, "shipBy" timestamptz, "paidAt" timestamptz, "shippedAt" timestamptz, "deliveredAt" timestamptz, "cancelledAt" timestamptz, "cancelReason" text, payment text, "buyerRef" text,
      "buyerName" text, "buyerPhone" text, "buyerEmail" text, city text, address text, "deliveryMethod" text, carrier text, "trackingNumber" text, currency text, "totalMinor" bigint, pieces integer, comment text, "remoteContext" jsonb)
    WHERE o.workspace_id = ${scope.workspaceId}::uuid AND o.id = r.id`;
}

/** News that says nothing new still dates what is known: older news that comes after it counts for nothing. */
export async function dateOrders(scope: Scope, rows: readonly { readonly id: string; readonly versionAt: Date }[]): Promise<void> {
  if (rows.length === 0) return;
  await scope.db.$executeRaw`
    UPDATE sales_order o SET source_version_at = r."versionAt" FROM json_to_recordset(${asJson(rows)}::json) AS r(id uuid, "versionAt" timestamptz)
    WHERE o.workspace_id = ${scope.workspaceId}::uuid AND o.id = r.id`;
}

export interface LineRow {
  readonly id: string;
  readonly orderId: string;
  readonly externalId: string;
  readonly position: number;
  readonly sku: string | null;
  readonly offerId: string | null;
  readonly productExternalId: string | null;
  readonly barcode: string | null;
  readonly name: string;
  readonly quantity: number;
  readonly cancelledQuantity: number;
  readonly priceMinor: string;
}

/** Lines whose order is locked. @returns every written line's id. */
export async function upsertLines(scope: Scope, rows: readonly LineRow[]): Promise<{ id: string; orderId: string; externalId: string }[]> {
  return scope.db.$queryRaw<{ id: string; orderId: string; externalId: string }[]>`
    INSERT INTO order_line (id, workspace_id, order_id, external_id, position, sku, offer_id, product_external_id, barcode, name, quantity, cancelled_quantity, price_minor)
    SELECT r.id, ${scope.workspaceId}::uuid, r."orderId", r."externalId", r.position, r.sku, r."offerId", r."productExternalId", r.barcode, r.name, r.quantity, r."cancelledQuantity", r."priceMinor"
    FROM json_to_recordset(${asJson(rows)}::json) AS r(id uuid, "orderId" uuid, "externalId" text, position integer, sku text, "offerId" text, "productExternalId" text, barcode text, name text, quantity integer,
      "cancelledQuantity" integer, "priceMinor" bigint)
    ON CONFLICT (order_id, external_id) DO UPDATE SET position = EXCLUDED.position, sku = EXCLUDED.sku, offer_id = EXCLUDED.offer_id, product_external_id = EXCLUDED.product_external_id, barcode = EXCLUDED.barcode,
      name = EXCLUDED.name, quantity = EXCLUDED.quantity, cancelled_quantity = EXCLUDED.cancelled_quantity, price_minor = EXCLUDED.price_minor
    RETURNING id, order_id AS "orderId", external_id AS "externalId"`;
}

/** Lines the service no longer tells of. @returns them: what they hold has to be let go. */
export async function deleteOtherLines(scope: Scope, orderIds: readonly string[], kept: readonly string[]): Promise<{ id: string; orderId: string }[]> {
  if (orderIds.length === 0) return [];
  return scope.db.$queryRaw<{ id: string; orderId: string }[]>`
    DELETE FROM order_line WHERE workspace_id = ${scope.workspaceId}::uuid AND order_id = ANY(${[...orderIds]}::uuid[]) AND id <> ALL(${[...kept]}::uuid[]) RETURNING id, order_id AS "orderId"`;
}

export interface EventRow {
  readonly id: string;
  readonly orderId: string;
  readonly at: Date;
  readonly actorKind: "user" | "system" | "service";
  readonly actorId?: string | undefined;
  readonly type: string;
  readonly data: Readonly<Record<string, string | number | null>>;
}

export async function insertEvents(scope: Scope, rows: readonly EventRow[]): Promise<void> {
  if (rows.length === 0) return;
  await scope.db.$executeRaw`
    INSERT INTO order_event (id, workspace_id, order_id, at, actor_kind, actor_id, type, data)
    SELECT r.id, ${scope.workspaceId}::uuid, r."orderId", r.at, r."actorKind", r."actorId", r.type, r.data
    FROM json_to_recordset(${asJson(rows)}::json) AS r(id uuid, "orderId" uuid, at timestamptz, "actorKind" text, "actorId" uuid, type text, data jsonb)`;
}

export async function readStateMapping(scope: Scope, connectionId: string): Promise<Map<string, OrderState>> {
  const rows = await scope.db.orderStateMapping.findMany({
    where: { workspaceId: scope.workspaceId, connectionId },
    select: { remoteState: true, state: true },
  });
  return new Map(rows.map(({ remoteState, state }) => [remoteState, state]));
}

/** Which of the orders want more than there is; the others of them do not. @returns those whose word changed. */
export async function markShort(scope: Scope, orderIds: readonly string[], short: readonly string[]): Promise<{ id: string; isShort: boolean }[]> {
  if (orderIds.length === 0) return [];
  return scope.db.$queryRaw<{ id: string; isShort: boolean }[]>`
    UPDATE sales_order SET is_short = (id = ANY(${[...short]}::uuid[])), updated_at = now()
    WHERE workspace_id = ${scope.workspaceId}::uuid AND id = ANY(${[...orderIds]}::uuid[]) AND is_short <> (id = ANY(${[...short]}::uuid[])) RETURNING id, is_short AS "isShort"`;
}

export async function matchLines(scope: Scope, matched: readonly { readonly lineId: string; readonly variantId: string }[]): Promise<void> {
  if (matched.length === 0) return;
  await scope.db.$executeRaw`
    UPDATE order_line l SET variant_id = r."variantId" FROM json_to_recordset(${asJson(matched)}::json) AS r("lineId" uuid, "variantId" uuid)
    WHERE l.workspace_id = ${scope.workspaceId}::uuid AND l.id = r."lineId" AND l.variant_id IS DISTINCT FROM r."variantId"`;
}

export interface OpenChange {
  readonly id: string;
  readonly orderId: string;
  readonly transitionId: string;
  readonly fields: unknown;
  readonly facts: unknown;
  readonly action: string;
  readonly state: ChangeState;
  readonly generation: number;
}

/** Changes of these locked orders that the service may show as carried out. One that is on its way waits for its own answer. */
export async function listProvableChanges(scope: Scope, orderIds: readonly string[]): Promise<OpenChange[]> {
  return scope.db.$queryRaw<OpenChange[]>`
    SELECT id, order_id AS "orderId", transition_id AS "transitionId", fields, facts, action, state::text AS state, generation FROM order_change
    WHERE workspace_id = ${scope.workspaceId}::uuid AND order_id = ANY(${[...orderIds]}::uuid[]) AND state IN ('accepted', 'unknown') ORDER BY order_id, requested_at, id`;
}
