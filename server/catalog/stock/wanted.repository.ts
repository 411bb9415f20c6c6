import type { Scope } from "@/server/platform/transaction";

export interface OfferRow {
  readonly listingId: string;
  readonly variantId: string;
  readonly connectionId: string;
  readonly isPushed: boolean;
  readonly buffer: number;
  readonly cap: number | null;
  readonly turnover: number;
  readonly acknowledged: number | null;
  readonly wanted: number | null;
  readonly heldBackUntil: Date | null;
}

/** Listings of these variants with the rules of their connections. */
export async function findOffers(scope: Scope, variantIds: readonly string[]): Promise<OfferRow[]> {
  return scope.db.$queryRaw<OfferRow[]>`
    SELECT p.id AS "listingId", p.variant_id AS "variantId", p.connection_id AS "connectionId",
      p.is_stock_pushed AND coalesce(r.is_enabled, false) AS "isPushed", coalesce(p.buffer, r.buffer, 0) AS buffer, r.cap,
      coalesce(r.turnover_percent, 100) AS turnover, p.acked_stock AS acknowledged, p.wanted_stock AS wanted, p.held_back_until AS "heldBackUntil"
    FROM product p LEFT JOIN stock_rule r ON r.connection_id = p.connection_id AND r.workspace_id = p.workspace_id
    WHERE p.workspace_id = ${scope.workspaceId}::uuid AND p.variant_id = ANY(${[...variantIds]}::uuid[]) ORDER BY p.id`;
}

export interface SoldRow {
  readonly variantId: string;
  readonly connectionId: string;
  readonly pieces: number;
  /** When the first of them were taken. */
  readonly firstAt: Date;
}

/** Pieces taken since, by variant and channel. */
export async function soldSince(scope: Scope, variantIds: readonly string[], since: Date): Promise<SoldRow[]> {
  return scope.db.$queryRaw<SoldRow[]>`
    SELECT variant_id AS "variantId", connection_id AS "connectionId", sum(quantity)::int AS pieces, min(reserved_at) AS "firstAt" FROM stock_reservation
    WHERE workspace_id = ${scope.workspaceId}::uuid AND variant_id = ANY(${[...variantIds]}::uuid[]) AND state IN ('held', 'shipped')
      AND reserved_at > ${since}::timestamptz
    GROUP BY 1, 2`;
}

export interface Wish {
  readonly id: string;
  readonly wanted: number | null;
}

/** Raises the version of each; a wish that ended is answered by that alone. Rows must come in one fixed order. */
export async function writeWishes(scope: Scope, wishes: readonly Wish[]): Promise<void> {
  await scope.db.$executeRaw`
    UPDATE product p SET wanted_stock = r.wanted, stock_version = p.stock_version + 1,
      acked_stock_version = CASE WHEN r.wanted IS NULL THEN p.stock_version + 1 ELSE p.acked_stock_version END
    FROM json_to_recordset(${JSON.stringify(wishes)}::json) AS r(id uuid, wanted int)
    WHERE p.id = r.id AND p.workspace_id = ${scope.workspaceId}::uuid`;
}

export interface HoldBack {
  readonly id: string;
  readonly until: Date | null;
}

/** When the listings' wishes have to be looked at again. Rows must come in one fixed order. */
export async function writeHoldBacks(scope: Scope, holdBacks: readonly HoldBack[]): Promise<void> {
  await scope.db.$executeRaw`
    UPDATE product p SET held_back_until = r.until FROM json_to_recordset(${JSON.stringify(holdBacks)}::json) AS r(id uuid, until timestamptz)
    WHERE p.id = r.id AND p.workspace_id = ${scope.workspaceId}::uuid`;
}
