import { z } from "zod";
import { ConnectorError } from "../../../contract/errors";
import type { CatalogPort, ConnectorContext, Cursor, PullPage, PullWarning } from "../../../contract/ports";
import type { ExternalProduct, RejectedRecord } from "../../../contract/records";
import { ozonClient } from "../client";
import { ENDPOINTS } from "../endpoints";
import { toListing } from "../listing";
import { offersClient } from "../offers-client";
import type { RemoteFbsStock, RemoteProduct } from "../schemas";
import { optional } from "./optional";

const LIMIT = 1_000;
/** `ALL` leaves archived products out, and sales of last month may well be theirs. `home` is the shop's only warehouse, asked for once a run. */
const cursorSchema = z.object({
  visibility: z.enum(["ALL", "ARCHIVED"]),
  lastId: z.string(),
  done: z.number().int().nonnegative(),
  home: z.string().optional(),
});
type CatalogCursor = z.output<typeof cursorSchema>;

function readCursor(cursor: Cursor): CatalogCursor {
  const parsed = cursorSchema.safeParse(cursor);
  if (!parsed.success) throw new ConnectorError("invalid", "remote.cursor", { cause: parsed.error });
  return parsed.data;
}

async function pull(context: ConnectorContext, input: { readonly cursor?: Cursor | undefined }): Promise<PullPage<ExternalProduct>> {
  const client = ozonClient(context);
  const readAt = context.clock.now();
  const warnings: PullWarning[] = [];
  const cursor =
    input.cursor === undefined ? { visibility: "ALL" as const, lastId: "", done: 0, home: await homeOf(context, warnings) } : readCursor(input.cursor);
  const { result } = await client.productList({ visibility: cursor.visibility, lastId: cursor.lastId, limit: LIMIT });
  const productIds = result.items.map((item) => item.product_id);
  const infos = productIds.length === 0 ? [] : (await client.productInfo({ productIds })).items;
  const stocks = await stocksOf(context, infos, warnings);
  const byId = new Map(infos.map((info) => [info.id, info]));
  const mapped = result.items.map((item): ExternalProduct | RejectedRecord => {
    const info = byId.get(item.product_id);
    if (info === undefined) return { externalId: item.product_id, sku: item.sku, offerId: item.offer_id, name: item.offer_id ?? item.product_id };
    const product = mapProduct(info, { rows: stocks === undefined ? undefined : (stocks.get(info.id) ?? []), home: cursor.home }, readAt);
    return "payload" in product ? product : { ...product, sku: product.sku ?? item.sku, offerId: product.offerId ?? item.offer_id };
  });
  const done = cursor.done + mapped.length;
  const next = nextCursor(cursor, result.items.length, result.last_id, done);
  return {
    records: mapped.flatMap((entry) => ("payload" in entry ? [] : [entry])),
    rejected: mapped.flatMap((entry) => ("payload" in entry ? [entry] : [])),
    received: mapped.length,
    ...(warnings.length === 0 ? {} : { warnings }),
    ...(next === undefined ? {} : { next }),
    progress: { done },
  };
}

/** A short page is the last one; an unchanged `last_id` would read the same page for ever. */
function nextCursor(cursor: CatalogCursor, count: number, lastId: string | undefined, done: number): CatalogCursor | undefined {
  if (count > 0 && lastId !== undefined && lastId !== cursor.lastId) return { ...cursor, lastId, done };
  return cursor.visibility === "ALL" ? { ...cursor, visibility: "ARCHIVED", lastId: "", done } : undefined;
}

/** The warehouse that takes what lies in none yet: there has to be exactly one that works. */
async function homeOf(context: ConnectorContext, warnings: PullWarning[]): Promise<string | undefined> {
  const client = offersClient(context);
  const { warehouses, has_next: hasMore } = await optional(
    context,
    ENDPOINTS.warehouses,
    warnings,
    { warehouses: [], has_next: false, cursor: undefined },
    () => client.warehouses(undefined),
  );
  const working = warehouses.filter(({ status, pause_at: pausedAt }) => pausedAt === undefined && !/disabled|blocked|archived|error/i.test(status ?? ""));
  return working.length === 1 && hasMore !== true ? working[0]?.warehouse_id : undefined;
}

/** Rows by product id; undefined where the key may not read them: then nothing is known, which is not the same as nothing being there. */
async function stocksOf(
  context: ConnectorContext,
  infos: readonly RemoteProduct[],
  warnings: PullWarning[],
): Promise<ReadonlyMap<string, readonly RemoteFbsStock[]> | undefined> {
  const skus = infos.flatMap((info) => info.sku ?? info.sources.find((source) => source.sku !== undefined)?.sku ?? []);
  if (skus.length === 0) return new Map();
  const client = offersClient(context);
  return optional(context, ENDPOINTS.fbsStocks, warnings, undefined, async () => {
    const found = new Map<string, RemoteFbsStock[]>();
    let cursor: string | undefined;
    do {
      const page = await client.fbsStocks(skus, cursor);
      for (const row of page.products) found.set(row.product_id, [...(found.get(row.product_id) ?? []), row]);
      cursor = page.has_next === true && page.cursor !== cursor ? page.cursor : undefined;
    } while (cursor !== undefined);
    return found;
  });
}

function mapProduct(info: RemoteProduct, own: Parameters<typeof toListing>[1], readAt: Date): ExternalProduct | RejectedRecord {
  try {
    return toListing(info, own, readAt);
  } catch (error) {
    if (error instanceof RangeError)
      return { kind: "product", externalId: info.id, payload: info, errorCode: "ozon.product_price", errorText: error.message.slice(0, 500) };
    throw error;
  }
}

export const ozonCatalog: CatalogPort = { pull };
