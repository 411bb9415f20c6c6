import type { Match } from "../match";
import { clauseAround, type Stretch, sentenceAround } from "../text/stretch";
import type { Reading } from "../text/tokens";
import type { TaggedWords } from "../text/word-tags";

/** Promo codes of other shops. One of the marketplace itself, or for its basket, is its own business. */

function isPromoWord(reading: Reading, words: TaggedWords, index: number): boolean {
  if (words.has(index, "promo")) return true;
  if (!words.has(index, "code")) return false;
  const text = reading.tokens[index]?.text ?? "";
  const near = [index - 1, index + 1, index - 2].map((at) => reading.tokens[at]?.text ?? "");
  if (/^(?:code|kod)/.test(text)) return near.some((word) => /^(?:discount|indirim|promo|promosyon|use|with|kampanya)/.test(word));
  return /^код/.test(text) && near.some((word) => /^(?:скид|знижк|промо)/.test(word));
}

/** A code as it is written: capitals and digits, in the text as it was typed. */
function codeNear(reading: Reading, { first, last }: Stretch): number | undefined {
  for (let at = first; at <= last; at += 1) {
    const token = reading.tokens[at];
    if (token?.kind !== "word") continue;
    const from = reading.folded.start[token.from] ?? 0;
    let to = token.to;
    while (/[a-z0-9а-я_]/.test(reading.folded.text.charAt(to))) to += 1;
    const written = reading.folded.source.slice(from, reading.folded.end[to - 1] ?? from);
    if (/^[\p{Lu}\d_]{4,20}$/u.test(written) && (/\d/.test(written) || written.length >= 5) && /\p{Lu}/u.test(written)) return at;
  }
  return undefined;
}

/** A code that carries the marketplace's name. */
function isMarketplaceCode(reading: Reading, index: number | undefined): boolean {
  return index !== undefined && /^(?:ozon|озон|wb|wildb|market|маркет|rozetka|розетк|hepsi|sepet)/.test(reading.tokens[index]?.text ?? "");
}

/** "Код VOLIA20 діє на нашому сайті", "KERVAN10 koduyla sitemizde": a code right beside the word, and a gain or a shop in the sentence. */
function isNamedCode(reading: Reading, words: TaggedWords, index: number): boolean {
  if (!/^(?:код|кодом|коду|code|kod)/.test(reading.tokens[index]?.text ?? "") || codeNear(reading, { first: index - 3, last: index + 3 }) === undefined)
    return false;
  const sentence = sentenceAround(reading, index);
  return siteIn(reading, words, sentence) !== undefined || words.any(sentence.first, sentence.last, "cheaper");
}

function promoAt(reading: Reading, words: TaggedWords, index: number): Match | undefined {
  if (!isPromoWord(reading, words, index) && !isNamedCode(reading, words, index)) return undefined;
  const sentence = sentenceAround(reading, index);
  const clause = clauseAround(reading, index);
  const negated = words.any(index - 3, index - 1, "negation");
  const site = siteIn(reading, words, sentence);
  const code = codeNear(reading, sentence);
  if (negated || isMarketplaceCode(reading, code)) return undefined;
  const theirs = words.any(sentence.first, sentence.last, "marketplace") || words.any(sentence.first, sentence.last, "inside");
  const span = { first: Math.min(index, code ?? index, site ?? index), last: Math.max(index, code ?? index, site ?? index) };
  if (site !== undefined && (!theirs || words.any(site - 2, site + 2, "our")))
    return { kind: "promo_code", reason: "promo_code.other_site", ...span, certainty: "certain" };
  if (theirs || code === undefined || Math.abs(code - index) > 8 || clause.last - clause.first > 38) return undefined;
  return { kind: "promo_code", reason: "promo_code.unknown_place", ...span, certainty: "likely" };
}

/** "на нашем сайте", "our store", "sitemizde", "у нас в магазине", "в другом магазине". */
function siteIn(reading: Reading, words: TaggedWords, { first, last }: Stretch): number | undefined {
  for (let at = first; at <= last; at += 1) {
    if (!words.has(at, "site")) continue;
    const own = words.has(at, "our") || words.any(at - 3, at + 3, "our") || /^(?:саит|website|site)/.test(reading.tokens[at]?.text ?? "");
    if (own && !words.any(at - 1, at + 2, "marketplace")) return at;
  }
  return undefined;
}

/** Every promo code that is not the marketplace's. */
export function promoCodes(reading: Reading, words: TaggedWords): Match[] {
  const matches: Match[] = [];
  for (let index = 0; index < reading.tokens.length; index += 1) {
    const match = promoAt(reading, words, index);
    if (match === undefined) continue;
    matches.push(match);
    index = Math.max(index, match.last);
  }
  return matches;
}
