import { describe, expect, it } from "vitest";
import fixture from "./fixtures/listings.json";
import { toProduct } from "./product-mapper";
import { catalogRowSchema, listingSchema, listingsSchema } from "./schemas";

const [row] = listingsSchema.parse(fixture.answer).listings;
const listing = (given: object = {}) => listingSchema.parse({ ...(row as object), ...given });
const card = (given: object = {}) =>
  catalogRowSchema.parse({
    merchantSku: "HBV0000KSJL98",
    productName: "Tencere",
    barcode: "8690",
    hbSku: null,
    status: "MATCHED",
    images: ["https://x/1.jpg"],
    ...given,
  });

describe("a listing", () => {
  it("made by hand has its article for a name, and is what stock and price are written to", () => {
    expect(toProduct(undefined, listing())).toMatchObject({
      externalId: "HBV0000KSJL98",
      sku: "HBV0000105YIF",
      offerId: "HBV0000KSJL98",
      name: "HBV0000KSJL98",
      status: "active",
      stock: { available: 100 },
      price: { amountMinor: 1_000n, currency: "TRY" },
      remoteContext: { hbSku: "HBV0000105YIF", merchantSku: "HBV0000KSJL98" },
    });
  });

  it("takes name, barcode and picture of its card", () => {
    expect(toProduct(card(), listing())).toMatchObject({ name: "Tencere", barcodes: ["8690"], imageUrl: "https://x/1.jpg", sku: "HBV0000105YIF" });
  });

  it("in the marketplace's warehouse has stock that is shown and never written", () => {
    const product = toProduct(undefined, listing({ isFulfilledByHB: true }));
    expect(product).toMatchObject({ marketplaceStock: 100, remoteContext: { fulfilledByHb: "yes" } });
    expect(product.stock).toBeUndefined();
  });

  it.each([
    ["suspended", { isSuspended: true }],
    ["frozen", { isFrozen: true }],
    ["locked", { isLocked: true }],
    ["not salable", { isSalable: false }],
  ])("%s is inactive", (_, given) => {
    expect(toProduct(undefined, listing(given)).status).toBe("inactive");
  });

  it("with stock below zero has none, and with a price that is no number is refused", () => {
    expect(toProduct(undefined, listing({ availableStock: -3 })).stock).toEqual({ available: 0 });
    expect(listingSchema.safeParse({ ...(row as object), price: "on,5" }).success).toBe(false);
  });
});

describe("a card that is not on sale", () => {
  it.each([
    ["PRE_MATCHED", "inactive"],
    ["REJECTED", "rejected"],
    ["MISSING_INFO", "rejected"],
    ["SOMETHING_NEW", "inactive"],
  ])("%s is %s and tells neither stock nor price", (status, wanted) => {
    const product = toProduct(card({ status }), undefined);
    expect(product).toMatchObject({ status: wanted, remoteContext: { catalogStatus: status } });
    expect([product.stock, product.price]).toEqual([undefined, undefined]);
  });
});
