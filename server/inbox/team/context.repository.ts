import type { Viewer } from "@/server/access/index";
import { Prisma } from "@/server/platform/generated/client";
import type { Scope } from "@/server/platform/transaction";
import type { ConversationStatus } from "../schema";
import { visibleTo } from "../visibility.repository";

export interface ContextRow {
  readonly id: string;
  readonly connectionId: string;
  readonly buyerName: string | null;
  readonly buyerRef: string | null;
  readonly orderNumber: string | null;
  readonly sku: string | null;
  readonly productName: string | null;
}

export async function findContext(scope: Scope, viewer: Viewer, conversationId: string): Promise<ContextRow | null> {
  const [row] = await scope.db.$queryRaw<ContextRow[]>(Prisma.sql`
    SELECT c.id, c.connection_id AS "connectionId", c.buyer_name AS "buyerName", c.buyer_ref AS "buyerRef", c.order_number AS "orderNumber", c.sku, c.product_name AS "productName"
    FROM conversation c WHERE c.workspace_id = ${scope.workspaceId}::uuid AND c.id = ${conversationId}::uuid AND ${visibleTo(viewer)}`);
  return row ?? null;
}

export interface EarlierRow {
  readonly id: string;
  readonly channel: string;
  readonly status: ConversationStatus;
  readonly orderNumber: string | null;
  readonly productName: string | null;
  readonly rating: number | null;
  readonly lastMessageAt: Date;
  readonly lastMessagePreview: string;
}

/** The same buyer's other conversations at the same shop, newest first. */
export async function listEarlier(
  scope: Scope,
  viewer: Viewer,
  of: { id: string; connectionId: string; buyerRef: string },
  limit: number,
): Promise<EarlierRow[]> {
  return scope.db.$queryRaw<EarlierRow[]>(Prisma.sql`
    SELECT c.id, c.channel, c.status::text AS status, c.order_number AS "orderNumber", c.product_name AS "productName", c.rating, c.last_message_at AS "lastMessageAt",
      c.last_message_preview AS "lastMessagePreview"
    FROM conversation c WHERE c.workspace_id = ${scope.workspaceId}::uuid AND c.connection_id = ${of.connectionId}::uuid AND c.buyer_ref = ${of.buyerRef} AND c.id <> ${of.id}::uuid AND ${visibleTo(viewer)}
    ORDER BY c.last_message_at DESC, c.id DESC LIMIT ${limit}`);
}

export async function findProduct({ workspaceId, db }: Scope, connectionId: string, sku: string) {
  return db.product.findFirst({
    where: { workspaceId, connectionId, sku },
    orderBy: { updatedAt: "desc" },
    select: { sku: true, name: true, offerId: true, imageUrl: true },
  });
}

export interface OrderLineRow {
  readonly id: string;
  readonly kind: string;
  readonly date: string;
  readonly quantity: number;
  readonly revenueMinor: bigint;
  readonly currency: string;
  readonly sku: string | null;
  readonly productName: string | null;
}

/** What an order brought, by day. */
export async function listOrderLines(scope: Scope, orderNumber: string, limit: number): Promise<OrderLineRow[]> {
  return scope.db.$queryRaw<OrderLineRow[]>`
    SELECT id, kind::text AS kind, date::text AS date, quantity, revenue_minor AS "revenueMinor", currency, sku, product_name AS "productName" FROM sale_line
    WHERE workspace_id = ${scope.workspaceId}::uuid AND order_number = ${orderNumber} ORDER BY date, id LIMIT ${limit}`;
}
