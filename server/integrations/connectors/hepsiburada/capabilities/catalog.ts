import { z } from "zod";
import type { CatalogPort, ConnectorContext, Cursor, PullPage } from "../../../contract/ports";
import { readCursor } from "../../../contract/read-cursor";
import type { ExternalProduct, RejectedRecord } from "../../../contract/records";
import { type HepsiburadaClient, hepsiburadaClient } from "../client";
import { productId } from "../mapper";
import { toProduct } from "../product-mapper";
import { catalogRowSchema, listingSchema, type RemoteCatalogRow, type RemoteListing } from "../schemas";

/** As many articles as one filter of the listings takes (one edition of the documents). */
const CARDS = 50;
const LISTINGS = 100;

const cursorSchema = z.object({
  phase: z.enum(["cards", "listings"]),
  /** Page of cards, offset of listings. */
  at: z.number().int().nonnegative(),
  /** Articles told with their cards: the second phase leaves them out. */
  told: z.array(z.string()),
  done: z.number().int().nonnegative(),
});
type Place = z.output<typeof cursorSchema>;
const BEGIN: Place = { phase: "cards", at: 0, told: [], done: 0 };

/** Cards of the catalogue with their listings first, then the listings that have no card there. */
async function pull(context: ConnectorContext, input: { readonly cursor?: Cursor | undefined }): Promise<PullPage<ExternalProduct>> {
  const place: Place = input.cursor === undefined ? BEGIN : readCursor(cursorSchema, input.cursor);
  const client = hepsiburadaClient(context);
  const { pairs, rejected, next } = place.phase === "cards" ? await cardsWithListings(client, place) : await bareListings(client, place);
  const records: ExternalProduct[] = [];
  for (const [card, listing, raw] of pairs) {
    const product = mapped(card, listing, raw);
    if ("errorCode" in product) rejected.push(product);
    else records.push(product);
  }
  const done = place.done + records.length;
  return {
    records,
    rejected,
    received: records.length + rejected.length,
    ...(next === undefined ? {} : { next: { ...next, done } satisfies Place }),
    progress: { done },
  };
}

interface Found {
  readonly pairs: readonly (readonly [card: RemoteCatalogRow | undefined, listing: RemoteListing | undefined, raw: unknown])[];
  readonly rejected: RejectedRecord[];
  readonly next: Place | undefined;
}

async function cardsWithListings(client: HepsiburadaClient, place: Place): Promise<Found> {
  const page = await client.catalog(place.at, CARDS);
  const { parsed: cards, rejected } = parseRows(page.data, catalogRowSchema, "hepsiburada.card_shape");
  const articles = cards.map((card) => card.merchantSku);
  const answer = articles.length === 0 ? { listings: [] } : await client.listings({ offset: 0, limit: LISTINGS, merchantSkus: articles });
  const listed = parseRows(answer.listings, listingSchema, "hepsiburada.listing_shape");
  const byArticle = new Map(listed.parsed.map((listing) => [productId(listing.merchantSku), listing]));
  const isLast = page.last ?? page.data.length < CARDS;
  // A card whose listing the filter did not find (an article with a comma in it) leaves its listing to the second phase.
  const told = [...place.told, ...articles.map(productId).filter((article) => byArticle.has(article))];
  return {
    pairs: cards.map((card) => [card, byArticle.get(productId(card.merchantSku)), card]),
    rejected: [...rejected, ...listed.rejected],
    next: isLast || page.data.length === 0 ? { ...place, phase: "listings", at: 0, told } : { ...place, at: place.at + 1, told },
  };
}

async function bareListings(client: HepsiburadaClient, place: Place): Promise<Found> {
  const page = await client.listings({ offset: place.at, limit: LISTINGS });
  const told = new Set(place.told);
  const { parsed, rejected } = parseRows(page.listings, listingSchema, "hepsiburada.listing_shape");
  const at = place.at + page.listings.length;
  return {
    pairs: parsed.filter((listing) => !told.has(productId(listing.merchantSku))).map((listing) => [undefined, listing, listing]),
    rejected,
    next: page.listings.length === 0 || at >= page.totalCount ? undefined : { ...place, at },
  };
}

function mapped(card: RemoteCatalogRow | undefined, listing: RemoteListing | undefined, payload: unknown): ExternalProduct | RejectedRecord {
  try {
    return toProduct(card, listing);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { kind: "product", externalId: listing?.merchantSku, payload, errorCode: "hepsiburada.listing_amount", errorText: error.message.slice(0, 500) };
  }
}

function parseRows<T>(
  rows: readonly unknown[],
  schema: z.ZodType<T>,
  errorCode: string,
): { readonly parsed: readonly T[]; readonly rejected: RejectedRecord[] } {
  const parsed: T[] = [];
  const rejected: RejectedRecord[] = [];
  for (const row of rows) {
    const result = schema.safeParse(row);
    if (result.success) parsed.push(result.data);
    else rejected.push({ kind: "product", payload: row, errorCode, errorText: z.prettifyError(result.error).slice(0, 500) });
  }
  return { parsed, rejected };
}

export const hepsiburadaCatalog: CatalogPort = { pull };
