import { describe, expect, it } from "vitest";
import { STATES, toOrder, toProduct } from "./mapper";
import { orderHeadSchema, orderLineSchema, variantSchema } from "./schemas";

const money = (amount: string, currencyCode = "TRY") => ({ shopMoney: { amount, currencyCode } });
const head = (given: Record<string, unknown> = {}) =>
  orderHeadSchema.parse({
    id: "gid://shopify/Order/1",
    name: "#1001",
    createdAt: "2026-11-20T10:00:00Z",
    processedAt: "2026-11-20T10:00:00Z",
    updatedAt: "2026-11-20T11:00:00Z",
    displayFinancialStatus: "PAID",
    displayFulfillmentStatus: "UNFULFILLED",
    totalPriceSet: money("100.50"),
    transactions: [],
    fulfillments: [],
    ...given,
  });
const line = (given: Record<string, unknown> = {}) =>
  orderLineSchema.parse({
    id: "gid://shopify/LineItem/1",
    title: "Kupa",
    variantTitle: "Mavi",
    sku: "K-1",
    quantity: 3,
    currentQuantity: 3,
    discountedUnitPriceAfterAllDiscountsSet: money("33.50"),
    variant: { id: "gid://shopify/ProductVariant/1", barcode: "869" },
    ...given,
  });
const fulfilment = (given: Record<string, unknown> = {}) => ({
  id: "gid://shopify/Fulfillment/1",
  status: "SUCCESS",
  displayStatus: "FULFILLED",
  createdAt: "2026-11-20T12:00:00Z",
  trackingInfo: [{ company: "Aras", number: "A1" }],
  ...given,
});

describe("orders", () => {
  it.each([
    [{}, 3, "UNFULFILLED", "new"],
    [{ displayFulfillmentStatus: "PARTIALLY_FULFILLED", fulfillments: [fulfilment()] }, 3, "PARTIALLY_FULFILLED", "confirmed"],
    [{ displayFulfillmentStatus: "FULFILLED", fulfillments: [fulfilment()] }, 3, "FULFILLED", "shipped"],
    [{ displayFulfillmentStatus: "FULFILLED", fulfillments: [fulfilment({ displayStatus: "DELIVERED" })] }, 3, "FULFILLED/DELIVERED", "delivered"],
    [
      { displayFulfillmentStatus: "FULFILLED", fulfillments: [fulfilment({ displayStatus: "DELIVERED" }), fulfilment({ displayStatus: "IN_TRANSIT" })] },
      3,
      "FULFILLED",
      "shipped",
    ],
    [{ displayFulfillmentStatus: "FULFILLED", fulfillments: [fulfilment()] }, 0, "FULFILLED/RETURNED", "returned"],
    [{ cancelledAt: "2026-11-20T11:00:00Z" }, 0, "CANCELLED", "cancelled"],
    [{ displayFulfillmentStatus: "TELEPORTED" }, 3, "TELEPORTED", "unknown"],
  ])("%o", (given, currentQuantity, remoteState, state) => {
    expect(toOrder(head(given), [line({ currentQuantity })])).toMatchObject({ remoteState, state });
  });

  it("a cancelled parcel is no parcel", () => {
    const order = toOrder(head({ fulfillments: [fulfilment({ status: "CANCELLED" })] }), [line()]);
    expect(order).toMatchObject({ shippedAt: undefined, trackingNumber: undefined, remoteContext: { paid: "1" } });
  });

  it("keeps amounts in minor units, lines with what was taken out of them, and the buyer where Shopify shows one", () => {
    const shown = toOrder(
      head({
        customer: { id: "gid://shopify/Customer/5", displayName: "Elif Y", defaultEmailAddress: { emailAddress: "e@example.com" } },
        shippingAddress: { name: "Elif Yıldız", address1: "Bağdat Cd. 1", city: "İstanbul", zip: "34728", country: "Turkey", phone: "+90532" },
        shippingLine: { title: "Kargo" },
        transactions: [{ kind: "SALE", status: "SUCCESS", processedAt: "2026-11-20T10:05:00Z" }],
      }),
      [line({ currentQuantity: 1 })],
    );
    expect(shown).toMatchObject({
      totalMinor: 10_050n,
      currency: "TRY",
      payment: "paid",
      paidAt: new Date("2026-11-20T10:05:00Z"),
      buyerName: "Elif Yıldız",
      buyerEmail: "e@example.com",
      city: "İstanbul",
      address: "Bağdat Cd. 1, İstanbul, 34728, Turkey",
      deliveryMethod: "Kargo",
      lines: [{ name: "Kupa · Mavi", quantity: 3, cancelledQuantity: 2, priceMinor: 3_350n, productExternalId: "gid://shopify/ProductVariant/1" }],
    });
    expect(toOrder(head(), [line({ variant: null, sku: "" })])).toMatchObject({ buyerName: undefined, lines: [{ sku: undefined, barcode: undefined }] });
  });

  it("counts yen without decimals and refuses an amount that is none", () => {
    expect(toOrder(head({ totalPriceSet: money("1500", "JPY") }), [])).toMatchObject({ totalMinor: 1_500n, currency: "JPY" });
    expect(() => toOrder(head({ totalPriceSet: money("a lot") }), [])).toThrow(RangeError);
  });

  it("names every state once", () => {
    expect(new Set(STATES.map(({ remote }) => remote)).size).toBe(STATES.length);
  });
});

describe("products", () => {
  const variant = (given: Record<string, unknown> = {}, item: Record<string, unknown> = {}) =>
    variantSchema.parse({
      id: "gid://shopify/ProductVariant/1",
      title: "Mavi",
      sku: "K-1",
      barcode: "",
      price: "99.90",
      compareAtPrice: null,
      updatedAt: "2026-11-20T10:00:00Z",
      product: { id: "gid://shopify/Product/2", title: "Kupa", status: "ACTIVE", hasOnlyDefaultVariant: false, onlineStoreUrl: null, featuredMedia: null },
      inventoryItem: {
        id: "gid://shopify/InventoryItem/3",
        tracked: true,
        inventoryLevel: {
          quantities: [
            { name: "available", quantity: 4 },
            { name: "committed", quantity: 1 },
          ],
        },
        ...item,
      },
      ...given,
    });
  const product = (...given: Parameters<typeof variant>) => toProduct(variant(...given), "TRY", "gid://shopify/Location/9");

  it("a variant is a listing with stock, price and what writing wants back", () => {
    expect(product()).toMatchObject({
      externalId: "gid://shopify/ProductVariant/1",
      groupRef: "gid://shopify/Product/2",
      name: "Kupa",
      variantName: "Mavi",
      status: "active",
      stock: { available: 4, reserved: 1 },
      price: { amountMinor: 9_990n, currency: "TRY" },
      remoteContext: { item: "gid://shopify/InventoryItem/3", location: "gid://shopify/Location/9", tracked: "1", stocked: "1" },
    });
    expect(product()).not.toHaveProperty("barcodes");
  });

  it("sold below zero is told as zero, with the real figure kept for the comparison", () => {
    const sold = product({}, { inventoryLevel: { quantities: [{ name: "available", quantity: -3 }] } });
    expect(sold).toMatchObject({ stock: { available: 0 }, remoteContext: { available: "-3" } });
  });

  it("what is not tracked, or never lay at the location, has no stock", () => {
    expect(product({}, { tracked: false })).not.toHaveProperty("stock");
    expect(product({}, { inventoryLevel: null })).toMatchObject({ remoteContext: { stocked: "0" } });
    expect(product({}, { inventoryLevel: null })).not.toHaveProperty("stock");
  });
});
