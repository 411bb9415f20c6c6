import { z } from "zod";
import { ConnectorError } from "../../../contract/errors";
import type { CatalogPort, ConnectorContext, Cursor, PullPage } from "../../../contract/ports";
import type { ExternalProduct } from "../../../contract/records";
import { ozonClient } from "../client";
import { toProduct } from "../mapper";

const LIMIT = 1_000;
/** `ALL` leaves archived products out, and sales of last month may well be theirs. */
const cursorSchema = z.object({ visibility: z.enum(["ALL", "ARCHIVED"]), lastId: z.string(), done: z.number().int().nonnegative() });
type CatalogCursor = z.output<typeof cursorSchema>;

function readCursor(cursor: Cursor | undefined): CatalogCursor {
  if (cursor === undefined) return { visibility: "ALL", lastId: "", done: 0 };
  const parsed = cursorSchema.safeParse(cursor);
  if (!parsed.success) throw new ConnectorError("invalid", "remote.cursor", { cause: parsed.error });
  return parsed.data;
}

async function pull(context: ConnectorContext, input: { readonly cursor?: Cursor | undefined }): Promise<PullPage<ExternalProduct>> {
  const client = ozonClient(context);
  const cursor = readCursor(input.cursor);
  const { result } = await client.productList({ visibility: cursor.visibility, lastId: cursor.lastId, limit: LIMIT });
  const productIds = result.items.map((item) => item.product_id);
  const infos = productIds.length === 0 ? [] : (await client.productInfo({ productIds })).items;
  const byId = new Map(infos.map((info) => [info.id, info]));
  const records = result.items.map((item): ExternalProduct => {
    const info = byId.get(item.product_id);
    if (info === undefined) return { externalId: item.product_id, sku: item.sku, offerId: item.offer_id, name: item.offer_id ?? item.product_id };
    const product = toProduct(info);
    return { ...product, sku: product.sku ?? item.sku, offerId: product.offerId ?? item.offer_id };
  });
  const done = cursor.done + records.length;
  const next = nextCursor(cursor, result.items.length, result.last_id, done);
  return { records, rejected: [], received: records.length, ...(next === undefined ? {} : { next }), progress: { done } };
}

/** A short page is the last one; an unchanged `last_id` would read the same page for ever. */
function nextCursor(cursor: CatalogCursor, count: number, lastId: string | undefined, done: number): CatalogCursor | undefined {
  if (count > 0 && lastId !== undefined && lastId !== cursor.lastId) return { visibility: cursor.visibility, lastId, done };
  return cursor.visibility === "ALL" ? { visibility: "ARCHIVED", lastId: "", done } : undefined;
}

export const ozonCatalog: CatalogPort = { pull };
