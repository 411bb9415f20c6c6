import type { Viewer } from "@/server/access/index";
import { visibleTo } from "@/server/inbox/index";
import { Prisma } from "@/server/platform/generated/client";
import type { Scope } from "@/server/platform/transaction";
import type { OrderConversation, OrderLineView, OrderSale, OrderState } from "../schema";
import { AROUND, SUMMARY, type SummaryRow } from "./list.repository";

export interface DetailRow extends SummaryRow {
  readonly paidAt: Date | null;
  readonly shippedAt: Date | null;
  readonly deliveredAt: Date | null;
  readonly cancelledAt: Date | null;
  readonly cancelReason: string | null;
  readonly buyerPhone: string | null;
  readonly buyerEmail: string | null;
  readonly address: string | null;
  readonly shipmentStatus: string | null;
  readonly shipmentStatusUpdatedAt: Date | null;
  readonly comment: string | null;
  readonly note: string | null;
  readonly sourceVersionAt: Date;
}

export async function findDetail(scope: Scope, orderId: string): Promise<DetailRow | null> {
  const [row] = await scope.db.$queryRaw<DetailRow[]>(Prisma.sql`
    SELECT ${SUMMARY}, o.paid_at AS "paidAt", o.shipped_at AS "shippedAt", o.delivered_at AS "deliveredAt", o.cancelled_at AS "cancelledAt", o.cancel_reason AS "cancelReason", o.buyer_phone AS "buyerPhone",
      o.buyer_email AS "buyerEmail", o.address, o.shipment_status AS "shipmentStatus", o.shipment_status_updated_at AS "shipmentStatusUpdatedAt", o.comment, o.note, o.source_version_at AS "sourceVersionAt"
    FROM sales_order o ${AROUND} WHERE o.workspace_id = ${scope.workspaceId}::uuid AND o.id = ${orderId}::uuid`);
  return row ?? null;
}

export async function listLines(scope: Scope, orderId: string): Promise<OrderLineView[]> {
  return scope.db.$queryRaw<OrderLineView[]>`
    SELECT l.id, l.external_id AS "externalId", l.sku, l.offer_id AS "offerId", l.barcode, l.name, l.quantity, l.cancelled_quantity AS "cancelledQuantity", l.price_minor AS "priceMinor", l.variant_id AS "variantId"
    FROM order_line l WHERE l.workspace_id = ${scope.workspaceId}::uuid AND l.order_id = ${orderId}::uuid ORDER BY l.position, l.external_id`;
}

export interface EventRow {
  readonly id: string;
  readonly at: Date;
  readonly actorKind: "user" | "system" | "service";
  readonly actorName: string | null;
  readonly type: string;
  readonly data: unknown;
}

/** Newest first. */
export async function listEvents(scope: Scope, orderId: string, limit: number): Promise<EventRow[]> {
  return scope.db.$queryRaw<EventRow[]>`
    SELECT e.id, e.at, e.actor_kind AS "actorKind", u.name AS "actorName", e.type, e.data FROM order_event e
    LEFT JOIN "user" u ON u.id = e.actor_id
    WHERE e.workspace_id = ${scope.workspaceId}::uuid AND e.order_id = ${orderId}::uuid ORDER BY e.at DESC, e.id DESC LIMIT ${limit}`;
}

export interface ListedChange {
  readonly id: string;
  readonly transitionId: string;
  readonly action: "confirm" | "pack" | "ship" | "deliver" | "cancel" | "set_tracking" | "set_state";
  readonly toState: OrderState | null;
  readonly fields: unknown;
  readonly requestedAt: Date;
  readonly requestedByName: string | null;
  readonly state: "queued" | "sending" | "accepted" | "confirmed" | "rejected" | "unknown";
  readonly attempts: number;
  readonly nextAt: Date | null;
  readonly settledAt: Date | null;
  readonly errorCode: string | null;
  readonly errorParams: unknown;
  readonly errorText: string | null;
}

/** Newest first. */
export async function listChanges(scope: Scope, orderId: string, limit: number): Promise<ListedChange[]> {
  return scope.db.$queryRaw<ListedChange[]>`
    SELECT h.id, h.transition_id AS "transitionId", h.action, h.to_state::text AS "toState", h.fields, h.requested_at AS "requestedAt", u.name AS "requestedByName", h.state::text AS state, h.attempts, h.next_at AS "nextAt",
      h.settled_at AS "settledAt", h.error_code AS "errorCode", h.error_params AS "errorParams", h.error_text AS "errorText"
    FROM order_change h LEFT JOIN "user" u ON u.id = h.requested_by
    WHERE h.workspace_id = ${scope.workspaceId}::uuid AND h.order_id = ${orderId}::uuid ORDER BY h.requested_at DESC, h.id LIMIT ${limit}`;
}

/** What the order brought, by day: lines of the same order at the same connection. */
export async function listSales(scope: Scope, connectionId: string, numbers: readonly string[], limit: number): Promise<OrderSale[]> {
  return scope.db.$queryRaw<OrderSale[]>`
    SELECT id, kind::text AS kind, date::text AS date, quantity, revenue_minor AS "revenueMinor", currency, sku, product_name AS "productName", is_preliminary AS "isPreliminary" FROM sale_line
    WHERE workspace_id = ${scope.workspaceId}::uuid AND connection_id = ${connectionId}::uuid AND order_number = ANY(${[...numbers]}::text[]) AND NOT is_superseded ORDER BY date, id LIMIT ${limit}`;
}

/** Conversations about the order, those in the viewer's sight. */
export async function listConversations(
  scope: Scope,
  viewer: Viewer,
  connectionId: string,
  numbers: readonly string[],
  limit: number,
): Promise<OrderConversation[]> {
  return scope.db.$queryRaw<OrderConversation[]>(Prisma.sql`
    SELECT c.id, c.channel, c.status::text AS status, c.last_message_at AS "lastMessageAt", c.last_message_preview AS "lastMessagePreview", c.waiting_since AS "waitingSince" FROM conversation c
    WHERE c.workspace_id = ${scope.workspaceId}::uuid AND c.connection_id = ${connectionId}::uuid AND c.order_number = ANY(${[...numbers]}::text[]) AND c.merged_into_id IS NULL AND ${visibleTo(viewer)}
    ORDER BY c.last_message_at DESC, c.id DESC LIMIT ${limit}`);
}

/** The other parts of the buyer's whole order. */
export async function listSiblings(scope: Scope, order: { readonly id: string; readonly connectionId: string; readonly groupNumber: string }, limit: number) {
  return scope.db.order.findMany({
    where: { workspaceId: scope.workspaceId, connectionId: order.connectionId, groupNumber: order.groupNumber, id: { not: order.id } },
    orderBy: [{ placedAt: "asc" }, { id: "asc" }],
    take: limit,
    select: { id: true, number: true, state: true },
  });
}

/** @returns whether the order is there. */
export async function saveNote(scope: Scope, orderId: string, note: string | null): Promise<boolean> {
  const { count } = await scope.db.order.updateMany({ where: { workspaceId: scope.workspaceId, id: orderId }, data: { note } });
  return count > 0;
}
