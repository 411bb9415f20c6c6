import { describe, expect, it } from "vitest";
import { toListings } from "./listings";
import { cardsSchema } from "./schemas";
import { pricesSchema } from "./trade-schemas";

function cardOf(given: Record<string, unknown>) {
  const [card] = cardsSchema.parse({ cards: [{ nmID: 12345678, vendorCode: "wb7", ...given }], cursor: { total: 1 } }).cards;
  if (card === undefined) throw new Error("no card");
  return card;
}
const priced = (sizes: readonly unknown[], given: Record<string, unknown> = {}) => {
  const { data } = pricesSchema.parse({ data: { listGoods: [{ nmID: 12345678, currencyIsoCode4217: "RUB", sizes, ...given }] } });
  return new Map((data?.listGoods ?? []).map((good) => [good.nmID, good]));
};
const SIZELESS = { photos: [{ big: "b", c246x328: "s" }], sizes: [{ chrtID: 5, techSize: "0", wbSize: "", skus: ["111", "222"] }] };

describe("listings of a card", () => {
  it("is one for goods without sizes, named by the title or what else there is, with the seller's own article", () => {
    expect(toListings(cardOf(SIZELESS))).toEqual([
      {
        externalId: "5",
        sku: "12345678",
        offerId: "wb7",
        name: "wb7",
        imageUrl: "s",
        barcodes: ["111", "222"],
        groupRef: "12345678",
        variantName: undefined,
        status: "active",
        url: "https://www.wildberries.ru/catalog/12345678/detail.aspx",
        remoteContext: { nmId: "12345678" },
      },
    ]);
    expect(toListings(cardOf({ ...SIZELESS, title: "Тарелка" }))[0]?.name).toBe("Тарелка");
  });

  it("is one a size, which the article alone does not tell", () => {
    const sizes = [
      { chrtID: 6, techSize: "46", wbSize: "S", skus: ["1"] },
      { chrtID: 7, techSize: "0", wbSize: "M", skus: ["2"] },
      { chrtID: "9007199254740993", techSize: "", skus: [] },
    ];
    expect(toListings(cardOf({ sizes })).map(({ externalId, offerId, variantName, barcodes }) => [externalId, offerId, variantName, barcodes])).toEqual([
      ["6", "wb7/46", "46", ["1"]],
      ["7", "wb7/M", "M", ["2"]],
      ["9007199254740993", "wb7/9007199254740993", "9007199254740993", []],
    ]);
  });

  it("tells stock only where it was asked for: a size that is not in the answer has none", () => {
    const card = cardOf({ sizes: [{ chrtID: 6 }, { chrtID: 7 }] });
    const listings = toListings(card, { stock: new Map([["6", 12]]), warehouseId: "99" });
    expect(listings.map(({ stock, remoteContext }) => [stock?.available, remoteContext])).toEqual([
      [12, { nmId: "12345678", warehouseId: "99" }],
      [0, { nmId: "12345678", warehouseId: "99" }],
    ]);
    expect(toListings(card)[0]).not.toHaveProperty("stock");
  });

  it.each([
    [
      { sizeID: 5, price: 500, discountedPrice: 350 },
      { amountMinor: 35_000n, oldMinor: 50_000n, currency: "RUB" },
    ],
    [
      { sizeID: 5, price: 999, discountedPrice: 332.5 },
      { amountMinor: 33_250n, oldMinor: 99_900n, currency: "RUB" },
    ],
    [
      { sizeID: 5, price: 500, discountedPrice: 500 },
      { amountMinor: 50_000n, currency: "RUB" },
    ],
    [{ sizeID: 6, price: 500, discountedPrice: 500 }, undefined],
  ])("reads the price of its own size: %j", (size, price) => {
    expect(toListings(cardOf(SIZELESS), { prices: priced([size]) })[0]?.price).toEqual(price);
  });
});
