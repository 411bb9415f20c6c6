import { toDecimal } from "@/lib/money";
import type { ListingRef, OfferOutcome, OffersPort, PriceChange, StockChange } from "../../../contract/offers";
import type { ConnectorContext } from "../../../contract/ports";
import { SEVERAL_WAREHOUSES } from "../listing";
import { offersClient } from "../offers-client";
import type { offerResultsSchema } from "../schemas";

const STOCKS_A_CALL = 100;
const PRICES_A_CALL = 1_000;
/** "STOCK_TOO_BIG": it has to be below a million. */
const MOST_PIECES = 999_999;

type Results = ReturnType<typeof offerResultsSchema.parse>["result"];
type Refusal = Extract<OfferOutcome, { readonly state: "rejected" }>;

const rejected = (externalId: string, code: string): Refusal => ({ externalId, state: "rejected", code });

/** Sets what may be sent; what the service would refuse is answered here, line by line. */
async function set<C extends { readonly listing: ListingRef }>(
  changes: readonly C[],
  check: (change: C) => Refusal | undefined,
  send: (good: readonly C[]) => Promise<Results>,
  codeOf: (code: string, message: string) => Pick<Refusal, "code" | "isConflict">,
): Promise<readonly OfferOutcome[]> {
  const refusals = new Map(
    changes.flatMap((change) => {
      const refusal = check(change);
      return refusal === undefined ? [] : [[change, refusal] as const];
    }),
  );
  const good = changes.filter((change) => !refusals.has(change));
  const results = new Map((good.length === 0 ? [] : await send(good)).map((result) => [result.product_id ?? "", result]));
  return changes.map((change): OfferOutcome => {
    const { externalId } = change.listing;
    const refusal = refusals.get(change);
    if (refusal !== undefined) return refusal;
    const result = results.get(productOf(change.listing));
    if (result?.updated === true) return { externalId, state: "acknowledged" };
    const [error] = result?.errors ?? [];
    const text = error === undefined ? undefined : `${error.code}: ${error.message}`.slice(0, 500);
    return { externalId, state: "rejected", ...codeOf(error?.code ?? "", error?.message ?? ""), text };
  });
}

function productOf({ externalId, remoteContext }: ListingRef): string {
  return remoteContext["productId"] ?? externalId;
}

function stockRefusal({ listing, quantity }: StockChange): Refusal | undefined {
  const { externalId, remoteContext } = listing;
  if (!Number.isSafeInteger(quantity) || quantity < 0) return rejected(externalId, "ozon.stock_negative");
  if (quantity > MOST_PIECES) return rejected(externalId, "ozon.stock_too_big");
  if (!/^\d{1,18}$/.test(productOf(listing))) return rejected(externalId, "ozon.offer_unknown");
  const { warehouseId } = remoteContext as { readonly warehouseId?: string };
  if (warehouseId === SEVERAL_WAREHOUSES) return rejected(externalId, "ozon.stock_several_warehouses");
  return warehouseId === undefined || !/^\d{1,18}$/.test(warehouseId) ? rejected(externalId, "ozon.stock_no_warehouse") : undefined;
}

/** The same pair may be set once in 30 seconds: what came too soon is said again later. */
function stockCode(code: string, message: string): Pick<Refusal, "code" | "isConflict"> {
  if (/too_many_requests|too frequently/i.test(`${code} ${message}`)) return { code: "ozon.stock_too_soon", isConflict: true };
  if (/not_found|not_created|archived/i.test(code)) return { code: /warehouse/i.test(code) ? "ozon.stock_no_warehouse" : "ozon.offer_unknown" };
  return { code: /too_big/i.test(code) ? "ozon.stock_too_big" : "ozon.stock_refused" };
}

function setStock(context: ConnectorContext, changes: readonly StockChange[]): Promise<readonly OfferOutcome[]> {
  const client = offersClient(context);
  return set(
    changes,
    stockRefusal,
    async (good) => {
      const lines = good.map(({ listing, quantity }) => ({
        productId: productOf(listing),
        warehouseId: listing.remoteContext["warehouseId"] ?? "",
        quantity,
      }));
      return (await client.setStocks(lines)).result;
    },
    stockCode,
  );
}

function priceRefusal({ listing, priceMinor, oldPriceMinor }: PriceChange): Refusal | undefined {
  if (priceMinor <= 0n) return rejected(listing.externalId, "ozon.price_not_positive");
  if (oldPriceMinor !== null && oldPriceMinor <= priceMinor) return rejected(listing.externalId, "ozon.price_old_lower");
  return /^\d{1,18}$/.test(productOf(listing)) ? undefined : rejected(listing.externalId, "ozon.offer_unknown");
}

/** A product's price may be set ten times an hour. */
function priceCode(code: string, message: string): Pick<Refusal, "code" | "isConflict"> {
  if (/limit exceeded|limiting/i.test(`${code} ${message}`)) return { code: "ozon.price_too_often", isConflict: true };
  if (/discount/i.test(code)) return { code: "ozon.price_discount" };
  if (/not_found/i.test(code)) return { code: "ozon.offer_unknown" };
  return { code: /min_price/i.test(code) ? "ozon.price_minimum" : "ozon.price_refused" };
}

function setPrice(context: ConnectorContext, changes: readonly PriceChange[]): Promise<readonly OfferOutcome[]> {
  const client = offersClient(context);
  return set(
    changes,
    priceRefusal,
    async (good) => {
      const lines = good.map(({ listing, priceMinor, oldPriceMinor, currency }) => ({
        productId: productOf(listing),
        price: toDecimal(priceMinor, currency),
        oldPrice: oldPriceMinor === null ? "0" : toDecimal(oldPriceMinor, currency),
        currency,
      }));
      return (await client.setPrices(lines)).result;
    },
    priceCode,
  );
}

export const ozonOffers: OffersPort = {
  stock: { maxBatch: STOCKS_A_CALL, set: setStock },
  price: { maxBatch: PRICES_A_CALL, set: setPrice },
};
