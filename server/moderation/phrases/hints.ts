import { everyMatch } from "../every-match";
import type { Match } from "../match";
import { type Stretch, sentenceAround } from "../text/stretch";
import type { Reading } from "../text/tokens";
import type { TaggedWords } from "../text/word-tags";
import { wordTest } from "../text/word-test";
import { isWarning } from "./refusals";

/** Contacts that are not written here, but where they are is: "позвоните по номеру на визитке", "the number is on the box, call us". */

const ASKS_TO_CALL = wordTest(
  /^(?:по|пере)?(?:звоните|звони|звонить|набирайте|наберите|наберіть|набери|дзвоніть|зателефонуите|зателефонувати|телефонуите|call|ring|dial|text|arayin|arayabilirsiniz|arayiniz|ulasin|ulasabilirsiniz)$/,
);
const PLACES = wordTest(
  /^(?:визитк\p{L}*|візитк\p{L}*|листовк\p{L}*|листівк\p{L}*|флаер\p{L}*|вкладыш\p{L}*|вкладк\p{L}*|вкладиш\p{L}*|коробк\p{L}*|коробц\p{L}*|упаковк\p{L}*|упаковц\p{L}*|пакован\p{L}*|пакет\p{L}*|талон\p{L}*|инструкц\p{L}*|інструкц\p{L}*|накладн\p{L}*|наклеик\p{L}*|наліпц\p{L}*|box|card|flyer|leaflet|label|packaging|package|insert|slip|kutu\p{L}*|kart\p{L}*|paket\p{L}*|brosur\p{L}*|etiket\p{L}*|fis\p{L}*|tabela\p{L}*)$/u,
);

/** A phone number somewhere, and the call to dial it. */
function numberElsewhereAt(reading: Reading, words: TaggedWords, index: number): Match | undefined {
  if (!ASKS_TO_CALL.test(reading.tokens[index]?.text ?? "")) return undefined;
  const sentence = sentenceAround(reading, index);
  if (words.any(index - 3, index - 1, "negation") || isWarning(reading, sentence) || words.any(sentence.first, sentence.last, "marketplace")) return undefined;
  const near: Stretch = { first: Math.max(sentence.first, index - 12), last: Math.min(sentence.last, index + 12) };
  let number = false;
  let place = -1;
  for (let at = near.first; at <= near.last; at += 1) {
    if (words.has(at, "identifier") && !PLACES.test(reading.tokens[at]?.text ?? "")) return undefined;
    number ||= words.has(at, "number") || /^(?:тел\p{L}*|phone|telefon\p{L}*)$/u.test(reading.tokens[at]?.text ?? "");
    if (PLACES.test(reading.tokens[at]?.text ?? "")) place = at;
  }
  if (!number || place < 0) return undefined;
  return { kind: "phone", reason: "phone.in_context", first: Math.min(index, place), last: Math.max(index, place), certainty: "likely" };
}

const ASKS_FOR_NUMBER = wordTest(
  /^(?:даите|скиньте|пришлите|оставьте|напишите|сообщите|укажите|киньте|скажите|отправьте|надішліть|залиште|скажіть|напишіть|киньте|drop|give|send|leave|share|tell|text|verin|atin|birakin|gonderin|yazin|iletin|paylasin)$/,
);
const WILL_CALL = wordTest(
  /^(?:перезвон\p{L}*|позвон\p{L}*|набер[уе]\p{L}*|созвон\p{L}*|свяж[уе]\p{L}*|зателефон\p{L}*|подзвон\p{L}*|передзвон\p{L}*|наберу|call|ring|text|arayalim|arayayim|arariz|ararim|donelim|doneriz|скину|скинем|надішлю|send|gondereyim|atayim|ekleyelim|ekleyeyim|ekleriz|добав\p{L}*|додам|додамо|add)$/u,
);
const WHO_CALLS = wordTest(/^(?:я|мы|ми|вам|вас|you|ill|i|we|well|sizi|size|сам|сама|сами)$/);

const PHONE = wordTest(/^(?:телефон\p{L}*|phone|telefon\p{L}*|мобильн\p{L}*|мобільн\p{L}*|cell|numaraniz\p{L}*|номерок)$/u);
const YOURS = wordTest(/^(?:ваш|свои|твои|your|sizin|свіи)$/);

/** Where the buyer's own telephone is spoken of, or -1; an order's number is none. */
function buyersNumber({ tokens }: Reading, words: TaggedWords, { first, last }: Stretch): number {
  let number = -1;
  for (let at = first; at <= last; at += 1) {
    if (words.has(at, "identifier")) return -1;
    if (PHONE.test(tokens[at]?.text ?? "") || (YOURS.test(tokens[at - 1]?.text ?? "") && words.has(at, "number"))) number = at;
  }
  return number;
}

/** "дайте ваш номер телефона, перезвоню": the talk is to go on by telephone. */
function askedNumberAt(reading: Reading, words: TaggedWords, index: number): Match | undefined {
  if (!ASKS_FOR_NUMBER.test(reading.tokens[index]?.text ?? "") || words.any(index - 2, index - 1, "negation")) return undefined;
  const sentence = sentenceAround(reading, index);
  if (isWarning(reading, sentence) || words.any(sentence.first, sentence.last, "marketplace")) return undefined;
  const number = buyersNumber(reading, words, { first: Math.max(sentence.first, index - 2), last: Math.min(index + 6, sentence.last) });
  if (number < 0) return undefined;
  for (let at = Math.max(number, index) + 1; at <= sentence.last; at += 1) {
    if (!WILL_CALL.test(reading.tokens[at]?.text ?? "")) continue;
    const ours =
      WHO_CALLS.test(reading.tokens[at - 1]?.text ?? "") ||
      WHO_CALLS.test(reading.tokens[at + 1]?.text ?? "") ||
      /(?:ю|у|им|ем|емо|ім|yim|lim|riz)$/.test(reading.tokens[at]?.text ?? "");
    if (ours) return { kind: "phone", reason: "phone.in_context", first: index, last: at, certainty: "likely" };
  }
  return undefined;
}

/** Every contact that is only pointed at. */
export function hints(reading: Reading, words: TaggedWords): Match[] {
  return everyMatch(reading, (index) => numberElsewhereAt(reading, words, index) ?? askedNumberAt(reading, words, index));
}
