import { describe, expect, it } from "vitest";
import sample from "./fixtures/order.json";
import { toSaleLines } from "./sale-lines";
import { orderSchema } from "./schemas-orders";

const november = { from: new Date("2026-10-31T22:00:00Z"), to: new Date("2026-11-30T22:00:00Z") };
const [purchase] = sample.purchases;

function linesOf(
  history: readonly (readonly [status: number, at: string])[],
  purchases: readonly Readonly<Record<string, unknown>>[] = [{}],
  window = november,
) {
  const raw = {
    ...sample,
    changed: "2026-11-20 12:00:00",
    status: history.at(-1)?.[0],
    order_status_history: history.map(([status_id, created]) => ({ status_id, created })),
    purchases: purchases.map((change, index) => ({ ...purchase, id: index + 1, ...change })),
  };
  return toSaleLines(orderSchema.parse(raw), window).map(({ externalId, kind, date, quantity, revenueMinor }) => [
    externalId,
    kind,
    date,
    quantity,
    revenueMinor,
  ]);
}

const DONE = [
  [1, "2026-10-28 10:00:00"],
  [6, "2026-11-01 00:30:00"],
] as const;

describe("what an order brings", () => {
  it("is a sale on the day it was completed, by Kyiv's calendar", () => {
    expect(linesOf(DONE)).toEqual([["101647918:1:sale", "sale", "2026-11-01", 1, 24_900n]]);
    expect(linesOf([[1, "2026-11-01 10:00:00"]])).toEqual([]);
  });

  it("is a return on the day it came back, also when the sale was in another window", () => {
    const back = [...DONE, [86, "2026-11-08 10:00:00"], [85, "2026-11-10 10:00:00"]] as const;
    expect(linesOf(back)).toEqual([
      ["101647918:1:sale", "sale", "2026-11-01", 1, 24_900n],
      ["101647918:1:return", "return", "2026-11-08", -1, -24_900n],
    ]);
    const later = { from: new Date("2026-11-05T22:00:00Z"), to: new Date("2026-11-30T22:00:00Z") };
    expect(linesOf(back, [{}], later).map(([id]) => id)).toEqual(["101647918:1:return"]);
  });

  it("is nothing when it was refused, not fetched or cancelled", () => {
    for (const status of [11, 12, 19, 45])
      expect(
        linesOf([
          [1, "2026-11-01 10:00:00"],
          [status, "2026-11-05 10:00:00"],
        ]),
      ).toEqual([]);
  });

  it("received in part is only what was received; something returned later comes back", () => {
    const partly = [
      [1, "2026-11-01 10:00:00"],
      [68, "2026-11-05 10:00:00"],
    ] as const;
    expect(linesOf(partly, [{ status: 1 }, { status: 2 }, { status: 0 }]).map(([id]) => id)).toEqual(["101647918:1:sale"]);
    expect(linesOf(DONE, [{ status: 1 }, { status: 2 }])).toEqual([
      ["101647918:1:sale", "sale", "2026-11-01", 1, 24_900n],
      ["101647918:2:sale", "sale", "2026-11-01", 1, 24_900n],
      ["101647918:2:return", "return", "2026-11-20", -1, -24_900n],
    ]);
  });

  it("counts the whole line as the buyer paid it", () => {
    expect(linesOf(DONE, [{ quantity: 3, cost_with_discount: "700.01" }])[0]).toEqual(["101647918:1:sale", "sale", "2026-11-01", 3, 70_001n]);
    expect(linesOf(DONE, [{ quantity: 3, cost: null, cost_with_discount: "" }])[0]?.[4]).toBe(74_700n);
  });

  it("lies inside the window: its beginning counts, its end does not", () => {
    const at = [[6, "2026-11-02 00:00:00"]] as const;
    expect(linesOf(at, [{}], { from: new Date("2026-11-01T22:00:00Z"), to: new Date("2026-11-02T22:00:00Z") })).toHaveLength(1);
    expect(linesOf(at, [{}], { from: new Date("2026-10-31T22:00:00Z"), to: new Date("2026-11-01T22:00:00Z") })).toHaveLength(0);
  });
});
