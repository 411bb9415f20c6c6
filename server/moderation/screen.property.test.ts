import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findLeaks, screen } from "./screen";

const WORDS: Readonly<Record<string, readonly string[]>> = {
  ru: ["ноль", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять"],
  uk: ["нуль", "один", "два", "три", "чотири", "п'ять", "шість", "сім", "вісім", "дев'ять"],
  tr: ["sıfır", "bir", "iki", "üç", "dört", "beş", "altı", "yedi", "sekiz", "dokuz"],
  en: ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
};
const CALLS: Readonly<Record<string, readonly string[]>> = {
  ru: ["Здравствуйте, звоните ", "Мой номер: ", "тел ", ""],
  uk: ["Доброго дня, дзвоніть ", "Мій номер: ", "тел ", ""],
  tr: ["Merhaba, arayın: ", "Numaram ", "Tel: ", ""],
  en: ["Hello, call me at ", "My number is ", "phone ", ""],
};

const digits = (length: number) => fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((list) => list.join(""));
const phone = fc.oneof(
  digits(8).map((rest) => `891${rest}`),
  digits(8).map((rest) => `793${Number(rest) % 2}${rest.slice(1)}`),
  digits(7).map((rest) => `067${rest}`),
  digits(7).map((rest) => `0532${rest}`),
);

type Disguise = (phone: string, language: string) => string;
const shapes: Readonly<Record<string, (digit: number) => string>> = {
  fullwidth: (digit) => String.fromCodePoint(0xff10 + digit),
  bold: (digit) => String.fromCodePoint(0x1d7ce + digit),
  circled: (digit) => (digit === 0 ? "⓪" : String.fromCodePoint(0x2460 + digit - 1)),
  keycap: (digit) => `${digit}\ufe0f\u20e3`,
};
const each = (text: string, change: (digit: string) => string) => [...text].map(change).join("");
const DISGUISES: readonly Disguise[] = [
  (text) => text,
  (text) => each(text, (digit) => `${digit} `).trim(),
  (text) => [...text].join("-"),
  (text) => [...text].join("."),
  (text) => [...text].join("\u200b"),
  (text) => [...text].join(" * "),
  (text) => text.replace(/(\d{3})(?=\d)/g, "$1\u00ad"),
  (text, language) => each(text, (digit) => `${WORDS[language]?.[Number(digit)] ?? digit} `).trim(),
  (text, language) => [...text].map((digit, index) => (index % 2 === 0 ? digit : (WORDS[language]?.[Number(digit)] ?? digit))).join(" "),
  ...Object.values(shapes).map(
    (shape): Disguise =>
      (text) =>
        each(text, (digit) => shape(Number(digit))),
  ),
  (text) => text.replace(/^(\d+)(\d{3})(\d{2})(\d{2})$/, "$1 $2 $3 $4"),
  (text) => text.replace(/^(\d+)(\d{3})(\d{2})(\d{2})$/, "$1\n$2\n$3\n$4"),
  (text) => text.replaceAll("0", "О").replace(/1(?=.*1)/, "I"),
];

const NAMES = ["telegram", "телеграм", "whatsapp", "вотсап", "viber", "вайбер", "instagram", "инстаграм"];
const LOOKS: Readonly<Record<string, string>> = { a: "а", e: "е", o: "о", p: "р", c: "с", а: "a", е: "e", о: "o", р: "p", с: "c", т: "t", м: "m" };

describe("any phone number in any disguise", () => {
  it("is found", () => {
    fc.assert(
      fc.property(phone, fc.constantFrom("ru", "uk", "tr", "en"), fc.constantFrom(...DISGUISES), fc.nat({ max: 2 }), (number, language, disguise, call) => {
        const text = `${CALLS[language]?.[call] ?? ""}${disguise(number, language)}`;
        expect(
          findLeaks(text).map(({ kind }) => kind),
          JSON.stringify(text),
        ).toContain("phone");
      }),
      { numRuns: 600 },
    );
  });
});

describe("any messenger's name, its letters apart or exchanged", () => {
  it("is found in an invitation", () => {
    const change = fc.constantFrom<(name: string) => string>(
      (name) => [...name].join(" "),
      (name) => [...name].join("."),
      (name) => [...name].join("-"),
      (name) => [...name].join("\u200d"),
      (name) => [...name].map((letter) => LOOKS[letter] ?? letter).join(""),
      (name) => name.toUpperCase(),
      (name) => `${name.slice(0, 3)} ${name.slice(3)}`,
      (name) => [...name].map((letter) => letter + letter).join(""),
    );
    const invitation = fc.constantFrom("Напишите нам в ", "Пишіть у ", "Write to us on ", "Bize yazın: ", "Найдите нас в ");
    fc.assert(
      fc.property(fc.constantFrom(...NAMES), change, invitation, (name, hide, before) => {
        const text = `${before}${hide(name)}`;
        expect(findLeaks(text), JSON.stringify(text)).not.toEqual([]);
      }),
      { numRuns: 400 },
    );
  });
});

describe("any host name with its dot hidden", () => {
  it("is found", () => {
    const label = fc.stringMatching(/^[b-df-hj-np-tv-z][aeiou][b-df-hj-np-tv-z][aeiou][b-df-hj-np-tv-z]{1,3}$/);
    const dot = fc.constantFrom(
      ".",
      "[.]",
      "(.)",
      " . ",
      "[dot]",
      " dot ",
      "(точка)",
      " точка ",
      " крапка ",
      "(nokta)",
      " nokta ",
      "。",
      "\u200b.\u200b",
      "{.}",
    );
    fc.assert(
      fc.property(label, dot, fc.constantFrom("ru", "com", "com.ua", "net", "shop", "com.tr"), (name, written, ending) => {
        const text = `Заходите на ${name}${written}${ending.replaceAll(".", written)}`;
        expect(findLeaks(text), JSON.stringify(text)).not.toEqual([]);
      }),
      { numRuns: 400 },
    );
  });
});

describe("ordinary numbers in ordinary replies", () => {
  const between = (min: number, max: number) => fc.integer({ min, max });
  const two = (value: number) => String(value).padStart(2, "0");
  const reply = fc.oneof(
    digits(8).map((n) => `Ваш заказ ${n}-0001-1 собран`),
    digits(9).map((n) => `Номер заказа ${n}, спасибо!`),
    digits(10).map((n) => `Siparişiniz ${n} kargoya verildi`),
    digits(11).map((n) => `Takip no: ${n}`),
    digits(14).map((n) => `Трек-номер ${n}`),
    digits(10).map((n) => `ТТН 2045${n}`),
    digits(12).map((n) => `ИНН ${n}`),
    digits(10).map((n) => `ИНН ${n}`),
    digits(13).map((n) => `Штрихкод ${n}`),
    digits(9).map((n) => `Артикул ${n} в наличии`),
    digits(10).map((n) => `SKU ${n} is in stock`),
    digits(9).map((n) => `RA${n}RU прибыло`),
    fc.tuple(between(20, 60), between(20, 60)).map(([a, b]) => `Размер ${a}-${b}, есть ещё ${a + 2} и ${b + 4}`),
    fc.tuple(between(10, 300), between(10, 300), between(1, 99)).map(([a, b, c]) => `Габариты ${a}х${b}х${c} см, вес ${c},5 кг`),
    fc.tuple(between(1, 999), between(0, 999), between(0, 99)).map(([a, b, c]) => `Цена ${a} ${String(b).padStart(3, "0")},${two(c)} ₽ вместо ${a + 1} 990 ₽`),
    fc
      .tuple(between(1, 28), between(1, 12), between(0, 23), between(0, 59))
      .map(([d, m, h, min]) => `Доставим ${two(d)}.${two(m)}.2026 с ${two(h)}:${two(min)} до 22:00`),
    fc.tuple(between(1, 50), between(1, 50)).map(([a, b]) => `Осталось ${a} шт. по ${b * 100} грн, ещё ${b} шт. в пути`),
    fc.tuple(between(1, 9999), between(1, 9999)).map(([a, b]) => `Order ${a}, case ${b}, model XR-${a}`),
    fc.constantFrom("восемь", "девять", "пять", "sekiz", "five").map((word) => `${word} шт. в упаковке, две упаковки в коробке`),
  );

  it("pass", () => {
    fc.assert(
      fc.property(reply, (text) => {
        expect(findLeaks(text), JSON.stringify(text)).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("any text at all", () => {
  const piece = fc.oneof(
    fc.string({ unit: "binary", maxLength: 12 }),
    fc.constantFrom(
      "8 916 123 45 67",
      "t.me/x",
      "телеграм",
      "\u200b",
      "😀",
      "(",
      "[at]",
      "точка ру",
      "@",
      "\n",
      "beş yüz",
      "4111 1111 1111 1111",
      "ı",
      "İ",
      "ﷺ",
    ),
  );

  it("is read without a failure, its findings stand where they say, and the clean wording is clean", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join(" ");
        const { findings, clean } = screen({ text });
        for (const { start, end, matched } of findings) {
          expect(end).toBeGreaterThan(start);
          expect(text.slice(start, end)).toBe(matched);
        }
        expect(findLeaks(clean)).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });
});
