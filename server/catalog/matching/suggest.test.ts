import { describe, expect, it } from "vitest";
import { likeness, looseArticle, prepare, suggest, wordsOf } from "./suggest";

const candidates = prepare([
  { id: "1", sku: "MUG-BL-42", article: "mug-bl-42", name: "Кружка керамическая синяя 420 мл", barcodes: ["460001"] },
  { id: "2", sku: "CUP-1", article: "cup-1", name: "Чашка фарфоровая белая", barcodes: ["460002"] },
]);
const reasons = (from: { article?: string; name: string; barcodes?: string[] }) =>
  suggest({ article: from.article ?? null, name: from.name, barcodes: from.barcodes ?? [] }, candidates).map((one) => [one.variantId, one.reason]);

describe("suggestions", () => {
  it("sees through signs and letters that look alike", () => {
    expect(looseArticle("мuɡ-42".replace("ɡ", "g"))).toBe("mug42");
    expect(reasons({ article: "mug bl/42", name: "x" })).toEqual([["1", "article"]]);
    expect(reasons({ article: "сup1", name: "x" })).toEqual([["2", "article"]]);
  });
  it("by a common barcode, then by a name alike", () => {
    expect(reasons({ name: "Что-то", barcodes: ["460002"] })).toEqual([["2", "barcode"]]);
    expect(reasons({ name: "Кружка керамическая, синяя" })).toEqual([["1", "name"]]);
  });
  it("keeps silent rather than guess", () => {
    expect(reasons({ article: "x", name: "Полотенце банное" })).toEqual([]);
    expect(likeness(wordsOf(""), wordsOf(""))).toBe(0);
  });
});
