import type { Match } from "../match";
import { type Stretch, sentenceAround } from "../text/stretch";
import type { Reading } from "../text/tokens";
import type { TaggedWords } from "../text/word-tags";
import { wordTest } from "../text/word-test";
import { CASH } from "./paid-by-hand";
import { isWarning } from "./refusals";

/** "Not through the marketplace, but from us": the marketplace named only to be left. */

const THROUGH = wordTest(/^(?:через|на|с|со|по|в|з|із|від|от|from|through|on|via)$/);
const ITSELF = wordTest(/^(?:него|нее|них|нього|неі|it|them)$/);
const PRICE = wordTest(/^(?:цена|цену|ценой|ціна|price|fiyat\p{L}*|за|for)$/u);
const I_SELL = wordTest(
  /^(?:отдам|отдадим|продам|продадим|уступлю|скину|скинем|віддам|віддамо|продамо|sell|give|satariz|satarim|veririz|veririm|duseriz|duserim|birakirim)$/,
);

/** "у меня лично", "лично со мной". */
const isPersonally = ({ tokens }: Reading, at: number): boolean =>
  /^(?:лично|особисто)$/.test(tokens[at]?.text ?? "") &&
  [at - 1, at + 2].some((person) => /^(?:меня|мене|мною|мнои)$/.test(tokens[person]?.text ?? "") && /^(?:у|в|со|зі)$/.test(tokens[person - 1]?.text ?? ""));

/** "no marketplace cut", "keep Shopify out of it". @returns the last token of it, or -1. */
function leftInEnglish({ tokens }: Reading, words: TaggedWords, index: number): number {
  if (tokens[index]?.text === "no" && words.has(index + 1, "marketplace")) return index + 1;
  const whole = /^(?:the|this)$/.test(tokens[index - 2]?.text ?? "") ? index - 3 : index - 2;
  const kept = /^(?:keep|leave|cut|keeping|leaving)$/.test(tokens[whole]?.text ?? "");
  return tokens[index]?.text === "out" && kept && words.has(index - 1, "marketplace") ? index : -1;
}

/** "через м", "замовляйте через м", "on eBay". @returns the marketplace's token, or -1. */
function marketplaceBehind({ tokens }: Reading, words: TaggedWords, from: number): number {
  const through = words.has(from, "order") && !THROUGH.test(tokens[from]?.text ?? "") ? from + 1 : from;
  if (!THROUGH.test(tokens[through]?.text ?? "")) return -1;
  for (let at = through + 1; at <= through + 2; at += 1) if (words.has(at, "marketplace")) return at;
  return -1;
}

/** The marketplace, denied: "не через вб", "без него", "hepsiburada üzerinden değil", "not on eBay". @returns the last token of it, or -1. */
function deniedMarketplace(reading: Reading, words: TaggedWords, index: number, sentence: Stretch): number {
  const { tokens } = reading;
  const text = tokens[index]?.text ?? "";
  const notThrough = /^(?:не|dont|not)$/.test(text) ? marketplaceBehind(reading, words, index + 1) : -1;
  if (notThrough >= 0) return notThrough;
  if (/^(?:без|without)$/.test(text) && ITSELF.test(tokens[index + 1]?.text ?? "") && words.any(sentence.first, index, "marketplace")) return index + 1;
  const english = leftInEnglish(reading, words, index);
  if (english >= 0) return english;
  if (isPersonally(reading, index) && words.any(sentence.first, sentence.last, "order")) return index;
  if (text === "degil" && words.any(index - 3, index - 1, "marketplace")) return index;
  return -1;
}

const BY_HAND = wordTest(
  /^(?:havale\p{L}*|eft|nakit|elden|iban\p{L}*|hesab\p{L}*|перевод\p{L}*|наличн\p{L}*|готівк\p{L}*|картк?[уоа]\p{L}{0,2}|cash|transfer)$/u,
);

/** "bize havaleyle yaparsanız", "нам переводом": money to the seller's own hand. */
function isPaidToUs({ tokens }: Reading, first: number, last: number): boolean {
  for (let at = first; at <= last; at += 1)
    if (
      /^(?:bize|bana|нам|мне|мені|us|me)$/.test(tokens[at]?.text ?? "") &&
      [at - 2, at - 1, at + 1, at + 2].some((beside) => BY_HAND.test(tokens[beside]?.text ?? ""))
    )
      return true;
  return false;
}

/** "а у нас", "but from us", "bizden": who sells instead. */
function isOurs({ tokens }: Reading, words: TaggedWords, first: number, last: number): boolean {
  for (let at = first; at <= last; at += 1) {
    if (/^(?:у|в|до|from|with|to|со|зі)$/.test(tokens[at]?.text ?? "") && /^(?:меня|мене|нас|us|me|мною|мнои|нами)$/.test(tokens[at + 1]?.text ?? ""))
      return true;
    if (/^(?:bizden|benden|bizde)$/.test(tokens[at]?.text ?? "")) return true;
    if (tokens[at]?.text === "do" && tokens[at + 1]?.kind === "number") return true;
    if (I_SELL.test(tokens[at]?.text ?? "") && !words.any(at - 2, at - 1, "negation")) return true;
  }
  return false;
}

const isPriced = ({ tokens }: Reading, first: number, last: number): boolean => {
  for (let at = first; at <= last; at += 1) {
    if (!PRICE.test(tokens[at]?.text ?? "")) continue;
    for (let beside = at + 1; beside <= at + 4; beside += 1) if (tokens[beside]?.kind === "number" && (tokens[beside]?.text.length ?? 0) >= 2) return true;
  }
  return false;
};

/** "купить за наличные не через озон". */
function isBoughtInCash({ tokens }: Reading, words: TaggedWords, { first, last }: Stretch): boolean {
  if (!words.any(first, last, "order")) return false;
  for (let at = first; at <= last; at += 1) if (CASH.test(tokens[at]?.text ?? "")) return true;
  return false;
}

function insteadAt(reading: Reading, words: TaggedWords, index: number): Match | undefined {
  const sentence = sentenceAround(reading, index);
  const end = deniedMarketplace(reading, words, index, sentence);
  if (end < 0 || isWarning(reading, sentence)) return undefined;
  // "не на Wildberries, а на Ozon": from one marketplace to another.
  if (words.any(end + 1, sentence.last, "marketplace")) return undefined;
  const dealt =
    isPaidToUs(reading, sentence.first, sentence.last) ||
    isOurs(reading, words, sentence.first, sentence.last) ||
    isPriced(reading, sentence.first, sentence.last);
  const gain =
    dealt ||
    isBoughtInCash(reading, words, sentence) ||
    (words.any(sentence.first, sentence.last, "cheaper") &&
      (words.any(sentence.first, sentence.last, "order") || words.any(sentence.first, sentence.last, "direct")));
  if (!gain || words.any(sentence.first, sentence.last, "refund")) return undefined;
  return { kind: "off_platform", reason: "off_platform.direct_order", first: index, last: Math.max(index, end), certainty: "likely" };
}

/** Every offer that names the marketplace only to leave it. */
export function insteadOfMarketplace(reading: Reading, words: TaggedWords): Match[] {
  const matches: Match[] = [];
  for (let index = 0; index < reading.tokens.length; index += 1) {
    const text = reading.tokens[index]?.text ?? "";
    if (!/^(?:не|not|dont|без|without|no|out|degil|лично|особисто)$/.test(text)) continue;
    const found = insteadAt(reading, words, index);
    if (found !== undefined) matches.push(found);
  }
  return matches;
}
