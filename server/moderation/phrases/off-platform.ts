import { everyMatch } from "../every-match";
import type { Match } from "../match";
import { type Stretch, sentenceAround } from "../text/stretch";
import type { Reading } from "../text/tokens";
import type { Tag, TaggedWords } from "../text/word-tags";
import { wordTest } from "../text/word-test";
import { I_SHALL } from "./first-person";
import { AT_THE_DOOR, CASH, dealAsked } from "./paid-by-hand";
import { isDeniedVerb, isWarning } from "./refusals";
import { find, match } from "./sentence-search";

const PRESENCE = wordTest(/^(?:есть|є|е|присутн\p{L}*|представлен\p{L}*|выложен\p{L}*|размещен\p{L}*|var|variz|are|shop|store|too|also|листинг|listing)$/u);

const PLACES = wordTest(
  /^(?:шоурум\p{L}*|showroom\p{L}*|салон\p{L}*|склад|складі|складе|цех|мастерск\p{L}*|маистерн\p{L}*|офис|офіс|ателье|ательє|outlet|warehouse|workshop|atolye\p{L}*|depo\p{L}*)$/u,
);

const FIRST_PERSON = wordTest(/(?:yor[uo]z|yorum|[aeiu]r[iu][zm]|[ae]l[iu]m)$/);

const DIRECTLY = wordTest(/^(?:напряму\p{L}*|прямую|direct|directly|direkt|dogrudan|elden|aracisiz|disaridan|straight)$/u);

const HERE = wordTest(/^(?:здесь|тут|отсюда|here|buradan|звідси)$/);

const COMES = wordTest(/^(?:приезжа\p{L}*|приход\p{L}*|заезжа\p{L}*|подъезжа\p{L}*|приїжджа\p{L}*|приіжджа\p{L}*|завіта\p{L}*|come|visit)$/u);

const FORBIDS = wordTest(
  /^(?:нельзя|запрещ\p{L}*|заборон\p{L}*|prohibited|forbidden|yasak\p{L}*|cannot|cant|unable|правил\p{L}*|rules?|policy|policies|kural\p{L}*|небезопас\p{L}*|небезпеч\p{L}*|наруш\p{L}*|поруш\p{L}*|against|unsafe|риск\p{L}*|ризик\p{L}*)$/u,
);

const DENIES = wordTest(/(?:miyor|muyor|[ae]maz|[ae]mez|amiyor)/);

const PAST = wordTest(/^(?:без|without|повз|мимо|минуя|оминаючи|поза|вне|outside|bypass\p{L}*|skip|cut|off|avoid\p{L}*|обход\p{L}*|обхід|обіишов\p{L}*)$/u);

/** Invitations to buy somewhere else, without any address: directly, on the shop's own site, through a search engine, in another marketplace. */

/** "без Озона", "мимо площадки", "Hepsiburada dışından", "outside the marketplace", "without the marketplace". */
function pastMarketplace(reading: Reading, words: TaggedWords, index: number): boolean {
  const text = reading.tokens[index]?.text ?? "";
  if (PAST.test(text)) {
    if (/^(?:outside|off|вне|поза)$/.test(text) && words.any(index + 1, index + 2, "inside")) return true;
    return words.any(index + 1, index + 3, "marketplace") || /^(?:посредник|посередник|middlem|aracı|araci)/.test(reading.tokens[index + 1]?.text ?? "");
  }
  if (text === "no" && /^middlem/.test(reading.tokens[index + 1]?.text ?? "")) return isFromUs(reading, index);
  if (text === "aradan" && /^cikar/.test(reading.tokens[index + 1]?.text ?? "")) return true;
  if (/^(?:hepsiburada|trendyol|platform|pazaryeri|komisyon)s[iu]z/.test(text)) return true;
  return /^d[ıi][sş][ıi]n?d?a?n?|^haric|^olmadan/.test(text) && words.any(index - 2, index - 1, "marketplace");
}

/** "take it from us … no middleman". */
function isFromUs(reading: Reading, index: number): boolean {
  const { first, last } = sentenceAround(reading, index);
  for (let at = first; at < last; at += 1)
    if (/^(?:from|with)$/.test(reading.tokens[at]?.text ?? "") && /^(?:us|me)$/.test(reading.tokens[at + 1]?.text ?? "")) return true;
  return false;
}

const OFFERS: readonly Tag[] = ["order", "cheaper", "pay", "invite", "money", "our"];

function directAt(reading: Reading, words: TaggedWords, index: number): Match | undefined {
  const past = pastMarketplace(reading, words, index);
  const directly = words.has(index, "direct") && DIRECTLY.test(reading.tokens[index]?.text ?? "");
  if (!past && !directly) return undefined;
  const sentence = sentenceAround(reading, index);
  if (isNegatedBefore(reading, words, index) || isDenied(reading, words, sentence) || isWarning(reading, sentence)) return undefined;
  const offer =
    OFFERS.map((tag) => find(words, sentence, tag, index)).find((at) => at !== undefined) ??
    firstPerson(reading, sentence) ??
    (past ? dealAsked(reading, sentence, index) : undefined);
  // The "without" of "без комиссии площадки" denies nothing else.
  if (offer !== undefined && isDeniedVerb(words, offer) && !isFee(reading, offer) && !(past && offer > index && offer - index <= 2)) return undefined;
  if (past && isDeclined(reading, words, index)) return undefined;
  if (past) return offer === undefined || deniedBefore(reading, words, index) ? undefined : match("off_platform.direct_order", index, offer);
  return directlyAt(reading, words, sentence, index);
}

/** "без комиссии": a denial of the fee is the gain itself. */
const isFee = ({ tokens }: Reading, at: number): boolean => /^(?:комисс|комісі|commission|komisyon|fees?$)/.test(tokens[at]?.text ?? "");

/** "напрямую", "directly": with something to buy or to gain, and somebody who offers it. */
function directlyAt(reading: Reading, words: TaggedWords, sentence: Stretch, index: number): Match | undefined {
  const order = find(words, sentence, "order", index);
  const gain = find(words, sentence, "cheaper", index);
  const agreement = agreementNear(reading, words, sentence, index);
  if (agreement !== undefined) return match("off_platform.direct_order", index, agreement);
  const told = find(words, sentence, "marketplace") === undefined ? orderTold(reading, sentence) : undefined;
  const ours = find(words, sentence, "our", index) ?? firstPerson(reading, sentence) ?? iShall(reading, sentence) ?? told;
  const paid =
    find(words, sentence, "marketplace") === undefined && !words.any(sentence.first, sentence.last, "refund")
      ? paidOrSentMoney(reading, words, sentence, index)
      : undefined;
  const act = order ?? gain ?? paid;
  return ours !== undefined && act !== undefined ? match("off_platform.direct_order", index, act) : undefined;
}

/** A verb of paying; what is sent is money only where money is talked of. */
function paidOrSentMoney(reading: Reading, words: TaggedWords, sentence: Stretch, index: number): number | undefined {
  const paid = find(words, sentence, "pay", index);
  if (paid === undefined || !/^(?:send|sending|gonder\p{L}*|yolla\p{L}*)$/u.test(reading.tokens[paid]?.text ?? "")) return paid;
  for (let at = sentence.first; at <= sentence.last; at += 1) {
    if (at === index || reading.tokens[at]?.text === "ucretsiz") continue;
    if ((["money", "payTarget", "wallet", "cancel"] as const).some((tag) => words.has(at, tag))) return paid;
  }
  return undefined;
}

/** "Купуйте напряму": an order to the buyer. */
function orderTold(reading: Reading, { first, last }: Stretch): number | undefined {
  for (let at = first; at <= last; at += 1)
    if (
      /^(?:купуите|купіть|замовляите|замовте|покупаите|купите|берите|беріть|заказываите|закажите|alin|alabilirsin|alabilirsiniz)$/.test(
        reading.tokens[at]?.text ?? "",
      )
    )
      return at;
  return undefined;
}

/** "may not be given contacts outside the marketplace". */
function deniedBefore(reading: Reading, words: TaggedWords, index: number): boolean {
  for (let at = index - 6; at < index; at += 1) if (words.has(at, "negation") && reading.clause[at] === reading.clause[index]) return true;
  return false;
}

const WE_DO =
  /^(?:[а-яіє]{2,}(?:ем|им|емо|імо|имо|ємо|єм|аю|ую|яю|лю)|можем|можемо|могу|можу|буде[мт]|give|do|sell|offer|ship|accept|take|make|trade|work|deal|can|could)$/;
const NOT = wordTest(/^(?:не|ні|dont|cant|wont|cannot|never|not)$/);

/** "скидку за покупку в обход Ozon не даём": the seller says behind it, in the same clause, that it is not done. */
function isDeclined({ tokens, clause }: Reading, words: TaggedWords, index: number): boolean {
  for (let at = index + 1; clause[at] === clause[index] && at < index + DECLINED_WITHIN; at += 1)
    if (NOT.test(tokens[at]?.text ?? "") && WE_DO.test(tokens[at + 1]?.text ?? "") && !words.has(at + 1, "search")) return true;
  return false;
}

const DECLINED_WITHIN = 12;

/** "Через площадку дороже, давайте напрямую": talk of the marketplace, and of doing it another way. */
function agreementNear(reading: Reading, words: TaggedWords, sentence: Stretch, index: number): number | undefined {
  if (find(words, sentence, "marketplace") === undefined) return undefined;
  for (let at = Math.max(sentence.first, index - 4); at <= Math.min(sentence.last, index + 4); at += 1) {
    if (/^(?:договор|давайте|пиши|напиши|обраща|зверта|write|contact|yazin|ulasin)/.test(reading.tokens[at]?.text ?? "")) return at;
  }
  return undefined;
}

/** "не напрямую"; but "değil" denies what stands before it: "buradan değil, direkt bizden". */
function isNegatedBefore(reading: Reading, words: TaggedWords, index: number): boolean {
  for (let at = index - 2; at < index; at += 1) if (words.has(at, "negation") && !/^degil$|m[ae]y[ie]n/.test(reading.tokens[at]?.text ?? "")) return true;
  return false;
}

/** Turkish puts the denial into the verb, wherever it stands. */
function isDenied(reading: Reading, words: TaggedWords, { first, last }: Stretch): boolean {
  for (let at = first; at <= last; at += 1) {
    const text = reading.tokens[at]?.text ?? "";
    if (words.has(at, "negation") && DENIES.test(text)) return true;
    if (FORBIDS.test(text)) return true;
  }
  return false;
}

/** "у нас на сайте", "our own website", "sitemizden", "наш интернет-магазин". */
function ownSiteAt(reading: Reading, words: TaggedWords, index: number): Match | undefined {
  if (!words.has(index, "site")) return undefined;
  const text = reading.tokens[index]?.text ?? "";
  const sentence = sentenceAround(reading, index);
  const isSite = /^(?:саит|вебсаит|website|webshop|web|site|лендинг)/.test(text);
  const own = words.has(index, "our") || ownerNear(reading, words, index) || isNamedSite(reading, words, index);
  const acts = (["order", "cheaper", "invite", "search", "promo", "pay"] as const)
    .map((tag) => find(words, sentence, tag, index))
    .find((at) => at !== undefined);
  if (!own || acts === undefined || words.any(index + 1, index + 3, "marketplace") || words.any(index - 2, index - 1, "marketplace")) return undefined;
  if (isDenied(reading, words, sentence) || words.any(index - 4, index - 1, "negation")) return undefined;
  const online =
    isSite ||
    /^(?:интернет|онлаин|online|own|internet|інтернет|розничн\p{L}*|роздрібн\p{L}*|офлаин|оффлаин|offline|retail)$/u.test(
      reading.tokens[index - 1]?.text ?? "",
    ) ||
    /^(?:интернет|онлаин|online|own)$/.test(reading.tokens[index - 2]?.text ?? "");
  return online ? match("off_platform.own_site", index, acts) : undefined;
}

/** "На сайте vitalylight": a site by the name of somebody. */
const isNamedSite = (reading: Reading, words: TaggedWords, index: number): boolean =>
  /^саит/.test(reading.tokens[index]?.text ?? "") && /^[a-z]{5,}$/.test(reading.tokens[index + 1]?.text ?? "") && !words.has(index + 1, "marketplace");

function ownerNear(reading: Reading, words: TaggedWords, index: number): boolean {
  for (let at = index - 4; at <= index + 3; at += 1) {
    if (!words.has(at, "our") || reading.sentence[at] !== reading.sentence[index]) continue;
    // "только через сайт, нам ничего не надо": the next clause is of something else.
    if (at > index && reading.clause[at] !== reading.clause[index]) continue;
    if (!/^(?:я|мы|ми|we|us|me|my|im|ко)$/.test(reading.tokens[at]?.text ?? "") || at < index) return true;
  }
  return /^(?:own|собственн\p{L}*|власн\p{L}*|kendi|официальн\p{L}*|офіціин\p{L}*)$/u.test(reading.tokens[index - 1]?.text ?? "");
}

/** What Google and Yandex offer beside a search: Google Pay, Яндекс Сплит. */
const SERVICE = wordTest(
  /^(?:pay|pays|play|wallet|chrome|account|drive|home|assistant|fit|pixel|пэи|пеи|плеи|плэи|сплит|split|go|еда|едыи|доставк\p{L}*|станци\p{L}*|такси|банк\p{L}*|алис\p{L}*|аккаунт\p{L}*|hesab\p{L}*|asistan\p{L}*)$/u,
);

/** "вбейте в яндексе", "google us", "Google'a yazın": with a name to look for. */
function engineAt(reading: Reading, words: TaggedWords, index: number): Match | undefined {
  if (!words.has(index, "engine") || words.any(index + 1, index + 1, "marketplace")) return undefined;
  if (SERVICE.test(reading.tokens[index + 1]?.text ?? "")) return undefined;
  const sentence = sentenceAround(reading, index);
  const first = isFirstResult(reading, sentence);
  if (words.any(index - 4, index + 4, "negation") || (!first && words.any(sentence.first, sentence.last, "product"))) return undefined;
  const isVerb = /^(?:загугл|погугл|прогугл|google$)/.test(reading.tokens[index]?.text ?? "") && words.has(index, "search");
  const verb = isVerb ? index : find(words, { first: Math.max(sentence.first, index - 6), last: Math.min(sentence.last, index + 6) }, "search", index);
  if (verb === undefined) return undefined;
  const named = /["«“„']/.test(
    reading.folded.source.slice(
      reading.folded.start[reading.tokens[sentence.first]?.from ?? 0] ?? 0,
      reading.folded.end[(reading.tokens[sentence.last]?.to ?? 1) - 1] ?? 0,
    ),
  );
  const gain = first || (["our", "order", "cheaper", "site"] as const).some((tag) => find(words, sentence, tag) !== undefined);
  return named || gain ? match("off_platform.search_engine", index, verb) : undefined;
}

/** "first result", "первая ссылка": what is to be looked for is one shop. */
function isFirstResult({ tokens }: Reading, { first, last }: Stretch): boolean {
  for (let at = first; at < last; at += 1)
    if (
      /^(?:first|top|1st|перв\p{L}*|перш\p{L}*|ilk)$/u.test(tokens[at]?.text ?? "") &&
      /^(?:result|link|hit|ссылк|результат|посилан|строк|cik|sira|sonuc)/.test(tokens[at + 1]?.text ?? "")
    )
      return true;
  return false;
}

function otherMarketAt(reading: Reading, words: TaggedWords, index: number): Match | undefined {
  // By name, or "на других площадках".
  const another = words.has(index, "marketplace") && /^(?:друг\p{L}*|інш\p{L}*|other|another|baska|diger)$/u.test(reading.tokens[index - 1]?.text ?? "");
  if (!words.has(index, "otherMarket") && !another) return undefined;
  // "Trendyol tarafından iade edilir": who does it.
  if (reading.tokens[index + 1]?.text === "tarafindan") return undefined;
  // "Ярмарка на площадке": a sale of the marketplace.
  if (!another && words.any(index + 1, index + 3, "marketplace") && /^ярмарк/.test(reading.tokens[index]?.text ?? "")) return undefined;
  const sentence = sentenceAround(reading, index);
  const acts =
    (["order", "cheaper", "invite"] as const).map((tag) => find(words, sentence, tag, index)).find((at) => at !== undefined) ??
    presence(reading, sentence) ??
    sameThing(reading, sentence);
  const ours =
    find(words, sentence, "our", index) ?? find(words, sentence, "cheaper", index) ?? firstPerson(reading, sentence) ?? sameForPrice(reading, sentence);
  if (ours === undefined || acts === undefined || isNegatedIn(reading, words, sentence) || isDenied(reading, words, sentence) || isWarning(reading, sentence))
    return undefined;
  return match("off_platform.other_marketplace", index, acts);
}

const SAME = wordTest(/^(?:такои|такая|такое|такие|тот|та|то|те|така|таке|такі|такии|тои|цеи|same|ayni|aynisi|aynisini)$/);

/** "така ж дриль", "то же самое", "the same drill". */
function sameThing({ tokens }: Reading, { first, last }: Stretch): number | undefined {
  for (let at = first; at <= last; at += 1) {
    const text = tokens[at]?.text ?? "";
    // "почему у вас дороже?": a buyer compares.
    if (/^(?:вас|sizde|sizin|yours?)$/.test(text)) return undefined;
    if (SAME.test(text) && (/^[a-z]/.test(text) || /^(?:же|ж|самыи|самая|самое|саме|самии)$/.test(tokens[at + 1]?.text ?? ""))) return at;
  }
  return undefined;
}

/** "sahibindende aynı matkap 1200": the same thing, and what it costs there. */
function sameForPrice(reading: Reading, sentence: Stretch): number | undefined {
  const same = sameThing(reading, sentence);
  if (same === undefined) return undefined;
  for (let at = same + 1; at <= sentence.last; at += 1) if (reading.tokens[at]?.kind === "number" && Number(reading.tokens[at]?.text) >= 10) return at;
  return undefined;
}

/** "Мы есть на Авито", "our shop is on eBay". */
function presence(reading: Reading, { first, last }: Stretch): number | undefined {
  for (let at = first; at <= last; at += 1) if (PRESENCE.test(reading.tokens[at]?.text ?? "")) return at;
  return undefined;
}

/** A denial that is not "without commission". */
function isNegatedIn(reading: Reading, words: TaggedWords, { first, last }: Stretch): boolean {
  for (let at = first; at <= last; at += 1) {
    if (words.has(at, "negation") && !(words.any(at + 1, at + 2, "cheaper") && /^(?:без|no|not?)$/.test(reading.tokens[at]?.text ?? ""))) return true;
  }
  return false;
}

/** "buradan almayın", "здесь не покупайте", "don't buy here": sending the buyer away, wherever to. */
function awayAt(reading: Reading, words: TaggedWords, index: number): Match | undefined {
  if (!HERE.test(reading.tokens[index]?.text ?? "")) return undefined;
  const sentence = sentenceAround(reading, index);
  // "Buradan değil mağazamızdan alın", "не здесь, а у нас".
  const instead = reading.tokens[index + 1]?.text === "degil" || /^(?:не|not)$/.test(reading.tokens[index - 1]?.text ?? "");
  const order = instead ? find(words, sentence, "order", index) : undefined;
  if (order !== undefined && (words.any(index + 1, index + 5, "our") || words.any(index + 1, index + 5, "direct")))
    return match("off_platform.direct_order", index, order);
  for (let at = Math.max(sentence.first, index - 5); at <= Math.min(sentence.last, index + 5); at += 1) {
    if (!AWAY.test(reading.tokens[at]?.text ?? "")) continue;
    const denied = /^(?:alma|siparis|verme)/.test(reading.tokens[at]?.text ?? "") || words.any(at - 2, at - 1, "negation");
    if (denied) return match("off_platform.direct_order", at, index);
  }
  return undefined;
}

const AWAY = wordTest(
  /^(?:покупаите|заказываите|берите|оформляите|купуите|замовляите|оформлюите|оформляите|беріть|vermeyin|vermeyiniz|buy|order|purchase|almayin|almayiniz|alma)$/,
);

/** "за наличку отдам за 5000", "готівкою при зустрічі дешевше": cash, and a deal of their own. */
function cashAt(reading: Reading, words: TaggedWords, index: number): Match | undefined {
  if (!CASH.test(reading.tokens[index]?.text ?? "")) return undefined;
  const sentence = sentenceAround(reading, index);
  const denied = words.any(index - 4, index + 2, "negation") || isDenied(reading, words, sentence);
  if (denied || words.any(sentence.first, sentence.last, "marketplace")) return undefined;
  const back = /^(?:back|кэшб|кешб)/.test(reading.tokens[index + 1]?.text ?? "");
  let deal = find(words, sentence, "cheaper") ?? find(words, sentence, "cancel");
  for (let at = sentence.first; deal === undefined && at <= sentence.last; at += 1) if (I_SHALL.test(reading.tokens[at]?.text ?? "")) deal = at;
  if (deal !== undefined && words.has(deal, "cancel") && isAtTheDoor(reading, sentence) && isConditional(reading, sentence)) return undefined;
  if (deal === undefined || back || (isFee(reading, deal) && isAtTheDoor(reading, sentence))) return undefined;
  return match("off_platform.direct_order", index, deal);
}

/** "если не подойдёт, отменим": what is cancelled only then. */
function isConditional({ tokens }: Reading, { first, last }: Stretch): boolean {
  for (let at = first; at <= last; at += 1) if (/^(?:если|якщо|if|eger)$/.test(tokens[at]?.text ?? "")) return true;
  return false;
}

/** "готівкою при отриманні": a fee is what whoever brings the parcel takes. */
function isAtTheDoor({ tokens }: Reading, { first, last }: Stretch): boolean {
  for (let at = first; at <= last; at += 1) if (AT_THE_DOOR.test(tokens[at]?.text ?? "")) return true;
  return false;
}

/** "отдам", "I can sell". */
function iShall(reading: Reading, { first, last }: Stretch): number | undefined {
  for (let at = first; at <= last; at += 1) {
    const text = reading.tokens[at]?.text ?? "";
    if (I_SHALL.test(text) || WE_ARRANGE.test(text) || (text === "i" && /^(?:can|will|could|would|sell|ship|give)$/.test(reading.tokens[at + 1]?.text ?? "")))
      return at;
  }
  return undefined;
}

/** Turkish says "we" and "I" at the end of the verb: satıyoruz, veririz, veririm. */
function firstPerson(reading: Reading, { first, last }: Stretch): number | undefined {
  for (let at = first; at <= last; at += 1) if (FIRST_PERSON.test(reading.tokens[at]?.text.slice(-8) ?? "")) return at;
  return undefined;
}

/** "у нас шоурум на Ленина 45": a place of theirs that is not the marketplace's. */
function showroomIn(reading: Reading, words: TaggedWords, { first, last }: Stretch): number | undefined {
  for (let at = first; at <= last; at += 1) {
    const text = reading.tokens[at]?.text ?? "";
    if (PLACES.test(text) || words.has(at, "site")) return at;
  }
  return undefined;
}

/** "приезжайте к нам в магазин": a shop with a street door. */
function comeAt(reading: Reading, words: TaggedWords, index: number): Match | undefined {
  if (!COMES.test(reading.tokens[index]?.text ?? "")) return undefined;
  const sentence = sentenceAround(reading, index);
  const near = { first: Math.max(sentence.first, index - 8), last: Math.min(sentence.last, index + 8) };
  const shop = find(words, { first: index + 1, last: near.last }, "site") ?? showroomIn(reading, words, near);
  if (
    shop === undefined ||
    !(words.any(near.first, near.last, "our") || find(words, near, "cheaper") !== undefined) ||
    words.any(sentence.first, sentence.last, "marketplace") ||
    words.any(index - 2, index - 1, "negation")
  )
    return undefined;
  return match("off_platform.own_site", index, shop);
}

const WE_ARRANGE = wordTest(/^(?:оформим|оформлю|оформимо|домовимос[ья]|продадим|продамо|договоримся|зробимо)$/);

/** Every invitation to leave the marketplace. */
export function offPlatform(reading: Reading, words: TaggedWords): Match[] {
  return everyMatch(
    reading,
    (index) =>
      directAt(reading, words, index) ??
      comeAt(reading, words, index) ??
      engineAt(reading, words, index) ??
      otherMarketAt(reading, words, index) ??
      awayAt(reading, words, index) ??
      cashAt(reading, words, index) ??
      ownSiteAt(reading, words, index),
  );
}
