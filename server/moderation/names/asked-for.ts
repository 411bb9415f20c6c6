import { clauseAround, countWords, type Stretch } from "../text/stretch";
import type { Reading } from "../text/tokens";
import type { TaggedWords } from "../text/word-tags";
import { wordTest } from "../text/word-test";
import type { NameMention } from "./find-names";

/** Whether a name is spoken of as something of the thing sold, or as a way to talk that the buyer is asked about. */

/** A watch in some languages is an hour in the same: "24 часа", "bir saat sonra". */
const HOURS = wordTest(/^(?:час\p{L}*|годин\p{L}*|saat\p{L}*|watch)$/u);
const HOUR_NEIGHBOURS = wordTest(/^(?:sonra|once|icinde|bir|iki|uc|dort|bes|birkac|через|за|несколько|кілька|назад|тому|пару)$/u);
const INSTALLED = wordTest(/^(?:установлен\p{L}*|встановлен\p{L}*|installed|yuklu\p{L}*)$/u);

function isHour({ tokens }: Reading, at: number): boolean {
  if (!HOURS.test(tokens[at]?.text ?? "")) return false;
  return tokens[at - 1]?.kind === "number" || [at - 1, at + 1].some((beside) => HOUR_NEIGHBOURS.test(tokens[beside]?.text ?? ""));
}

/** "gösterebilirim": the seller shows, not the thing. */
const I_SHOW = wordTest(/(?:rim|riz|yorum|yoruz|[ae]yim|[ae]lim)$/);
const SOMEBODY = wordTest(/^(?:i|ill|we|well|can|will|lets|me|us)$/);

const isOfProduct = (reading: Reading, words: TaggedWords, at: number): boolean =>
  words.has(at, "product") && !isHour(reading, at) && !I_SHOW.test(reading.tokens[at]?.text ?? "") && !isShown(reading, at);

/** "I'll show you", "can show". */
const isShown = ({ tokens }: Reading, at: number): boolean => tokens[at]?.text === "show" && SOMEBODY.test(tokens[at - 1]?.text ?? "");

/** Whether the words are of a thing that has or shows the network: a watch, a case, a sticker. */
export function isProductTalk(reading: Reading, words: TaggedWords, { first, last }: Stretch): boolean {
  for (let at = first; at <= last; at += 1) if (isOfProduct(reading, words, at)) return true;
  return false;
}

const HAVE = wordTest(
  /^(?:есть|имеется|имеете|пользуетесь|пользуешься|сидите|є|маєте|користуєтес[яь]|var|varmi|kullaniyor\p{L}*|kullanir\p{L}*|have|got|use|using|on|установлен\p{L}*|встановлен\p{L}*|installed|yuklu\p{L}*)$/u,
);
/** Said to the buyer. */
const YOU = wordTest(/^(?:вас|вы|тебя|ви|you|mi|mu|musun\p{L}*|misin\p{L}*|sizde|имеете|пользуетесь|пользуешься|сидите|маєте|користуєтес[яь])$/u);
const REACH = 3;
const SHORT = 8;

const GIVES = wordTest(
  /^(?:даите|даи|киньте|скиньте|скинь|пришлите|напишите|оставьте|подскажите|скажите|надішліть|залиште|напишіть|скажіть|підкажіть|drop|give|gimme|send|share|leave|tell|text|whats|what|verin|verir|verebilir|atin|yazin|birakin|paylasin|iletin|nedir|ne|какои|якии|какая)$/,
);
const YOURS = wordTest(/^(?:ваш|ваша|вашу|свои|свою|твои|ваши|свіи|твіи|your|ur|yours)$/);
/** "Telegram'ınız", "whatsapp numaranızı". */
const YOUR_ENDING = /^(?:[iu]n[iu]z|n[iu]z)/;
const YOUR_NUMBER = wordTest(/^(?:numaran[iu]z\p{L}*|numaran[iu]?|adiniz\p{L}*|hesabiniz\p{L}*)$/u);

/** "дайте ваш вайбер", "what's your Telegram", "WhatsApp numaranızı verin": the buyer's own account is asked for. */
export function isAccountAsked(reading: Reading, words: TaggedWords, mention: NameMention): boolean {
  if (mention.network.ordinary) return false;
  const { first, last, suffix } = mention;
  const { tokens } = reading;
  const yours =
    [first - 2, first - 1].some((at) => YOURS.test(tokens[at]?.text ?? "")) || YOUR_ENDING.test(suffix) || YOUR_NUMBER.test(tokens[last + 1]?.text ?? "");
  if (!yours) return false;
  const clause = clauseAround(reading, first);
  if (isProductTalk(reading, words, clause) || words.any(clause.first, clause.last, "negation") || words.any(last + 1, last + 2, "marketplace")) return false;
  const from = Math.max(clause.first, first - GIVEN_WITHIN);
  for (let at = from; at <= Math.min(clause.last, last + GIVEN_WITHIN); at += 1) if (GIVES.test(tokens[at]?.text ?? "")) return true;
  return false;
}

const GIVEN_WITHIN = 5;

/** "Ватсап есть?", "do you have Viber", "WhatsApp var mı": the buyer is asked for another way to talk. */
export function isAskedFor(reading: Reading, words: TaggedWords, { first, last }: Stretch): boolean {
  const clause = clauseAround(reading, first);
  for (let at = clause.first; at <= clause.last; at += 1)
    if (words.has(at, "negation") || (isOfProduct(reading, words, at) && !INSTALLED.test(reading.tokens[at]?.text ?? ""))) return false;
  let have = false;
  let asked = reading.tokens[clause.last]?.text === "?" && countWords(reading, clause) <= SHORT;
  for (let at = Math.max(clause.first, first - REACH); at <= Math.min(clause.last, last + REACH); at += 1) {
    const text = reading.tokens[at]?.text ?? "";
    have ||= HAVE.test(text);
    asked ||= YOU.test(text);
  }
  return have && asked;
}
