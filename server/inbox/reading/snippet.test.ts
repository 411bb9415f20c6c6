import { describe, expect, it } from "vitest";
import { foldWord, snippetOf } from "./snippet";

const marked = (text: string, found: readonly string[], fragment?: string) =>
  snippetOf(text, found, fragment)
    .map((piece) => (piece.hit ? `[${piece.text}]` : piece.text))
    .join("");

describe("a found stretch", () => {
  it("marks words in the form in which they stand", () => {
    expect(marked("Где мои ЗАКАЗЫ? Заказы!", ["заказы"])).toBe("Где мои [ЗАКАЗЫ]? [Заказы]!");
    expect(marked("п’ятий дім", ["пятий"])).toBe("[п’ятий] дім");
    expect(marked("Trendyol'dan İADE kargom", ["trendyol", "iade"])).toBe("[Trendyol]'dan [İADE] kargom");
    expect(marked("Ёлка и ёлки", ["елка"])).toBe("[Ёлка] и ёлки");
    expect(marked("nothing here", [])).toBe("nothing here");
  });

  it("marks a part of a number, once where two findings meet", () => {
    expect(marked("Анна · 47870001-0001-1", [], "0001-00")).toBe("Анна · 4787[0001-00]01-1");
    expect(marked("37045342-0001", ["37045342"], "37045342-00")).toBe("[37045342-00]01");
    expect(marked("ab ab", [], "ab")).toBe("ab ab");
  });

  it("begins and ends at words, around the first finding", () => {
    const text = `${"начало ".repeat(60)}заказ ${"конец ".repeat(60)}`;
    const line = marked(text, ["заказ"]);
    expect(line).toMatch(/^…(начало ){4,6}\[заказ\] (конец ){10,}.*конец…$/);
    expect(line.length).toBeLessThan(200);
  });

  it("cuts an endless word between characters", () => {
    const line = snippetOf("😀".repeat(200), [])
      .map((piece) => piece.text)
      .join("");
    expect(() => encodeURIComponent(line)).not.toThrow();
    expect(line.length).toBeLessThan(200);
  });

  it("folds as the database does", () => {
    expect(["Ёж", "п’ять", "IŞIK", "ÇOCUĞU", "İade", "Ürün"].map(foldWord)).toEqual(["еж", "пять", "isik", "cocugu", "iade", "urun"]);
  });
});
