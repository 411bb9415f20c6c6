import { describe, expect, it } from "vitest";
import { toSaleLines } from "./sale-lines";
import { statsOrderSchema } from "./schemas";

const order = (change: object = {}) =>
  statsOrderSchema.parse({
    id: 48,
    creationDate: "2026-11-01",
    status: "DELIVERED",
    items: [
      {
        offerName: "Плед",
        shopSku: "YM-1",
        count: 2,
        prices: [
          { type: "BUYER", total: 900.1 },
          { type: "CASHBACK", total: 99.9 },
          { type: "MARKETPLACE", total: "200" },
        ],
      },
    ],
    payments: [
      { date: "2026-11-09", type: "REFUND", total: 1 },
      { date: "2026-11-04", type: "PAYMENT", total: 1 },
    ],
    commissions: [
      { type: "FEE", actual: 150.55 },
      { type: "FEE", actual: 1 },
      { type: "SOMETHING_NEW", actual: 10 },
      { type: "AGENCY", actual: 0 },
    ],
    currency: "RUR",
    ...change,
  });

describe("an order", () => {
  it("is a line a sku on the day of its first payment, and one line of what the Market charged", () => {
    expect(toSaleLines(order())).toEqual([
      {
        externalId: "48:YM-1",
        kind: "sale",
        date: "2026-11-04",
        currency: "RUB",
        orderNumber: "48",
        isPreliminary: true,
        settlementKey: "48:YM-1",
        quantity: 2,
        revenueMinor: 120_000n,
        feesMinor: 0n,
        fees: [],
        sku: "YM-1",
        offerId: "YM-1",
        productName: "Плед",
        description: "Плед",
      },
      expect.objectContaining({
        externalId: "48:fees",
        kind: "fee",
        isPreliminary: false,
        revenueMinor: 0n,
        feesMinor: -16_155n,
        fees: [
          { typeId: "FEE", name: "Размещение товаров", amountMinor: -15_155n },
          { typeId: "SOMETHING_NEW", name: "SOMETHING_NEW", amountMinor: -1_000n },
        ],
      }),
    ]);
  });

  it("given back in part is a return line of its share, on the day it came back; the sale stays where it was", () => {
    const items = [
      {
        shopSku: "YM-1",
        count: 3,
        prices: [{ total: 100 }],
        details: [
          { itemStatus: "RETURNED", itemCount: 1, updateDate: "2026-11-15" },
          { itemStatus: "WEIGHED", itemCount: 9 },
        ],
      },
    ];
    const [sale, back] = toSaleLines(order({ status: "PARTIALLY_RETURNED", items, commissions: [] }));
    expect(sale).toMatchObject({ date: "2026-11-04", quantity: 3, revenueMinor: 10_000n });
    expect(back).toMatchObject({ externalId: "48:YM-1:return", kind: "return", date: "2026-11-15", quantity: -1, revenueMinor: -3_333n });
  });

  it("with the same sku on two lines is one line, and delivery paid by the buyer is a line without a product", () => {
    const item = (change: object) => ({ shopSku: "YM-1", count: 1, prices: [{ total: 10 }], ...change });
    const lines = toSaleLines(order({ items: [item({}), item({}), item({ shopSku: null, offerName: "Доставка", prices: [{ total: 99 }] })], commissions: [] }));
    expect(lines.map(({ externalId, quantity, revenueMinor }) => [externalId, quantity, revenueMinor])).toEqual([
      ["48:YM-1", 2, 2_000n],
      ["48:delivery", 0, 9_900n],
    ]);
  });

  it("on its way, cancelled or made for a test sells nothing; what was charged for it all the same is told", () => {
    for (const status of ["PROCESSING", "DELIVERY", "CANCELLED_IN_DELIVERY"]) {
      expect(toSaleLines(order({ status, payments: [] })).map((line) => line.kind)).toEqual(["fee"]);
      expect(toSaleLines(order({ status, payments: [], commissions: [] }))).toEqual([]);
    }
    expect(toSaleLines(order({ fake: true }))).toEqual([]);
  });

  it("of an unknown status is sold when it was paid, and delivered ones without a payment yet are preliminary", () => {
    expect(toSaleLines(order({ status: "NEVER_SEEN_BEFORE" }))).toEqual(toSaleLines(order()));
    expect(toSaleLines(order({ payments: [] }))[0]).toMatchObject({ isPreliminary: true, date: "2026-11-01" });
  });
});
