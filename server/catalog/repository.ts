import type { Prisma } from "@/server/platform/generated/client";
import type { Scope } from "@/server/platform/transaction";
import type { ListProductsInput, ProductView } from "./schema";

/** Null = the service does not tell: what is known stays. Amounts are decimal digits of minor units, times ISO instants. */
export interface ProductRow {
  readonly id: string;
  readonly externalId: string;
  readonly sku: string | null;
  readonly offerId: string | null;
  readonly article: string | null;
  readonly name: string;
  readonly imageUrl: string | null;
  readonly barcodes: readonly string[] | null;
  readonly groupRef: string | null;
  readonly variantName: string | null;
  readonly status: string | null;
  readonly url: string | null;
  readonly remoteContext: Readonly<Record<string, string>> | null;
  readonly versionAt: string | null;
  readonly stock: number | null;
  readonly reserved: number | null;
  readonly marketplaceStock: number | null;
  readonly price: string | null;
  readonly oldPrice: string | null;
  readonly currency: string | null;
}

/**
 * Rows must come in one fixed order. Older news than what is known changes nothing; a stock told after another one was acknowledged
 * is news even when it was told before.
 * @returns how many were new or changed.
 */
export async function upsertProducts(scope: Scope, connectionId: string, rows: readonly ProductRow[], now: Date): Promise<number> {
  return scope.db.$executeRaw`
    INSERT INTO product AS p (id, workspace_id, connection_id, external_id, sku, offer_id, article, name, image_url, barcodes, group_ref, variant_name, status, url,
      remote_context, source_version_at, remote_stock, remote_reserved, marketplace_stock, remote_price_minor, remote_old_minor, currency, stock_told_at, updated_at)
    SELECT r.id, ${scope.workspaceId}::uuid, ${connectionId}::uuid, r."externalId", coalesce(r.sku, k.sku), coalesce(r."offerId", k.offer_id),
      coalesce(r.article, k.article), r.name, coalesce(r."imageUrl", k.image_url),
      CASE WHEN r.barcodes IS NULL THEN coalesce(k.barcodes, '{}') ELSE ARRAY(SELECT json_array_elements_text(r.barcodes)) END,
      coalesce(r."groupRef", k.group_ref), coalesce(r."variantName", k.variant_name), coalesce(r.status, k.status), coalesce(r.url, k.url),
      coalesce(r."remoteContext", k.remote_context, '{}'), coalesce(r."versionAt", k.source_version_at), coalesce(r.stock, k.remote_stock),
      coalesce(r.reserved, k.remote_reserved), coalesce(r."marketplaceStock", k.marketplace_stock), coalesce(r.price, k.remote_price_minor),
      CASE WHEN r.price IS NULL THEN k.remote_old_minor ELSE r."oldPrice" END, coalesce(r.currency, k.currency),
      CASE WHEN r.stock IS NULL THEN k.stock_told_at ELSE ${now}::timestamptz END, now()
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS r(id uuid, "externalId" text, sku text, "offerId" text, article text, name text, "imageUrl" text,
      barcodes json, "groupRef" text, "variantName" text, status text, url text, "remoteContext" jsonb, "versionAt" timestamptz, stock int, reserved int,
      "marketplaceStock" int, price bigint, "oldPrice" bigint, currency text)
    LEFT JOIN product k ON k.connection_id = ${connectionId}::uuid AND k.external_id = r."externalId" AND k.workspace_id = ${scope.workspaceId}::uuid
    ON CONFLICT (connection_id, external_id) DO UPDATE SET sku = EXCLUDED.sku, offer_id = EXCLUDED.offer_id, article = EXCLUDED.article, name = EXCLUDED.name,
      image_url = EXCLUDED.image_url, barcodes = EXCLUDED.barcodes, group_ref = EXCLUDED.group_ref, variant_name = EXCLUDED.variant_name,
      status = EXCLUDED.status, url = EXCLUDED.url, remote_context = EXCLUDED.remote_context, source_version_at = EXCLUDED.source_version_at,
      remote_stock = EXCLUDED.remote_stock, remote_reserved = EXCLUDED.remote_reserved, marketplace_stock = EXCLUDED.marketplace_stock,
      remote_price_minor = EXCLUDED.remote_price_minor, remote_old_minor = EXCLUDED.remote_old_minor, currency = EXCLUDED.currency,
      stock_told_at = EXCLUDED.stock_told_at, updated_at = now()
    WHERE (p.source_version_at IS NULL OR EXCLUDED.source_version_at >= p.source_version_at) AND (
      (p.sku, p.offer_id, p.name, p.image_url, p.barcodes, p.group_ref, p.variant_name, p.status, p.url, p.remote_context, p.remote_stock, p.remote_reserved,
        p.marketplace_stock, p.remote_price_minor, p.remote_old_minor, p.currency)
      IS DISTINCT FROM
      (EXCLUDED.sku, EXCLUDED.offer_id, EXCLUDED.name, EXCLUDED.image_url, EXCLUDED.barcodes, EXCLUDED.group_ref, EXCLUDED.variant_name, EXCLUDED.status,
        EXCLUDED.url, EXCLUDED.remote_context, EXCLUDED.remote_stock, EXCLUDED.remote_reserved, EXCLUDED.marketplace_stock, EXCLUDED.remote_price_minor,
        EXCLUDED.remote_old_minor, EXCLUDED.currency)
      OR (EXCLUDED.stock_told_at > p.acked_stock_at AND p.acked_stock_at > p.stock_told_at AND p.acked_stock <> EXCLUDED.remote_stock))`;
}

export interface SkuRef {
  readonly connectionId: string;
  readonly sku: string;
}

export async function findNames(scope: Scope, refs: readonly SkuRef[]): Promise<(SkuRef & { readonly name: string })[]> {
  return scope.db.$queryRaw<(SkuRef & { name: string })[]>`
    SELECT DISTINCT ON (p.connection_id, p.sku) p.connection_id AS "connectionId", p.sku, p.name
    FROM json_to_recordset(${JSON.stringify(refs)}::json) AS r("connectionId" uuid, sku text)
    JOIN product p ON p.connection_id = r."connectionId" AND p.sku = r.sku AND p.workspace_id = ${scope.workspaceId}::uuid
    ORDER BY p.connection_id, p.sku, p.updated_at DESC`;
}

/** By name; `limit + 1` rows. */
export async function listProductRows(scope: Scope, input: ListProductsInput): Promise<ProductView[]> {
  const and: Prisma.ProductWhereInput[] = [];
  const search = input.search ?? "";
  if (search !== "") and.push({ OR: [{ name: { contains: search, mode: "insensitive" } }, { sku: search }, { offerId: search }] });
  if (input.cursor !== undefined) and.push({ OR: [{ name: { gt: input.cursor.name } }, { name: input.cursor.name, id: { gt: input.cursor.id } }] });
  return scope.db.product.findMany({
    where: { workspaceId: scope.workspaceId, ...(input.connectionId === undefined ? {} : { connectionId: input.connectionId }), AND: and },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: input.limit + 1,
    select: { id: true, connectionId: true, externalId: true, sku: true, offerId: true, name: true, imageUrl: true, updatedAt: true },
  });
}
