import { describe, expect, it } from "vitest";
import { priceLine } from "./price-lines";

const of = (price: bigint, old: bigint | null = null, currency = "RUB") => priceLine("7", price, old, currency);

describe("a wanted price", () => {
  it("is a whole amount without a discount where nothing is crossed out", () => {
    expect(of(199_000n)).toEqual({ nmId: "7", price: 1_990, discount: 0 });
    expect(of(199_000n, 199_000n)).toEqual({ nmId: "7", price: 1_990, discount: 0 });
    expect(of(199_000n, 100_000n)).toEqual({ nmId: "7", price: 1_990, discount: 0 });
  });

  it.each([
    [100_000n, 200_000n, 2_000, 50],
    [199_000n, 300_000n, 3_980, 50],
    [150_000n, 200_000n, 2_000, 25],
    [99_000n, 110_000n, 1_100, 10],
  ])("%d crossed out at %d is %d less %d per cent", (price, old, full, discount) => {
    expect(of(price, old)).toEqual({ nmId: "7", price: full, discount });
  });

  it("is always exactly what the buyer pays, however the crossed-out one has to bend", () => {
    for (let price = 1; price <= 3_000; price += 37) {
      for (const factor of [1.1, 1.33, 2, 3.7, 40]) {
        const line = of(BigInt(price) * 100n, BigInt(Math.round(price * factor)) * 100n);
        expect(line).toBeDefined();
        if (line === undefined) continue;
        expect(line.price * (100 - line.discount)).toBe(price * 100);
        expect(Number.isInteger(line.price) && line.discount >= 0 && line.discount <= 99).toBe(true);
      }
    }
  });

  it("is none with a fraction, nothing, or less", () => {
    expect([of(199_050n), of(0n), of(-100n)]).toEqual([undefined, undefined, undefined]);
    expect(of(1_990n, null, "JPY")).toEqual({ nmId: "7", price: 1_990, discount: 0 });
  });
});
