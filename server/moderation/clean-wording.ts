import type { Finding } from "./schema";
import { scriptOf } from "./text/look-alike";
import { countWords } from "./text/stretch";
import { type Reading, read, sourceSpan } from "./text/tokens";

/** How a reply could read without what was found: the clauses that carry it are left out, and the talk is led back to the chat. */

type Language = "ru" | "uk" | "tr" | "en";

const BACK_TO_CHAT: Readonly<Record<Language, string>> = {
  ru: "Напишите нам, пожалуйста, здесь, в этом чате.",
  uk: "Напишіть нам, будь ласка, тут, у цьому чаті.",
  tr: "Lütfen bize buradan, bu sohbetten yazın.",
  en: "Please write to us here, in this chat.",
};
const PAY_HERE: Readonly<Record<Language, string>> = {
  ru: "Оплата проходит только через маркетплейс.",
  uk: "Оплата проходить лише через маркетплейс.",
  tr: "Ödeme yalnızca pazaryeri üzerinden yapılır.",
  en: "Payment is made through the marketplace only.",
};
const BUY_HERE: Readonly<Record<Language, string>> = {
  ru: "Заказать можно здесь, на маркетплейсе.",
  uk: "Замовити можна тут, на маркетплейсі.",
  tr: "Siparişi buradan, pazaryerinden verebilirsiniz.",
  en: "You can order here, on the marketplace.",
};
/** Every sentence a clean wording may end with. */
export const BACK_TO_BUSINESS: readonly string[] = [BACK_TO_CHAT, PAY_HERE, BUY_HERE].flatMap((closing) => Object.values(closing));
const PAYMENTS = new Set<Finding["kind"]>(["card", "iban", "bank_account"]);
const PURCHASES = new Set<Finding["kind"]>(["off_platform", "promo_code"]);

const TURKISH_WORDS =
  /(?:^|\s)(?:ve|bir|bize|bizi|için|icin|numara\S*|lütfen|lutfen|yaz\S*|ara\S*|merhaba|hesab\S*|sipari\S*|kargo\S*|gönder\S*|gonder\S*|üzerinden|uzerinden)(?=[\s.,!?:]|$)/i;

/** Of those without a letter that Russian lacks. */
const UKRAINIAN_WORDS = /(?:^|\s)(?:та|щоб|можемо|поза|немає|буде|дякуємо|замов[а-я]*|дзвон[а-я]*|зателефон[а-я]*|або|якщо|лише|картку|гроші)(?=[\s.,!?:]|$)/i;

function languageOf(text: string): Language {
  const sample = text.slice(0, 2_000);
  if (/[іїєґ]/i.test(sample) || UKRAINIAN_WORDS.test(sample)) return "uk";
  let cyrillic = 0;
  let latin = 0;
  for (const letter of sample.toLowerCase()) {
    const script = scriptOf(letter);
    if (script === "cyrillic") cyrillic += 1;
    else if (script === "latin") latin += 1;
  }
  if (cyrillic > latin) return "ru";
  return /[ğşıİçöü]/.test(sample) || TURKISH_WORDS.test(sample) ? "tr" : "en";
}

function closingOf(findings: readonly Finding[], language: Language): string {
  if (findings.every(({ kind }) => PURCHASES.has(kind))) return BUY_HERE[language];
  return findings.every(({ kind }) => PAYMENTS.has(kind)) ? PAY_HERE[language] : BACK_TO_CHAT[language];
}

/** Tokens that some finding touches. */
function touched(reading: Reading, findings: readonly Finding[]): Set<number> {
  const clauses = new Set<number>();
  const ordered = [...findings].sort((left, right) => left.start - right.start);
  let next = 0;
  reading.tokens.forEach((token, index) => {
    const at = reading.folded.start[token.from] ?? 0;
    while (next < ordered.length && (ordered[next]?.end ?? 0) <= at) next += 1;
    const inside = ordered.slice(next, next + 4).some((finding) => at >= finding.start && at < finding.end);
    if (inside) clauses.add(reading.clause[index] ?? 0);
  });
  return clauses;
}

interface Sentence {
  readonly first: number;
  last: number;
  /** The first token of the first clause that is left out. */
  cutAt?: number;
}

function sentencesOf(reading: Reading, clauses: ReadonlySet<number>): Sentence[] {
  const sentences: Sentence[] = [];
  reading.tokens.forEach((_, index) => {
    const same = index > 0 && reading.sentence[index] === reading.sentence[index - 1];
    let sentence = sentences.at(-1);
    if (sentence === undefined || !same) {
      sentence = { first: index, last: index };
      sentences.push(sentence);
    }
    sentence.last = index;
    if (sentence.cutAt === undefined && clauses.has(reading.clause[index] ?? 0)) sentence.cutAt = index;
  });
  return sentences;
}

const LEAST_WORDS = 3;
/** A sentence that begins so has not said anything yet where its first clause ends. */
const LEANS =
  /^(?:чтобы|если|когда|для|по|пока|раз|так|хотя|після|щоб|якщо|коли|поки|за|if|when|for|to|in|as|while|once|since|before|after|because|eger|icin|daha)$/;

function textOf(reading: Reading, first: number, last: number): string {
  const { start, end } = sourceSpan(reading, first, last);
  return reading.folded.source.slice(start, end);
}

/** What stays of a sentence: all of it, or what it says before the comma of the first clause left out, when that stands by itself. */
function wordingOf(reading: Reading, { first, last, cutAt }: Sentence): string {
  if (cutAt === undefined) return textOf(reading, first, last);
  const comma = reading.tokens[cutAt]?.text === ",";
  const begin = reading.tokens[first]?.text ?? "";
  if (!comma || LEANS.test(begin) || countWords(reading, { first, last: cutAt - 1 }) < LEAST_WORDS) return "";
  return textOf(reading, first, cutAt - 1).replace(/([^.!?…])$/, "$1.");
}

/**
 * The text without the clauses that carry a finding, tidied, with one sentence that leads back to the marketplace.
 * @param isClean asked of the result: where the rest still carries something, only the leading sentence remains.
 */
export function cleanWording(text: string, findings: readonly Finding[], isClean: (text: string) => boolean): string {
  const reading = read(text);
  const closing = closingOf(findings, languageOf(text));
  const kept = sentencesOf(reading, touched(reading, findings))
    .map((sentence) => wordingOf(reading, sentence))
    .filter((wording) => wording !== "");
  const whole = [...kept, closing].join(" ");
  return isClean(whole) ? whole : closing;
}
