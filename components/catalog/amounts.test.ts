import { describe, expect, it } from "vitest";
import { amountFromText, amountToText, changedBy, piecesFromText } from "./amounts";

describe("amounts as people type them", () => {
  it("takes either sign for the fraction and spaces between thousands", () => {
    expect(amountFromText("1 299,90", "RUB")).toBe(129_990n);
    expect(amountFromText("5.5", "TRY")).toBe(550n);
    expect(amountFromText("0", "RUB")).toBeNull();
    expect(amountFromText("12,3,4", "RUB")).toBeNull();
    expect(amountFromText("-5", "RUB")).toBeNull();
  });
  it("shows what was typed", () => {
    expect(amountToText(129_990n, "RUB")).toBe("1299.90");
    expect(amountToText(null, "RUB")).toBe("");
  });
});

it("pieces are whole", () => {
  expect(piecesFromText("1 200")).toBe(1_200);
  expect(piecesFromText("1.5")).toBeNull();
  expect(piecesFromText("")).toBeNull();
});

it("a changed price is whole and above zero", () => {
  expect(changedBy(100_000n, 10)).toBe(110_000n);
  expect(changedBy(99_999n, -5)).toBe(95_000n);
  expect(changedBy(12_345n, 0)).toBe(12_300n);
  expect(changedBy(100n, -99)).toBe(100n);
});
