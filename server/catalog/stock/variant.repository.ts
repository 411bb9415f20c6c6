import type { Scope } from "@/server/platform/transaction";

export interface NewVariant {
  readonly id: string;
  readonly sku: string;
  readonly article: string;
  readonly name: string;
  readonly groupName: string | null;
  readonly imageUrl: string | null;
  readonly barcodes: readonly string[];
}

/** Variants whose article another one has already are left out. @returns ids of those written. */
export async function insertVariants(scope: Scope, variants: readonly NewVariant[]): Promise<string[]> {
  const rows = await scope.db.variant.createManyAndReturn({
    data: variants.map((variant) => ({ ...variant, barcodes: [...variant.barcodes], workspaceId: scope.workspaceId })),
    skipDuplicates: true,
    select: { id: true },
  });
  return rows.map((row) => row.id);
}

export interface VariantWords {
  readonly sku?: string | undefined;
  readonly article?: string | undefined;
  readonly name?: string | undefined;
  readonly groupName?: string | null | undefined;
  readonly barcodes?: readonly string[] | undefined;
  readonly archivedAt?: Date | null | undefined;
}

/** @returns how many there were. */
export async function updateVariant(scope: Scope, id: string, words: VariantWords): Promise<number> {
  const { barcodes, sku, article, name, groupName, archivedAt } = words;
  const { count } = await scope.db.variant.updateMany({
    where: { id, workspaceId: scope.workspaceId },
    data: {
      ...(sku === undefined ? {} : { sku }),
      ...(article === undefined ? {} : { article }),
      ...(name === undefined ? {} : { name }),
      ...(groupName === undefined ? {} : { groupName }),
      ...(barcodes === undefined ? {} : { barcodes: [...barcodes] }),
      ...(archivedAt === undefined ? {} : { archivedAt }),
    },
  });
  return count;
}

export async function findByArticles(scope: Scope, articles: readonly string[]): Promise<{ id: string; article: string }[]> {
  return scope.db.variant.findMany({ where: { workspaceId: scope.workspaceId, article: { in: [...articles] } }, select: { id: true, article: true } });
}

export async function markCounted(scope: Scope, variantIds: readonly string[], at: Date): Promise<void> {
  await scope.db.variant.updateMany({ where: { workspaceId: scope.workspaceId, id: { in: [...variantIds] } }, data: { countedAt: at } });
}

/** Everything one variant has goes over to another; the emptied one is left to be removed. Both are locked by the caller. */
export async function absorbVariant(scope: Scope, from: string, into: string): Promise<void> {
  const { db, workspaceId } = scope;
  await db.product.updateMany({ where: { workspaceId, variantId: from }, data: { variantId: into, matchedBy: "hand" } });
  await db.stockReservation.updateMany({ where: { workspaceId, variantId: from }, data: { variantId: into } });
  await db.stockMovement.updateMany({ where: { workspaceId, variantId: from }, data: { variantId: into } });
  await db.$executeRaw`
    UPDATE variant v SET reserved = v.reserved + o.reserved, barcodes = ARRAY(SELECT DISTINCT unnest(v.barcodes || o.barcodes)),
      on_hand = CASE WHEN v.on_hand IS NULL AND o.on_hand IS NULL THEN NULL ELSE coalesce(v.on_hand, 0) + coalesce(o.on_hand, 0) END, updated_at = now()
    FROM variant o WHERE v.id = ${into}::uuid AND o.id = ${from}::uuid AND v.workspace_id = ${workspaceId}::uuid AND o.workspace_id = ${workspaceId}::uuid`;
  await db.variant.deleteMany({ where: { workspaceId, id: from } });
}
