import { describe, expect, it } from "vitest";
import { toTake } from "./pick-rules";

describe("what has to be taken from the shelf", () => {
  it("is one line an article over all orders, without what is cancelled", () => {
    const lines = [
      { offerId: "K-1", sku: "1", name: "Kettle", quantity: 2, cancelledQuantity: 1 },
      { offerId: null, sku: "9", name: "Cup", quantity: 1 },
      { offerId: "K-1", sku: "2", name: "Kettle, white", quantity: 3 },
      { offerId: "P-1", sku: null, name: "Plate", quantity: 2, cancelledQuantity: 2 },
    ];
    expect(toTake(lines)).toEqual([
      { article: "9", name: "Cup", quantity: 1 },
      { article: "K-1", name: "Kettle", quantity: 4 },
    ]);
    expect(toTake(toTake(lines))).toEqual(toTake(lines));
  });

  it("keeps goods without an article apart by their names", () => {
    const nameless = { offerId: null, sku: null, quantity: 1 };
    expect(
      toTake([
        { ...nameless, name: "Cup" },
        { ...nameless, name: "Pan" },
        { ...nameless, name: "Cup" },
      ]),
    ).toEqual([
      { article: null, name: "Cup", quantity: 2 },
      { article: null, name: "Pan", quantity: 1 },
    ]);
  });
});
