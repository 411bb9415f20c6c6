import { toDecimal } from "@/lib/money";
import { ConnectorError } from "../../../contract/errors";
import type { ListingRef, OfferOutcome, OffersPort, PriceChange, StockChange } from "../../../contract/offers";
import type { ConnectorContext } from "../../../contract/ports";
import { openMarket } from "../client";
import { SEVERAL_SHOPS } from "../listing";

const STOCKS_A_CALL = 2_000;
const PRICES_A_CALL = 500;
const MOST_PIECES = 2_000_000_000;

type Refusal = Extract<OfferOutcome, { readonly state: "rejected" }>;
type Change = { readonly listing: ListingRef };

const rejected = (externalId: string, code: string): Refusal => ({ externalId, state: "rejected", code });
const articleOf = ({ offerId, externalId }: ListingRef) => offerId ?? externalId;

/**
 * The service answers for a call as a whole: a call it refuses is halved until what it refuses stands alone, and the rest is taken.
 * @throws ConnectorError for everything that is not a refusal of what was asked.
 */
async function halving<C extends Change>(
  changes: readonly C[],
  send: (part: readonly C[]) => Promise<unknown>,
  code: string,
): Promise<readonly OfferOutcome[]> {
  try {
    await send(changes);
    return changes.map(({ listing }) => ({ externalId: listing.externalId, state: "acknowledged" as const }));
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.kind !== "invalid" || error.code !== "remote.invalid") throw error;
    const [only, ...others] = changes;
    if (only !== undefined && others.length === 0) return [{ ...rejected(only.listing.externalId, code), text: error.remoteText }];
    const middle = Math.ceil(changes.length / 2);
    return [...(await halving(changes.slice(0, middle), send, code)), ...(await halving(changes.slice(middle), send, code))];
  }
}

/** What the service would refuse is answered here, the rest is sent; one outcome for every change, in their order. */
async function set<C extends Change>(
  changes: readonly C[],
  check: (change: C) => Refusal | undefined,
  send: (good: readonly C[]) => Promise<readonly OfferOutcome[]>,
): Promise<readonly OfferOutcome[]> {
  const refusals = changes.map((change, index) => check(change) ?? twice(changes, index));
  const good = changes.filter((_, index) => refusals[index] === undefined);
  const outcomes = new Map((good.length === 0 ? [] : await send(good)).map((outcome) => [outcome.externalId, outcome]));
  return changes.map(
    ({ listing }, index) => refusals[index] ?? outcomes.get(listing.externalId) ?? rejected(listing.externalId, "yandex-market.offer_refused"),
  );
}

/** An article may stand in a call once. */
function twice(changes: readonly Change[], index: number): Refusal | undefined {
  const { listing } = changes[index] ?? {};
  if (listing === undefined || changes.findIndex((other) => articleOf(other.listing) === articleOf(listing)) === index) return undefined;
  return { ...rejected(listing.externalId, "yandex-market.offer_twice"), isConflict: true };
}

function stockRefusal({ listing, quantity }: StockChange): Refusal | undefined {
  if (!Number.isSafeInteger(quantity) || quantity < 0) return rejected(listing.externalId, "yandex-market.stock_negative");
  if (quantity > MOST_PIECES) return rejected(listing.externalId, "yandex-market.stock_too_big");
  const campaignId = listing.remoteContext["campaignId"];
  if (campaignId === SEVERAL_SHOPS) return rejected(listing.externalId, "yandex-market.stock_several_shops");
  return campaignId === undefined || !/^\d{1,19}$/.test(campaignId) ? rejected(listing.externalId, "yandex-market.stock_no_shop") : undefined;
}

function setStock(context: ConnectorContext, changes: readonly StockChange[]): Promise<readonly OfferOutcome[]> {
  return set(changes, stockRefusal, async (good) => {
    const client = await openMarket(context);
    const shops = [...new Set(good.map(({ listing }) => listing.remoteContext["campaignId"] ?? ""))];
    const outcomes: OfferOutcome[] = [];
    for (const shop of shops) {
      const ofShop = good.filter(({ listing }) => listing.remoteContext["campaignId"] === shop);
      const send = (part: readonly StockChange[]) =>
        client.setStocks(
          shop,
          part.map(({ listing, quantity }) => ({ sku: articleOf(listing), count: quantity })),
        );
      outcomes.push(...(await halving(ofShop, send, "yandex-market.offer_refused")));
    }
    return outcomes;
  });
}

const HUNDRED = 100n;

/** Crossed-out prices are whole, and the discount is between 5 and 99 per cent. */
function priceRefusal({ listing, priceMinor, oldPriceMinor }: PriceChange): Refusal | undefined {
  if (priceMinor <= 0n) return rejected(listing.externalId, "yandex-market.price_not_positive");
  if (oldPriceMinor === null) return undefined;
  if (oldPriceMinor % HUNDRED !== 0n) return rejected(listing.externalId, "yandex-market.price_old_whole");
  const discount = (oldPriceMinor - priceMinor) * HUNDRED;
  const isFair = discount >= oldPriceMinor * 5n && discount <= oldPriceMinor * 99n;
  return isFair ? undefined : rejected(listing.externalId, "yandex-market.price_discount");
}

function setPrice(context: ConnectorContext, changes: readonly PriceChange[]): Promise<readonly OfferOutcome[]> {
  return set(changes, priceRefusal, async (good) => {
    const client = await openMarket(context);
    const send = (part: readonly PriceChange[]) =>
      client.setPrices(
        part.map(({ listing, priceMinor, oldPriceMinor, currency }) => ({
          offerId: articleOf(listing),
          value: toDecimal(priceMinor, currency),
          currencyId: currency === "RUB" || currency === "" ? "RUR" : currency,
          ...(oldPriceMinor === null ? {} : { discountBase: toDecimal(oldPriceMinor, currency) }),
        })),
      );
    return halving(good, send, "yandex-market.price_refused");
  });
}

export const yandexOffers: OffersPort = {
  stock: { maxBatch: STOCKS_A_CALL, set: setStock },
  price: { maxBatch: PRICES_A_CALL, set: setPrice },
};
