import { describe, expect, it } from "vitest";
import { chooseLocale, isLocale } from "./locales";

describe("chooseLocale", () => {
  it.each([
    ["ru-RU,ru;q=0.9,en;q=0.8", "ru"],
    ["de-DE,de;q=0.9,uk;q=0.5,en;q=0.3", "uk"],
    ["en;q=0.5, tr;q=0.9", "tr"],
    ["tr;q=0, en", "en"],
    ["fr", "en"],
    ["", "en"],
    [null, "en"],
  ])("of %j takes %s", (header, locale) => {
    expect(chooseLocale(header)).toBe(locale);
  });

  it("knows its own languages only", () => {
    expect(isLocale("uk")).toBe(true);
    expect(isLocale("ua")).toBe(false);
    expect(isLocale(undefined)).toBe(false);
  });
});
