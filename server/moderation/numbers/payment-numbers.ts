import { countrySpecs, isValidIBAN } from "ibantools";
import { everyMatch } from "../every-match";
import type { Match } from "../match";
import { latinLetter } from "../text/look-alike";
import type { Reading, Token } from "../text/tokens";
import type { TaggedWords } from "../text/word-tags";
import { wordTest } from "../text/word-test";
import { atomAt } from "./atoms";
import { announcedBy } from "./context";
import type { Run } from "./runs";

/** Cards, bank accounts and IBANs. Each is proven by its own check digits; without them the words before it have to say what it is. */

/** The first digits payment systems use: Visa, Mastercard, Mir, Troy, Maestro, UnionPay, American Express. ISO/IEC 7812. */
const ISSUER = /^(?:4\d{15}|5\d{15}|2[2-7]\d{14}|9792\d{12}|6\d{15}(?:\d{2,3})?|3[47]\d{13})$/;
/** Balance account and currency of a Russian account (Bank of Russia, 579-P): 408 17 810 … */
const RUSSIAN_ACCOUNT = /^(?:30[1-3]|40[1-8]|42[0-6]|45[1-8])\d{2}(?:810|643|840|978|156|949)\d{12}$/;
const RUSSIAN_BANK_CODE = /^04\d{7}$/;
const CARD_WORDS = ["card", "pay", "payTarget", "wallet"] as const;

/** Luhn's check (ISO/IEC 7812-1, annex B). */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const value = Number(digits.charAt(digits.length - 1 - at)) * (at % 2 === 0 ? 1 : 2);
    sum += value > 9 ? value - 9 : value;
  }
  return digits.length > 0 && sum % 10 === 0;
}

interface Window {
  readonly run: Run;
  readonly from: number;
  readonly to: number;
  readonly digits: string;
}

function cardMatch(reading: Reading, words: TaggedWords, { run, from, to, digits }: Window): Match | undefined {
  if (!ISSUER.test(digits)) return undefined;
  const atoms = run.atoms.slice(from, to + 1);
  const first = atoms[0]?.first ?? 0;
  const last = atoms.at(-1)?.last ?? first;
  const identified = announcedBy(reading, words, first, ["identifier"]);
  const announced = announcedBy(reading, words, first, CARD_WORDS) || CARD_WORDS.some((tag) => words.any(last + 1, last + 3, tag));
  const inFours = atoms.length === 4 && atoms.every((atom) => atom.digits.length === 4);
  const disguised = atoms.some((atom) => atom.form !== "digits");
  if (passesLuhn(digits) && (announced || inFours || !identified)) {
    return { kind: "card", reason: disguised ? "card.disguised" : "card.plain", first, last, certainty: "certain" };
  }
  if (announced && (inFours || !identified)) return { kind: "card", reason: "card.in_context", first, last, certainty: "likely" };
  return undefined;
}

const IN_PARTS = wordTest(
  /^(?:перв\p{L}*|перш\p{L}*|first|ilk|половин\p{L}*|решт\p{L}*|остальн\p{L}*|остаток|rest|remaining|half|yarisi|kalan\p{L}*|devami|частя\p{L}*|частин\p{L}*|parts?|parca\p{L}*|двумя|двома|два|дві|две|two|iki)$/u,
);
const IN_PARTS_WITHIN = 10;

/** "картка двома повідомленнями: перші вісім 4441 1144, решту дам": half a card's number, the rest to come. */
function halfCardMatch(reading: Reading, words: TaggedWords, { run, from, to, digits }: Window): Match | undefined {
  const atoms = run.atoms.slice(from, to + 1);
  if (digits.length !== 8 || !/^[2456]/.test(digits) || !atoms.every((atom) => atom.digits.length === 4 || atom.digits.length === 8)) return undefined;
  const [first, last] = [atoms[0]?.first ?? 0, atoms.at(-1)?.last ?? 0];
  if (!announcedBy(reading, words, first, ["card"], IN_PARTS_WITHIN) || announcedBy(reading, words, first, ["identifier"], 3)) return undefined;
  let parts = 0;
  for (let at = first - IN_PARTS_WITHIN; at <= last + IN_PARTS_WITHIN; at += 1)
    if (IN_PARTS.test(reading.tokens[at]?.text ?? "") && (at < first || at > last)) parts += 1;
  return parts > 0 ? { kind: "card", reason: "card.in_context", first, last, certainty: "likely" } : undefined;
}

function accountMatch(reading: Reading, words: TaggedWords, { run, from, to, digits }: Window): Match | undefined {
  const first = run.atoms[from]?.first ?? 0;
  const last = run.atoms[to]?.last ?? first;
  if (digits.length === 20) {
    const announced = announcedBy(reading, words, first, ["account", "pay", "payTarget"]);
    if (!RUSSIAN_ACCOUNT.test(digits) && !announced) return undefined;
    return { kind: "bank_account", reason: "bank_account.number", first, last, certainty: "certain" };
  }
  if (digits.length === 9 && RUSSIAN_BANK_CODE.test(digits) && /^(?:бик|bic|blk|blc)$/.test(nearestWord(reading, first))) {
    return { kind: "bank_account", reason: "bank_account.bank_code", first, last, certainty: "certain" };
  }
  const whole = from === 0 && to === run.atoms.length - 1;
  if (!whole || digits.length < 8 || digits.length > 24) return undefined;
  const bankBefore = announcedBy(reading, words, first, ["payTarget"], 3) && words.any(last + 1, last + 2, "account");
  if (announcedBy(reading, words, first, ["identifier"]) || !(bankBefore || announcedBy(reading, words, first, ["account"], 4))) return undefined;
  return { kind: "bank_account", reason: "bank_account.number", first, last, certainty: "likely" };
}

function nearestWord(reading: Reading, index: number): string {
  for (let at = index - 1; at >= Math.max(0, index - 3); at -= 1) if (reading.tokens[at]?.kind === "word") return reading.tokens[at]?.text ?? "";
  return "";
}

const LONGEST = 24;

/** Cards and accounts of one run. A window is a row of whole groups; the longest match from the left wins. */
export function paymentNumbers(reading: Reading, words: TaggedWords, run: Run): Match[] {
  const found: Match[] = [];
  for (let from = 0; from < run.atoms.length; ) {
    let digits = "";
    let match: Match | undefined;
    let end = from;
    for (let to = from; to < run.atoms.length; to += 1) {
      digits += run.atoms[to]?.digits ?? "";
      if (digits.length > LONGEST) break;
      if (digits.length < 8) continue;
      const window = { run, from, to, digits };
      const here = cardMatch(reading, words, window) ?? halfCardMatch(reading, words, window) ?? accountMatch(reading, words, window);
      if (here !== undefined) {
        match = here;
        end = to;
      }
    }
    if (match !== undefined) found.push(match);
    from = match === undefined ? from + 1 : end + 1;
  }
  return found;
}

const LONGEST_IBAN = 34;
/** Marks and words between the parts count too. */
const MOST_TOKENS = 100;

interface Collected {
  readonly text: string;
  /** Token that ends at each length of `text`. */
  readonly lastAt: ReadonlyMap<number, number>;
}

/** Said between the parts of one number: "TR sonra 8800 devamı 8239", "UA53 далі 3052 потім 99". */
const TOLD_BETWEEN = wordTest(
  /^(?:потом|затем|далее|дальше|после|потім|далі|then|next|followed|after|that|and|sonra|ardindan|devami|devaminda|sonu|sonunda|son|en|и|і|та|ve|конце|кінці|в|наконец|наприкінці|finally|ends?|with|by)$/,
);

/** A comma between the parts: a number or a word like "then" stands behind it. */
const isTold = ({ tokens }: Reading, at: number): boolean => tokens[at + 1]?.kind === "number" || TOLD_BETWEEN.test(tokens[at + 1]?.text ?? "");

/** Whether a token between the parts of an IBAN belongs to none of them. */
const isPassed = (reading: Reading, at: number, token: Token): boolean =>
  token.kind === "mark" ? "-._/*".includes(token.text) || (token.text === "," && isTold(reading, at)) : TOLD_BETWEEN.test(token.text);

/** Letters and digits from a token on, as long as they may belong to one IBAN. */
function collect(reading: Reading, first: number): Collected {
  let text = "";
  const lastAt = new Map<number, number>();
  for (let at = first; at < reading.tokens.length && text.length < LONGEST_IBAN && at < first + MOST_TOKENS; at += 1) {
    const token = reading.tokens[at];
    if (token === undefined || (at > first && token.gap === 2)) break;
    if (at > first && isPassed(reading, at, token)) continue;
    if (token.kind === "mark") break;
    const spelled = at > first && token.kind === "word" ? atomAt(reading, at) : undefined;
    const inWords = spelled?.form === "words" ? spelled : undefined;
    text += inWords?.digits ?? (token.kind === "number" ? token.text : [...token.text].map(latinLetter).join("").toUpperCase());
    at = inWords?.last ?? at;
    lastAt.set(text.length, at);
  }
  return { text, lastAt };
}

/** IBANs, in whatever groups and letters (ТR for TR). */
export function ibans(reading: Reading, words: TaggedWords): Match[] {
  return everyMatch(reading, (index) => ibanAt(reading, words, index));
}

/** Figures, in figures or words, perhaps behind a word like "then". */
function startsFigures(reading: Reading, index: number): boolean {
  const at = TOLD_BETWEEN.test(reading.tokens[index]?.text ?? "") || reading.tokens[index]?.text === "," ? index + 1 : index;
  return reading.tokens[at]?.kind === "number" || atomAt(reading, at)?.form === "words";
}

function ibanAt(reading: Reading, words: TaggedWords, index: number): Match | undefined {
  const token = reading.tokens[index];
  const next = reading.tokens[index + 1];
  if (token?.kind !== "word") return undefined;
  // "T R 3 3 0 0 …": the country's letters may stand apart too.
  const apart = token.text.length === 1 && next?.kind === "word" && next.text.length === 1 && startsFigures(reading, index + 2);
  if (!apart && (token.text.length !== 2 || (next?.kind === "word" && !startsFigures(reading, index + 1)))) return undefined;
  const country = [...token.text, ...(apart ? next.text : "")].map(latinLetter).join("").toUpperCase();
  const length = countrySpecs[country]?.chars ?? 0;
  if (length === 0) return undefined;
  const { text, lastAt } = collect(reading, index);
  const last = lastAt.get(length);
  if (last === undefined || !/^[A-Z]{2}\d{2}[A-Z0-9]+$/.test(text.slice(0, length))) return undefined;
  if (isValidIBAN(text.slice(0, length))) return { kind: "iban", reason: "iban.plain", first: index, last, certainty: "certain" };
  // "kart no 2200 …": a word, not Norway.
  if (next?.gap !== 0 && /^[a-zа-я]/.test(reading.folded.source.charAt(reading.folded.start[token.from] ?? 0))) return undefined;
  const digitsOnly = /^\d+$/.test(text.slice(2, length)) && length > 20;
  const announced = announcedBy(reading, words, index, ["account", "payTarget", "pay"]);
  return digitsOnly || announced ? { kind: "iban", reason: "iban.in_context", first: index, last, certainty: "likely" } : undefined;
}
