import { everyMatch } from "../every-match";
import type { Match } from "../match";
import type { Stretch } from "../text/stretch";
import type { Reading } from "../text/tokens";
import type { TaggedWords } from "../text/word-tags";
import { type WordTest, wordTest } from "../text/word-test";
import { isWarning } from "./refusals";
import { match } from "./sentence-search";

/** A deal told in steps, over several sentences: the order is given up here, the thing sent all the same, the money goes to the seller's own hand. */

const GIVES_UP = wordTest(
  /^(?:отмените|отмени|отменяете|отменяите|отменяем|отменим|отменю|отмену|отказываетесь|откажитесь|отказ|передумали|скасуите|скасуєте|скасуємо|скасую|скасуи|скасовуєте|скасування|відмініть|відмінимо|відмовтесь|відмовтеся|передумали|cancel|cancelling|void|iptal)$/,
);
const ENDS_IN_TURKISH = wordTest(/^(?:acin|acarsiniz|edin|edelim|ederiz|edeyim|et|edersiniz|olustur\p{L}*)$/u);
const SENDS = wordTest(
  /^(?:отправл(?:ю|яю|яем|им)|отправим|отправлю|вышлю|вышлем|высылаю|привезу|привезем|завезу|завезем|довезу|доставлю|доставим|принесу|везу|везем|шлю|відправл(?:ю|яю|яємо|имо)|відправимо|відправляю|надішлю|надсилаю|вишлю|привезу|привеземо|доставлю|завезу|ship|send|post|deliver|bring|mail|yollayayim|yollarim|yollariz|yollayalim|gonderirim|gondeririz|gondereyim|gonderelim|getiririm|getiririz|getireyim|kargolarim|kargolariz|kargolayayim|birakirim)$/,
);
const KEEPS = wordTest(/^(?:kalsin|kalir|остается|останется|оставите|залишається|залишиться|залишите|keep|anyway)$/);
const PAYS = wordTest(
  /^(?:рассчит\p{L}*|расплат\p{L}*|оплат(?:ите|ишь|а)|заплат(?:ите|ишь)|плат(?:ите|ишь)|отдад(?:ите|ишь)|переведете|переведешь|розрах\p{L}*|порахує\p{L}*|сплат(?:ите|иш)|заплатите|віддасте|перекажете|settle|settling|pay|paying|odersin\p{L}*|odeyin|odersiniz|verirsiniz|verirsin|atarsin\p{L}*|hesaplas\p{L}*)$/u,
);
const TO_ME = wordTest(/^(?:мне|нам|мнои|мною|нами|мені|me|us|bana|bize|benimle|bizimle)$/);
const OUR_DRIVER = wordTest(/^(?:водител\p{L}*|водієм|водію|курьер\p{L}*|курєр\p{L}*|кур|driver|courier|sofor\p{L}*|kurye\p{L}*|экспедитор\p{L}*)$/u);
const IN_HAND = wordTest(
  /^(?:наличк\p{L}*|наличн\p{L}*|налом|кэшем|кешем|готівк\p{L}*|cash|nakit\p{L}*|elden|післяплат\p{L}*|наложенн\p{L}*|наложк\p{L}*|накладеним|післяоплат\p{L}*|odemeli)$/u,
);
const AGAIN = wordTest(/^(?:заново|повторно|новыи|нового|новым|новое|знову|нове|наново|again|reorder|new|yeniden|tekrar|yeni)$/);
const TOKENS_AROUND = 45;
const NEAR = 4;
const FAR = 6;

const findIn = ({ tokens }: Reading, { first, last }: Stretch, test: WordTest): number => {
  for (let at = first; at <= last; at += 1) if (test.test(tokens[at]?.text ?? "")) return at;
  return -1;
};

/** "нажимаете отмену", "iade talebi açın", "tell them you changed your mind", "cancel here". */
function givesUp({ tokens }: Reading, words: TaggedWords, index: number): boolean {
  const [text, next] = [tokens[index]?.text ?? "", tokens[index + 1]?.text ?? ""];
  if (text === "iade") return [index + 1, index + 2].some((at) => ENDS_IN_TURKISH.test(tokens[at]?.text ?? ""));
  if (text === "iptal") return ENDS_IN_TURKISH.test(next);
  if (text === "changed") return tokens[index + 2]?.text === "mind";
  return GIVES_UP.test(text) && !words.any(index - 2, index - 1, "negation");
}

/** Whom the money goes to: "рассчитываетесь со мной", "settle with me", "yarısını bana elden verirsiniz". */
function paidToSeller({ tokens }: Reading, words: TaggedWords, stretch: Stretch): number {
  for (let at = stretch.first; at <= stretch.last; at += 1) {
    const text = tokens[at]?.text ?? "";
    const near = [at - 3, at - 2, at - 1, at + 1, at + 2, at + 3];
    if (IN_HAND.test(text) && !words.any(at - NEAR, at + 2, "negation")) return at;
    if (PAYS.test(text) && near.some((beside) => TO_ME.test(tokens[beside]?.text ?? "")) && !words.any(at - 2, at - 1, "negation")) return at;
  }
  return -1;
}

/** "з нашим кур'єром", "our own driver". */
function ownDriver({ tokens }: Reading, words: TaggedWords, { first, last }: Stretch): boolean {
  for (let at = first; at <= last; at += 1) if (OUR_DRIVER.test(tokens[at]?.text ?? "") && words.any(at - 2, at - 1, "our")) return true;
  return false;
}

const FEE = wordTest(/^(?:komisyon\p{L}*|комисси\p{L}*|комісі\p{L}*|процент\p{L}*|відсот\p{L}*|commission|fees?|cut)$/u);

/** "elden verirsiniz, komisyon çıkmasın": the money handed over, and the fee kept from the marketplace. */
const isFeeSpared = (reading: Reading, words: TaggedWords, around: Stretch, paid: number): boolean =>
  findIn(reading, { first: paid - FAR, last: paid + FAR }, PAYS) >= 0 && findIn(reading, around, FEE) >= 0 && !words.any(around.first, around.last, "refund");

function stepsAt(reading: Reading, words: TaggedWords, index: number): Match | undefined {
  if (!givesUp(reading, words, index)) return undefined;
  const around = { first: Math.max(0, index - TOKENS_AROUND), last: Math.min(reading.tokens.length - 1, index + TOKENS_AROUND) };
  // "Отмените и закажите заново с оплатой при получении": all of it here.
  if (isWarning(reading, around) || findIn(reading, around, AGAIN) >= 0) return undefined;
  const paid = paidToSeller(reading, words, around);
  if (paid < 0) return undefined;
  const sent = Math.max(findIn(reading, around, SENDS), findIn(reading, around, KEEPS));
  if (sent < 0 && !ownDriver(reading, words, around) && !isFeeSpared(reading, words, around, paid)) return undefined;
  return match("off_platform.direct_order", Math.min(index, paid), Math.max(index, paid));
}

/** Every deal that is told in steps: the order given up, the money past the marketplace. */
export function dealsInSteps(reading: Reading, words: TaggedWords): Match[] {
  return everyMatch(reading, (index) => stepsAt(reading, words, index));
}
