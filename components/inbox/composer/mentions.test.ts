import { describe, expect, it } from "vitest";
import { mentionedIds, mentionPieces } from "./mentions";

const people = [
  { userId: "1", name: "Анна" },
  { userId: "2", name: "Анна Белова" },
  { userId: "3", name: "O'Neil (night)" },
];
const mentioned = (text: string) => mentionedIds(text, people);

describe("mentions", () => {
  it("take the longest name that fits", () => {
    expect(mentioned("@Анна Белова, посмотри")).toEqual(["2"]);
    expect(mentioned("@Анна, посмотри")).toEqual(["1"]);
  });

  it("are not the beginning of another word, and need their sign", () => {
    expect(mentioned("@Аннабель и Анна")).toEqual([]);
  });

  it("take names with signs of a pattern in them as they are", () => {
    expect(mentioned("ask @O'Neil (night)")).toEqual(["3"]);
  });

  it("split a text without losing any of it", () => {
    const text = "Для @Анна: цена? @Анна";
    const pieces = mentionPieces(text, ["Анна"]);
    expect(pieces.map((piece) => piece.text).join("")).toBe(text);
    expect(pieces.filter(({ isMention }) => isMention)).toHaveLength(2);
    expect(mentionPieces(text, [])).toEqual([{ text, isMention: false }]);
  });
});
