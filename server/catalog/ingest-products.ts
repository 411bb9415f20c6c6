import { newId } from "@/lib/ids";
import { storable } from "@/lib/storable";
import type { ExternalProduct, RejectedRecord } from "@/server/integrations/contract/records";
import type { Scope } from "@/server/platform/transaction";
import { upsertProducts } from "./repository";

const ROWS_PER_STATEMENT = 5_000;

export interface IngestProductsInput {
  readonly connection: { readonly id: string };
  readonly products: readonly ExternalProduct[];
}

export interface IngestResult {
  readonly applied: number;
  readonly duplicate: number;
  readonly rejected: readonly RejectedRecord[];
}

/** Takes products as a service tells them, keyed by (connection, its id); an unchanged repeat is a duplicate. Runs in the caller's transaction. */
export async function ingestProducts(scope: Scope, { connection, products }: IngestProductsInput): Promise<IngestResult> {
  const rejected: RejectedRecord[] = [];
  const latest = new Map<string, ExternalProduct>();
  for (const product of products) {
    if (product.externalId === "" || product.name.trim() === "") {
      rejected.push({
        kind: "product",
        externalId: product.externalId,
        payload: product,
        errorCode: "catalog.product_incomplete",
        errorText: "product without id or name",
      });
    } else latest.set(product.externalId, product);
  }
  const rows = [...latest.values()]
    .sort((a, b) => (a.externalId < b.externalId ? -1 : 1))
    .map((product) => ({
      id: newId(),
      externalId: product.externalId,
      sku: product.sku ?? null,
      offerId: product.offerId ?? null,
      name: storable(product.name).trim(),
      imageUrl: product.imageUrl ?? null,
    }));
  let applied = 0;
  for (let at = 0; at < rows.length; at += ROWS_PER_STATEMENT) applied += await upsertProducts(scope, connection.id, rows.slice(at, at + ROWS_PER_STATEMENT));
  return { applied, duplicate: products.length - rejected.length - applied, rejected };
}
