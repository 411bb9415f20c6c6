import { z } from "zod";
import { ConnectorError } from "../../../contract/errors";
import type { CatalogPort, ConnectorContext, Cursor, PullPage } from "../../../contract/ports";
import type { ExternalProduct } from "../../../contract/records";
import { openMarket } from "../client";
import { toProduct } from "../mapper";

const LIMIT = 100;
/** Sales of last month may well be of products archived since: both kinds are read, one after the other. */
const cursorSchema = z.object({ archived: z.boolean(), pageToken: z.string().optional(), done: z.number().int().nonnegative() });
type CatalogCursor = z.output<typeof cursorSchema>;

function readCursor(cursor: Cursor | undefined): CatalogCursor {
  if (cursor === undefined) return { archived: false, done: 0 };
  const parsed = cursorSchema.safeParse(cursor);
  if (!parsed.success) throw new ConnectorError("invalid", "remote.cursor", { cause: parsed.error });
  return parsed.data;
}

async function pull(context: ConnectorContext, input: { readonly cursor?: Cursor | undefined }): Promise<PullPage<ExternalProduct>> {
  const client = await openMarket(context);
  const cursor = readCursor(input.cursor);
  const page = await client.offers({ archived: cursor.archived, pageToken: cursor.pageToken, limit: LIMIT });
  const records = page.offerMappings.flatMap((mapping) => toProduct(mapping) ?? []);
  const done = cursor.done + records.length;
  const next = nextCursor(cursor, page.paging, done);
  return { records, rejected: [], received: records.length, ...(next === undefined ? {} : { next }), progress: { done } };
}

/** An unchanged token would read the same page for ever. */
function nextCursor(cursor: CatalogCursor, pageToken: string | undefined, done: number): CatalogCursor | undefined {
  if (pageToken !== undefined && pageToken !== cursor.pageToken) return { archived: cursor.archived, pageToken, done };
  return cursor.archived ? undefined : { archived: true, done };
}

export const yandexCatalog: CatalogPort = { pull };
