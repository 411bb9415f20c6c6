import { newId } from "@/lib/ids";
import { storable } from "@/lib/storable";
import type { ExternalProduct, RejectedRecord } from "@/server/integrations/contract/records";
import { type Clock, systemClock } from "@/server/platform/clock";
import type { Scope } from "@/server/platform/transaction";
import { holdCatalog } from "./lock.repository";
import { matchListings } from "./matching/match.repository";
import { rematchLines } from "./matching/rematch-lines";
import { type ProductRow, upsertProducts } from "./repository";
import { normaliseArticle } from "./rules";

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

/**
 * Takes listings as a service tells them, keyed by (connection, its id); an unchanged repeat is a duplicate, and so is older news. What
 * the service does not tell leaves what is known. New ones are matched to variants by article, then by barcode. Runs in the caller's
 * transaction.
 */
export async function ingestProducts(scope: Scope, { connection, products }: IngestProductsInput, clock: Clock = systemClock): Promise<IngestResult> {
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
    } else if (!isOlder(product, latest.get(product.externalId))) latest.set(product.externalId, product);
  }
  const rows = [...latest.values()].sort((a, b) => (a.externalId < b.externalId ? -1 : 1)).map(toRow);
  const now = clock.now();
  await holdCatalog(scope);
  let applied = 0;
  for (let at = 0; at < rows.length; at += ROWS_PER_STATEMENT) {
    applied += await upsertProducts(scope, connection.id, rows.slice(at, at + ROWS_PER_STATEMENT), now);
  }
  if (applied > 0) {
    const matched = await matchListings(scope, { connectionId: connection.id, externalIds: rows.map((row) => row.externalId) });
    if (matched.length > 0)
      await rematchLines(
        scope,
        matched.map((match) => match.variantId),
        now,
      );
  }
  return { applied, duplicate: products.length - rejected.length - applied, rejected };
}

function isOlder(product: ExternalProduct, known: ExternalProduct | undefined): boolean {
  return product.versionAt !== undefined && known?.versionAt !== undefined && product.versionAt < known.versionAt;
}

/** What a service says of amounts below zero is kept for nobody: there is none. */
const pieces = (count: number | undefined): number | null => (count === undefined ? null : Math.max(0, Math.trunc(count)));

const words = (text: string | undefined): string | null => (text === undefined ? null : storable(text));

function toRow(product: ExternalProduct): ProductRow {
  const { stock, price } = product;
  return {
    id: newId(),
    externalId: product.externalId,
    sku: product.sku ?? null,
    offerId: product.offerId ?? null,
    article: normaliseArticle(product.offerId),
    name: storable(product.name).trim(),
    imageUrl: product.imageUrl ?? null,
    barcodes: product.barcodes === undefined ? null : [...new Set(product.barcodes.map((barcode) => storable(barcode).trim()))].filter((text) => text !== ""),
    groupRef: words(product.groupRef),
    variantName: words(product.variantName),
    status: product.status ?? null,
    url: product.url ?? null,
    remoteContext: product.remoteContext ?? null,
    versionAt: product.versionAt?.toISOString() ?? null,
    stock: pieces(stock?.available),
    reserved: pieces(stock?.reserved),
    marketplaceStock: pieces(product.marketplaceStock),
    price: price === undefined ? null : price.amountMinor.toString(),
    oldPrice: price?.oldMinor === undefined ? null : price.oldMinor.toString(),
    currency: price?.currency ?? null,
  };
}
