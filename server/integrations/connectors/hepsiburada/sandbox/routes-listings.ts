import { z } from "zod";
import { springError } from "./errors";
import { type Call, type Operation, readJson, slicePage, wholeOf } from "./operation";
import type { Card, HbState, Listing, Merchant, Upload } from "./state";
import { iso, lira } from "./turkish";

const HOST = "listing-external";
const MAX_ROWS = 4_000;
const MAX_RUNNING = 5;
/** A price may not leap further than this many times: the service locks the listing then. */
const LEAP = 5;
const DAY_MS = 86_400_000;

/** What is on sale, uploads of prices and stock, and the catalogue behind it. */
export function listingOperations(state: HbState): Operation[] {
  return [
    { method: "GET", host: HOST, path: "/listings/merchantid/{m}", answer: (call) => listings(state, call) },
    ...(["price-uploads", "stock-uploads"] as const).flatMap((kind): Operation[] => [
      { method: "POST", host: HOST, path: `/listings/merchantid/{m}/${kind}`, answer: (call) => upload(state, call, kind) },
      { method: "GET", host: HOST, path: `/listings/merchantid/{m}/${kind}/id/{id}`, answer: (call) => uploadState(state, call, kind) },
    ]),
    { method: "GET", host: "mpop", path: "/product/api/products/all-products-of-merchant/{m}", answer: (call) => cards(state, call) },
  ];
}

const problemOf = (state: HbState, call: Call) => (text: string) => springError(400, text, call.path, iso(state.host.clock.nowMs()));

function listings(state: HbState, call: Call): unknown {
  const { merchant, query } = call;
  const problem = problemOf(state, call);
  const page = { offset: wholeOf(query, "offset", { min: 0, max: 1_000_000 }, problem), limit: wholeOf(query, "limit", { min: 1, max: 2_000 }, problem) };
  const wanted = (name: string) =>
    query
      .get(name)
      ?.split(",")
      .map((sku) => sku.trim().toUpperCase());
  const [hbSkus, merchantSkus] = [wanted("hbSkuList"), wanted("merchantSkuList")];
  if ((merchantSkus?.length ?? 0) > 50 || (hbSkus?.length ?? 0) > 50) throw problem("at most 50 skus");
  const found = merchant.listings.filter(
    (one) => (hbSkus?.includes(one.hbSku.toUpperCase()) ?? true) && (merchantSkus?.includes(one.merchantSku.toUpperCase()) ?? true),
  );
  return { listings: slicePage(found, page).map(listingJson), totalCount: found.length, ...page };
}

const EMPTY = {
  uniqueIdentifier: "",
  dispatchTime: 1,
  cargoCompany1: "HepsiJET",
  cargoCompany2: "",
  cargoCompany3: "",
  shippingAddressLabel: "BIRINCIL",
  shippingProfileName: "",
  claimAddressLabel: "BIRINCIL",
  maximumPurchasableQuantity: 0,
  minimumPurchasableQuantity: 0,
  pricings: [],
  customizableProperties: [],
  isSuspended: false,
  isLocked: false,
  lockReasons: [],
  availableWarehouses: [],
  priceIncreaseDisabled: false,
  priceDecreaseDisabled: false,
  stockDecreaseDisabled: false,
  skuAfterSuspension: null,
  hasVariant: false,
} as const;

function listingJson(one: Listing): Record<string, unknown> {
  return {
    ...EMPTY,
    listingId: one.listingId,
    hepsiburadaSku: one.hbSku,
    merchantSku: one.merchantSku,
    price: lira(one.priceMinor),
    availableStock: one.stock,
    isSalable: one.stock > 0 && !one.isFrozen,
    deactivationReasons: one.stock > 0 ? [] : ["StockIsLessThanOrEqualToZero"],
    isFrozen: one.isFrozen,
    freezeReasons: [],
    isFulfilledByHB: one.isFulfilledByHB,
    productId: `HB${one.hbSku.slice(4)}`,
  };
}

const key = z.string().min(1).nullish();
const rowSchemas = {
  "price-uploads": z.looseObject({ hepsiburadaSku: key, merchantSku: key, price: z.unknown() }),
  "stock-uploads": z.looseObject({ hepsiburadaSku: key, merchantSku: key, availableStock: z.unknown() }),
} as const;
type Row = { hepsiburadaSku?: string | null | undefined; merchantSku?: string | null | undefined; price?: unknown; availableStock?: unknown };

async function upload(state: HbState, call: Call, kind: Upload["kind"]): Promise<unknown> {
  const problem = problemOf(state, call);
  const rows: Row[] = await readJson(call, z.array(rowSchemas[kind]).min(1).max(MAX_ROWS), problem);
  const { merchant } = call;
  const nowMs = state.host.clock.nowMs();
  const running = merchant.uploads.filter((one) => one.doneAtMs > nowMs).length;
  if (running >= MAX_RUNNING && state.settings.limits === 1) throw problem("There are too many ongoing uploads for this merchant");
  const made: Upload = {
    id: state.random.uuid(),
    kind,
    createdAtMs: nowMs,
    doneAtMs: nowMs + state.settings.uploadMs,
    total: rows.length,
    errors: [],
    priceValidations: [],
  };
  merchant.uploads.push(made);
  state.host.clock.after(state.settings.uploadMs, () => carryOut(merchant, made, rows));
  return { id: made.id };
}

function carryOut(merchant: Merchant, made: Upload, rows: readonly Row[]): void {
  const seen = new Set<string>();
  for (const [index, row] of rows.entries()) {
    const found = listingOf(merchant, row);
    const error = "error" in found ? found.error : faultOf(made, index + 1, row, found, seen);
    if (error === "") continue;
    if (error !== undefined) {
      made.errors.push({ elementNo: index + 1, hepsiburadaSku: row.hepsiburadaSku ?? null, merchantSku: row.merchantSku ?? null, errors: [error] });
    } else if (!("error" in found)) {
      if (made.kind === "stock-uploads") found.stock = Number(row.availableStock);
      else found.priceMinor = Math.round(Number(row.price) * 100);
    }
  }
}

function listingOf(merchant: Merchant, { hepsiburadaSku, merchantSku }: Row): Listing | { error: string } {
  if (!hepsiburadaSku && !merchantSku) return { error: "MissingHeaders" };
  const byHb = merchant.listings.find((one) => one.hbSku === hepsiburadaSku);
  const byArticle = merchant.listings.find((one) => one.merchantSku.toUpperCase() === merchantSku?.toUpperCase());
  if ((hepsiburadaSku && !byHb && !byArticle) || (merchantSku && !byArticle && !byHb)) return { error: "ProductNotFound" };
  if (hepsiburadaSku && merchantSku && byHb !== byArticle) return { error: "MismatchingSkusSpecified" };
  return byHb ?? byArticle ?? { error: "ProductNotFound" };
}

/** The error of a row, "" when it was told as a price lock, undefined when it is good. */
function faultOf(made: Upload, elementNo: number, row: Row, listing: Listing, seen: Set<string>): string | undefined {
  if (seen.has(listing.hbSku)) return "DuplicateHepsiburadaSkuSpecified";
  seen.add(listing.hbSku);
  if (listing.isFrozen) return "ListingFrozen";
  if (made.kind === "stock-uploads") {
    const stock = row.availableStock;
    if (typeof stock !== "number" || !Number.isInteger(stock) || stock < 0) return "InvalidAvailableStock";
    return listing.inCampaign && stock < listing.stock ? "DiscountedListingStockDecrease" : undefined;
  }
  const { price } = row;
  // In JSON a number; the comma string belongs to XML and Excel.
  if (typeof price !== "number" || price <= 0 || !/^\d+(\.\d{1,2})?$/.test(String(price))) return "InvalidPrice";
  const minor = Math.round(price * 100);
  if (listing.inCampaign && minor > listing.priceMinor) return "DiscountedListingPriceIncrease";
  if (minor <= listing.priceMinor * LEAP && minor * LEAP >= listing.priceMinor) return undefined;
  const [minPrice, maxPrice] = [lira(Math.round(listing.priceMinor / LEAP)), lira(listing.priceMinor * LEAP)];
  const type = minor > listing.priceMinor ? "MaxLock" : "MinLock";
  const { hbSku: hepsiburadaSku, merchantSku } = listing;
  made.priceValidations.push({
    elementNo,
    hepsiburadaSku,
    merchantSku,
    type,
    minPrice,
    maxPrice,
    description: `Fiyat ${minPrice} ile ${maxPrice} arasında olmalı`,
  });
  return "";
}

function uploadState(state: HbState, call: Call, kind: Upload["kind"]): unknown {
  const nowMs = state.host.clock.nowMs();
  const found = call.merchant.uploads.find((one) => one.id === call.at[0] && one.kind === kind);
  // Results are kept for a day.
  if (!found || nowMs - found.doneAtMs > DAY_MS) throw springError(404, "Not Found", call.path, iso(nowMs));
  const isDone = found.doneAtMs <= nowMs;
  return {
    id: found.id,
    status: isDone ? "Done" : "Processing",
    createdAt: iso(found.createdAtMs),
    total: found.total,
    processed: isDone ? found.total : 0,
    errors: isDone ? found.errors : [],
    priceValidations: isDone ? found.priceValidations : [],
  };
}

function cards(state: HbState, call: Call): unknown {
  const problem = problemOf(state, call);
  const { query, merchant } = call;
  const number = wholeOf(query, "page", { min: 0, max: 100_000 }, problem);
  const size = wholeOf(query, "size", { min: 1, max: 1_000 }, problem);
  const rows = slicePage(merchant.cards, { offset: number * size, limit: size });
  const totalPages = Math.ceil(merchant.cards.length / size);
  return {
    success: true,
    code: 0,
    version: 1,
    message: null,
    totalElements: merchant.cards.length,
    totalPages,
    number,
    numberOfElements: rows.length,
    first: number === 0,
    last: number + 1 >= totalPages,
    data: rows.map((card) => cardJson(card, merchant)),
  };
}

function cardJson(card: Card, merchant: Merchant): Record<string, unknown> {
  return {
    merchantSku: card.merchantSku,
    barcode: card.barcode,
    hbSku: card.hbSku,
    variantGroupId: card.variantGroupId,
    productName: card.productName,
    brand: merchant.name,
    images: [`https://productimages.hepsiburada.net/s/1/500/${card.barcode}.jpg`],
    categoryId: 18_021_982,
    categoryName: "Mutfak Gereçleri",
    tax: "20.0",
    price: "",
    status: card.status,
    baseAttributes: [],
    variantTypeAttributes: [],
    productAttributes: [],
  };
}
