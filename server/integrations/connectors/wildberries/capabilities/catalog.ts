import { z } from "zod";
import { ConnectorError } from "../../../contract/errors";
import type { CatalogPort, ConnectorContext, Cursor, PullPage } from "../../../contract/ports";
import type { ExternalProduct } from "../../../contract/records";
import { wildberriesClient } from "../client";
import { toProduct } from "../mapper";

const LIMIT = 100;
const cursorSchema = z.object({ updatedAt: z.string(), nmId: z.string().regex(/^\d+$/), done: z.number().int().nonnegative() });

function readCursor(cursor: Cursor | undefined): z.output<typeof cursorSchema> | undefined {
  if (cursor === undefined) return undefined;
  const parsed = cursorSchema.safeParse(cursor);
  if (!parsed.success) throw new ConnectorError("invalid", "remote.cursor", { cause: parsed.error });
  return parsed.data;
}

/** Cards by the moment they were last changed, oldest first; a card changed meanwhile comes again at the end. */
async function pull(context: ConnectorContext, input: { readonly cursor?: Cursor | undefined }): Promise<PullPage<ExternalProduct>> {
  const after = readCursor(input.cursor);
  const page = await wildberriesClient(context).cards({ limit: LIMIT, ...(after === undefined ? {} : { after }) });
  const records = page.cards.map(toProduct);
  const done = (after?.done ?? 0) + records.length;
  const { updatedAt, nmID, total } = page.cursor;
  // "Stop when total is below the limit"; an unchanged cursor would read the same page for ever.
  const goesOn = total >= LIMIT && updatedAt !== undefined && nmID !== undefined && !(updatedAt === after?.updatedAt && nmID === after.nmId);
  return { records, rejected: [], received: records.length, ...(goesOn ? { next: { updatedAt, nmId: nmID, done } } : {}), progress: { done } };
}

export const wildberriesCatalog: CatalogPort = { pull };
