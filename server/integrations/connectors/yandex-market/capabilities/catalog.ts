import { z } from "zod";
import { ConnectorError } from "../../../contract/errors";
import type { CatalogPort, ConnectorContext, Cursor, PullPage, PullWarning } from "../../../contract/ports";
import type { ExternalProduct, RejectedRecord } from "../../../contract/records";
import { type MarketClient, openMarket } from "../client";
import { OPERATIONS } from "../endpoints";
import { readFacts } from "../facts";
import { collect, type ShopStock, type Stocks, toListing } from "../listing";
import type { RemoteOffer } from "../schemas";

const LIMIT = 100;
/** Sales of last month may well be of products archived since: both kinds are read, one after the other. */
const cursorSchema = z.object({
  archived: z.boolean(),
  pageToken: z.string().optional(),
  done: z.number().int().nonnegative(),
  /** The shops stock is asked for, found out once a run. */
  shops: z.array(z.object({ id: z.string(), isOwn: z.boolean() })),
});
type CatalogCursor = z.output<typeof cursorSchema>;

function readCursor(cursor: Cursor): CatalogCursor {
  const parsed = cursorSchema.safeParse(cursor);
  if (!parsed.success) throw new ConnectorError("invalid", "remote.cursor", { cause: parsed.error });
  return parsed.data;
}

async function pull(context: ConnectorContext, input: { readonly cursor?: Cursor | undefined }): Promise<PullPage<ExternalProduct>> {
  const client = await openMarket(context);
  const readAt = context.clock.now();
  const cursor = input.cursor === undefined ? { archived: false, done: 0, shops: await shopsOf(context, client) } : readCursor(input.cursor);
  const page = await client.offers({ archived: cursor.archived, pageToken: cursor.pageToken, limit: LIMIT });
  const warnings: PullWarning[] = [];
  const offerIds = page.offerMappings.flatMap(({ offer }) => offer?.offerId ?? []);
  const stocks = await stocksOf(client, cursor.shops, offerIds, warnings);
  const mapped = page.offerMappings.flatMap((mapping) => mapOffer(mapping, stocks, readAt) ?? []);
  const done = cursor.done + mapped.length;
  const next = nextCursor(cursor, page.paging, done);
  return {
    records: mapped.flatMap((entry) => ("payload" in entry ? [] : [entry])),
    rejected: mapped.flatMap((entry) => ("payload" in entry ? [entry] : [])),
    received: mapped.length,
    ...(warnings.length === 0 ? {} : { warnings }),
    ...(next === undefined ? {} : { next }),
    progress: { done },
  };
}

/** An unchanged token would read the same page for ever. */
function nextCursor(cursor: CatalogCursor, pageToken: string | undefined, done: number): CatalogCursor | undefined {
  const { shops } = cursor;
  if (pageToken !== undefined && pageToken !== cursor.pageToken) return { archived: cursor.archived, pageToken, done, shops };
  return cursor.archived ? undefined : { archived: true, done, shops };
}

const OWN = new Set(["FBS", "DBS", "EXPRESS"]);

/** As the last test saw them, or asked for. LaaS shops sell elsewhere, switched-off ones answer nothing. */
async function shopsOf(context: ConnectorContext, client: MarketClient): Promise<CatalogCursor["shops"]> {
  const known = readFacts(context.facts).campaigns;
  const all = known ?? (await client.campaigns()).filter(({ business }) => (business?.id ?? client.businessId) === client.businessId);
  return all.flatMap(({ id, placementType = "", apiAvailability = "AVAILABLE" }) =>
    id === undefined || apiAvailability !== "AVAILABLE" || !(OWN.has(placementType) || placementType === "FBY") ? [] : [{ id, isOwn: OWN.has(placementType) }],
  );
}

/** Stock is worth having, not worth losing the products for: a shop's refusal becomes a warning, and then nothing is known. */
async function stocksOf(client: MarketClient, shops: CatalogCursor["shops"], offerIds: readonly string[], warnings: PullWarning[]): Promise<Stocks> {
  const own = shops.filter(({ isOwn }) => isOwn);
  const home = own.length === 1 ? own[0]?.id : undefined;
  if (offerIds.length === 0 || shops.length === 0) return { byOffer: undefined, home };
  const byOffer = new Map<string, ShopStock[]>();
  const seen = new Set<string>();
  for (const shop of shops) {
    try {
      collect(byOffer, seen, shop, (await client.stocks(shop.id, offerIds)).warehouses);
    } catch (error) {
      if (!(error instanceof ConnectorError) || error.retryable || error.kind === "auth") throw error;
      warnings.push({ code: error.code, params: { method: OPERATIONS.stocks.path, campaign: shop.id, permission: "OFFERS_AND_CARDS_MANAGEMENT" } });
      return { byOffer: undefined, home };
    }
  }
  return { byOffer, home };
}

function mapOffer(mapping: RemoteOffer, stocks: Stocks, readAt: Date): ExternalProduct | RejectedRecord | undefined {
  try {
    return toListing(mapping, stocks, readAt);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const externalId = mapping.offer?.offerId;
    return { kind: "product", externalId, payload: mapping, errorCode: "yandex-market.product_price", errorText: error.message.slice(0, 500) };
  }
}

export const yandexCatalog: CatalogPort = { pull };
