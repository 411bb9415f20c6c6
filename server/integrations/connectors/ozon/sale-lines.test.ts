import { describe, expect, it } from "vitest";
import { parseMinor } from "@/lib/money";
import accrualsByDay from "./fixtures/accruals-by-day.json";
import { mergeLines, toSaleLines } from "./sale-lines";
import { accrualSchema, type RemoteAccrual } from "./schemas";

const types = new Map([
  ["69", "SaleCommission"],
  ["32", "Logistics"],
  ["59", "ReturnLogistics"],
  ["45", "PickupReturn"],
  ["41", "PayPerClick"],
]);
const accruals = accrualsByDay.payload.accruals.map((raw) => accrualSchema.parse(raw));
const linesOf = (accrual: RemoteAccrual) => toSaleLines(accrual, { types });
const rub = (amount: string) => ({ amount, currency: "RUB" });
function posting(total: string, commission: Record<string, unknown>, extra: Record<string, unknown> = {}): RemoteAccrual {
  return accrualSchema.parse({
    accrued_category: "POSTING",
    date: "2026-10-05",
    unit_number: "1-0001-1",
    accrual_id: 7,
    total_amount: rub(total),
    posting: { products: [{ sku: 5, commission }] },
    ...extra,
  });
}

describe("accruals as sale lines", () => {
  it.each(accruals.map((accrual) => [accrual.accrual_id ?? "", accrual] as const))("the payouts of accrual %s add up to its total", (_, accrual) => {
    const payout = linesOf(accrual).reduce((total, line) => total + (line.payoutMinor ?? 0n), 0n);
    expect(payout).toBe(parseMinor(accrual.total_amount.amount, "RUB"));
  });

  it("makes one line of a posting and a product, with its fees by type", () => {
    const [first, second, ...rest] = accruals[0] === undefined ? [] : linesOf(accruals[0]);
    expect(first).toMatchObject({
      externalId: "2026-10-05:POSTING:24219509-0020-1:900001:147451959",
      kind: "sale",
      quantity: 2,
      revenueMinor: 200_000n,
      feesMinor: -36_350n,
      postingNumber: "24219509-0020-1",
      orderNumber: "24219509-0020",
      fees: [
        { typeId: "69", name: "SaleCommission", amountMinor: -30_000n },
        { typeId: "32", name: "Logistics", amountMinor: -6_350n },
      ],
    });
    // A delivery total without services is still a fee.
    expect(second?.fees.at(-1)).toEqual({ typeId: "delivery", name: "Delivery", amountMinor: -10_400n });
    expect(rest).toEqual([]);
  });

  it("makes returns negative in pieces and money", () => {
    const lines = accruals[1] === undefined ? [] : linesOf(accruals[1]);
    expect(lines).toMatchObject([{ kind: "return", quantity: -1, revenueMinor: -100_000n, feesMinor: 15_000n, payoutMinor: -85_000n }]);
  });

  it("folds the fees of a product into one fee line and keeps seller fees apart", () => {
    const lines = accruals.slice(2, 4).flatMap(linesOf);
    expect(lines.map((line) => [line.externalId, line.kind, line.revenueMinor, line.feesMinor, line.description])).toEqual([
      ["2026-10-05:ITEM:24219509-0011-1:900003:147451959", "fee", 0n, -7_510n, "ReturnLogistics, PickupReturn"],
      ["2026-10-05:NON_ITEM:advert-77:900004:type-41", "fee", 0n, -50_000n, "PayPerClick"],
    ]);
  });

  it("keeps the money of a category nobody has heard of", () => {
    expect(accruals[4] === undefined ? [] : linesOf(accruals[4])).toMatchObject([
      { externalId: "2026-10-05:CONTAINER_FEES:container-5:900005:rest", kind: "fee", feesMinor: -1_234n },
    ]);
  });

  it("takes points and partner money as part of the sale amount when only that explains the total", () => {
    const inside = posting("900", { sale_amount: rub("1000"), bonus: rub("80"), coinvestment: rub("20"), commission: rub("-100"), seller_price: rub("500") });
    expect(linesOf(inside)).toMatchObject([{ revenueMinor: 100_000n, quantity: 2 }]);
  });

  it("shows what nothing explains as a correction of its own", () => {
    const odd = posting("950", { sale_amount: rub("1000"), commission: rub("-100") });
    expect(linesOf(odd).map((line) => [line.kind, line.payoutMinor])).toEqual([
      ["sale", 90_000n],
      ["correction", 5_000n],
    ]);
  });

  it("leaves the quantity open when price times pieces does not give the revenue", () => {
    expect(linesOf(posting("1000", { sale_amount: rub("1000"), seller_price: rub("333") }))).toMatchObject([{ quantity: 0 }]);
  });

  it("names ids from ids only: the same accrual with other amounts keeps its id", () => {
    const before = linesOf(posting("1000", { sale_amount: rub("1000") }));
    const after = linesOf(posting("700", { sale_amount: rub("700") }));
    expect(after.map((line) => line.externalId)).toEqual(before.map((line) => line.externalId));
  });

  it("adds up lines of one id whatever their order", () => {
    const first = linesOf(posting("1000", { sale_amount: rub("1100"), commission: rub("-100"), seller_price: rub("1100") }));
    const second = linesOf(posting("500", { sale_amount: rub("550"), commission: rub("-50"), seller_price: rub("550") }));
    const expected = [{ quantity: 2, revenueMinor: 165_000n, feesMinor: -15_000n, payoutMinor: 150_000n, fees: [{ typeId: "69", amountMinor: -15_000n }] }];
    expect(mergeLines([...first, ...second])).toMatchObject(expected);
    expect(mergeLines([...second, ...first])).toMatchObject(expected);
  });

  it("refuses amounts that are none and accruals of two currencies", () => {
    expect(() => linesOf(posting("1000", { sale_amount: rub("a lot") }))).toThrow(RangeError);
    expect(() => linesOf(posting("1000", { sale_amount: { amount: "1000", currency: "CNY" } }))).toThrow(RangeError);
  });
});
