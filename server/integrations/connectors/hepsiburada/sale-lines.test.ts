import { describe, expect, it } from "vitest";
import { toPreliminaryReturn, toPreliminarySale, toSaleLine } from "./sale-lines";
import { claimSchema, lineSchema, transactionSchema } from "./schemas";

const row = (given: object) =>
  toSaleLine(
    transactionSchema.parse({
      id: "t-1",
      transactionType: "Payment",
      orderNumber: "86930",
      sku: "HBV1",
      quantity: 2,
      amount: { value: 199.9, currencyCode: "TRY" },
      orderDate: "2026-11-20T23:30:00",
      isIncome: true,
      ...given,
    }),
  );

describe("rows of the accounts", () => {
  it("a payment is a sale of its Turkish day", () => {
    expect(row({})).toMatchObject({
      externalId: "fin:t-1",
      kind: "sale",
      date: "2026-11-20",
      quantity: 2,
      revenueMinor: 19_990n,
      feesMinor: 0n,
      payoutMinor: 19_990n,
    });
  });

  it.each([199.9, -199.9])("a return of %f is negative whatever its sign", (value) => {
    const line = row({ transactionType: "Return", isIncome: false, amount: { value, currencyCode: "TRY" } });
    expect(line).toMatchObject({ kind: "return", quantity: -2, revenueMinor: -19_990n, payoutMinor: -19_990n });
  });

  it.each([
    ["Commission", false, -19_990n],
    ["SomethingNobodyKnows", false, -19_990n],
    ["SomethingNobodyKnows", true, 19_990n],
    // Not what its name says: the flag decides.
    ["Payment", false, -19_990n],
  ])("%s, income %s, is a fee of %s", (transactionType, isIncome, minor) => {
    expect(row({ transactionType, isIncome })).toMatchObject({
      kind: "fee",
      quantity: 0,
      revenueMinor: 0n,
      feesMinor: minor,
      fees: [{ typeId: transactionType, amountMinor: minor }],
    });
  });

  it("amounts keep their kuruş, and what is none is refused", () => {
    expect(row({ amount: { value: 0.29, currencyCode: "TRY" } }).revenueMinor).toBe(29n);
    expect(transactionSchema.safeParse({ id: 1, transactionType: "x", amount: { value: null }, orderDate: "2026-11-20", isIncome: true }).success).toBe(false);
  });
});

describe("what stands for them until they are there", () => {
  const orderedAt = new Date("2026-11-20T20:30:00Z");
  const line = lineSchema.parse({
    id: "l-1",
    sku: "HBV1",
    merchantSKU: "art",
    name: "Tencere",
    quantity: 2,
    status: "Delivered",
    totalPrice: { amount: 199.9, currency: "TRY" },
    commission: { amount: 36, currency: "TRY" },
  });
  const claim = claimSchema.parse({ number: "C1", quantity: 1, orderNumber: 86930, lineItemId: "l-1", sku: "HBV1", refundAmount: 99.95, priceCurrency: "TRY" });

  it("a delivered line is a sale less its commission, settled by the payment of the same order and product", () => {
    const sale = toPreliminarySale("86930", line, orderedAt);
    expect(sale).toMatchObject({ isPreliminary: true, revenueMinor: 19_990n, feesMinor: -3_600n, payoutMinor: 16_390n, offerId: "art", date: "2026-11-20" });
    expect(sale.settlementKey).toBe(row({}).settlementKey);
  });

  it("a refunded claim is a return, settled by its own row and by no other", () => {
    const back = toPreliminaryReturn(claim, orderedAt);
    expect(back).toMatchObject({ kind: "return", isPreliminary: true, quantity: -1, revenueMinor: -9_995n });
    expect(back.settlementKey).toBe(row({ transactionType: "Return", isIncome: false }).settlementKey);
    expect(back.settlementKey).not.toBe(row({}).settlementKey);
  });
});
