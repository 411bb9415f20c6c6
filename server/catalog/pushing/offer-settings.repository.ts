import type { Scope } from "@/server/platform/transaction";

export async function connectionExists(scope: Scope, connectionId: string): Promise<boolean> {
  return (await scope.db.connection.count({ where: { id: connectionId, workspaceId: scope.workspaceId } })) > 0;
}

export interface RuleRow {
  readonly isEnabled: boolean;
  readonly buffer: number;
  readonly cap: number | null;
  readonly turnoverPercent: number;
}

/** @returns the rule as it was. */
export async function saveRuleRow(scope: Scope, connectionId: string, rule: RuleRow): Promise<RuleRow | null> {
  const { workspaceId } = scope;
  const before = await scope.db.stockRule.findFirst({
    where: { workspaceId, connectionId },
    select: { isEnabled: true, buffer: true, cap: true, turnoverPercent: true },
  });
  await scope.db.stockRule.upsert({ where: { connectionId }, create: { connectionId, workspaceId, ...rule }, update: rule });
  return before;
}

export async function variantsOfConnection(scope: Scope, connectionId: string): Promise<string[]> {
  const rows = await scope.db.product.findMany({
    where: { workspaceId: scope.workspaceId, connectionId, variantId: { not: null } },
    distinct: ["variantId"],
    select: { variantId: true },
  });
  return rows.flatMap((row) => row.variantId ?? []);
}

export async function variantsOfListings(scope: Scope, productIds: readonly string[]): Promise<{ id: string; variantId: string | null }[]> {
  return scope.db.product.findMany({ where: { workspaceId: scope.workspaceId, id: { in: [...productIds] } }, select: { id: true, variantId: true } });
}

export async function changeOfferRows(
  scope: Scope,
  productIds: readonly string[],
  change: { readonly isStockPushed?: boolean | undefined; readonly buffer?: number | null | undefined },
): Promise<void> {
  await scope.db.product.updateMany({
    where: { workspaceId: scope.workspaceId, id: { in: [...productIds] } },
    data: {
      ...(change.isStockPushed === undefined ? {} : { isStockPushed: change.isStockPushed }),
      ...(change.buffer === undefined ? {} : { buffer: change.buffer }),
    },
  });
}

export interface PriceWish {
  readonly productId: string;
  readonly priceMinor: bigint;
  readonly oldMinor: bigint | null;
}

/** Rows must come in one fixed order. @returns connections of those that changed; how many there were with a currency. */
export async function wishPrices(scope: Scope, wishes: readonly PriceWish[]): Promise<{ found: number; changed: { connectionId: string }[] }> {
  const rows = wishes.map((wish) => ({ id: wish.productId, price: wish.priceMinor.toString(), old: wish.oldMinor?.toString() ?? null }));
  const found = await scope.db.product.count({
    where: { workspaceId: scope.workspaceId, id: { in: rows.map((row) => row.id) }, currency: { not: null } },
  });
  const changed = await scope.db.$queryRaw<{ connectionId: string }[]>`
    UPDATE product p SET wanted_price_minor = r.price, wanted_old_minor = r.old, price_version = p.price_version + 1
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS r(id uuid, price bigint, old bigint)
    WHERE p.id = r.id AND p.workspace_id = ${scope.workspaceId}::uuid AND p.currency IS NOT NULL
      AND (p.wanted_price_minor, p.wanted_old_minor) IS DISTINCT FROM (r.price, r.old)
    RETURNING p.connection_id AS "connectionId"`;
  return { found, changed };
}

/** Says the newest wish once more, as a wish of its own. @returns the connections concerned. */
export async function raiseVersions(scope: Scope, productIds: readonly string[], kind: "stock" | "price"): Promise<{ connectionId: string }[]> {
  const ids = [...productIds];
  return kind === "stock"
    ? scope.db.$queryRaw<{ connectionId: string }[]>`
        UPDATE product SET stock_version = stock_version + 1 WHERE workspace_id = ${scope.workspaceId}::uuid AND id = ANY(${ids}::uuid[])
          AND is_stock_pushed AND wanted_stock IS NOT NULL RETURNING connection_id AS "connectionId"`
    : scope.db.$queryRaw<{ connectionId: string }[]>`
        UPDATE product SET price_version = price_version + 1 WHERE workspace_id = ${scope.workspaceId}::uuid AND id = ANY(${ids}::uuid[])
          AND wanted_price_minor IS NOT NULL RETURNING connection_id AS "connectionId"`;
}

export interface PreviewRow {
  readonly productId: string;
  readonly name: string;
  readonly sku: string | null;
  readonly shown: number | null;
  readonly buffer: number | null;
  readonly onHand: number | null;
  readonly reserved: number;
}

/** Matched listings of a connection that nobody has taken out, with the shelves behind them. */
export async function findPreviewRows(scope: Scope, connectionId: string): Promise<PreviewRow[]> {
  return scope.db.$queryRaw<PreviewRow[]>`
    SELECT p.id AS "productId", p.name, coalesce(p.offer_id, p.sku) AS sku, p.buffer, v.on_hand AS "onHand", v.reserved,
      CASE WHEN p.acked_stock_at > p.stock_told_at OR p.stock_told_at IS NULL THEN p.acked_stock ELSE p.remote_stock END AS shown
    FROM product p JOIN variant v ON v.id = p.variant_id AND v.workspace_id = p.workspace_id
    WHERE p.workspace_id = ${scope.workspaceId}::uuid AND p.connection_id = ${connectionId}::uuid AND p.is_stock_pushed AND v.archived_at IS NULL ORDER BY p.name, p.id`;
}
