import { everyMatch } from "../every-match";
import type { Match } from "../match";
import { type Stretch, sentenceAround } from "../text/stretch";
import type { Reading, Token } from "../text/tokens";
import type { TaggedWords } from "../text/word-tags";
import { wordTest } from "../text/word-test";
import { isWarning } from "./refusals";

/** A promo code told letter by letter, and the shop it holds in: "the word S-P-R-U-C-E on our other site", "букви М, Е, Д і цифра 7". */

const LETTERS = wordTest(/^(?:буквы|букв|буквами|буквам|буквах|літерах|букви|літери|літерами|letters?|spelled|spelt|harf\p{L}*|heceley\p{L}*)$/u);
const LINKS = /^[-–—._,*~·]$/;
const AND = wordTest(/^(?:и|і|та|and|ve|потом|потім|then|sonra|цифра|цифру|цифры|цифри|digit|number|rakam\p{L}*)$/u);
const LEAST = 4;
const LEAST_CALLED = 3;
const MOST = 24;

/** What may stand between two letters: a mark, and where they are called letters a comma or "and" too. */
const isLink = (token: Token, called: boolean): boolean =>
  token.kind === "mark" ? LINKS.test(token.text) && (called || token.text !== ",") : called && AND.test(token.text);

/** Single letters and figures in a row with marks or spaces between. @returns the last token of it, or -1. */
function spelledEnd({ tokens }: Reading, index: number, called: boolean): number {
  let [pieces, letters, last] = [0, 0, -1];
  for (let at = index; at < index + MOST; at += 1) {
    const token = tokens[at];
    if (token === undefined || (token.gap === 2 && at > index)) break;
    if (isLink(token, called)) continue;
    if (token.kind === "mark" || token.text.length !== 1) break;
    pieces += 1;
    if (token.kind === "word") letters += 1;
    last = at;
  }
  return pieces >= (called ? LEAST_CALLED : LEAST) && letters >= 2 ? last : -1;
}

const GAIN = wordTest(
  /^(?:%|процент\p{L}*|відсотк\p{L}*|percent|off|yuzde|минус|мінус|minus|dusuyor|duser|dusurur|indirim\p{L}*|скидк\p{L}*|знижк\p{L}*|discount|quarter|half|cheaper|дешевл\p{L}*|дешевш\p{L}*|ucuz\p{L}*|dortte|yarisi|бесплатн\p{L}*|безкоштовн\p{L}*|free|bedava|ucretsiz)$/u,
);
const TYPED = wordTest(
  /^(?:код\p{L}*|code|kod\p{L}*|слово|слова|word|kelime\p{L}*|парол\p{L}*|password|шифр\p{L}*|sifre\p{L}*|parola\p{L}*|промо\p{L}*|введ\p{L}*|ввод\p{L}*|набер\p{L}*|впиш\p{L}*|enter|type|use|girin|yazin|girerseniz|yazarsaniz)$/u,
);
/** A code of the thing itself. */
const ACTIVATES = wordTest(
  /^(?:активац\p{L}*|активир\p{L}*|activat\p{L}*|гарант\p{L}*|warranty|garanti\p{L}*|seri|сериин\p{L}*|серіин\p{L}*|serial|лиценз\p{L}*|ліценз\p{L}*)$/u,
);
const NOT_HERE = wordTest(/^(?:тут|здесь|здешн\p{L}*|here|this|burada|buradan|burda)$/u);

const HOLDS = wordTest(/^(?:работа\p{L}*|действ\p{L}*|діє|діють|працю\p{L}*|works?|valid|iner|gecerli|gecer|duser|calis\p{L}*)$/u);

/** "а не тут", "not here", "don't use it at this checkout", "burada değil", "а не на Розетці". */
function isElsewhere({ tokens }: Reading, words: TaggedWords, { first, last }: Stretch): boolean {
  for (let at = first; at <= last; at += 1) {
    if (NOT_HERE.test(tokens[at]?.text ?? "") && words.any(at - 5, at + 2, "negation")) return true;
    if (words.has(at, "marketplace") && /^(?:на|в|у|on|at)$/.test(tokens[at - 1]?.text ?? "") && words.has(at - 2, "negation")) return true;
  }
  return false;
}

/** A shop or a site that the words around do not call the marketplace's. */
const SHOP = wordTest(/^(?:крамни\p{L}*|лавк\p{L}*|лавц\p{L}*|бутик\p{L}*|butik\p{L}*|boutique)$/u);

function ownShop({ tokens }: Reading, words: TaggedWords, { first, last }: Stretch): boolean {
  for (let at = first; at <= last; at += 1) {
    const ownPage = words.has(at, "page") && words.any(at - 2, at, "our");
    if ((words.has(at, "site") || ownPage || SHOP.test(tokens[at]?.text ?? "")) && !words.any(at - 1, at + 2, "marketplace")) return true;
  }
  return false;
}

/** "works on our store only": a shop of ours, and that it holds. */
function holdsInOwnShop(reading: Reading, words: TaggedWords, around: Stretch): boolean {
  for (let at = around.first; at <= around.last; at += 1) if (HOLDS.test(reading.tokens[at]?.text ?? "")) return ownShop(reading, words, around);
  return false;
}

/** "S-P-R-U-C-E on our other site": hung together by dashes, in a shop of ours, with no word for what it is. */
const isHung = ({ tokens }: Reading, words: TaggedWords, index: number, { first, last }: Stretch): boolean =>
  tokens[index + 1]?.text === "-" && words.any(first, last, "our");

/** Whether the row of single letters and figures began before the token. */
function isInsideRow({ tokens }: Reading, index: number): boolean {
  const piece = (at: number) => tokens[at]?.kind !== "mark" && tokens[at]?.text.length === 1;
  return piece(index - 1) || (piece(index - 2) && LINKS.test(tokens[index - 1]?.text ?? "") && tokens[index - 1]?.text !== ",");
}

function spelledCodeAt(reading: Reading, words: TaggedWords, index: number): Match | undefined {
  const token = reading.tokens[index];
  if (token === undefined || token.kind === "mark" || token.text.length !== 1 || isInsideRow(reading, index)) return undefined;
  const called = [index - 1, index - 2].some((at) => LETTERS.test(reading.tokens[at]?.text ?? ""));
  const last = spelledEnd(reading, index, called);
  if (last < 0) return undefined;
  const sentence = sentenceAround(reading, index);
  const end = sentenceAround(reading, Math.min(reading.tokens.length - 1, Math.max(last, sentenceAround(reading, last).last) + 1)).last;
  const around = { first: sentence.first, last: end };
  for (let at = around.first; at <= around.last; at += 1) if (ACTIVATES.test(reading.tokens[at]?.text ?? "")) return undefined;
  const elsewhere = isElsewhere(reading, words, around);
  if (isWarning(reading, around) || (!elsewhere && (!ownShop(reading, words, around) || words.any(around.first, around.last, "marketplace")))) return undefined;
  let [gain, typed] = [words.any(around.first, around.last, "cheaper"), called || isHung(reading, words, index, around)];
  for (let at = around.first; at <= around.last; at += 1) {
    gain ||= GAIN.test(reading.tokens[at]?.text ?? "") || reading.tokens[at]?.text === "%";
    typed ||= TYPED.test(reading.tokens[at]?.text ?? "");
  }
  const told = (gain && typed) || (elsewhere && holdsInOwnShop(reading, words, around));
  return told ? { kind: "promo_code", reason: "promo_code.other_site", first: index, last, certainty: "likely" } : undefined;
}

/** Every promo code of another shop that is spelled. */
export function spelledCodes(reading: Reading, words: TaggedWords): Match[] {
  return everyMatch(reading, (index) => spelledCodeAt(reading, words, index));
}
