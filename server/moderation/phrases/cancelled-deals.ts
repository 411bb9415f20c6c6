import type { Match } from "../match";
import { type Stretch, sentenceAround } from "../text/stretch";
import type { Reading } from "../text/tokens";
import type { TaggedWords } from "../text/word-tags";
import { wordTest } from "../text/word-test";
import { I_SHALL } from "./first-person";
import { find, match } from "./sentence-search";

/** The order is to be cancelled, and the thing sold past the marketplace. */

const CANCEL_ORDERS = wordTest(/^(?:отмените|отменяите|отмени|отказываитесь|откажитесь|скасуите|скасовуите|відмовтесь|відмовляитесь|cancel|iptal)$/);

const I_SELL = wordTest(
  /^(?:продам|продадим|отдам|отдадим|уступлю|уступим|продамо|віддам|віддамо|поступимось|satarim|satariz|satayim|veririm|veririz|verelim|vereyim)$/,
);
const SELF = wordTest(/^(?:сам|сама|сами|самі|myself|ourselves|kendim)$/);

/** "откажитесь, отправлю дешевле", "відмовтесь, відправлю сам": cheaper, or past whoever else would send it. */
function sentInstead({ tokens }: Reading, words: TaggedWords, index: number, sentence: Stretch): Match | undefined {
  if (!CANCEL_ORDERS.test(tokens[index]?.text ?? "")) return undefined;
  const named = words.any(sentence.first, sentence.last, "marketplace");
  const gain = find(words, sentence, "cheaper");
  for (let at = index + 1; at <= sentence.last; at += 1) {
    // "Отмените заказ на Ozon, отправим новый": what is sent may be another order there; what is sold is not.
    if (!(named ? I_SELL : I_SHALL).test(tokens[at]?.text ?? "")) continue;
    const self = [at - 1, at + 1, at + 2].some((beside) => SELF.test(tokens[beside]?.text ?? ""));
    if (gain !== undefined || self) return match("off_platform.direct_order", index, Math.max(at, gain ?? at));
  }
  return undefined;
}

/** "отмените заказ и закажите у нас", "cancel here and buy from us", "iptal edin, bizden alın". */
function boughtInstead({ tokens }: Reading, words: TaggedWords, index: number, sentence: Stretch): Match | undefined {
  for (let at = index + 1; at <= sentence.last; at += 1) {
    const fromUs = /^(?:у|from|bizden|direkt)$/.test(tokens[at]?.text ?? "") && (words.any(at, at + 1, "our") || words.has(at, "direct"));
    if (!fromUs) continue;
    const order = find(words, { first: index + 2, last: sentence.last }, "order", at);
    const gain = find(words, sentence, "cheaper");
    if (order !== undefined && (gain !== undefined || words.any(at - 3, at + 3, "order")))
      return match("off_platform.direct_order", index, Math.max(at, order));
  }
  return undefined;
}

/** Every deal that begins with a cancelled order. */
export function cancelledDeals(reading: Reading, words: TaggedWords): Match[] {
  const matches: Match[] = [];
  for (let index = 0; index < reading.tokens.length; index += 1) {
    if (!words.has(index, "cancel")) continue;
    const sentence = sentenceAround(reading, index);
    const found = sentInstead(reading, words, index, sentence) ?? boughtInstead(reading, words, index, sentence);
    if (found !== undefined) matches.push(found);
  }
  return matches;
}
