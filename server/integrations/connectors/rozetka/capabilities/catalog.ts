import { z } from "zod";
import { ConnectorError } from "../../../contract/errors";
import type { CatalogPort, ConnectorContext, Cursor, PullPage } from "../../../contract/ports";
import type { ExternalProduct, RejectedRecord } from "../../../contract/records";
import { openRozetka } from "../client";
import { toProduct } from "../mapper-goods";
import { nextPage } from "../paging";
import { rejection } from "../rejection";
import { goodSchema } from "../schemas-goods";

const PER_PAGE = 100;
const cursorSchema = z.object({
  page: z.number().int().positive(),
  total: z.number().int().nonnegative().optional(),
  done: z.number().int().nonnegative(),
  /** Whether the run has already said that some stock is the feed's. */
  warned: z.boolean(),
});

function readCursor(cursor: Cursor | undefined): z.output<typeof cursorSchema> {
  if (cursor === undefined) return { page: 1, done: 0, warned: false };
  const parsed = cursorSchema.safeParse(cursor);
  if (!parsed.success) throw new ConnectorError("invalid", "remote.cursor", { cause: parsed.error });
  return parsed.data;
}

async function pull(context: ConnectorContext, input: { readonly cursor?: Cursor | undefined }): Promise<PullPage<ExternalProduct>> {
  const cursor = readCursor(input.cursor);
  const list = await openRozetka(context).goods({ page: cursor.page, pageSize: PER_PAGE });
  const read = list.items.map(readGood);
  const records = read.flatMap((entry) => ("product" in entry ? [entry.product] : []));
  const rejected = read.flatMap((entry) => ("rejected" in entry ? [entry.rejected] : []));
  const done = cursor.done + read.length;
  const byFeed = records.some(({ remoteContext }) => remoteContext?.["stockBy"] === "feed");
  const place = nextPage(cursor, list._meta, PER_PAGE);
  return {
    records,
    rejected,
    received: read.length,
    ...(byFeed && !cursor.warned ? { warnings: [{ code: "rozetka.stock_by_feed" }] } : {}),
    ...(place === undefined ? {} : { next: { ...place, done, warned: cursor.warned || byFeed } }),
    progress: { done, total: Math.max(done, list._meta.totalCount) },
  };
}

function readGood(raw: unknown): { readonly product: ExternalProduct } | { readonly rejected: RejectedRecord } {
  const parsed = goodSchema.safeParse(raw);
  return parsed.success ? { product: toProduct(parsed.data) } : { rejected: rejection("product", raw, "rozetka.product_shape", parsed.error, "item_id") };
}

export const rozetkaCatalog: CatalogPort = { pull };
