import { describe, expect, it } from "vitest";
import { markedPieces, openPlaceholders } from "./marks";

describe("marks", () => {
  it("cut the text without losing any of it", () => {
    const text = "Звоните +7 912, ждём {{order_number}}!";
    const marks = [...openPlaceholders(text), { start: 8, end: 14, tone: "failed" as const }];
    const pieces = markedPieces(text, marks);
    expect(pieces.map((piece) => piece.text).join("")).toBe(text);
    expect(pieces.filter(({ tone }) => tone !== null)).toEqual([
      { text: "+7 912", tone: "failed" },
      { text: "{{order_number}}", tone: "attention" },
    ]);
  });

  it("leave out what overlaps or no longer fits the text", () => {
    const pieces = markedPieces("abcdef", [
      { start: 1, end: 4, tone: "failed" },
      { start: 2, end: 5, tone: "failed" },
      { start: 4, end: 9, tone: "failed" },
    ]);
    expect(pieces).toEqual([
      { text: "a", tone: null },
      { text: "bcd", tone: "failed" },
      { text: "ef", tone: null },
    ]);
  });
});
