import { everyMatch } from "../every-match";
import type { Match } from "../match";
import { type Stretch, sentenceAround } from "../text/stretch";
import type { Reading } from "../text/tokens";
import type { TaggedWords } from "../text/word-tags";
import { wordTest } from "../text/word-test";
import { isWarning } from "./refusals";

/** A deal between the seller and the buyer, told without any word for "directly": settling between themselves, a price of their own. */

const SETTLES = wordTest(
  /^(?:рассчита(?:емся|ться|ишься)|рассчитываться|посчитаемся|сочтемся|расчет|договоримся|договориться|порешаем|решим|разберемся|розрахуємос[яь]|порахуємос[яь]|порахуватис[яь]|розрахуватис[яь]|розрахунок|домовимос[яь]|домовитис[яь]|вирішимо|settle|arrange|agree|sort|pay|deal|hesaplas\p{L}*|anlas\p{L}*|hallede\p{L}*|halled\p{L}*|cozeriz)$/u,
);
const AMONG_US = wordTest(/^(?:aramizda|kendi)$/);

/** "тільки ви і я", "только мы с вами", "just you and me", "just you n me", "sadece sen ve ben". @returns the last token of it, or -1. */
function onlyTheTwo(tokens: Reading["tokens"], at: number): number {
  if (!/^(?:только|тільки|лише|just|only|sadece)$/.test(tokens[at]?.text ?? "")) return -1;
  const row = tokens
    .slice(at + 1, at + 4)
    .map(({ text }) => text)
    .join(" ");
  return /^(?:(?:ви|вы|ты|ти) (?:и|і|та|да) я|я (?:и|і|та|да) (?:ви|вы|ты|ти)|м[иы] [сз] (?:вами|тобои|тобою)|you (?:and|n|&) (?:me|i)|me (?:and|n|&) you|(?:sen|siz) ve ben|ikimiz .*)/.test(
    row,
  )
    ? at + 3
    : -1;
}

/** "между собой", "між нами", "between ourselves", "aramızda". @returns the last token of it, or -1. */
function amongUs({ tokens }: Reading, at: number): number {
  const [text, next] = [tokens[at]?.text ?? "", tokens[at + 1]?.text ?? ""];
  if (/^(?:между|меж|між)$/.test(text) && /^(?:собои|собою|нами)$/.test(next)) return at + 1;
  if (text === "between" && /^(?:ourselves|us|you)$/.test(next)) return at + 1;
  if (text === "aramizda") return at;
  const onlyUs = onlyTheTwo(tokens, at);
  if (onlyUs >= 0) return onlyUs;
  return AMONG_US.test(text) && next === "aramizda" ? at + 1 : -1;
}

const REACH = 4;
const FAR_REACH = 10;

/** "рассчитаемся между собой", "aramızda hesaplaşırız". */
function settledAt(reading: Reading, words: TaggedWords, index: number): Match | undefined {
  const end = amongUs(reading, index);
  if (end < 0) return undefined;
  const reach = end > index + 1 ? FAR_REACH : REACH;
  const sentence = sentenceAround(reading, index);
  if (isWarning(reading, sentence) || (reach === REACH && words.any(index - REACH, index - 1, "negation"))) return undefined;
  for (let at = Math.max(sentence.first, index - reach); at <= Math.min(sentence.last, end + reach); at += 1) {
    if (at >= index && at <= end) continue;
    if (SETTLES.test(reading.tokens[at]?.text ?? "") && !words.any(at - 1, at - 1, "negation")) return deal(Math.min(at, index), Math.max(at, end));
  }
  return undefined;
}

const deal = (first: number, last: number): Match => ({ kind: "off_platform", reason: "off_platform.direct_order", first, last, certainty: "likely" });

const I_SELL = wordTest(
  /^(?:отдам|отдадим|продам|продадим|уступлю|уступим|віддам|віддамо|продамо|поступлюся|veririm|veririz|vereyim|verelim|satarim|satariz|satayim|birakirim|birakiriz|birakayim|birakalim|yours)$/,
);
const I_SEND = wordTest(
  /^(?:отправлю|отправим|вышлю|вышлем|отвезу|привезу|пришлю|перешлю|перешлем|перешлемо|відправлю|відправимо|вишлю|вишлемо|надішлю|привезу|ship|post|mail|send|kargolarim|kargolariz|gonderirim|gondeririz|gondereyim|yollarim|yollariz)$/,
);
const FOR = wordTest(/^(?:за|for|по|выидет|вииде|обоидется|обіидеться)$/);
const TO_TURKISH = wordTest(/^(?:[ey]?[ae]|ye|ya|liraya|tlye)$/);
const TIME = wordTest(
  /^(?:дн\p{L}*|день|дней|сут\p{L}*|час\p{L}*|мин\p{L}*|недел\p{L}*|годин\p{L}*|хв\p{L}*|тижн\p{L}*|days?|hours?|minutes?|weeks?|gun\p{L}*|saat\p{L}*)$/u,
);
const HERE = wordTest(/^(?:здесь|тут|here|burada|buradan)$/);
const CLOSES = wordTest(/^(?:закро\p{L}*|закрии\p{L}*|закрив\p{L}*|close|kapatin|kapat|откажитесь|відмов\p{L}*|отказ|refund|iadesini|iade)$/u);
const INSTEAD = wordTest(/^(?:вместо|замість|instead|yerine|degil)$/);
const PICK_UP = wordTest(
  /^(?:заберете|заберите|заберіть|забираите|самовывоз\p{L}*|самовивіз|самовивоз\p{L}*|collect|collecting|pick|alirsaniz|alirsan|gelirseniz|gelip)$/u,
);
const PRICE_REACH = 4;
const SEND_REACH = 10;

/** A price right beside "отдам": за 4200, 4200 e, for 420. */
function priceNear({ tokens }: Reading, index: number, { first, last }: Stretch): number {
  for (let at = Math.max(first, index - PRICE_REACH); at <= Math.min(last, index + PRICE_REACH); at += 1)
    if (tokens[at]?.kind === "number" && Number(tokens[at]?.text) >= 10) return at;
  return -1;
}

/** "заберёте сами, отдам за 4200 вместо 6100", "yours for 420 if you collect, just cancel here": a price that the marketplace does not see. */
function ownPriceAt(reading: Reading, words: TaggedWords, index: number): Match | undefined {
  if (!I_SELL.test(reading.tokens[index]?.text ?? "") || words.any(index - 2, index - 1, "negation")) return undefined;
  const sentence = sentenceAround(reading, index);
  const price = priceNear(reading, index, sentence);
  if (price < 0 || isWarning(reading, sentence)) return undefined;
  for (let at = sentence.first; at <= sentence.last; at += 1) {
    const text = reading.tokens[at]?.text ?? "";
    if (INSTEAD.test(text) || PICK_UP.test(text) || words.has(at, "cancel")) return deal(Math.min(index, price), Math.max(index, price));
  }
  return undefined;
}

/** "за 900", "for 90", "900 e": a number that only a price has before or behind it. */
function isPriceAt({ tokens }: Reading, at: number): boolean {
  if (tokens[at]?.kind !== "number" || Number(tokens[at]?.text) < 10 || TIME.test(tokens[at + 1]?.text ?? "")) return false;
  const before = /^[$£€₽₺₴]$/.test(tokens[at - 1]?.text ?? "") ? at - 2 : at - 1;
  return FOR.test(tokens[before]?.text ?? "") || TO_TURKISH.test(tokens[at + 1]?.text ?? "");
}

/** "оформите отказ, а я вышлю за 900, тут он 1200": sent past the marketplace, for less than it says here. */
function sentForAt(reading: Reading, words: TaggedWords, index: number): Match | undefined {
  if (!I_SEND.test(reading.tokens[index]?.text ?? "") || words.any(index - 2, index - 1, "negation")) return undefined;
  const sentence = sentenceAround(reading, index);
  let price = -1;
  for (let at = Math.max(sentence.first, index - SEND_REACH); at <= Math.min(sentence.last, index + SEND_REACH) && price < 0; at += 1)
    if (isPriceAt(reading, at)) price = at;
  if (price < 0 || isWarning(reading, sentence)) return undefined;
  for (let at = sentence.first; at <= sentence.last; at += 1) {
    const text = reading.tokens[at]?.text ?? "";
    const otherPrice = HERE.test(text) && [at + 1, at + 2, at + 3].some((beside) => beside !== price && reading.tokens[beside]?.kind === "number");
    if (otherPrice || words.has(at, "cancel") || CLOSES.test(text)) return deal(Math.min(index, price), Math.max(index, price));
  }
  return undefined;
}

const OWN_PLACE = wordTest(/^(?:склад\p{L}*|шоурум\p{L}*|цех\p{L}*|офис\p{L}*|warehouse|showroom|workshop|depo\p{L}*|atolye\p{L}*)$/u);
const CHEAPER = wordTest(/^(?:дешевл\p{L}*|дешевш\p{L}*|cheaper|ucuz\p{L}*)$/u);
const COMES = wordTest(
  /^(?:подъез\p{L}*|подъед\p{L}*|приез\p{L}*|приед\p{L}*|заез\p{L}*|підізд\p{L}*|підіжд\p{L}*|приізд\p{L}*|приіжд\p{L}*|come|pop|drop|gelin|gelirseniz|ugrayin)$/u,
);

/** "на нашем складе дешевле, подъезжайте", "depomuzda daha ucuz, gelin": a place of the seller's, and why to come. */
function ownPlaceAt(reading: Reading, words: TaggedWords, index: number): Match | undefined {
  if (!OWN_PLACE.test(reading.tokens[index]?.text ?? "") || !(words.any(index - 2, index + 2, "our") || /m[iu]z/.test(reading.tokens[index]?.text ?? "")))
    return undefined;
  const sentence = sentenceAround(reading, index);
  if (words.any(index - REACH, index + REACH, "negation") || isWarning(reading, sentence)) return undefined;
  for (let at = sentence.first; at <= sentence.last; at += 1) {
    const text = reading.tokens[at]?.text ?? "";
    const less = /^(?:меньше|менше|less)$/.test(text) && reading.tokens[at + 1]?.kind !== "number";
    if (CHEAPER.test(text) || (less && COMES.test(nextCome(reading, sentence)))) return deal(Math.min(index, at), Math.max(index, at));
  }
  return undefined;
}

function nextCome({ tokens }: Reading, { first, last }: Stretch): string {
  for (let at = first; at <= last; at += 1) if (COMES.test(tokens[at]?.text ?? "")) return tokens[at]?.text ?? "";
  return "";
}

/** Every deal past the marketplace that is told by its price or its settling. */
export function privateDeals(reading: Reading, words: TaggedWords): Match[] {
  return everyMatch(
    reading,
    (index) => settledAt(reading, words, index) ?? ownPriceAt(reading, words, index) ?? sentForAt(reading, words, index) ?? ownPlaceAt(reading, words, index),
  );
}
