import { ConnectorError } from "../../../contract/errors";
import type { OfferOutcome, OfferWriter, PriceChange } from "../../../contract/offers";
import type { ConnectorContext } from "../../../contract/ports";
import { priceLine } from "../price-lines";
import { type PriceLine, type WildberriesTradeClient, wildberriesTradeClient } from "../trade-client";

const GOODS_PAGE = 1_000;
/** 3 and above: worked off, with or without errors. */
const DONE = 3;
const CANCELLED = 4;
const GOOD_TAKEN = 2;
/** "The specified prices and discounts are already set": what was wanted is there. */
const ALREADY = /^the specified prices and discounts are already set/i;
/** Said of one that is not there and of ones that are there already alike. */
const NONE_LEFT = /already set/i;

/**
 * A price belongs to the article, whatever its sizes: one upload of at most a thousand articles, worked on for a while. The listings
 * of it go into `tracking`, because what the service drops it does not name later.
 */
async function set(context: ConnectorContext, changes: readonly PriceChange[]): Promise<readonly OfferOutcome[]> {
  const { outcomes, lines, listings } = sorted(changes);
  if (lines.size > 0) {
    const state = await upload(wildberriesTradeClient(context), [...lines.values()], listings);
    for (const [nmId, ids] of listings) for (const externalId of ids) outcomes.set(externalId, { externalId, ...state(nmId) });
  }
  return changes.map(({ listing: { externalId } }) => outcomes.get(externalId) ?? { externalId, state: "rejected", code: "wildberries.price_refused" });
}

type Bare = { readonly state: "acknowledged" } | { readonly state: "pending"; readonly tracking: string };

async function upload(
  client: WildberriesTradeClient,
  lines: readonly PriceLine[],
  listings: ReadonlyMap<string, readonly string[]>,
): Promise<(nmId: string) => Bare | Refused> {
  try {
    const uploadId = await client.setPrices(lines);
    if (uploadId === undefined) throw new ConnectorError("malformed", undefined, { params: { method: "/api/v2/upload/task" } });
    const priceOf = new Map(lines.map(({ nmId, price }) => [nmId, price]));
    const tracking = `${uploadId}:${[...listings].map(([nmId, ids]) => [nmId, priceOf.get(nmId) ?? 0, ...ids].join("-")).join(",")}`;
    return () => ({ state: "pending", tracking });
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.kind !== "invalid") throw error;
    const text = error.remoteText ?? "";
    if (ALREADY.test(text)) return () => ({ state: "acknowledged" });
    if (!NONE_LEFT.test(text)) return () => ({ state: "rejected", code: "wildberries.price_refused", text });
    return standing(await pricesNow(client, lines));
  }
}

type Refused = { readonly state: "rejected"; readonly code: string; readonly text?: string | undefined };

interface Wanted {
  readonly nmId: string;
  readonly price: number;
}

/** Articles whose wanted price is there, whoever set it. */
async function pricesNow(client: WildberriesTradeClient, wanted: readonly Wanted[]): Promise<ReadonlySet<string>> {
  if (wanted.length === 0) return new Set();
  const held = new Map((await client.prices(wanted.map(({ nmId }) => nmId))).map((good) => [good.nmID, good.sizes]));
  const isThere = ({ nmId, price }: Wanted) => held.get(nmId)?.every((size) => Number(size.price) === price) === true;
  return new Set(wanted.filter(isThere).map(({ nmId }) => nmId));
}

function standing(there: ReadonlySet<string>): (nmId: string) => Bare | Refused {
  return (nmId) => (there.has(nmId) ? { state: "acknowledged" } : { state: "rejected", code: "wildberries.article_unknown" });
}

/** What can be sent, one line an article; what cannot is refused here. */
function sorted(changes: readonly PriceChange[]) {
  const outcomes = new Map<string, OfferOutcome>();
  const lines = new Map<string, PriceLine>();
  const listings = new Map<string, string[]>();
  for (const { listing, priceMinor, oldPriceMinor, currency } of changes) {
    const { externalId, remoteContext } = listing;
    const refuse = (code: string) => outcomes.set(externalId, { externalId, state: "rejected", code });
    const nmId = remoteContext["nmId"];
    if (nmId === undefined || !/^\d+$/.test(nmId)) {
      refuse("wildberries.article_unknown");
      continue;
    }
    const line = priceLine(nmId, priceMinor, oldPriceMinor, currency);
    const known = lines.get(nmId);
    if (line === undefined) refuse("wildberries.price_not_whole");
    else if (known !== undefined && (known.price !== line.price || known.discount !== line.discount)) refuse("wildberries.price_of_sizes");
    else {
      lines.set(nmId, line);
      listings.set(nmId, [...(listings.get(nmId) ?? []), externalId]);
    }
  }
  return { outcomes, lines, listings };
}

export async function checkPrices(context: ConnectorContext, tracking: string): Promise<readonly OfferOutcome[]> {
  const [, uploadId, ids] = /^(\d+):([\d,-]+)$/.exec(tracking) ?? [];
  if (uploadId === undefined || ids === undefined) throw new ConnectorError("invalid", "remote.cursor");
  const client = wildberriesTradeClient(context);
  const listings = ids.split(",").map((entry) => {
    const [nmId = "", price = "0", ...externalIds] = entry.split("-");
    return { nmId, price: Number(price), externalIds };
  });
  const each = (outcome: (nmId: string) => Bare | Refused) =>
    listings.flatMap(({ nmId, externalIds }) => externalIds.map((externalId): OfferOutcome => ({ externalId, ...outcome(nmId) })));
  const status = (await client.priceTask(uploadId))?.status ?? undefined;
  if (status === undefined || status < DONE) return each(() => ({ state: "pending", tracking }));
  if (status === CANCELLED) return each(() => ({ state: "rejected", code: "wildberries.price_refused" }));
  const goods = await goodsOf(client, uploadId);
  // What was there already, or is not there at all, may be missing from the list.
  const unnamed = standing(
    await pricesNow(
      client,
      listings.filter(({ nmId }) => !goods.has(nmId)),
    ),
  );
  return each((nmId) => {
    const good = goods.get(nmId);
    if (good === undefined) return unnamed(nmId);
    if (good.status === GOOD_TAKEN) return { state: "acknowledged" };
    const code = /quarantine/i.test(good.errorText ?? "") ? "wildberries.price_quarantine" : "wildberries.price_refused";
    return { state: "rejected", code, text: good.errorText?.slice(0, 500) };
  });
}

async function goodsOf(client: WildberriesTradeClient, uploadId: string) {
  const goods = new Map<string, { readonly status?: number | null | undefined; readonly errorText?: string | undefined }>();
  for (let offset = 0; ; offset += GOODS_PAGE) {
    const page = await client.priceTaskGoods(uploadId, GOODS_PAGE, offset);
    for (const good of page) goods.set(good.nmID, good);
    if (page.length < GOODS_PAGE) return goods;
  }
}

/** A fifth of what the service takes: the whole list of an upload lies with every line of it. */
export const priceWriter: OfferWriter<PriceChange> = { maxBatch: 100, set };
