import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { readArchive } from "./report-archive";
import { toReportLines } from "./report-lines";

const MONTH = "2026-10";
const delivered = {
  orderId: "9007199254740993",
  yourSku: "A-1",
  offerName: "Кружка",
  deliveredCount: 2,
  deliveryDate: "05.10.2026",
  priceWithVatAndNoDiscount: 500,
  deliveredPriceSumWithVatAndNoDiscounts: 1000,
  deliveredPriceSumWithVatAndDiscounts: 900,
};
const sheet = (name: string, ...rows: Readonly<Record<string, unknown>>[]) => ({ name, rows });
const linesOf = (...sheets: ReturnType<typeof sheet>[]) => toReportLines(sheets, MONTH, "RUB");

describe("sheets of the realization report", () => {
  it("are final sales and returns that settle the early lines of the same order and article", () => {
    const returned = {
      ...delivered,
      returnedCount: 1,
      returnWarehouseOrScAcceptDate: "2026-10-20T00:00:00",
      returnPriceSumWithVatAndNoDiscounts: "500,00",
    };
    const { lines, rejected } = linesOf(sheet("delivered", delivered), sheet("returned", returned));
    expect(rejected).toEqual([]);
    expect(lines).toEqual([
      {
        externalId: "final:2026-10:9007199254740993:A-1",
        kind: "sale",
        date: "2026-10-05",
        quantity: 2,
        revenueMinor: 100_000n,
        feesMinor: 0n,
        fees: [],
        currency: "RUB",
        description: "Кружка",
        productName: "Кружка",
        orderNumber: "9007199254740993",
        sku: "A-1",
        offerId: "A-1",
        isPreliminary: false,
        settlementKey: "9007199254740993:A-1",
      },
      expect.objectContaining({
        externalId: "final:2026-10:9007199254740993:A-1:return",
        kind: "return",
        date: "2026-10-20",
        quantity: -1,
        revenueMinor: -50_000n,
        settlementKey: "9007199254740993:A-1:return",
      }),
    ]);
  });

  it.each([
    ["CSV", "ORDER_ID", "YOUR_SKU", "DELIVERED_COUNT", "DELIVERY_DATE", "DELIVERED_PRICE_SUM_WITH_VAT_AND_NO_DISCOUNTS"],
    [
      "the table for people",
      "Заказы/Номер заказа",
      "Заказы/Ваш SKU",
      "Заказы/Доставлено, шт.",
      "Заказы/Дата доставки товара",
      "Заказы/Стоимость всех доставленных штук с НДС без учёта скидок",
    ],
  ])("are understood in the spelling of %s, under any name", (_, order, sku, count, day, sum) => {
    const { lines } = linesOf(sheet("list_2", { [order]: 7, [sku]: "A-1", [count]: "1", [day]: "31-10-2026", [sum]: "1 290.50" }));
    expect(lines).toMatchObject([{ externalId: "final:2026-10:7:A-1", date: "2026-10-31", quantity: 1, revenueMinor: 129_050n }]);
  });

  it("take the price by the piece where no sum is told, and the old name of the article", () => {
    const { deliveredPriceSumWithVatAndNoDiscounts: _, yourSku: __, ...bare } = delivered;
    expect(linesOf(sheet("delivered", { ...bare, shopSku: "S-9" })).lines).toMatchObject([{ sku: "S-9", revenueMinor: 100_000n }]);
  });

  it("of one order and article are one line; a day of another month, or none, is the month's last", () => {
    const { lines } = linesOf(sheet("delivered", { ...delivered, deliveryDate: "01.11.2026" }, { ...delivered, deliveryDate: "" }));
    expect(lines).toMatchObject([{ quantity: 4, revenueMinor: 200_000n, date: "2026-10-31" }]);
  });

  it("of lost goods are corrections, and what was merely sent is nothing", () => {
    const row = { orderId: 7, yourSku: "A-1", compensationAmount: 300, compensationDate: "10.10.2026", decompensationAmount: "", decompensationDate: "" };
    const { lines } = linesOf(
      sheet("lost_items", row, { ...row, orderId: 8, decompensationAmount: 300, decompensationDate: "12.10.2026" }),
      sheet("transferred_to_delivery", { ...delivered, transferredToDeliveryCount: 5 }),
      sheet("unredeemed", { ...delivered, unredeemedCount: 1 }),
      sheet("news"),
    );
    expect(lines.map(({ externalId, kind, revenueMinor }) => [externalId, kind, revenueMinor])).toEqual([
      ["final:2026-10:7:A-1:lost", "correction", 30_000n],
      ["final:2026-10:8:A-1:found", "correction", -30_000n],
      ["final:2026-10:8:A-1:lost", "correction", 30_000n],
    ]);
  });

  it("without a column that is needed are set aside as a whole, with its name", () => {
    const { deliveredCount: _, ...other } = delivered;
    const { lines, rejected } = linesOf(sheet("delivered", { ...other, pieces: 2 }));
    expect([lines, rejected]).toMatchObject([[], [{ errorCode: "yandex-market.report_columns", errorText: "sheet delivered lacks deliveredCount" }]]);
    const { priceWithVatAndNoDiscount: __, deliveredPriceSumWithVatAndNoDiscounts: ___, ...unpriced } = delivered;
    expect(linesOf(sheet("delivered", unpriced)).rejected).toMatchObject([{ errorText: expect.stringContaining("deliveredPriceSumWithVatAndNoDiscounts") }]);
  });

  it.each([
    ["no order", { orderId: "" }],
    ["an odd amount", { deliveredPriceSumWithVatAndNoDiscounts: "many" }],
    ["half a piece", { deliveredCount: 0.5 }],
    ["an odd date", { deliveryDate: "yesterday" }],
  ])("with %s in a row are told but for this row", (_, odd) => {
    const { lines, rejected } = linesOf(sheet("delivered", { ...delivered, ...odd }, { ...delivered, yourSku: "A-2" }));
    expect(lines.map(({ sku }) => sku)).toEqual(["A-2"]);
    expect(rejected).toMatchObject([{ errorCode: "yandex-market.report_row", payload: odd }]);
  });
});

describe("the archive", () => {
  const zip = (files: Readonly<Record<string, string>>) => zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));

  it("is one file a sheet; ids keep their digits, other files do not matter", () => {
    const bytes = zip({
      "report/delivered.json": '\uFEFF[{"orderId":9007199254740993}]',
      "returned.json": '{"rows":[{"a":1}]}',
      "lost_items.json": "",
      "a.txt": "x",
    });
    expect(readArchive(bytes)).toEqual([
      { name: "delivered", rows: [{ orderId: "9007199254740993" }] },
      { name: "returned", rows: [{ a: 1 }] },
      { name: "lost_items", rows: [] },
    ]);
  });

  it.each([
    ["no archive", strToU8("<html>"), "not an archive"],
    ["no JSON", zip({ "delivered.json": "ORDER_ID;1" }), "no JSON"],
    ["no list", zip({ "delivered.json": '{"a":1}' }), "no list of rows"],
    ["a list of words", zip({ "delivered.json": '["a"]' }), "no list of rows"],
  ])("that is %s is said to be that", (_, bytes, words) => {
    expect(() => readArchive(bytes)).toThrow(RangeError);
    expect(() => readArchive(bytes)).toThrow(words);
  });
});
