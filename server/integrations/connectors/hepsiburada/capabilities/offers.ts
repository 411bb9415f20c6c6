import { toDecimal } from "@/lib/money";
import { ConnectorError } from "../../../contract/errors";
import type { ListingRef, OfferOutcome, OffersPort, PriceChange, StockChange } from "../../../contract/offers";
import { refuse } from "../../../contract/outgoing";
import type { ConnectorContext } from "../../../contract/ports";
import { hepsiburadaClient, type UploadKind } from "../client";
import { productId } from "../mapper";
import { CURRENCY } from "../product-mapper";
import type { UploadState } from "../schemas";

/**
 * The service takes 4 000 lines, but what a line came to is told per upload: its listings travel in the tracking, which is kept
 * with every one of them.
 */
const MAX_BATCH = 100;
const KINDS: Readonly<Record<"stock" | "price", UploadKind>> = { stock: "stock-uploads", price: "price-uploads" };
const TERMINAL: readonly string[] = ["Done", "Failed"];

/** Its words for a line it does not take, by what a person can do about it. */
const REASONS: Readonly<Record<string, string>> = {
  ProductNotFound: "listing_unknown",
  MismatchingSkusSpecified: "listing_unknown",
  ListingDeletedRecently: "listing_unknown",
  ListingFrozen: "listing_frozen",
  InvalidPrice: "price_refused",
  OutOfPriceRange: "price_out_of_range",
  DiscountedListingPriceIncrease: "campaign_running",
  DiscountedListingStockDecrease: "campaign_running",
  InvalidAvailableStock: "stock_refused",
};
/** The listing has changed under us: read anew, another try may do. */
const CONFLICTS: readonly string[] = ["MismatchingSkusSpecified", "ListingDeletedRecently"];

function keysOf({ remoteContext, sku, offerId }: ListingRef): Readonly<Record<string, string>> {
  const hepsiburadaSku = remoteContext["hbSku"] ?? sku;
  const merchantSku = remoteContext["merchantSku"] ?? offerId;
  return { ...(hepsiburadaSku === undefined ? {} : { hepsiburadaSku }), ...(merchantSku === undefined ? {} : { merchantSku }) };
}

/** Uploads what can be, and says at once what cannot. Absolute values: the same upload twice changes nothing. */
async function upload<C extends { readonly listing: ListingRef }>(
  context: ConnectorContext,
  kind: "stock" | "price",
  changes: readonly C[],
  rowOf: (change: C) => Readonly<Record<string, unknown>>,
  refusalOf: (change: C) => string | undefined,
): Promise<readonly OfferOutcome[]> {
  const refusals = new Map(changes.map((change) => [change, keysOf(change.listing)["merchantSku"] === undefined ? "listing_unknown" : refusalOf(change)]));
  const sent = changes.filter((change) => refusals.get(change) === undefined);
  const rows = sent.map((change) => ({ ...keysOf(change.listing), ...rowOf(change) }));
  const id = rows.length === 0 ? "" : await hepsiburadaClient(context).upload(KINDS[kind], rows);
  const tracking = writeTracking(
    id,
    sent.map((change) => change.listing.externalId),
  );
  return changes.map((change) => {
    const { externalId } = change.listing;
    const refusal = refusals.get(change);
    return refusal === undefined ? { externalId, state: "pending", tracking } : { externalId, state: "rejected", code: `hepsiburada.${refusal}` };
  });
}

async function setStock(context: ConnectorContext, changes: readonly StockChange[]): Promise<readonly OfferOutcome[]> {
  for (const { quantity } of changes) if (!Number.isSafeInteger(quantity) || quantity < 0) refuse("hepsiburada.stock_refused", { quantity });
  return upload(
    context,
    "stock",
    changes,
    ({ quantity }) => ({ availableStock: quantity }),
    ({ listing }) => (listing.remoteContext["fulfilledByHb"] === "yes" ? "fulfilled_by_hb" : unlisted(listing)),
  );
}

/** Crossed-out prices are made by the service's own campaigns: there is no field for them. A price of 0 would end the sale. */
async function setPrices(context: ConnectorContext, changes: readonly PriceChange[]): Promise<readonly OfferOutcome[]> {
  return upload(
    context,
    "price",
    changes,
    // In JSON a number with a point; the comma belongs to the XML and Excel forms [T].
    ({ priceMinor }) => ({ price: Number(toDecimal(priceMinor, CURRENCY)) }),
    ({ priceMinor, currency, listing }) => {
      if (currency !== CURRENCY) return "price_currency";
      return priceMinor > 0n ? unlisted(listing) : "price_refused";
    },
  );
}

/** A product still on its way through the catalogue has nothing to sell yet. */
const unlisted = (listing: ListingRef) => (listing.remoteContext["catalogStatus"] === undefined ? undefined : "not_on_sale");

async function check(context: ConnectorContext, kind: "stock" | "price", tracking: string): Promise<readonly OfferOutcome[]> {
  const { id, externalIds } = readTracking(tracking);
  try {
    const state = await hepsiburadaClient(context).uploadState(KINDS[kind], id);
    if (!TERMINAL.includes(state.status)) return externalIds.map((externalId) => ({ externalId, state: "pending", tracking }));
    return externalIds.map((externalId, index) => outcomeOf(state, externalId, index));
  } catch (error) {
    // Results are kept for a day; what came of it is then for the listing itself to tell.
    if (!(error instanceof ConnectorError) || error.kind !== "not-found") throw error;
    return externalIds.map((externalId) => ({ externalId, state: "rejected", code: "hepsiburada.upload_forgotten", isConflict: true }));
  }
}

function outcomeOf(state: UploadState, externalId: string, index: number): OfferOutcome {
  const isMine = (row: UploadState["errors"][number] | UploadState["priceValidations"][number]) =>
    row.merchantSku === undefined ? row.elementNo === index + 1 : productId(row.merchantSku) === externalId;
  const error = state.errors.find(isMine);
  if (error !== undefined) {
    const [word = ""] = error.errors;
    const code = `hepsiburada.${REASONS[word] ?? "line_refused"}`;
    return { externalId, state: "rejected", code, text: error.errors.join(", ").slice(0, 500), ...(CONFLICTS.includes(word) ? { isConflict: true } : {}) };
  }
  const lock = state.priceValidations.find(isMine);
  if (lock !== undefined)
    return { externalId, state: "rejected", code: "hepsiburada.price_out_of_range", text: (lock.description ?? lock.type)?.slice(0, 500) };
  if (state.status === "Failed") return { externalId, state: "rejected", code: "hepsiburada.upload_failed" };
  return { externalId, state: "acknowledged" };
}

/** Space-separated: the upload, then its listings in their order. */
function writeTracking(id: string, externalIds: readonly string[]): string {
  return [id, ...externalIds.map(encodeURIComponent)].join(" ");
}

function readTracking(tracking: string): { readonly id: string; readonly externalIds: readonly string[] } {
  const [id = "", ...rest] = tracking.split(" ");
  return { id, externalIds: rest.map(decodeURIComponent) };
}

export const hepsiburadaOffers: OffersPort = {
  stock: { maxBatch: MAX_BATCH, set: setStock },
  price: { maxBatch: MAX_BATCH, set: setPrices },
  check,
};
