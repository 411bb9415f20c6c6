import { everyMatch } from "../every-match";
import type { Match } from "../match";
import { clauseAround, type Stretch, sentenceAround } from "../text/stretch";
import type { Reading } from "../text/tokens";
import type { TaggedWords } from "../text/word-tags";
import { wordTest } from "../text/word-test";

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

/** "DAVE10 gets you 10% off on our site": a code that gives something, with a word for the gain. */
function givingCodeAt(reading: Reading, words: TaggedWords, index: number): Match | undefined {
  const after = reading.tokens[index + 1]?.kind === "number" ? index + 2 : index + 1;
  if (
    !/^(?:gets?|gives?|saves?|takes?|cuts?|снимает|снижает|знімає|for|дает|даст|дарит|на|для|дае|даєте|ile|kazandirir|verir|=|-|—|–)$/.test(
      reading.tokens[after]?.text ?? "",
    )
  )
    return undefined;
  if (codeNear(reading, { first: index, last: index }) === undefined || isMarketplaceCode(reading, index)) return undefined;
  const sentence = sentenceAround(reading, index);
  const near: Stretch = { first: index, last: Math.min(sentence.last, index + 10) };
  let share = false;
  let gain = words.any(near.first, near.last, "cheaper") || words.any(near.first, near.last, "code");
  for (let at = near.first; at <= near.last; at += 1) {
    share ||= /^[%₽€$₺₴£]$/.test(reading.tokens[at]?.text ?? "");
    gain ||= reading.tokens[at]?.text === "off";
  }
  if (!share || !gain || words.any(sentence.first, sentence.last, "marketplace") || words.any(index - 3, index - 1, "identifier")) return undefined;
  return { kind: "promo_code", reason: "promo_code.unknown_place", first: index, last: after, certainty: "likely" };
}

const TYPES = wordTest(
  /^(?:введите|введіть|укажите|вкажіть|впишите|enter|type|use|apply|girin|yazin|kullanin|yazinca|girince|yazarsaniz|girerseniz|yazana|kullanirsaniz)$/,
);

/** "При заказе с нашего сайта введите SKLAD10": a code to type in, in a shop that is not the marketplace. */
function typedCodeAt(reading: Reading, words: TaggedWords, index: number): Match | undefined {
  if (!TYPES.test(reading.tokens[index]?.text ?? "")) return undefined;
  const code = codeNear(reading, { first: index - 2, last: index + 2 });
  if (code === undefined || isMarketplaceCode(reading, code)) return undefined;
  const site = siteIn(reading, words, sentenceAround(reading, index));
  return site === undefined
    ? undefined
    : { kind: "promo_code", reason: "promo_code.other_site", first: Math.min(index, code, site), last: Math.max(index, code, site), certainty: "likely" };
}

const SAYS = wordTest(/^(?:назовите|скажите|назвіть|скажіть|tell|say|mention|quote|deyin|soyleyin|derseniz|dersen)$/);
const PERCENT = wordTest(/^(?:процент\p{L}*|відсотк\p{L}*|percent|yuzde|off)$/u);

const A_WORD = wordTest(/^(?:слово|фраз\p{L}*|пароль|word|phrase|password|kelime\p{L}*|parola\p{L}*)$/u);

/** "скажите слово «осень»": one word in quotation marks. */
function quotedNear({ tokens }: Reading, { first, last }: Stretch): number | undefined {
  const isQuote = (at: number) => /^["«»“”„']$/.test(tokens[at]?.text ?? "");
  for (let at = first; at <= last; at += 1) if (tokens[at]?.kind === "word" && isQuote(at - 1) && isQuote(at + 1)) return at;
  return undefined;
}

/** "назовите слово ОСЕНЬ, скинем десять процентов": a word for a code, and what it gives. */
function saidCodeAt(reading: Reading, words: TaggedWords, index: number): Match | undefined {
  if (!SAYS.test(reading.tokens[index]?.text ?? "") || words.any(index - 2, index - 1, "negation")) return undefined;
  const sentence = sentenceAround(reading, index);
  const near = { first: Math.max(sentence.first, index - 2), last: Math.min(sentence.last, index + 6) };
  const code = codeNear(reading, near) ?? quotedNear(reading, near);
  if (code === undefined || isMarketplaceCode(reading, code) || words.any(sentence.first, sentence.last, "marketplace")) return undefined;
  // "Tell us the size, MEDIUM or LARGE": what is said has to be called a word, or said in a shop.
  let called = words.any(sentence.first, sentence.last, "site");
  for (let at = sentence.first; at <= sentence.last; at += 1) called ||= A_WORD.test(reading.tokens[at]?.text ?? "");
  if (!called) return undefined;
  for (let at = sentence.first; at <= sentence.last; at += 1)
    if (PERCENT.test(reading.tokens[at]?.text ?? "") || reading.tokens[at]?.text === "%")
      return { kind: "promo_code", reason: "promo_code.unknown_place", first: Math.min(index, code), last: Math.max(index, code, at), certainty: "likely" };
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

/** "в корзине", "in the app"; but "в приложении магазина" is the shop's own. */
function isInside(reading: Reading, words: TaggedWords, { first, last }: Stretch): boolean {
  for (let at = first; at <= last; at += 1) {
    const theirCheckout =
      reading.tokens[at]?.text === "checkout" &&
      reading.tokens[at - 1]?.kind === "word" &&
      !/^(?:at|the|on|in|during|before|your|to|cart|basket)$/.test(reading.tokens[at - 1]?.text ?? "");
    if (theirCheckout) continue;
    if (words.has(at, "inside") && !words.has(at + 1, "site") && !words.has(at + 1, "our") && !words.has(at - 1, "our")) return true;
  }
  return false;
}

function promoAt(reading: Reading, words: TaggedWords, index: number): Match | undefined {
  if (!isPromoWord(reading, words, index) && !isNamedCode(reading, words, index)) return undefined;
  const sentence = sentenceAround(reading, index);
  const clause = clauseAround(reading, index);
  const negated = words.any(index - 3, index - 1, "negation");
  const site = siteIn(reading, words, sentence);
  const code = codeNear(reading, sentence);
  if (negated || isMarketplaceCode(reading, code)) return undefined;
  const theirs = words.any(sentence.first, sentence.last, "marketplace") || isInside(reading, words, sentence);
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
    // "для магазина lidasew"
    if (
      /^(?:магазин|магазін|саит)/.test(reading.tokens[at]?.text ?? "") &&
      /^[a-z]{4,}$/.test(reading.tokens[at + 1]?.text ?? "") &&
      !words.has(at + 1, "marketplace")
    )
      return at;
    const own = words.has(at, "our") || words.any(at - 3, at + 3, "our") || /^(?:саит|website|site)/.test(reading.tokens[at]?.text ?? "");
    if (own && !words.any(at - 1, at + 2, "marketplace")) return at;
  }
  return undefined;
}

/** Every promo code that is not the marketplace's. */
export function promoCodes(reading: Reading, words: TaggedWords): Match[] {
  return everyMatch(
    reading,
    (index) => promoAt(reading, words, index) ?? givingCodeAt(reading, words, index) ?? typedCodeAt(reading, words, index) ?? saidCodeAt(reading, words, index),
  );
}
