import { z } from "zod";
import { priceError } from "./errors";
import type { Product, Seller, WbState } from "./state";
import { nextId } from "./trade-state";

const MAX_LINES = 1_000;
const MAX_DISCOUNT = 99;
const QUARANTINE = "The new price is several times lower than the current price. Item has been moved to Price Quarantine";

export const priceLineInput = z.strictObject({ nmID: z.number().int(), price: z.number().optional(), discount: z.number().optional() });
type Line = z.output<typeof priceLineInput>;

export function pricesJson(product: Product): unknown {
  const discounted = (product.fullPrice * (100 - product.discount)) / 100;
  return {
    nmID: product.nmId,
    vendorCode: product.vendorCode,
    sizes: product.sizes.map(({ chrtId, techSize }) => ({
      sizeID: chrtId,
      price: product.fullPrice,
      discountedPrice: discounted,
      clubDiscountedPrice: discounted,
      techSizeName: techSize,
    })),
    currencyIsoCode4217: "RUB",
    discount: product.discount,
    clubDiscount: 0,
    editableSizePrice: false,
    wholesaleDiscountThreshold: [],
  };
}

/** Refuses what the service refuses at once; the rest is worked on for a while. Lines that change nothing or nobody are left out. */
export function acceptPrices(state: WbState, seller: Seller, lines: readonly Line[]): { id: number; isKnown: boolean } {
  check(lines);
  const nowMs = state.host.clock.nowMs();
  const key = JSON.stringify(lines);
  const waiting = seller.trade.priceUploads.find((one) => one.key === key && !one.isSettled);
  if (waiting) return { id: waiting.id, isKnown: true };
  const known = lines.flatMap((line) => {
    const product = seller.products.find((one) => one.nmId === line.nmID);
    return product ? [{ product, price: line.price ?? product.fullPrice, discount: line.discount ?? product.discount }] : [];
  });
  const changing = known.filter(({ product, price, discount }) => product.fullPrice !== price || product.discount !== discount);
  if (changing.length === 0) {
    if (known.length === lines.length) throw priceError(400, "The specified prices and discounts are already set");
    throw priceError(400, "All item Nos. are specified incorrectly, or the specified prices and discounts are already set");
  }
  const goods = changing.map(({ product, price, discount }) => {
    const isTooLow = price * (100 - discount) * 3 <= product.fullPrice * (100 - product.discount);
    return { nmId: product.nmId, price, discount, status: isTooLow ? (3 as const) : (2 as const), errorText: isTooLow ? QUARANTINE : "" };
  });
  const id = nextId(seller.trade);
  seller.trade.priceUploads.push({ id, key, atMs: nowMs, settlesAtMs: nowMs + state.settings.pricesMs, isSettled: false, goods });
  settlePrices(state, seller);
  return { id, isKnown: false };
}

function check(lines: readonly Line[]): void {
  if (lines.length === 0) throw priceError(400, "Empty data");
  if (lines.length > MAX_LINES) throw priceError(400, "Upload limit exceeded: You can upload a maximum of 1 000 items");
  if (new Set(lines.map((line) => line.nmID)).size !== lines.length) throw priceError(400, "Duplicate item Nos.");
  for (const { nmID, price, discount } of lines) {
    if (nmID <= 0) throw priceError(400, "Invalid item No.");
    if (price === undefined && discount === undefined) throw priceError(400, "Price and discount not specified");
    if (price !== undefined && !Number.isInteger(price)) throw priceError(400, "Price should be a whole number");
    if (price !== undefined && price <= 0) throw priceError(400, "Invalid price value");
    if (discount !== undefined && (!Number.isInteger(discount) || discount < 0 || discount > MAX_DISCOUNT)) throw priceError(400, "Invalid discount value");
  }
}

/** Uploads whose time has come take effect, in the order they came. */
export function settlePrices(state: WbState, seller: Seller): void {
  for (const upload of seller.trade.priceUploads) {
    if (upload.isSettled || upload.settlesAtMs > state.host.clock.nowMs()) continue;
    upload.isSettled = true;
    for (const { nmId, price, discount, status } of upload.goods) {
      const product = seller.products.find((one) => one.nmId === nmId);
      if (product && status === 2) Object.assign(product, { fullPrice: price, discount, priceMinor: price * (100 - discount) });
    }
  }
}
