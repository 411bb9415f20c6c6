import { z } from "zod";
import { allOf } from "@/lib/all-of";
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
/** Pages asked for side by side once the service has told how many there are: one by one a large catalogue is mostly waiting. */
const PAGES_AT_ONCE = 4;

const cursorSchema = z.object({
  phase: z.enum(["cards", "listings"]),
  /** Page of cards, offset of listings. */
  at: z.number().int().nonnegative(),
  /** Pages of cards, or listings, as the last answer counted them; absent: not told yet. */
  total: z.number().int().nonnegative().optional(),
  /** Articles told with their cards, a line each: the second phase leaves them out. One text, because it is read and written with every page. */
  told: z.string(),
  done: z.number().int().nonnegative(),
});
type Place = z.output<typeof cursorSchema>;
const BEGIN: Place = { phase: "cards", at: 0, told: "", done: 0 };

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
  const left = place.total === undefined ? 1 : place.total - place.at;
  const pages = await allOf(sideBySide(left).map((page) => pageOfCards(client, place.at + page)));
  const end = pages.findIndex(({ isLast }) => isLast);
  const read = end === -1 ? pages : pages.slice(0, end + 1);
  const told = place.told + read.flatMap((page) => page.told.map((article) => `${article}\n`)).join("");
  return {
    pairs: read.flatMap((page) => page.pairs),
    rejected: read.flatMap((page) => page.rejected),
    next:
      end === -1 ? { ...place, at: place.at + read.length, total: pages.at(-1)?.total, told } : { ...place, phase: "listings", at: 0, total: undefined, told },
  };
}

/** As many pages as are left, but not more than go side by side; one at least, which tells whether there is more. */
const sideBySide = (left: number) => Array.from({ length: Math.min(PAGES_AT_ONCE, Math.max(1, left)) }, (_, page) => page);

async function pageOfCards(client: HepsiburadaClient, number: number) {
  const page = await client.catalog(number, CARDS);
  const { parsed: cards, rejected } = parseRows(page.data, catalogRowSchema, "hepsiburada.card_shape");
  const articles = cards.map((card) => card.merchantSku);
  const answer = articles.length === 0 ? { listings: [] } : await client.listings({ offset: 0, limit: LISTINGS, merchantSkus: articles });
  const listed = parseRows(answer.listings, listingSchema, "hepsiburada.listing_shape");
  const byArticle = new Map(listed.parsed.map((listing) => [productId(listing.merchantSku), listing]));
  return {
    pairs: cards.map((card) => [card, byArticle.get(productId(card.merchantSku)), card] as const),
    rejected: [...rejected, ...listed.rejected],
    // A card whose listing the filter did not find (an article with a comma in it) leaves its listing to the second phase.
    told: articles.filter((article) => byArticle.has(productId(article))).map(lineOf),
    isLast: page.data.length === 0 || (page.last ?? page.data.length < CARDS),
    total: page.totalPages ?? undefined,
  };
}

async function bareListings(client: HepsiburadaClient, place: Place): Promise<Found> {
  const left = place.total === undefined ? 1 : Math.ceil((place.total - place.at) / LISTINGS);
  const pages = await allOf(sideBySide(left).map((page) => client.listings({ offset: place.at + page * LISTINGS, limit: LISTINGS })));
  // What stands behind a page that is not full was asked for at the wrong place.
  const short = pages.findIndex((page) => page.listings.length !== LISTINGS);
  const listings = (short === -1 ? pages : pages.slice(0, short + 1)).flatMap((page) => page.listings);
  const told = new Set(place.told.split("\n"));
  const { parsed, rejected } = parseRows(listings, listingSchema, "hepsiburada.listing_shape");
  const at = place.at + listings.length;
  const total = pages[0]?.totalCount ?? 0;
  return {
    pairs: parsed.filter((listing) => !told.has(lineOf(listing.merchantSku))).map((listing) => [undefined, listing, listing]),
    rejected,
    next: listings.length === 0 || at >= total ? undefined : { ...place, at, total },
  };
}

/** How an article stands among those told: on one line whatever is in it. */
const lineOf = (article: string) => productId(article).replaceAll("\n", " ");

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
