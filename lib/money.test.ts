import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exponentOf, parseMinor, toDecimal } from "./money";

const currency = fc.constantFrom("RUB", "UAH", "TRY", "USD", "JPY", "KWD");

describe("money", () => {
  it("survives the way to decimal text and back, whatever the size", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), currency, (minor, code) => {
        expect(parseMinor(toDecimal(minor, code), code)).toBe(minor);
      }),
    );
  });

  it("reads a number as it reads its text", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), (kopecks) => {
        expect(parseMinor(kopecks / 100, "RUB")).toBe(BigInt(kopecks));
      }),
    );
  });

  it("is symmetric: the negative amount is the negative of the amount", () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat({ max: 99_999 }), currency, (whole, fraction, code) => {
        const text = `${whole}.${String(fraction).padStart(5, "0")}`;
        expect(parseMinor(`-${text}`, code)).toBe(-parseMinor(text, code));
      }),
    );
  });

  it("is off by at most half a minor unit", () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat({ max: 9_999 }), (whole, tenThousandths) => {
        const exact = BigInt(whole) * 10_000n + BigInt(tenThousandths);
        const error = parseMinor(`${whole}.${String(tenThousandths).padStart(4, "0")}`, "RUB") * 100n - exact;
        expect(error >= -50n && error <= 50n).toBe(true);
      }),
    );
  });

  it.each([
    ["-316", "RUB", -31_600n],
    ["1530.0000", "RUB", 153_000n],
    [300, "RUB", 30_000n],
    ["0.005", "RUB", 1n],
    ["-0.005", "RUB", -1n],
    ["0.0049999", "RUB", 0n],
    ["  12.5 ", "TRY", 1_250n],
    ["+1", "USD", 100n],
    ["1.", "USD", 100n],
    [0.1 + 0.2, "RUB", 30n],
    [1e-7, "RUB", 0n],
    ["99.5", "JPY", 100n],
    ["1.2345", "KWD", 1_235n],
  ])("reads %j %s as %s", (amount, code, minor) => {
    expect(parseMinor(amount, code)).toBe(minor);
  });

  it.each(["", " ", "-", "1,5", "1 000", "0x10", "1e3", "--1", "NaN", "1.2.3", "١"])("refuses %j", (text) => {
    expect(() => parseMinor(text, "RUB")).toThrow(RangeError);
  });
  it.each([Number.NaN, Number.POSITIVE_INFINITY, 1e21])("refuses the number %s", (value) => {
    expect(() => parseMinor(value, "RUB")).toThrow(RangeError);
  });

  it.each([
    [12_345n, "RUB", "123.45"],
    [-5n, "RUB", "-0.05"],
    [0n, "RUB", "0.00"],
    [7n, "JPY", "7"],
    [-1_234n, "KWD", "-1.234"],
  ] as const)("writes %s %s as %s", (minor, code, text) => {
    expect(toDecimal(minor, code)).toBe(text);
  });

  it("knows the currencies without two decimals", () => {
    expect(["XOF", "UGX", "PYG", "IQD", "LYD", "EUR"].map(exponentOf)).toEqual([0, 0, 0, 3, 3, 2]);
  });
});
