import { Prisma } from "@/server/platform/generated/client";
import type { Scope } from "@/server/platform/transaction";
import type { ListVariantsInput, VariantShow } from "../schema";

export interface VariantRecord {
  readonly id: string;
  readonly sku: string;
  readonly name: string;
  readonly groupName: string | null;
  readonly imageUrl: string | null;
  readonly barcodes: string[];
  readonly onHand: number | null;
  readonly reserved: number;
  readonly archivedAt: Date | null;
  readonly countedAt: Date | null;
}

const COLUMNS = Prisma.sql`v.id, v.sku, v.name, v.group_name AS "groupName", v.image_url AS "imageUrl", v.barcodes, v.on_hand AS "onHand", v.reserved,
  v.archived_at AS "archivedAt", v.counted_at AS "countedAt"`;

const IS_DIFFERENT = Prisma.sql`EXISTS (SELECT 1 FROM product p WHERE p.workspace_id = v.workspace_id AND p.variant_id = v.id AND
  ((p.is_stock_pushed AND p.stock_version > p.acked_stock_version AND p.wanted_stock IS NOT NULL) OR (p.price_version > p.acked_price_version AND p.wanted_price_minor IS NOT NULL)))`;
const IS_REJECTED = Prisma.sql`EXISTS (SELECT 1 FROM product p JOIN offer_push o ON o.product_id = p.id WHERE p.workspace_id = v.workspace_id AND p.variant_id = v.id
  AND o.state = 'rejected' AND o.version = CASE o.kind WHEN 'stock' THEN p.stock_version ELSE p.price_version END
  AND (o.kind = 'price' OR (p.is_stock_pushed AND p.wanted_stock IS NOT NULL)))`;
const IS_SHORT = Prisma.sql`v.on_hand < v.reserved`;

const CONDITIONS: Readonly<Record<VariantShow, Prisma.Sql>> = {
  all: Prisma.sql`v.archived_at IS NULL`,
  different: Prisma.sql`v.archived_at IS NULL AND ${IS_DIFFERENT}`,
  rejected: Prisma.sql`v.archived_at IS NULL AND ${IS_REJECTED}`,
  short: Prisma.sql`v.archived_at IS NULL AND ${IS_SHORT}`,
  uncounted: Prisma.sql`v.archived_at IS NULL AND v.on_hand IS NULL`,
  archived: Prisma.sql`v.archived_at IS NOT NULL`,
};

/** By name; `limit + 1` rows. */
export async function listVariantRows(scope: Scope, { show, connectionId, search = "", cursor, limit }: ListVariantsInput): Promise<VariantRecord[]> {
  const ws = Prisma.sql`${scope.workspaceId}::uuid`;
  const like = `%${search.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const searched =
    search === ""
      ? Prisma.empty
      : Prisma.sql`AND (v.name ILIKE ${like} OR v.sku ILIKE ${like} OR ${search} = ANY(v.barcodes) OR EXISTS (
          SELECT 1 FROM product p WHERE p.workspace_id = v.workspace_id AND p.variant_id = v.id AND (p.sku = ${search} OR p.external_id = ${search} OR p.offer_id = ${search})))`;
  const sold =
    connectionId === undefined
      ? Prisma.empty
      : Prisma.sql`AND EXISTS (SELECT 1 FROM product p WHERE p.workspace_id = v.workspace_id AND p.variant_id = v.id AND p.connection_id = ${connectionId}::uuid)`;
  const after = cursor === undefined ? Prisma.empty : Prisma.sql`AND (v.name, v.id) > (${cursor.name}, ${cursor.id}::uuid)`;
  return scope.db.$queryRaw<VariantRecord[]>`
    SELECT ${COLUMNS} FROM variant v WHERE v.workspace_id = ${ws} AND ${CONDITIONS[show]} ${searched} ${sold} ${after} ORDER BY v.name, v.id LIMIT ${limit + 1}`;
}

export async function findVariant(scope: Scope, id: string): Promise<VariantRecord | null> {
  const rows = await scope.db.$queryRaw<VariantRecord[]>`
    SELECT ${COLUMNS} FROM variant v WHERE v.workspace_id = ${scope.workspaceId}::uuid AND v.id = ${id}::uuid`;
  return rows[0] ?? null;
}

/** Those changed last, to be suggested from. */
export async function findCandidates(scope: Scope, limit: number) {
  return scope.db.variant.findMany({
    where: { workspaceId: scope.workspaceId, archivedAt: null },
    orderBy: { updatedAt: "desc" },
    take: limit,
    select: { id: true, sku: true, article: true, name: true, barcodes: true },
  });
}

export interface Counts {
  readonly variants: number;
  readonly different: number;
  readonly rejected: number;
  readonly short: number;
  readonly uncounted: number;
  readonly archived: number;
  readonly unmatched: number;
  readonly apart: number;
}

export async function countCatalog(scope: Scope): Promise<Counts> {
  const ws = Prisma.sql`${scope.workspaceId}::uuid`;
  const [counts] = await scope.db.$queryRaw<Counts[]>`
    SELECT count(*) FILTER (WHERE v.archived_at IS NULL)::int AS variants,
      count(*) FILTER (WHERE ${CONDITIONS.short})::int AS short, count(*) FILTER (WHERE ${CONDITIONS.uncounted})::int AS uncounted,
      count(*) FILTER (WHERE ${CONDITIONS.archived})::int AS archived,
      (SELECT count(*) FROM variant v WHERE v.workspace_id = ${ws} AND ${CONDITIONS.different})::int AS different,
      (SELECT count(*) FROM variant v WHERE v.workspace_id = ${ws} AND ${CONDITIONS.rejected})::int AS rejected,
      (SELECT count(*) FROM product p WHERE p.workspace_id = ${ws} AND p.variant_id IS NULL AND p.matched_by IS NULL)::int AS unmatched,
      (SELECT count(*) FROM product p WHERE p.workspace_id = ${ws} AND p.matched_by = 'apart')::int AS apart
    FROM variant v WHERE v.workspace_id = ${ws}`;
  return counts ?? { variants: 0, different: 0, rejected: 0, short: 0, uncounted: 0, archived: 0, unmatched: 0, apart: 0 };
}

export interface ChannelRow {
  readonly connectionId: string;
  readonly connectorId: string;
  readonly name: string;
  readonly listings: number;
  readonly matched: number;
  readonly isEnabled: boolean;
  readonly buffer: number;
  readonly cap: number | null;
  readonly turnoverPercent: number;
}

/** Connections with the rules of their stock, in the order of their making. */
export async function listChannelRows(scope: Scope): Promise<ChannelRow[]> {
  return scope.db.$queryRaw<ChannelRow[]>`
    SELECT c.id AS "connectionId", c.connector_id AS "connectorId", c.name, coalesce(n.listings, 0)::int AS listings, coalesce(n.matched, 0)::int AS matched,
      coalesce(r.is_enabled, false) AS "isEnabled", coalesce(r.buffer, 0) AS buffer, r.cap, coalesce(r.turnover_percent, 100) AS "turnoverPercent"
    FROM connection c LEFT JOIN stock_rule r ON r.connection_id = c.id AND r.workspace_id = c.workspace_id
    LEFT JOIN (SELECT connection_id, count(*) AS listings, count(variant_id) AS matched FROM product WHERE workspace_id = ${scope.workspaceId}::uuid GROUP BY 1) n
      ON n.connection_id = c.id
    WHERE c.workspace_id = ${scope.workspaceId}::uuid ORDER BY c.created_at, c.id`;
}

export interface MovementRecord {
  readonly id: string;
  readonly at: Date;
  readonly kind: string;
  readonly quantity: number;
  readonly onHandAfter: number;
  readonly orderId: string | null;
  readonly orderNumber: string | null;
  readonly actorName: string | null;
  readonly note: string | null;
}

export async function listMovements(scope: Scope, variantId: string): Promise<MovementRecord[]> {
  return scope.db.$queryRaw<MovementRecord[]>`
    SELECT m.id, m.at, m.kind, m.quantity, m.on_hand_after AS "onHandAfter", m.order_id AS "orderId", o.number AS "orderNumber", u.name AS "actorName", m.note
    FROM stock_movement m LEFT JOIN sales_order o ON o.id = m.order_id AND o.workspace_id = m.workspace_id LEFT JOIN "user" u ON u.id = m.actor_id
    WHERE m.workspace_id = ${scope.workspaceId}::uuid AND m.variant_id = ${variantId}::uuid ORDER BY m.at DESC, m.id DESC LIMIT 50`;
}

export interface HeldRecord {
  readonly lineId: string;
  readonly orderId: string;
  readonly orderNumber: string | null;
  readonly connectionId: string;
  readonly quantity: number;
  readonly reservedAt: Date | null;
}

export async function listHeld(scope: Scope, variantId: string): Promise<HeldRecord[]> {
  return scope.db.$queryRaw<HeldRecord[]>`
    SELECT s.order_line_id AS "lineId", s.order_id AS "orderId", o.number AS "orderNumber", s.connection_id AS "connectionId", s.quantity, s.reserved_at AS "reservedAt"
    FROM stock_reservation s LEFT JOIN sales_order o ON o.id = s.order_id AND o.workspace_id = s.workspace_id
    WHERE s.workspace_id = ${scope.workspaceId}::uuid AND s.variant_id = ${variantId}::uuid AND s.state = 'held'
    ORDER BY s.reserved_at, s.order_line_id LIMIT 200`;
}
