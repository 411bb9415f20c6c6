import { describe, expect, it } from "vitest";
import { realisedAt, toReturnLines, toSaleLines } from "./sale-lines";
import { refundLineSchema, saleLineSchema, soldOrderSchema } from "./schemas";

const money = (amount: string) => ({ shopMoney: { amount, currencyCode: "EUR" } });
const paid = { id: "gid://shopify/OrderTransaction/1", kind: "SALE", status: "SUCCESS", processedAt: "2026-11-03T10:00:00Z", fees: [] as unknown[] };
const order = (given: Record<string, unknown> = {}) =>
  soldOrderSchema.parse({
    id: "gid://shopify/Order/1",
    name: "#1001",
    processedAt: "2026-11-01T10:00:00Z",
    test: false,
    displayFinancialStatus: "PAID",
    transactions: [paid],
    refunds: [],
    lineItems: { pageInfo: { hasNextPage: false, endCursor: null }, nodes: [] },
    ...given,
  });
const line = saleLineSchema.parse({
  id: "gid://shopify/LineItem/7",
  title: "Cup",
  sku: "C-1",
  quantity: 3,
  originalTotalSet: money("30.00"),
  discountAllocations: [{ allocatedAmountSet: money("1.00") }, { allocatedAmountSet: money("0.55") }],
});

describe("when a sale is one", () => {
  it.each([
    [{}, "2026-11-03T10:00:00.000Z"],
    [{ transactions: [] }, "2026-11-01T10:00:00.000Z"],
    [{ transactions: [{ ...paid, status: "FAILURE" }] }, "2026-11-01T10:00:00.000Z"],
    [{ displayFinancialStatus: "REFUNDED" }, "2026-11-03T10:00:00.000Z"],
    [{ displayFinancialStatus: "NEVER_HEARD_OF" }, "2026-11-03T10:00:00.000Z"],
    [{ displayFinancialStatus: "NEVER_HEARD_OF", transactions: [] }, undefined],
    [{ displayFinancialStatus: "PENDING" }, undefined],
    [{ displayFinancialStatus: "PARTIALLY_PAID" }, undefined],
    [{ test: true }, undefined],
  ])("%o", (given, at) => {
    expect(realisedAt(order(given))?.toISOString()).toBe(at);
  });
});

describe("lines", () => {
  it("are what was paid after every discount, with fees beside them", () => {
    const fee = { id: "gid://shopify/TransactionFee/3", type: "processing_fee", amount: { amount: "0.92", currencyCode: "EUR" } };
    const lines = toSaleLines(order({ transactions: [{ ...paid, fees: [fee] }] }), [line], "2026-11-03");
    expect(lines).toMatchObject([
      { externalId: "gid://shopify/LineItem/7", kind: "sale", quantity: 3, revenueMinor: 2_845n, feesMinor: 0n, currency: "EUR", orderNumber: "#1001" },
      { externalId: "gid://shopify/TransactionFee/3", kind: "fee", revenueMinor: 0n, feesMinor: -92n, fees: [{ typeId: "processing_fee", amountMinor: -92n }] },
    ]);
  });

  it("that went back are negative, money without goods is a correction, nothing is nothing", () => {
    const refund = (total: string) => ({ id: "gid://shopify/Refund/4", createdAt: new Date(), totalRefundedSet: money(total) });
    const back = refundLineSchema.parse({
      id: "gid://shopify/RefundLineItem/5",
      quantity: 2,
      subtotalSet: money("18.97"),
      lineItem: { id: line.id, title: "Cup", sku: "C-1" },
    });
    expect(toReturnLines("#1001", refund("18.97"), [back], "2026-11-05")).toMatchObject([
      { externalId: back.id, kind: "return", quantity: -2, revenueMinor: -1_897n },
    ]);
    expect(toReturnLines("#1001", refund("5.00"), [], "2026-11-05")).toMatchObject([
      { externalId: "gid://shopify/Refund/4", kind: "correction", revenueMinor: -500n },
    ]);
    expect(toReturnLines("#1001", refund("0.00"), [], "2026-11-05")).toEqual([]);
    const { id: _, ...nameless } = back;
    expect(toReturnLines("#1001", refund("18.97"), [nameless], "2026-11-05")[0]?.externalId).toBe("gid://shopify/Refund/4/gid://shopify/LineItem/7/0");
  });
});
