import type { Match } from "../match";
import { sentenceAround } from "../text/stretch";
import type { Reading } from "../text/tokens";
import type { TaggedWords } from "../text/word-tags";
import { wordTest } from "../text/word-test";
import { isDeniedVerb, isWarning } from "./refusals";

const SENDS = wordTest(
  /^(?:вышлите|вышли|пришлите|пришли|скиньте|скинь|киньте|кинь|закиньте|закинь|перешлите|сбросьте|вишліть|надішліть|перекиньте|send|ping|drop|bung|shoot|forward|atin|yollayin|gonderin|gonderirseniz|atarsaniz|yatirin)$/,
);
const PHONE_WORDS = wordTest(/^(?:номер\p{L}*|телефон\p{L}*|phone|number|мобільн\p{L}*|мобильн\p{L}*|numara\p{L}*|telefon\p{L}*)$/u);
const BY = wordTest(/^(?:по|за|на|to|via|by|my|numarama|numaramiza|numarasina)$/);
const REACH = 6;
const FAR = 12;

function isMoney(words: TaggedWords, reading: Reading, at: number): boolean {
  return words.has(at, "money") || /^[₽$€₴₺£]$/.test(reading.tokens[at]?.text ?? "");
}

/** "вышлите двести рублей по номеру телефона", "ping me twenty quid, Monzo": money asked for by hand, and where it is to go. */
export function sentMoneyAt(reading: Reading, words: TaggedWords, index: number): Match | undefined {
  if (!SENDS.test(reading.tokens[index]?.text ?? "") || isDeniedVerb(words, index)) return undefined;
  const sentence = sentenceAround(reading, index);
  if (isWarning(reading, sentence) || words.any(sentence.first, sentence.last, "refund") || words.any(sentence.first, sentence.last, "marketplace"))
    return undefined;
  let money = -1;
  for (let at = Math.max(sentence.first, index - FAR); at <= Math.min(sentence.last, index + REACH) && money < 0; at += 1)
    if (isMoney(words, reading, at)) money = at;
  if (money < 0) return undefined;
  for (let at = Math.max(sentence.first, money - 1); at <= Math.min(sentence.last, Math.max(index, money) + FAR); at += 1) {
    const text = reading.tokens[at]?.text ?? "";
    const byPhone = PHONE_WORDS.test(text) && (BY.test(text) || BY.test(reading.tokens[at - 1]?.text ?? "") || BY.test(reading.tokens[at - 2]?.text ?? ""));
    if (byPhone || words.has(at, "payTarget") || words.has(at, "wallet"))
      return { kind: "bank_account", reason: "bank_account.transfer", first: Math.min(index, money), last: Math.max(at, index), certainty: "likely" };
  }
  return undefined;
}
