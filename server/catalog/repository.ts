import type { Prisma } from "@/server/platform/generated/client";
import type { Scope } from "@/server/platform/transaction";
import type { ListProductsInput, ProductView } from "./schema";

export interface ProductRow {
  readonly id: string;
  readonly externalId: string;
  readonly sku: string | null;
  readonly offerId: string | null;
  readonly name: string;
  readonly imageUrl: string | null;
}

/** Rows must come in one fixed order. @returns how many were new or changed. */
export async function upsertProducts(scope: Scope, connectionId: string, rows: readonly ProductRow[]): Promise<number> {
  return scope.db.$executeRaw`
    INSERT INTO product AS p (id, workspace_id, connection_id, external_id, sku, offer_id, name, image_url, updated_at)
    SELECT r.id, ${scope.workspaceId}::uuid, ${connectionId}::uuid, r."externalId", r.sku, r."offerId", r.name, r."imageUrl", now()
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS r(id uuid, "externalId" text, sku text, "offerId" text, name text, "imageUrl" text)
    ON CONFLICT (connection_id, external_id) DO UPDATE SET sku = EXCLUDED.sku, offer_id = EXCLUDED.offer_id, name = EXCLUDED.name, image_url = EXCLUDED.image_url, updated_at = now()
    WHERE (p.sku, p.offer_id, p.name, p.image_url) IS DISTINCT FROM (EXCLUDED.sku, EXCLUDED.offer_id, EXCLUDED.name, EXCLUDED.image_url)`;
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
