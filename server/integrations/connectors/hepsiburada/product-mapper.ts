import { parseMinor } from "@/lib/money";
import type { ExternalProduct } from "../../contract/records";
import { productId } from "./mapper";
import type { RemoteCatalogRow, RemoteListing } from "./schemas";

export const CURRENCY = "TRY";

/** Where in the catalogue a product stands before (or instead of) being on sale [D]; MATCHED ones are what the listing says. */
const NOT_ON_SALE: Readonly<Record<string, NonNullable<ExternalProduct["status"]>>> = {
  WAITING: "inactive",
  MISSING_INFO: "rejected",
  PRE_MATCHED: "inactive",
  CREATED: "inactive",
  IN_EXTERNAL_PROGRESS: "inactive",
  REJECTED: "rejected",
  BLOCKED: "rejected",
};

/**
 * A card of the catalogue and a row of what is on sale, joined by the article; either may be missing: products listed by hand in
 * the panel are in no catalogue list, and their name is then the article until an order tells it. Pure.
 * @throws RangeError for a price that is none.
 */
export function toProduct(card: RemoteCatalogRow | undefined, listing: RemoteListing | undefined): ExternalProduct {
  const offerId = listing?.merchantSku ?? card?.merchantSku ?? "";
  return {
    externalId: productId(offerId),
    sku: listing?.hepsiburadaSku ?? card?.hbSku,
    offerId,
    name: card?.productName ?? offerId,
    imageUrl: card?.images[0],
    ...(card?.barcode === undefined ? {} : { barcodes: [card.barcode] }),
    groupRef: card?.variantGroupId ?? listing?.productId,
    status: statusOf(card, listing),
    ...(listing === undefined ? {} : offered(listing)),
    remoteContext: contextOf(listing, card),
  };
}

function offered(listing: RemoteListing): Pick<ExternalProduct, "stock" | "marketplaceStock" | "price"> {
  const pieces = Math.max(0, listing.availableStock ?? 0);
  const price =
    listing.price === null || listing.price === undefined ? {} : { price: { amountMinor: parseMinor(listing.price, CURRENCY), currency: CURRENCY } };
  // Goods in the marketplace's warehouses are counted by it: writing a number there would overwrite its own.
  return listing.isFulfilledByHB === true ? { marketplaceStock: pieces, ...price } : { stock: { available: pieces }, ...price };
}

function statusOf(card: RemoteCatalogRow | undefined, listing: RemoteListing | undefined): ExternalProduct["status"] {
  if (listing !== undefined) {
    const isShut = listing.isSuspended === true || listing.isFrozen === true || listing.isLocked === true;
    return listing.isSalable === true && !isShut ? "active" : "inactive";
  }
  return NOT_ON_SALE[card?.status ?? ""] ?? "inactive";
}

function contextOf(listing: RemoteListing | undefined, card: RemoteCatalogRow | undefined): Readonly<Record<string, string>> {
  const hbSku = listing?.hepsiburadaSku ?? card?.hbSku;
  const merchantSku = listing?.merchantSku ?? card?.merchantSku;
  return {
    ...(hbSku === undefined ? {} : { hbSku }),
    ...(merchantSku === undefined ? {} : { merchantSku }),
    ...(listing?.isFulfilledByHB === true ? { fulfilledByHb: "yes" } : {}),
    ...(listing === undefined ? { catalogStatus: card?.status ?? "" } : {}),
  };
}
