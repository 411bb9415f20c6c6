import { parseMinor } from "@/lib/money";
import type { ExternalProduct } from "../../contract/records";
import { toProduct } from "./mapper";
import { currencyOf } from "./sale-lines";
import type { RemoteOffer, RemoteWarehouse } from "./schemas";

/** Offers with price, own stock and the Market's own. Pure. */

/** Pieces of one article in warehouses of several shops cannot be written with one number. */
export const SEVERAL_SHOPS = "several";

export interface ShopStock {
  readonly shop: string;
  /** Ours to write (FBS, DBS), or the Market's own warehouses. */
  readonly isOwn: boolean;
  readonly available: number;
  readonly reserved: number;
}

export interface Stocks {
  /** By article; undefined = not told. */
  readonly byOffer: ReadonlyMap<string, readonly ShopStock[]> | undefined;
  /** The shop stock goes to where an article lies in none yet; undefined = there is no single one. */
  readonly home: string | undefined;
}

/** A group of warehouses shows the same stock in several shops: a warehouse counts once, for the first shop that names it. */
export function collect(
  into: Map<string, ShopStock[]>,
  seen: Set<string>,
  shop: { readonly id: string; readonly isOwn: boolean },
  warehouses: readonly RemoteWarehouse[],
): void {
  for (const { warehouseId, offers } of warehouses) {
    for (const { offerId, stocks } of offers) {
      const key = `${warehouseId} ${offerId}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const count = (type: string) => stocks.reduce((sum, entry) => (entry.type === type ? sum + Math.max(0, entry.count) : sum), 0);
      into.set(offerId, [...(into.get(offerId) ?? []), { shop: shop.id, isOwn: shop.isOwn, available: count("AVAILABLE"), reserved: count("FREEZE") }]);
    }
  }
}

/** @throws RangeError when a price is no decimal. */
export function toListing(remote: RemoteOffer, stocks: Stocks, readAt: Date): ExternalProduct | undefined {
  const product = toProduct(remote);
  const { offer, showcaseUrls } = remote;
  if (product === undefined || offer === undefined || offer === null) return undefined;
  const rows = stocks.byOffer === undefined ? undefined : (stocks.byOffer.get(offer.offerId) ?? []);
  return {
    ...product,
    barcodes: offer.barcodes,
    groupRef: offer.groupId,
    status: statusOf(offer),
    url: showcaseUrls.find(({ showcaseType }) => showcaseType === "B2C")?.showcaseUrl,
    stock: stockOf(rows),
    marketplaceStock: rows === undefined ? undefined : sum(rows.filter(({ isOwn }) => !isOwn).map(({ available }) => available)),
    price: priceOf(offer),
    versionAt: readAt,
    remoteContext: shopOf(rows ?? [], stocks.home),
  };
}

type Offer = NonNullable<RemoteOffer["offer"]>;

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);

function stockOf(rows: readonly ShopStock[] | undefined): ExternalProduct["stock"] {
  if (rows === undefined) return undefined;
  const own = rows.filter(({ isOwn }) => isOwn);
  return { available: sum(own.map(({ available }) => available)), reserved: sum(own.map(({ reserved }) => reserved)) };
}

function shopOf(rows: readonly ShopStock[], home: string | undefined): Readonly<Record<string, string>> {
  const own = rows.filter(({ isOwn }) => isOwn);
  const holding = [...new Set(own.filter(({ available, reserved }) => available + reserved > 0).map(({ shop }) => shop))];
  if (holding.length > 1) return { campaignId: SEVERAL_SHOPS };
  const listed = [...new Set(own.map(({ shop }) => shop))];
  const campaignId = holding[0] ?? (listed.length === 1 ? listed[0] : home);
  return campaignId === undefined ? {} : { campaignId };
}

/** An article has a status in each shop: sold in one of them is sold. */
function statusOf(offer: Offer): ExternalProduct["status"] {
  if (offer.archived === true) return "archived";
  const statuses = offer.campaigns.map(({ status }) => status);
  if (statuses.length === 0) return undefined;
  if (statuses.includes("PUBLISHED")) return "active";
  return statuses.includes("REJECTED_BY_MARKET") ? "rejected" : "inactive";
}

function priceOf({ basicPrice }: Offer): ExternalProduct["price"] {
  if (basicPrice === undefined || basicPrice === null) return undefined;
  const currency = currencyOf(basicPrice.currencyId);
  const oldMinor = parseMinor(basicPrice.discountBase ?? 0, currency);
  return { amountMinor: parseMinor(basicPrice.value, currency), currency, ...(oldMinor > 0n ? { oldMinor } : {}) };
}
