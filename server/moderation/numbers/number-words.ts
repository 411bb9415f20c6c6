import { lexiconKey } from "../text/lexicon-key";
import { NearWords } from "../text/near-words";

export type NumberLanguage = "ru" | "uk" | "tr" | "en";

/** `unit` 0–9, `teen` 10–19, `ten` 20–90, `hundred` 100–900; `times100` and `times1000` multiply what stands before them (beş yüz, четыре тысячи). */
export interface NumberWord {
  readonly rank: "unit" | "teen" | "ten" | "hundred" | "times100" | "times1000";
  readonly value: number;
  readonly language: NumberLanguage;
  /** Also an ordinary word (English "on", Turkish "bir"): counts only beside another number word of its language. */
  readonly common: boolean;
  /** One letter away from a number word: counts only beside a word that is spelled right. */
  readonly misspelt?: boolean | undefined;
}

type Words = Readonly<Record<number, string>>;

/** Spellings of each value, separated by spaces: cases, and how people write them in a hurry. */
const RUSSIAN: Words = {
  0: "ноль нуль нуля ноля нулик зеро",
  1: "один одна одно одну одного адин единица единицу единичка единичку",
  2: "два две двух двойка двойку двоечка двоечку",
  3: "три трех тройка тройку",
  4: "четыре четырех читыре четверка четверку четверочка",
  5: "пять пяти пядь пятерка пятерку пятерочка",
  6: "шесть шести шесь шестерка шестерку",
  7: "семь семи сем семерка семерку",
  8: "восемь восьми восем восимь восьмерка восьмерку",
  9: "девять девяти девить девятка девятку",
  10: "десять десяти десятка десятку",
  11: "одиннадцать одинадцать одиннацать",
  12: "двенадцать двенацать",
  13: "тринадцать тринацать",
  14: "четырнадцать четырнацать",
  15: "пятнадцать пятнацать",
  16: "шестнадцать шеснадцать шестнацать",
  17: "семнадцать семнацать",
  18: "восемнадцать восемнацать",
  19: "девятнадцать девятнацать",
  20: "двадцать двадцати двацать",
  30: "тридцать тридцати трицать",
  40: "сорок сорока",
  50: "пятьдесят пятидесяти пятдесят писят пятьсят",
  60: "шестьдесят шестидесяти шестдесят шисят шестьсят",
  70: "семьдесят семидесяти семдесят семьсят",
  80: "восемьдесят восьмидесяти восемдесят восемьсят",
  90: "девяносто девяноста",
  100: "сто",
  200: "двести двухсот",
  300: "триста трехсот",
  400: "четыреста четыресто",
  500: "пятьсот пятсот",
  600: "шестьсот шестсот",
  700: "семьсот семсот",
  800: "восемьсот восемсот",
  900: "девятьсот девятсот",
};

const UKRAINIAN: Words = {
  0: "нуль нуля нулик",
  1: "один одна одне одну одиничка",
  2: "два дві двійка двійку",
  3: "три трійка трійку",
  4: "чотири чотирі четвірка четвірку",
  5: "пять пятірка пятірку",
  6: "шість шістка шістку",
  7: "сім сімка сімку",
  8: "вісім вісімка вісімку",
  9: "девять девятка девятку",
  10: "десять",
  11: "одинадцять",
  12: "дванадцять",
  13: "тринадцять",
  14: "чотирнадцять",
  15: "пятнадцять",
  16: "шістнадцять",
  17: "сімнадцять",
  18: "вісімнадцять",
  19: "девятнадцять",
  20: "двадцять",
  30: "тридцять",
  40: "сорок",
  50: "пятдесят",
  60: "шістдесят шістьдесят",
  70: "сімдесят",
  80: "вісімдесят",
  90: "девяносто",
  100: "сто",
  200: "двісті",
  300: "триста",
  400: "чотириста",
  500: "пятсот",
  600: "шістсот шістьсот",
  700: "сімсот",
  800: "вісімсот",
  900: "девятсот",
};

const TURKISH: Words = {
  0: "sıfır",
  1: "bir",
  2: "iki",
  3: "üç",
  4: "dört",
  5: "beş",
  6: "altı",
  7: "yedi",
  8: "sekiz",
  9: "dokuz",
  10: "on",
  20: "yirmi",
  30: "otuz",
  40: "kırk",
  50: "elli",
  60: "altmış",
  70: "yetmiş",
  80: "seksen",
  90: "doksan",
};

const ENGLISH: Words = {
  0: "zero nil oh null",
  1: "one",
  2: "two",
  3: "three",
  4: "four",
  5: "five",
  6: "six",
  7: "seven",
  8: "eight",
  9: "nine niner",
  10: "ten",
  11: "eleven",
  12: "twelve",
  13: "thirteen",
  14: "fourteen",
  15: "fifteen",
  16: "sixteen",
  17: "seventeen",
  18: "eighteen",
  19: "nineteen",
  20: "twenty",
  30: "thirty",
  40: "forty fourty",
  50: "fifty",
  60: "sixty",
  70: "seventy",
  80: "eighty",
  90: "ninety",
};

const COMMON = new Set(["on", "bir", "oh", "null", "nil", "сем", "elli", "alti"]);
/** Said before a digit that comes twice or thrice, or before "нуля", "семёрки": double five, два нуля, çift sıfır. */
const REPEATS: Readonly<Record<string, number>> = { double: 2, dbl: 2, triple: 3, çift: 2, дважды: 2, трижды: 3, двічі: 2, тричі: 3 };
/** Plurals after a count: два нуля, три семёрки, чотири п'ятірки. */
const PLURALS: Readonly<Record<string, number>> = {
  нуля: 0,
  ноля: 0,
  нулей: 0,
  нолика: 0,
  нулі: 0,
  единицы: 1,
  одиниці: 1,
  двойки: 2,
  двійки: 2,
  тройки: 3,
  трійки: 3,
  четверки: 4,
  четвірки: 4,
  пятерки: 5,
  пятірки: 5,
  шестерки: 6,
  шістки: 6,
  семерки: 7,
  сімки: 7,
  восьмерки: 8,
  вісімки: 8,
  девятки: 9,
};

function rankOf(value: number): NumberWord["rank"] {
  if (value < 10) return "unit";
  if (value < 20) return "teen";
  return value < 100 ? "ten" : "hundred";
}

const lexicon = new Map<string, NumberWord>();
for (const [language, words] of [
  ["en", ENGLISH],
  ["tr", TURKISH],
  ["uk", UKRAINIAN],
  ["ru", RUSSIAN],
] as const) {
  for (const [value, spellings] of Object.entries(words)) {
    for (const word of spellings.split(" "))
      lexicon.set(lexiconKey(word), { rank: rankOf(Number(value)), value: Number(value), language, common: COMMON.has(word) });
  }
}
lexicon.set(lexiconKey("yüz"), { rank: "times100", value: 100, language: "tr", common: true });
for (const [language, words] of [
  ["ru", "тысяча тысячи тысяч тыщи тыщ тыща"],
  ["uk", "тисяча тисячі тисяч"],
  ["en", "thousand"],
  ["tr", "bin"],
] as const) {
  for (const word of words.split(" ")) lexicon.set(lexiconKey(word), { rank: "times1000", value: 1_000, language, common: true });
}
lexicon.set(lexiconKey("hundred"), { rank: "times100", value: 100, language: "en", common: false });

const repeats = new Map(Object.entries(REPEATS).map(([word, count]) => [lexiconKey(word), count]));
const plurals = new Map(Object.entries(PLURALS).map(([word, digit]) => [lexiconKey(word), digit]));

/** @param skeleton of a word. A misspelt word counts only beside another number word, as the common ones do. */
export const numberWord = (key: string): NumberWord | undefined => lexicon.get(key) ?? misspelt(key);

const LEAST_MISSPELT = 4;
/** One letter from a number, and a word of its own. */
const WORDS_OF_THEIR_OWN = new Set(
  "шерсть шерсти десна шест честь лесть весть месть есть жесть вести место шестой шестая шестую пятый пятая семья семье семью seventh sixteenth fourth fifth even sever forte forth often event eighth threw there these"
    .split(" ")
    .map(lexiconKey),
);
const near = new NearWords([...lexicon.keys()].filter((word) => word.length >= LEAST_MISSPELT));

/** A long number word with one letter wrong, lost, doubled or out of place: "twetny", "шестьдсят", "dokzu". */
function misspelt(key: string): NumberWord | undefined {
  if (key.length < LEAST_MISSPELT || key.length > LONGEST_PART || WORDS_OF_THEIR_OWN.has(key)) return undefined;
  const word = lexicon.get(near.find(key) ?? "");
  return word === undefined ? undefined : { ...word, misspelt: true };
}

export const repeatWord = (key: string): number | undefined => repeats.get(key);
export const pluralDigit = (key: string): number | undefined => plurals.get(key);

const SHORTEST_PART = 2;
const LONGEST_PART = 13;
const LONGEST_GLUED = 120;

/** Number words written as one ("beşyüzotuziki", "восемьдевятьсот"): the parts, or undefined when the word is anything else. */
export function gluedNumberWords(key: string): NumberWord[] | undefined {
  if (key.length < 7 || key.length > LONGEST_GLUED) return undefined;
  // From the end: the parts that spell the rest, longest part first.
  const rest: (NumberWord[] | undefined)[] = new Array<NumberWord[] | undefined>(key.length + 1);
  rest[key.length] = [];
  for (let at = key.length - SHORTEST_PART; at >= 0; at -= 1) {
    for (let size = Math.min(LONGEST_PART, key.length - at); size >= SHORTEST_PART; size -= 1) {
      const after = rest[at + size];
      const word = after === undefined ? undefined : lexicon.get(key.slice(at, at + size));
      if (word === undefined || after === undefined) continue;
      rest[at] = [word, ...after];
      break;
    }
  }
  const parts = rest[0];
  return parts !== undefined && parts.length > 1 ? parts : undefined;
}
