import { z } from "zod";
import { ConnectorError } from "../../../contract/errors";
import type { CatalogPort, ConnectorContext, Cursor, PullPage } from "../../../contract/ports";
import { readCursor } from "../../../contract/read-cursor";
import type { ExternalProduct, RejectedRecord } from "../../../contract/records";
import { shopifyClient } from "../client";
import { readFacts } from "../facts";
import { toProduct } from "../mapper";
import { variantSchema, variantsPageSchema } from "../schemas";
import { affordable } from "./affordable";
import { nextCursor } from "./every-node";
import { readPrimaryLocation, readShop } from "./shop";

const FIRST = 80;
const cursorSchema = z.object({ after: z.string(), done: z.number().int().nonnegative(), first: z.number().int().min(1).default(FIRST) });

/** Every variant, whatever its product's status; stock as the primary location has it. */
async function pull(context: ConnectorContext, input: { readonly cursor?: Cursor | undefined }): Promise<PullPage<ExternalProduct>> {
  const cursor = input.cursor === undefined ? undefined : readCursor(cursorSchema, input.cursor);
  const { locationId, currency } = await shopOf(context);
  const variables = { after: cursor?.after ?? null, location: locationId };
  const { answer, first } = await affordable(cursor?.first ?? FIRST, (length) =>
    shopifyClient(context).query("VariantsPage", { ...variables, first: length }, variantsPageSchema),
  );
  const { pageInfo, nodes } = answer.data.productVariants;
  const entries = nodes.map((node) => mapVariant(node, currency, locationId));
  const done = (cursor?.done ?? 0) + entries.length;
  const next = nextCursor(pageInfo, cursor?.after);
  return {
    records: entries.flatMap((entry) => ("errorCode" in entry ? [] : [entry])),
    rejected: entries.flatMap((entry) => ("errorCode" in entry ? [entry] : [])),
    received: entries.length,
    ...(answer.warnings.length === 0 ? {} : { warnings: answer.warnings }),
    ...(next === undefined ? {} : { next: { after: next, done, first } }),
    progress: { done },
  };
}

/** As the last test found it, or asked for. */
async function shopOf(context: ConnectorContext): Promise<{ readonly locationId: string; readonly currency: string }> {
  const { locationId, currency } = readFacts(context.facts);
  if (locationId !== undefined && currency !== undefined) return { locationId, currency };
  const client = shopifyClient(context);
  const { shop } = (await readShop(client)).data;
  const location = await readPrimaryLocation(client);
  if (location === undefined) throw new ConnectorError("invalid", "shopify.no_location");
  return { locationId: location.id, currency: shop.currencyCode };
}

function mapVariant(raw: unknown, currency: string, location: string): ExternalProduct | RejectedRecord {
  const parsed = variantSchema.safeParse(raw);
  const rejected = (errorText: string, externalId?: string): RejectedRecord => ({
    kind: "product",
    externalId,
    payload: raw,
    errorCode: "shopify.product_shape",
    errorText: errorText.slice(0, 500),
  });
  if (!parsed.success) return rejected(z.prettifyError(parsed.error));
  try {
    return toProduct(parsed.data, currency, location);
  } catch (error) {
    if (error instanceof RangeError) return rejected(error.message, parsed.data.id);
    throw error;
  }
}

export const shopifyCatalog: CatalogPort = { pull };
