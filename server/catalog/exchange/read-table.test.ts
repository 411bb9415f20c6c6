import { describe, expect, it } from "vitest";
import { parseAmount, parsePieces } from "./numbers";
import { type KnownVariant, readTable } from "./read-table";

it("numbers as people write them", () => {
  expect(parsePieces("1 200")).toBe(1_200);
  expect(parsePieces("12,0")).toBe(12);
  expect(parsePieces("-1")).toBeNull();
  expect(parsePieces("1,5")).toBeNull();
  expect(parseAmount("1 299,90")).toBe("1299.90");
  expect(parseAmount("abc")).toBeNull();
});

const listing = { productId: "p1", connectionId: "c1", currency: "RUB", priceMinor: 10_000n, oldMinor: 20_000n };
const variants: readonly KnownVariant[] = [
  { id: "v1", sku: "A-1", article: "a-1", name: "Mug", onHand: 5, listings: [listing, { ...listing, productId: "p2", connectionId: "c2", currency: null }] },
  { id: "v2", sku: "B", article: "b", name: "Cup", onHand: null, listings: [] },
];
const shops = [
  { connectionId: "c1", name: "Shop" },
  { connectionId: "c2", name: "Bare" },
];
const read = (text: string) => readTable(text, variants, shops);

describe("readTable", () => {
  it("finds what would change, and leaves out what is so already", () => {
    const { stock, prices, preview } = read("SKU,name,on_hand,price[Shop],old_price[Shop]\n a-1 ,x,7,150.5,\nb,y,3,,\n");
    expect(stock).toEqual([
      { variantId: "v1", quantity: 7 },
      { variantId: "v2", quantity: 3 },
    ]);
    expect(prices).toEqual([{ productId: "p1", priceMinor: 15_050n, oldMinor: null }]);
    expect(preview).toMatchObject({ rows: 2, problems: [], unknownColumns: [], stock: [{ line: 2, before: 5, after: 7 }, { before: null }] });
    expect(read("sku,on_hand,price[Shop]\nA-1,5,100\n")).toMatchObject({ stock: [], prices: [] });
  });
  it("a table without the column leaves the crossed-out price alone; a leap is pointed out", () => {
    const { prices, preview } = read("sku,price[Shop]\nA-1,49.99\n");
    expect(prices).toEqual([{ productId: "p1", priceMinor: 4_999n, oldMinor: 20_000n }]);
    expect(preview.prices).toMatchObject([{ isLarge: true, before: 10_000n }]);
  });
  it("says what it cannot read, line by line, and carries out nothing of it", () => {
    const { stock, prices, preview } = read("sku,on_hand,price[Shop],price[Bare],colour\nA-1,many,free,5,red\n,1,,,\nZ,1,,,\nB,1,9,,\nb,2,,,\n");
    expect(stock).toEqual([{ variantId: "v2", quantity: 1 }]);
    expect(prices).toEqual([]);
    expect(preview.unknownColumns).toEqual(["colour"]);
    expect(preview.problems.map((one) => [one.line, one.problem])).toEqual([
      [2, "bad_stock"],
      [2, "bad_price"],
      [2, "no_currency"],
      [3, "no_article"],
      [4, "unknown_article"],
      [5, "no_listing"],
      [6, "twice"],
    ]);
  });
});
