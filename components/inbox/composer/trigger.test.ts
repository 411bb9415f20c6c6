import { describe, expect, it } from "vitest";
import { findTrigger, replaceTrigger } from "./trigger";

const at = (text: string, sign: "#" | "@" = "#") => findTrigger(text, text.length, sign);

describe("a word behind a sign", () => {
  it("is found at the caret, in any alphabet", () => {
    expect(at("#")).toEqual({ start: 0, query: "" });
    expect(at("Добрый день! #дост")).toEqual({ start: 13, query: "дост" });
    expect(at("(@Анн", "@")).toEqual({ start: 1, query: "Анн" });
    expect(findTrigger("#one two", 4, "#")).toEqual({ start: 0, query: "one" });
  });

  it("is a name of up to two words behind an @, and one word behind a #", () => {
    expect(at("Глянь, @Анна Кл", "@")).toEqual({ start: 7, query: "Анна Кл" });
    expect(at("@Анна Климова глянь", "@")).toBeNull();
    expect(at("@Анна Климова ", "@")).toBeNull();
  });

  it("needs a beginning before it and the caret behind it", () => {
    expect(at("mail@shop", "@")).toBeNull();
    expect(at("номер№#1 и ещё")).toBeNull();
    expect(at("#one two")).toBeNull();
    expect(at("C#")).toBeNull();
  });

  it("gives way to what was chosen, and the caret stands behind it", () => {
    const text = "Да. #дост Спасибо";
    expect(replaceTrigger(text, { start: 4, query: "дост" }, 9, "Доставим завтра.")).toEqual({ text: "Да. Доставим завтра. Спасибо", caret: 20 });
  });
});
