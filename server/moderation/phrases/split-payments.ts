import { everyMatch } from "../every-match";
import type { Match } from "../match";
import { sentenceAround } from "../text/stretch";
import type { Reading } from "../text/tokens";
import type { TaggedWords } from "../text/word-tags";
import { wordTest } from "../text/word-test";
import { isWarning } from "./refusals";

/** Money told with a place to put it and no verb: "половину сейчас на карту", "half by bank transfer", "papara hesabıma 200 lira". */

const PART = wordTest(
  /^(?:половин\p{L}*|аванс\p{L}*|задат\p{L}*|завдат\p{L}*|предоплат\p{L}*|передоплат\p{L}*|передплат\p{L}*|остальн\p{L}*|остаток|решт\p{L}*|half|deposit|yaris\p{L}*|kapora\p{L}*)$/u,
);
const ONTO = wordTest(/^(?:на|to|by|via|into)$/);
const PLACE = wordTest(
  /^(?:карт[уа]|картку|карточку|счет|рахунок|сбер\p{L}*|тиньк\p{L}*|тинек|моно\p{L}*|приват\p{L}*|card|account|bank|transfer|hesaba|hesabima|hesabimiza|ibana|ibanima|karta|kartima)$/u,
);
const MINE = wordTest(/^(?:hesab|iban|kart)[iu]m(?:[ae]|[iu]za)$/);
const BACK = wordTest(
  /^(?:верн\p{L}*|возвр\p{L}*|поверн\p{L}*|придет|приидет|приде|поступ\p{L}*|надіид\p{L}*|списал\p{L}*|refund\p{L}*|yatmad\p{L}*|gecmed\p{L}*|iade\p{L}*)$/u,
);
const REACH = 8;

function isPlace(reading: Reading, at: number): boolean {
  const text = reading.tokens[at]?.text ?? "";
  if (!PLACE.test(text)) return false;
  const bankTransfer = text === "transfer" && reading.tokens[at - 1]?.text === "bank";
  return bankTransfer || /^(?:hesab|iban|kart)/.test(text) || ONTO.test(reading.tokens[at - 1]?.text ?? "") || ONTO.test(reading.tokens[at - 2]?.text ?? "");
}

function splitAt(reading: Reading, words: TaggedWords, index: number): Match | undefined {
  const { tokens } = reading;
  const mine = MINE.test(tokens[index]?.text ?? "");
  if (!mine && !PART.test(tokens[index]?.text ?? "")) return undefined;
  const sentence = sentenceAround(reading, index);
  const first = Math.max(sentence.first, index - REACH);
  const last = Math.min(sentence.last, index + REACH);
  if (isWarning(reading, sentence)) return undefined;
  let place = -1;
  for (let at = first; at <= last; at += 1) {
    if (BACK.test(tokens[at]?.text ?? "") || words.has(at, "negation") || words.has(at, "marketplace") || words.has(at, "inside")) return undefined;
    if (isPlace(reading, at)) place = at;
  }
  const money = mine && (words.any(first, last, "money") || words.any(first, last, "wallet"));
  if (mine ? !money : place < 0) return undefined;
  const end = mine ? index : place;
  return { kind: "bank_account", reason: "bank_account.transfer", first: Math.min(index, end), last: Math.max(index, end), certainty: "likely" };
}

/** Every part of a price that is to go to somebody's own account. */
export function splitPayments(reading: Reading, words: TaggedWords): Match[] {
  return everyMatch(reading, (index) => splitAt(reading, words, index));
}
