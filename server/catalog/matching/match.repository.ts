import type { Scope } from "@/server/platform/transaction";

export interface LineRef {
  readonly lineId: string;
  readonly connectionId: string;
  readonly productExternalId: string | null;
  readonly sku: string | null;
  readonly offerId: string | null;
  /** Normalised `offerId`. */
  readonly article: string | null;
  readonly barcode: string | null;
}

export interface LineMatch {
  readonly lineId: string;
  readonly variantId: string;
}

/**
 * Which variant each line stands for: through its listing where we hold it (by the service's id, its number, our article), else by our
 * article, else by a barcode only one variant has. A listing a person set apart stands for none.
 */
export async function matchLines(scope: Scope, lines: readonly LineRef[]): Promise<LineMatch[]> {
  if (lines.length === 0) return [];
  return scope.db.$queryRaw<LineMatch[]>`
    WITH l AS (
      SELECT * FROM json_to_recordset(${JSON.stringify(lines)}::json)
        AS r("lineId" uuid, "connectionId" uuid, "productExternalId" text, sku text, "offerId" text, article text, barcode text)
    ), found AS (
      SELECT l."lineId", p.variant_id, p.matched_by, 1 AS rank, p.id FROM l JOIN product p ON p.connection_id = l."connectionId" AND p.external_id = l."productExternalId"
        WHERE p.workspace_id = ${scope.workspaceId}::uuid
      UNION ALL
      SELECT l."lineId", p.variant_id, p.matched_by, 2, p.id FROM l JOIN product p ON p.connection_id = l."connectionId" AND p.sku = l.sku
        WHERE p.workspace_id = ${scope.workspaceId}::uuid
      UNION ALL
      SELECT l."lineId", p.variant_id, p.matched_by, 3, p.id FROM l JOIN product p ON p.connection_id = l."connectionId" AND p.offer_id = l."offerId"
        WHERE p.workspace_id = ${scope.workspaceId}::uuid
    ), listing AS (SELECT DISTINCT ON ("lineId") * FROM found ORDER BY "lineId", rank, id),
    open AS (SELECT l.* FROM l LEFT JOIN listing USING ("lineId") WHERE listing.variant_id IS NULL AND listing.matched_by IS DISTINCT FROM 'apart'),
    by_article AS (
      SELECT o."lineId", v.id FROM open o JOIN variant v ON v.workspace_id = ${scope.workspaceId}::uuid AND v.article = o.article WHERE v.archived_at IS NULL
    ), by_barcode AS (
      SELECT o."lineId", min(v.id::text)::uuid AS id
      FROM open o JOIN (SELECT v.id, unnest(v.barcodes) AS barcode FROM variant v WHERE v.workspace_id = ${scope.workspaceId}::uuid AND v.archived_at IS NULL) v
        ON v.barcode = o.barcode
      WHERE NOT EXISTS (SELECT 1 FROM by_article a WHERE a."lineId" = o."lineId")
      GROUP BY o."lineId" HAVING count(DISTINCT v.id) = 1
    )
    SELECT "lineId", variant_id AS "variantId" FROM listing WHERE variant_id IS NOT NULL
    UNION ALL SELECT * FROM by_article UNION ALL SELECT * FROM by_barcode`;
}

export interface FreshMatch {
  readonly productId: string;
  readonly variantId: string;
}

/** Which listings are looked at: all, or these of one connection by the service's ids. */
export interface ListingSelection {
  readonly connectionId: string;
  readonly externalIds: readonly string[];
}

/**
 * Gives listings nobody has matched yet to variants with the same article, else to the only variant with
 * one of their barcodes. Their stock is written from then on where the connection's rule says so.
 */
export async function matchListings(scope: Scope, selection: ListingSelection | null): Promise<FreshMatch[]> {
  const externalIds = [...(selection?.externalIds ?? [])];
  const connectionId = selection?.connectionId ?? null;
  return scope.db.$queryRaw<FreshMatch[]>`
    WITH open AS (
      SELECT p.id, p.article, p.barcodes FROM product p
      WHERE p.workspace_id = ${scope.workspaceId}::uuid AND p.variant_id IS NULL AND p.matched_by IS NULL
        AND (${connectionId}::uuid IS NULL OR (p.connection_id = ${connectionId}::uuid AND p.external_id = ANY(${externalIds})))
    ), by_article AS (
      SELECT o.id, v.id AS variant_id, 'article' AS matched_by FROM open o
      JOIN variant v ON v.workspace_id = ${scope.workspaceId}::uuid AND v.article = o.article AND v.archived_at IS NULL
    ), by_barcode AS (
      SELECT o.id, min(v.id::text)::uuid AS variant_id, 'barcode' AS matched_by
      FROM (SELECT id, unnest(barcodes) AS barcode FROM open WHERE id NOT IN (SELECT id FROM by_article)) o
      JOIN (SELECT v.id, unnest(v.barcodes) AS barcode FROM variant v WHERE v.workspace_id = ${scope.workspaceId}::uuid AND v.archived_at IS NULL) v
        ON v.barcode = o.barcode
      GROUP BY o.id HAVING count(DISTINCT v.id) = 1
    ), fresh AS (SELECT * FROM by_article UNION ALL SELECT * FROM by_barcode)
    UPDATE product p SET variant_id = f.variant_id, matched_by = f.matched_by, is_stock_pushed = true
    FROM fresh f WHERE p.id = f.id AND p.workspace_id = ${scope.workspaceId}::uuid
    RETURNING p.id AS "productId", p.variant_id AS "variantId"`;
}

/** By hand: to a variant, or apart from all (`null`). Unknown ids change nothing. @returns the variants they stood for before. */
export async function bindListings(scope: Scope, productIds: readonly string[], variantId: string | null, matchedBy: "hand" | "apart" | null) {
  return scope.db.$queryRaw<{ productId: string; before: string | null }[]>`
    WITH old AS (
      SELECT id, variant_id FROM product WHERE workspace_id = ${scope.workspaceId}::uuid AND id = ANY(${[...productIds]}::uuid[]) ORDER BY id FOR UPDATE
    )
    UPDATE product p SET variant_id = ${variantId}::uuid, matched_by = ${matchedBy},
      is_stock_pushed = ${variantId}::uuid IS NOT NULL AND (old.variant_id IS NULL OR p.is_stock_pushed),
      wanted_stock = CASE WHEN ${variantId}::uuid IS NULL THEN NULL ELSE p.wanted_stock END,
      stock_version = CASE WHEN ${variantId}::uuid IS NULL AND p.wanted_stock IS NOT NULL THEN p.stock_version + 1 ELSE p.stock_version END,
      acked_stock_version = CASE WHEN ${variantId}::uuid IS NULL AND p.wanted_stock IS NOT NULL THEN p.stock_version + 1 ELSE p.acked_stock_version END
    FROM old WHERE p.id = old.id
    RETURNING p.id AS "productId", old.variant_id AS before`;
}
