import { everyMatch } from "../every-match";
import type { Match } from "../match";
import { type Stretch, sentenceAround } from "../text/stretch";
import type { Reading } from "../text/tokens";
import type { TaggedWords } from "../text/word-tags";
import { wordTest } from "../text/word-test";
import { isWarning } from "./refusals";
import { match } from "./sentence-search";

/** Money from hand to hand instead of through the marketplace, asked for or offered: cash at a meeting, a transfer straight to a person, fees to be skipped. */

export const CASH = wordTest(/^(?:наличк\p{L}*|наличн\p{L}*|нал|налом|кеш|кешем|кэш|кэшем|готівк\p{L}*|готивк\p{L}*|cash|nakit|nakitle|nakden)$/u);
const MEETS = wordTest(/^(?:встреч\p{L}*|встрет\p{L}*|зустріч\p{L}*|зустрін\p{L}*|meet|meeting|meetup|person|hand|bulus\p{L}*|elden)$/u);
const BY_MY_OWN = wordTest(/^(?:заберу|заберем|подъеду|підіду|приеду|приіду|подскочу|collect|alayim|gelip|gelirim|gelsem)$/);
/** Where the marketplace itself, or who brings the parcel, takes the money. */
export const AT_THE_DOOR = wordTest(
  /^(?:курьер\p{L}*|курєр\p{L}*|доставк\p{L}*|доставц\p{L}*|получени\p{L}*|отриманн\p{L}*|пвз|пункт\p{L}*|отделен\p{L}*|відділен\p{L}*|поштомат\p{L}*|постамат\p{L}*|касс\p{L}*|кас[аиіу]|courier|driver|delivery|door|till|pickup|locker|lockers|noktas\p{L}*|kapida|teslimat\p{L}*|kurye\p{L}*|kargo\p{L}*|sube\p{L}*)$/u,
);
const FORBIDS = wordTest(
  /^(?:нельзя|запрещ\p{L}*|заборон\p{L}*|prohibited|forbidden|yasak\p{L}*|cannot|cant|unable|правил\p{L}*|rules?|policy|небезопас\p{L}*|небезпеч\p{L}*|against)$/u,
);
const REACH = 6;
const MEETING_REACH = 10;

/** Whether the sentence speaks of a payment that is nobody's deal: denied, warned of, paid back, or paid to whoever brings the parcel. */
function isHarmless(reading: Reading, words: TaggedWords, { first, last }: Stretch): boolean {
  if (isWarning(reading, { first, last }) || words.any(first, last, "refund")) return true;
  for (let at = first; at <= last; at += 1) {
    const text = reading.tokens[at]?.text ?? "";
    if (AT_THE_DOOR.test(text) || FORBIDS.test(text)) return true;
    if (words.has(at, "negation") && /(?:m[iu]yor|[ae]m[ai]y|m[ae]z)/.test(text)) return true;
  }
  return false;
}

const hasAny = ({ tokens }: Reading, first: number, last: number, test: { readonly test: (text: string) => boolean }): number => {
  for (let at = Math.max(0, first); at <= last; at += 1) if (test.test(tokens[at]?.text ?? "")) return at;
  return -1;
};

const PRICE_ASKED = wordTest(/^(?:сколько|скільки|почем|ціна|цена|цену|ціну|much|price|kac|kaca|fiyat\p{L}*|ne|satis|satiyor|alicam|alicaz|alacagim|alirim)$/u);

/** What is talked of beside "past the marketplace": cash, a meeting, what it costs then. A socket is called as one marketplace is. @returns its token, or undefined. */
export function dealAsked(reading: Reading, { first, last }: Stretch, index: number): number | undefined {
  const cash = hasAny(reading, first, last, CASH);
  const meets = cash >= 0 ? cash : meetingIn(reading, first, last);
  if (meets >= 0) return meets;
  const socket = [index + 1, index + 2].some((at) => /^розет/.test(reading.tokens[at]?.text ?? ""));
  const asked = socket ? -1 : hasAny(reading, first, last, PRICE_ASKED);
  return asked < 0 ? undefined : asked;
}

const FOR_CASH = wordTest(
  /^(?:box|drawer|register|counter|tray|bag|point|machine|strap|bolmeli|кошел\p{L}*|гаман\p{L}*|cuzdan\p{L}*|сумк\p{L}*|сеиф\p{L}*|ящик\p{L}*|wallet\p{L}*)$/u,
);

/** "in person", "in hand"; a strap for the hand is none. */
const isMeeting = ({ tokens }: Reading, at: number): boolean =>
  MEETS.test(tokens[at]?.text ?? "") && (!/^(?:hand|person)$/.test(tokens[at]?.text ?? "") || /^(?:in|to|by|my|your|into)$/.test(tokens[at - 1]?.text ?? ""));

function meetingIn(reading: Reading, first: number, last: number): number {
  for (let at = Math.max(0, first); at <= last; at += 1) if (isMeeting(reading, at)) return at;
  return -1;
}

/** "готівкою при зустрічі", "cash when we meet", "заберу сам, наличкой". */
function cashByHandAt(reading: Reading, words: TaggedWords, index: number): Match | undefined {
  if (!CASH.test(reading.tokens[index]?.text ?? "") || /^(?:back|app|on)$/.test(reading.tokens[index + 1]?.text ?? "")) return undefined;
  const sentence = sentenceAround(reading, index);
  if (isHarmless(reading, words, sentence) || words.any(index - 3, index + 3, "negation")) return undefined;
  if (words.any(sentence.first, sentence.last, "marketplace") || words.any(sentence.first, sentence.last, "product")) return undefined;
  if (hasAny(reading, sentence.first, sentence.last, FOR_CASH) >= 0) return undefined;
  const from = Math.max(sentence.first, index - REACH);
  const to = Math.min(sentence.last, index + REACH);
  const place = Math.max(
    meetingIn(reading, Math.max(sentence.first, index - MEETING_REACH), Math.min(sentence.last, index + MEETING_REACH)),
    hasAny(reading, from, to, BY_MY_OWN),
  );
  return place < 0 ? undefined : match("off_platform.direct_order", index, place);
}

const I_PAY = wordTest(
  /^(?:переведу|переведем|перевести|перевел\p{L}*|оплачу|оплатить|оплатил\p{L}*|заплачу|заплатить|плачу|платить|перечислить|перечислю|перерахувати|перерахую|рассчитаюсь|рассчитаться|расплачусь|скину|скинуть|перекину|кину|кинуть|перекажу|переказати|сплачу|сплатити|оплатити|заплатити|платити|розрахуюсь|розрахуюся|скинути|odesem|odersem|odeyeyim|odesek|odeyebilir|odeyebilirim|odeyelim|oderim|gondersem|gondereyim|gonderirim|atsam|atarim|yatirsam|yatiririm|yapsam|yapayim|yapabilir|vereyim|versem|odeyin|verin|verirsen|verirseniz|pay|paying|transfer|wire|send|give|hand|slip)$/u,
);
const TO_YOU = wordTest(/^(?:вам|тебе|тобі|вами|продавцу|продавцю|you|me|us|seller|size|sana|bana|bize)$/);
const STRAIGHT = wordTest(
  /^(?:напрям\p{L}*|прямо|лично|особисто|руки|directly|direct|straight|personally|direkt|dogrudan|elden|havale\p{L}*|eft|ibaniniza|hesabiniza)$/u,
);
const MAY_I = wordTest(/^(?:можно|могу|можна|можу|если|якщо|даваите|хочу|хотел\p{L}*|удобнее|зручніше)$/u);
const WE_PAY = wordTest(/^(?:well|bank|банк|банка|hepsiburada|refund|courier|seller|they)$/);

/** "переведу вам напрямую", "pay you cash", "a bank transfer straight to you", "havaleyle direkt size ödesem". */
function paidToPersonAt(reading: Reading, words: TaggedWords, index: number): Match | undefined {
  if (!I_PAY.test(reading.tokens[index]?.text ?? "") || words.any(index - 2, index - 1, "negation")) return undefined;
  const sentence = sentenceAround(reading, index);
  const from = Math.max(sentence.first, index - REACH);
  const to = Math.min(sentence.last, index + REACH);
  const whom = hasAny(reading, from, to, TO_YOU);
  if (whom < 0 || isHarmless(reading, words, sentence)) return undefined;
  if (hasAny(reading, sentence.first, sentence.last, WE_PAY) >= 0 || hasAny(reading, from, to, /^(?:details|info|link|answer|reply|code|photo|photos)$/) >= 0)
    return undefined;
  const told = hasAny(reading, from, to, CASH);
  const cash = told >= 0 && (words.any(told - 2, told + 3, "negation") || hasAny(reading, told, told + 1, FOR_CASH) >= 0) ? -1 : told;
  const straight = hasAny(reading, from, to, STRAIGHT);
  const way = cash >= 0 ? cash : isMoneyVerb(reading, words, index, sentence) ? straight : -1;
  if (way >= 0) return match("off_platform.direct_order", Math.min(index, whom), Math.max(index, way, whom));
  const card = hasAny(reading, from, to, /^(?:карту|картку|карточку|счет|рахунок)$/);
  const asked = card >= 0 && hasAny(reading, sentence.first, sentence.last, MAY_I) >= 0;
  return asked ? match("off_platform.direct_order", Math.min(index, whom, card), Math.max(index, card)) : undefined;
}

/** "send", "give" and "atsam" are said of anything; of money only beside a word for it. */
function isMoneyVerb({ tokens }: Reading, words: TaggedWords, index: number, { first, last }: Stretch): boolean {
  if (
    !/^(?:send|give|hand|slip|atsam|atarim|yapsam|yapayim|yapabilir|vereyim|versem|verin|verirsen|verirseniz|скину|скинуть|скинути|кину|кинуть|перекину|gondersem|gondereyim|gonderirim|перевести|переведу|перечислить|перечислю|перерахувати|перерахую)$/.test(
      tokens[index]?.text ?? "",
    )
  )
    return true;
  for (let at = first; at <= last; at += 1)
    if (
      words.has(at, "payTarget") ||
      (words.has(at, "money") && !words.any(at, at + 3, "negation")) ||
      /^(?:havale\p{L}*|eft|iban\p{L}*|hesab\p{L}*|[₽$€₴₺£])$/u.test(tokens[at]?.text ?? "")
    )
      return true;
  return false;
}

const SKIPS = wordTest(/^(?:skip|skipping|dodge|dodging|bypass|bypassing|avoid|avoiding|beat|escape|save|saves)$/);
const OF_PLATFORM = wordTest(/^(?:the|those|these|their|all|checkout|platform|marketplace|site|app|seller|selling|service|of)$/);
const FEE = wordTest(/^(?:fees?|commission|commissions|комисси\p{L}*|комісі\p{L}*|komisyon\p{L}*)$/u);
const UNPAID = wordTest(
  /^(?:платить|платили|отдавать|обоити|обходить|избежать|платити|сплачувати|віддавати|обіити|уникнути|odemeyelim|odemeyiz|odemeden|vermeyelim|vermeden|kaptirmayalim|kaptirmadan)$/,
);
const DEAL = wordTest(
  /^(?:напрям\p{L}*|лично|особисто|встреч\p{L}*|зустріч\p{L}*|отмен\p{L}*|скасу\p{L}*|переведу|перекажу|straight|directly|direct|meet|transfer|cancel|elden|havale\p{L}*|iptal|direkt)$/u,
);
const DEAL_REACH = 25;

/** "skip the checkout fees? I'd do a bank transfer", "чтобы не платить комиссию, … наличкой": whom the fee is kept from, and another way to pay near. */
function feesSkippedAt(reading: Reading, words: TaggedWords, index: number): Match | undefined {
  const { tokens } = reading;
  if (!FEE.test(tokens[index]?.text ?? "")) return undefined;
  const sentence = sentenceAround(reading, index);
  if (isWarning(reading, sentence) || hasAny(reading, sentence.first, sentence.last, FORBIDS) >= 0) return undefined;
  let before = index - 1;
  while (before > index - 5 && (OF_PLATFORM.test(tokens[before]?.text ?? "") || words.has(before, "marketplace"))) before -= 1;
  const skipped = SKIPS.test(tokens[before]?.text ?? "");
  const unpaid = hasAny(reading, Math.max(sentence.first, index - 3), Math.min(sentence.last, index + 3), UNPAID);
  if (
    !skipped &&
    (unpaid < 0 || !(words.any(unpaid - 2, unpaid, "negation") || /^(?:обо|обі|обх|избе|уник|odeme|verme|kaptir)/.test(tokens[unpaid]?.text ?? "")))
  )
    return undefined;
  const first = index - DEAL_REACH;
  const deal = Math.max(hasAny(reading, first, index + DEAL_REACH, DEAL), hasAny(reading, first, index + DEAL_REACH, CASH));
  return deal < 0 ? undefined : match("off_platform.direct_order", Math.min(index, skipped ? before : unpaid), index);
}

/** "cancel this order and pay me": the order given up, and whom to pay instead. */
function paidAfterCancelAt(reading: Reading, words: TaggedWords, index: number): Match | undefined {
  if (!words.has(index, "cancel")) return undefined;
  const sentence = sentenceAround(reading, index);
  if (isWarning(reading, sentence) || words.any(index - 3, index - 1, "negation") || words.any(sentence.first, sentence.last, "refund")) return undefined;
  for (let at = index + 1; at <= sentence.last; at += 1) {
    const text = reading.tokens[at]?.text ?? "";
    const pays =
      /^(?:pay|transfer|send|wire|переведите|переведи|заплатите|оплатите|скиньте|киньте|перекажіть|сплатіть|заплатіть|odeyin|odersen|oderseniz|gonderin|yollayin)$/.test(
        text,
      );
    if (pays && [at - 3, at - 2, at - 1, at + 1, at + 2].some((beside) => /^(?:me|us|мне|нам|мені|bana|bize)$/.test(reading.tokens[beside]?.text ?? "")))
      return match("off_platform.direct_order", index, at);
  }
  return undefined;
}

/** Every payment past the marketplace that is told by whose hand gets it. */
export function paidByHand(reading: Reading, words: TaggedWords): Match[] {
  return everyMatch(
    reading,
    (index) =>
      cashByHandAt(reading, words, index) ??
      paidToPersonAt(reading, words, index) ??
      feesSkippedAt(reading, words, index) ??
      paidAfterCancelAt(reading, words, index),
  );
}
