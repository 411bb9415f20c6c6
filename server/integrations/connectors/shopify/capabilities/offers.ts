import { createHash, randomUUID } from "node:crypto";
import { toDecimal } from "@/lib/money";
import { ConnectorError } from "../../../contract/errors";
import type { ListingRef, OfferOutcome, OffersPort, PriceChange, StockChange } from "../../../contract/offers";
import { refuse } from "../../../contract/outgoing";
import type { ConnectorContext } from "../../../contract/ports";
import { type ShopifyClient, shopifyClient } from "../client";
import { activateSchema, setPricesSchema, setStockSchema, type UserError } from "../schemas";

/** Entries one input list takes. */
const MOST_ENTRIES = 250;
const BUSY_WAIT_MS = 1_000;
const HIGHEST_STOCK = 1_000_000_000;

interface Stocked {
  readonly change: StockChange;
  readonly item: string;
  readonly location: string;
}

type Rejection = Extract<OfferOutcome, { state: "rejected" }>;
const rejected = (externalId: string, code: string, more: Partial<Pick<Rejection, "text" | "isConflict">> = {}): Rejection => ({
  externalId,
  state: "rejected",
  code,
  ...more,
});

async function setStock(context: ConnectorContext, changes: readonly StockChange[]): Promise<readonly OfferOutcome[]> {
  if (changes.some(({ quantity }) => !Number.isInteger(quantity) || quantity < 0)) refuse("shopify.stock_negative");
  const outcomes = new Map<StockChange, OfferOutcome>();
  const ready: Stocked[] = [];
  const client = shopifyClient(context);
  for (const change of changes) {
    const { item, location, tracked } = change.listing.remoteContext;
    if (item === undefined || location === undefined) outcomes.set(change, rejected(change.listing.externalId, "shopify.listing_unknown"));
    else if (tracked === "0") outcomes.set(change, rejected(change.listing.externalId, "shopify.not_tracked"));
    else if (change.quantity > HIGHEST_STOCK) outcomes.set(change, rejected(change.listing.externalId, "shopify.stock_refused"));
    else {
      const refused = await makeStocked(client, { change, item, location });
      if (refused === undefined) ready.push({ change, item, location });
      else outcomes.set(change, refused);
    }
  }
  await setAll(client, ready, outcomes);
  return changes.map((change) => outcomes.get(change) ?? rejected(change.listing.externalId, "shopify.stock_refused"));
}

/** What has never lain at the location cannot be counted there yet. */
async function makeStocked(client: ShopifyClient, { change, item, location }: Stocked): Promise<Rejection | undefined> {
  if (change.listing.remoteContext["stocked"] !== "0") return undefined;
  const { inventoryActivate: answer } = await client.mutate("Activate", { item, location, key: keyOf([change.requestId, item, location]) }, activateSchema);
  const words = answer?.userErrors.map(({ message }) => message).join("; ") ?? "";
  return words === "" ? undefined : rejected(change.listing.externalId, "shopify.stock_refused", { text: words });
}

/**
 * The service takes a list whole or not at all and names the entries it minds: these are taken out and the others said again. Where it
 * names none the list is halved until the bad one stands alone.
 */
async function setAll(client: ShopifyClient, entries: readonly Stocked[], outcomes: Map<StockChange, OfferOutcome>): Promise<void> {
  let left = entries;
  while (left.length > 0) {
    const errors = await sendStock(client, left);
    if (errors.length === 0) {
      for (const { change } of left) outcomes.set(change, { externalId: change.listing.externalId, state: "acknowledged" });
      return;
    }
    const named = new Map(errors.flatMap((error) => (indexOf(error, "quantities") === undefined ? [] : [[indexOf(error, "quantities"), error] as const])));
    if (named.size === 0 && left.length > 1) {
      const middle = Math.ceil(left.length / 2);
      await setAll(client, left.slice(0, middle), outcomes);
      left = left.slice(middle);
      continue;
    }
    for (const [index, { change }] of left.entries()) {
      const error = named.get(index) ?? (left.length === 1 ? errors[0] : undefined);
      if (error !== undefined) outcomes.set(change, stockRefusal(change.listing, error));
    }
    left = left.filter(({ change }) => !outcomes.has(change));
  }
}

async function sendStock(client: ShopifyClient, entries: readonly Stocked[]): Promise<readonly UserError[]> {
  const key = keyOf(entries.map(({ change, item, location }) => [change.requestId, item, location, change.quantity, believed(change)].join(" ")));
  const input = {
    name: "available",
    reason: "correction",
    quantities: entries.map(({ change, item, location }) => ({
      inventoryItemId: item,
      locationId: location,
      quantity: change.quantity,
      changeFromQuantity: believed(change),
    })),
  };
  const errors = await setOnce(client, input, key);
  // An earlier try under this key failed inside the service: it wants another key, and absolute figures may be said again.
  return errors.some(({ code }) => code === "IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED") ? setOnce(client, input, randomUUID()) : errors;
}

/** What the service is to find; null asks it not to compare. Sold below zero is told as zero to the house, never to the service. */
function believed({ previous, listing }: StockChange): number | null {
  const below = listing.remoteContext["available"];
  return previous === 0 && below !== undefined ? Number(below) : previous;
}

async function setOnce(client: ShopifyClient, input: unknown, key: string): Promise<readonly UserError[]> {
  const { inventorySetQuantities: answer } = await client.mutate("SetStock", { input, key }, setStockSchema);
  if (answer === null) throw new ConnectorError("malformed", undefined, { params: { method: "SetStock" }, mayHaveTakenEffect: true });
  if (answer.userErrors.some(({ code }) => code === "IDEMPOTENCY_CONCURRENT_REQUEST")) {
    throw new ConnectorError("unavailable", undefined, { retryAfterMs: BUSY_WAIT_MS, mayHaveTakenEffect: true });
  }
  return answer.userErrors;
}

/** The same for the same wishes, in the form the service asks for. */
function keyOf(parts: readonly string[]): string {
  const hex = createHash("sha256").update(parts.join("\n")).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** `["input", "quantities", "3", "quantity"]` → 3. */
function indexOf({ field }: UserError, list: string): number | undefined {
  const at = field?.indexOf(list) ?? -1;
  const index = Number(field?.[at + 1] ?? Number.NaN);
  return at >= 0 && Number.isInteger(index) ? index : undefined;
}

function stockRefusal({ externalId }: ListingRef, { code, message }: UserError): Rejection {
  if (code === "CHANGE_FROM_QUANTITY_STALE" || code === "COMPARE_QUANTITY_STALE")
    return rejected(externalId, "shopify.stock_changed", { text: message, isConflict: true });
  if (code === "INVALID_INVENTORY_ITEM" || code === "INVALID_LOCATION") return rejected(externalId, "shopify.listing_unknown", { text: message });
  if (code === "NON_MUTABLE_INVENTORY_ITEM") return rejected(externalId, "shopify.not_tracked", { text: message });
  return rejected(externalId, "shopify.stock_refused", { text: message });
}

async function setPrices(context: ConnectorContext, changes: readonly PriceChange[]): Promise<readonly OfferOutcome[]> {
  const client = shopifyClient(context);
  const outcomes = new Map<PriceChange, OfferOutcome>();
  const byProduct = new Map<string, PriceChange[]>();
  for (const change of changes) {
    const { product, currency } = change.listing.remoteContext;
    if (change.priceMinor < 0n) outcomes.set(change, rejected(change.listing.externalId, "shopify.price_refused"));
    else if (product === undefined) outcomes.set(change, rejected(change.listing.externalId, "shopify.listing_unknown"));
    else if (currency !== undefined && currency !== change.currency) outcomes.set(change, rejected(change.listing.externalId, "shopify.price_currency"));
    else byProduct.set(product, [...(byProduct.get(product) ?? []), change]);
  }
  for (const [product, ofProduct] of byProduct)
    for (const [change, outcome] of await setProductPrices(client, product, ofProduct)) outcomes.set(change, outcome);
  return changes.map((change) => outcomes.get(change) ?? rejected(change.listing.externalId, "shopify.price_refused"));
}

async function setProductPrices(client: ShopifyClient, product: string, changes: readonly PriceChange[]): Promise<[PriceChange, OfferOutcome][]> {
  const variants = changes.map(({ listing, priceMinor, oldPriceMinor, currency }) => ({
    id: listing.externalId,
    price: toDecimal(priceMinor, currency),
    compareAtPrice: oldPriceMinor === null ? null : toDecimal(oldPriceMinor, currency),
  }));
  const { productVariantsBulkUpdate: answer } = await client.mutate("SetPrices", { product, variants }, setPricesSchema);
  if (answer === null) throw new ConnectorError("malformed", undefined, { params: { method: "SetPrices" }, mayHaveTakenEffect: true });
  const taken = new Set((answer.productVariants ?? []).map(({ id }) => id));
  return changes.map((change, index) => {
    const { externalId } = change.listing;
    const error = answer.userErrors.find((entry) => indexOf(entry, "variants") === index);
    const own = error ?? (taken.has(externalId) ? undefined : answer.userErrors.find((entry) => indexOf(entry, "variants") === undefined));
    if (own === undefined && (taken.has(externalId) || answer.userErrors.length === 0)) return [change, { externalId, state: "acknowledged" }];
    const isUnknown = own?.code === "PRODUCT_VARIANT_DOES_NOT_EXIST" || own?.code === "PRODUCT_DOES_NOT_EXIST";
    return [change, rejected(externalId, isUnknown ? "shopify.listing_unknown" : "shopify.price_refused", own === undefined ? {} : { text: own.message })];
  });
}

export const shopifyOffers: OffersPort = {
  stock: { maxBatch: MOST_ENTRIES, set: setStock },
  // A call per product: a batch is kept small so that one does not take for ever.
  price: { maxBatch: 50, set: setPrices },
};
