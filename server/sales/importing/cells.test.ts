import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toDecimal } from "@/lib/money";
import { EXPORT_COLUMNS, saleKindSchema } from "../schema";
import { currencyOf } from "./currencies";
import { parseDay, recogniseDateOrder } from "./dates";
import { flagOf, kindOf, recogniseColumns } from "./headings";
import { parseNumber, parseWhole, recogniseDecimalMark } from "./numbers";

const LOCALES = ["en", "ru", "uk", "tr"] as const;

describe("days", () => {
  it.each([
    ["2026-02-01", "dmy"],
    ["2026/2/1", "dmy"],
    ["20260201", "mdy"],
    ["01.02.2026", "dmy"],
    ["1.2.26", "dmy"],
    ["01-02-2026", "dmy"],
    ["02/01/2026", "mdy"],
    ["26-02-01", "ymd"],
    ["01.02.2026 23:59:59", "dmy"],
    ["01.02.2026, 9:05", "dmy"],
    ["2026-02-01T23:30:00.000Z", "dmy"],
    ["2026-02-01 23:30:00+03:00", "dmy"],
  ] as const)("%s is the first of February", (cell, order) => {
    expect(parseDay(cell, order)).toBe("2026-02-01");
  });

  it.each(["", "31.02.2026", "2026-13-01", "1 Feb", "45000", "01.02.1026", "02/2026"])("%j is none", (cell) => {
    expect(parseDay(cell, "dmy")).toBeNull();
  });

  it("the order is told by numbers above twelve, by dots, or not at all", () => {
    expect(recogniseDateOrder(["01/02/2026", "13/02/2026"])).toEqual({ value: "dmy", isSure: true });
    expect(recogniseDateOrder(["01/02/2026", "02/13/2026"])).toEqual({ value: "mdy", isSure: true });
    expect(recogniseDateOrder(["01.02.2026"])).toEqual({ value: "dmy", isSure: true });
    expect(recogniseDateOrder(["01/02/2026"])).toEqual({ value: "dmy", isSure: false });
    expect(recogniseDateOrder(["13/01/2026", "01/13/2026"])).toEqual({ value: "dmy", isSure: false });
    expect(recogniseDateOrder(["2026-02-01", "total"])).toEqual({ value: "ymd", isSure: true });
    expect(recogniseDateOrder(["", "total"])).toBeNull();
  });
});

describe("amounts", () => {
  it.each([
    ["1 234,56", "comma", "1234.56"],
    ["1\u00A0234,56", "comma", "1234.56"],
    ["1\u202F234\u202F567,8", "comma", "1234567.8"],
    ["1.234,56", "comma", "1234.56"],
    ["1,234.56", "point", "1234.56"],
    ["1'234.56", "point", "1234.56"],
    ["1234.5", "point", "1234.5"],
    [",5", "comma", "0.5"],
    ["12,", "comma", "12"],
    ["-100", "point", "-100"],
    ["\u2212100,00", "comma", "-100.00"],
    ["100-", "point", "-100"],
    ["(1,234.00)", "point", "-1234.00"],
    ["+5", "point", "5"],
  ] as const)("%s", (cell, mark, decimal) => {
    expect(parseNumber(cell, mark)).toEqual({ decimal, currency: null });
  });

  it.each([
    ["1 234,56 ₽", "RUB"],
    ["-₽1,50", "RUB"],
    ["₽ -1,50", "RUB"],
    ["-1,50 руб.", "RUB"],
    ["1,50 грн", "UAH"],
    ["₺1,50", "TRY"],
    ["1,50 TL", "TRY"],
    ["EUR 1,50", "EUR"],
  ])("%s names its currency", (cell, currency) => {
    expect(parseNumber(cell, "comma")).toEqual({ decimal: cell.includes("234") ? "1234.56" : cell.includes("-") ? "-1.50" : "1.50", currency });
  });

  it.each(["", "abc", "1,2,3", "1.5", "12.34.56", "1 2 pieces", "=1+1", "1e5", "--5", "€5€"])("%j is none with a decimal comma", (cell) => {
    expect(parseNumber(cell, "comma")).toBeNull();
  });

  it("the decimal mark is told by all numbers together", () => {
    expect(recogniseDecimalMark(["1.234", "5,5"])).toEqual({ value: "comma", isSure: true });
    expect(recogniseDecimalMark(["1,234", "5.5"])).toEqual({ value: "point", isSure: true });
    expect(recogniseDecimalMark(["1.234.567"])).toEqual({ value: "comma", isSure: true });
    expect(recogniseDecimalMark(["1.234,5"])).toEqual({ value: "comma", isSure: true });
    expect(recogniseDecimalMark(["1234.567"])).toEqual({ value: "point", isSure: true });
    expect(recogniseDecimalMark(["0.125"])).toEqual({ value: "point", isSure: true });
    expect(recogniseDecimalMark(["1.234", "2.500"])).toEqual({ value: "comma", isSure: false });
    expect(recogniseDecimalMark(["1,234"])).toEqual({ value: "point", isSure: false });
    expect(recogniseDecimalMark(["1.5", "1,5", "2,5"])).toEqual({ value: "comma", isSure: false });
    expect(recogniseDecimalMark(["100", "x", ""])).toBeNull();
  });

  it("whole numbers only where pieces are counted", () => {
    expect([parseWhole("1 200", "comma"), parseWhole("-2,0", "comma"), parseWhole("1,5", "comma"), parseWhole("x", "comma")]).toEqual([1200, -2, null, null]);
  });

  it("whatever amount a country's Intl writes is read back to the last minor unit", () => {
    const writers = [
      ["de-DE", "comma"],
      ["en-US", "point"],
      ["ru-RU", "comma"],
      ["uk-UA", "comma"],
      ["tr-TR", "comma"],
      ["de-CH", "point"],
      ["fr-FR", "comma"],
    ] as const;
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }), fc.constantFrom(...writers), (minor, [locale, mark]) => {
        const plain = toDecimal(minor, "EUR");
        const written = new Intl.NumberFormat(locale, { minimumFractionDigits: 2 }).format(plain as `${number}`);
        expect(parseNumber(written, mark)?.decimal).toBe(plain);
        expect(recogniseDecimalMark([written])).toEqual({ value: mark, isSure: true });
      }),
    );
  });
});

describe("headings and words", () => {
  it.each(LOCALES)("our own export's in %s, whatever the case", (locale) => {
    const words = JSON.parse(readFileSync(`messages/${locale}/sales-export.json`, "utf8")) as {
      columns: Record<(typeof EXPORT_COLUMNS)[number], string>;
      kinds: Record<string, string>;
      yes: string;
    };
    const headings = EXPORT_COLUMNS.map((column) => words.columns[column]);
    // A mark of ours is made anew, not read.
    const expected = EXPORT_COLUMNS.flatMap((column, at) => (column === "possibleDuplicate" ? [] : [[column, at]]));
    expect([...recogniseColumns(headings)].sort()).toEqual(expected.sort());
    expect(recogniseColumns(headings.map((heading) => ` ${heading.toLocaleUpperCase(locale)} `)).size).toBe(expected.length);
    for (const kind of saleKindSchema.options) expect(kindOf(words.kinds[kind] ?? "")).toBe(kind);
    expect(flagOf(words.yes)).toBe(true);
  });

  it("those of other tables, with units behind them, and the first of two alike", () => {
    expect(Object.fromEntries(recogniseColumns(["№ заказа", "Дата начисления", "Сумма, ₽", "Кол-во", "Итого", "Прочее"]))).toEqual({
      orderNumber: 0,
      date: 1,
      revenue: 2,
      quantity: 3,
    });
    expect(Object.fromEntries(recogniseColumns(["Sipariş No", "İŞLEM TARİHİ", "Tutar (TL)", "Acıklama"]))).toEqual({
      orderNumber: 0,
      date: 1,
      revenue: 2,
      description: 3,
    });
    expect(Object.fromEntries(recogniseColumns(["order_number", "sale-date", "amount", "line_id"]))).toEqual({
      orderNumber: 0,
      date: 1,
      revenue: 2,
      lineId: 3,
    });
  });

  it("kinds, flags and currencies that nobody knows are none", () => {
    expect([kindOf("refund"), kindOf("ВОЗВРАТ"), kindOf("gift"), flagOf("нет"), flagOf("maybe")]).toEqual(["return", "return", null, false, null]);
    expect([currencyOf("руб."), currencyOf("rub"), currencyOf("RUR"), currencyOf("₴"), currencyOf("XYZ1"), currencyOf("QQQ")]).toEqual([
      "RUB",
      "RUB",
      "RUB",
      "UAH",
      null,
      null,
    ]);
  });
});
