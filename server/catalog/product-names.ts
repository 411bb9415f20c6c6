import type { Scope } from "@/server/platform/transaction";
import { findNames, type SkuRef } from "./repository";

/** Names of products by "<connectionId> <sku>"; what is not known is absent. */
export async function productNames(scope: Scope, refs: readonly SkuRef[]): Promise<ReadonlyMap<string, string>> {
  const distinct = new Map(refs.map((ref) => [`${ref.connectionId} ${ref.sku}`, ref]));
  if (distinct.size === 0) return new Map();
  const rows = await findNames(scope, [...distinct.values()]);
  return new Map(rows.map((row) => [`${row.connectionId} ${row.sku}`, row.name]));
}
