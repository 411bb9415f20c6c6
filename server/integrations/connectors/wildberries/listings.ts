import { parseMinor } from "@/lib/money";
import type { ExternalProduct } from "../../contract/records";
import type { RemoteCard } from "./schemas";
import type { RemotePrice } from "./trade-schemas";

/** Cards with prices and stock → listings: one of each size. Pure. */

/** What is known of the sizes of a page of cards besides the cards; absent = not told, which leaves what is known. */
export interface Offers {
  /** By article. */
  readonly prices?: ReadonlyMap<string, RemotePrice> | undefined;
  /** Pieces by size, in the warehouse we write; a size that is not in it has none there. */
  readonly stock?: ReadonlyMap<string, number> | undefined;
  readonly warehouseId?: string | undefined;
}

/** Sizeless goods have one size, called 0. */
const NO_SIZE = "0";

/**
 * @returns one listing a size, under the number of the size: stock is written by it. Chats, questions and sales name the article,
 * so that is `sku`. Of an article in several sizes the seller's own article does not tell which: the size is added.
 */
export function toListings(card: RemoteCard, offers: Offers = {}): ExternalProduct[] {
  const photo = card.photos[0];
  const priced = offers.prices?.get(card.nmID);
  const isOfSizes = card.sizes.length > 1;
  return card.sizes.map((size) => {
    const label = [size.techSize, size.wbSize].find((name) => name !== undefined && name !== NO_SIZE);
    const suffix = label ?? size.chrtID;
    const stock = offers.stock === undefined ? undefined : { available: Math.max(0, offers.stock.get(size.chrtID) ?? 0) };
    return {
      externalId: size.chrtID,
      sku: card.nmID,
      offerId: isOfSizes && card.vendorCode !== undefined ? `${card.vendorCode}/${suffix}` : card.vendorCode,
      name: card.title ?? card.subjectName ?? card.vendorCode ?? card.nmID,
      imageUrl: photo?.c246x328 ?? photo?.square ?? photo?.c516x688 ?? photo?.big,
      barcodes: size.skus,
      groupRef: card.nmID,
      variantName: isOfSizes ? suffix : label,
      status: "active",
      url: `https://www.wildberries.ru/catalog/${card.nmID}/detail.aspx`,
      ...(stock === undefined ? {} : { stock }),
      ...(priced === undefined ? {} : priceOf(priced, size.chrtID)),
      remoteContext: { nmId: card.nmID, ...(offers.warehouseId === undefined ? {} : { warehouseId: offers.warehouseId }) },
    };
  });
}

/** A discounted price that cannot be read is not told, rather than a wrong one. */
function priceOf(priced: RemotePrice, chrtId: string): Pick<ExternalProduct, "price"> {
  const size = priced.sizes.find(({ sizeID }) => sizeID === chrtId);
  if (size === undefined) return {};
  const currency = priced.currencyIsoCode4217;
  const [full, now] = [parseMinor(size.price, currency), parseMinor(size.discountedPrice, currency)];
  return { price: { amountMinor: now, ...(full > now ? { oldMinor: full } : {}), currency } };
}
