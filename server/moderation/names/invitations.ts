import type { Match } from "../match";
import { lexiconKey } from "../text/lexicon-key";
import { clauseAround, countWords, type Stretch, sentenceAround } from "../text/stretch";
import type { Reading } from "../text/tokens";
import type { TaggedWords } from "../text/word-tags";
import { wordTest } from "../text/word-test";
import { accountBehind, bareAccountAt, handleAt, nickAskedAt, nickAt, pageAt, pageInvitedAt } from "./accounts";
import { isAlwaysThere } from "./always-there";
import { isAccountAsked, isAskedFor, isProductTalk } from "./asked-for";
import type { NameMention } from "./find-names";
import { hasTurkishNegation, isForbidden, isRefused } from "./refused";
import { isSubject } from "./subjects";
import { isJoined, isLinkedPage, isPlaceToTalk, isVerbOfName } from "./ways-to-talk";

/** From a network's name to a finding: with an account, with an invitation, or because the name was hidden on purpose. */

const PREPOSITIONS = new Set("в во у на через по за из з із зі до on via through in into over by to at".split(" ").map(lexiconKey));
const OUT_OF_TURKISH = wordTest(/^(?:[yn]?[iu]?m?[iu]?z?[dt][ae]n|ppan|p?p?[dt]an|uzerinden)$/);
const TURKISH_VIA = new Set("dan den tan ten uzerinden araciligiyla ile hattimiz hattimizdan hattindan hattimizi".split(" ").map(lexiconKey));
const REACH = 14;
const NEGATION_REACH = 4;

/** Whether a verb of inviting is denied: "не пишите", "we cannot chat", "нельзя", "kuramıyoruz". */
function isDenied(reading: Reading, words: TaggedWords, verb: number): boolean {
  const sentence = reading.sentence[verb];
  for (let at = verb; at >= verb - NEGATION_REACH && reading.sentence[at] === sentence; at -= 1) {
    if (words.has(at, "negation") && (at === verb || reading.clause[at] === reading.clause[verb])) return true;
  }
  return false;
}

const ALSO_NOUNS = wordTest(/^(?:chat|chats|message|msg|text|contact|call|look|move|dm|hit|visit|check|talk)$/);
const BEFORE_A_VERB = wordTest(/^(?:to|can|could|please|lets|let|us|just|or|and|you|we|will|ill|well|may|shall)$/);

/** "гучний зв'язок", "громкая связь": a loudspeaker. */
const LOUD = wordTest(/^(?:гучн\p{L}*|громк\p{L}*|голосов\p{L}*|мобільн\p{L}*|мобильн\p{L}*|стільников\p{L}*|сотов\p{L}*)$/u);

/** "the message" and "a chat" are nouns; "message us", "to chat", "Contact" are verbs. */
function isInviteVerb(reading: Reading, words: TaggedWords, at: number): boolean {
  if (!words.has(at, "invite") || (/^(?:связ|звяз)/.test(reading.tokens[at]?.text ?? "") && LOUD.test(reading.tokens[at - 1]?.text ?? ""))) return false;
  if (!ALSO_NOUNS.test(reading.tokens[at]?.text ?? "")) return true;
  const begins = at === 0 || reading.clause[at - 1] !== reading.clause[at] || reading.tokens[at - 1]?.kind === "mark";
  const after = reading.skeletons[at + 1] ?? "";
  return begins || words.has(at + 1, "our") || PREPOSITIONS.has(after) || BEFORE_A_VERB.test(reading.tokens[at - 1]?.text ?? "");
}

/** "продублируйте фото в вацап": any order given, but what one does with a device or a program. */
const ORDER = wordTest(
  /^(?!саите|видите|хотите|увидите|можете|визите|сидите|спите|магните|кредите|лимите|знаите|простите|извините)[а-яіе]{3,20}(?:ите|ьте|итесь|ьтесь|іть|іться|аите|уите|[внрджч]те)$/,
);
const DEVICE_ORDER = wordTest(
  /^(?:откро\p{L}*|откры\p{L}*|нажм\p{L}*|включ\p{L}*|выключ\p{L}*|отключ\p{L}*|провер\p{L}*|установ\p{L}*|обнов\p{L}*|перезап\p{L}*|перезагр\p{L}*|настро\p{L}*|разреш\p{L}*|удал\p{L}*|відкр\p{L}*|натисн\p{L}*|увімкн\p{L}*|вимкн\p{L}*|перевір\p{L}*|встанов\p{L}*|онов\p{L}*|налашт\p{L}*|дозвол\p{L}*|выбер\p{L}*|обер\p{L}*|вибер\p{L}*|избега\p{L}*|не)$/u,
);
const isOrder = (text: string) => ORDER.test(text) && !DEVICE_ORDER.test(text);

/** "присылает уведомления в Telegram": what a thing does, not what the buyer is to do. */
const THIRD_PERSON = /(?:ет|ит|ют|ят|є|ять|ють|ится|ется|ються|iyor|ir|er|s)$/;

interface Invitation {
  readonly invited: boolean;
  readonly denied: boolean;
  /** The verb stands right before the name. */
  readonly close: boolean;
}

function invitationNear(
  reading: Reading,
  words: TaggedWords,
  { first, last }: Stretch,
  mention: { readonly first: number; readonly last: number },
  ofProduct = false,
): Invitation {
  let invited = false;
  let denied = false;
  let close = false;
  for (let at = Math.max(first, mention.first - REACH); at <= Math.min(last, mention.last + REACH); at += 1) {
    if (at >= mention.first && at <= mention.last) continue;
    const orderInto =
      !words.has(mention.first, "privateChannel") &&
      at < mention.first &&
      mention.first - at <= 4 &&
      isOrder(reading.tokens[at]?.text ?? "") &&
      PREPOSITIONS.has(reading.skeletons[mention.first - 1] ?? "");
    if (!isInviteVerb(reading, words, at) && !orderInto) continue;
    if (ofProduct && THIRD_PERSON.test(reading.tokens[at]?.text ?? "")) continue;
    if (isDenied(reading, words, at)) denied = true;
    else {
      invited = true;
      close ||= at < mention.first && mention.first - at <= 4;
    }
  }
  return { invited, denied, close };
}

const OR = wordTest(/^(?:или|либо|чи|або|or|veya|da|и|та|and)$/);

/** "в телеграм", "over Zoom or Skype". */
function isInto({ tokens, skeletons }: Reading, first: number, behindArticle = false): boolean {
  // "у вайбера" is whose, "у вайбері" is where.
  if (tokens[first - 1]?.text === "у" && /[рмп]а$/.test(tokens[first]?.text ?? "")) return false;
  const before = behindArticle && /^(?:a|the|our|my)$/.test(tokens[first - 1]?.text ?? "") ? first - 2 : first - 1;
  if (PREPOSITIONS.has(skeletons[before] ?? "")) return true;
  return OR.test(tokens[first - 1]?.text ?? "") && PREPOSITIONS.has(skeletons[first - 3] ?? "");
}

/** Whether a plain name is an invitation to go there. */
function isInvited(reading: Reading, words: TaggedWords, mention: NameMention): boolean {
  const sentence = sentenceAround(reading, mention.first);
  if (isRefused(reading, words, mention, sentence)) return false;
  // "в телеграм-канале маркетплейса": whose page it is.
  if (words.any(mention.last + 1, mention.last + 2, "page") && words.any(mention.last + 2, mention.last + 3, "marketplace")) return false;
  const joined = isJoined(reading, words, mention, sentence);
  return joined || (!isSubject(reading, words, mention) && isInvitedTo(reading, words, mention, sentence));
}

/** A verb that invites, or a name that is pointed at. */
function isInvitedTo(reading: Reading, words: TaggedWords, mention: NameMention, sentence: Stretch): boolean {
  const clause = clauseAround(reading, mention.first);
  // A sign is a logo of its own.
  const ofProduct = mention.network.id !== "signed" && isProductTalk(reading, words, clause);
  const { invited, denied, close } = invitationNear(reading, words, sentence, mention, ofProduct);
  const into = isInto(reading, mention.first);
  if (isAskedFor(reading, words, mention) && (!mention.network.ordinary || isPickedUp(reading, words, mention.last))) return true;
  if (isVerb(reading, words, mention) || isAlone(reading, mention, sentence) || isAccountAsked(reading, words, mention)) return true;
  if (mention.network.ordinary) return isOrdinaryInvited(reading, words, mention, into && invited, close);
  if (invited && ((close && (into || !ofProduct)) || OUT_OF_TURKISH.test(mention.suffix))) return true;
  if (ofProduct || (denied && !invited)) return false;
  // "Мы не используем WhatsApp, ответим здесь": the invitation is to somewhere else.
  if (invited) return close || !(words.any(clause.first, mention.first, "negation") || isAbsent(reading, mention, clause));
  return isPointedAt(reading, words, mention, clause, into && countWords(reading, sentence) <= 6);
}

/** "Вайбера в магазину немає", "WhatsApp'ımız yok": the shop is not there. */
function isAbsent({ tokens }: Reading, { last }: NameMention, clause: Stretch): boolean {
  for (let at = last + 1; at <= Math.min(clause.last, last + ABSENT_WITHIN); at += 1)
    if (/^(?:нет|нету|немає|нема|yok|yoktur)$/.test(tokens[at]?.text ?? "")) return true;
  return false;
}

const ABSENT_WITHIN = 7;

/** "signal kullanıyorum", "I use Signal". */
const isUsed = ({ tokens }: Reading, { first, last }: NameMention): boolean =>
  /^(?:kullan|есть$|є$)/.test(tokens[last + 1]?.text ?? "") || /^(?:use|using|have|пользуюсь|использую)$/.test(tokens[first - 1]?.text ?? "");

/** "WhatsApp?": a name, and nothing else in the sentence. */
function isAlone(reading: Reading, { network, first, last }: NameMention, sentence: Stretch): boolean {
  return !network.ordinary && network.kind === "messenger" && first === sentence.first && reading.tokens[last + 1]?.text === "?" && last + 1 >= sentence.last;
}

/** "WhatsApp your results to us", "Telegram me", "вотсапните мне". */
function isVerb(reading: Reading, words: TaggedWords, mention: NameMention): boolean {
  const { network, first, last } = mention;
  if (isVerbOfName(mention)) return !words.any(first - 2, first - 1, "negation");
  const begins = first === 0 || reading.clause[first - 1] !== reading.clause[first];
  return begins && (!network.ordinary || network.id === "snap") && /^(?:your|us|me)$/.test(reading.tokens[last + 1]?.text ?? "");
}

/** "Signal'den yaz", "переходите в наш канал в Max": a name that is also a word needs more. */
function isOrdinaryInvited(reading: Reading, words: TaggedWords, mention: NameMention, invitedInto: boolean, close: boolean): boolean {
  // "макс." is short for something.
  const shortened = reading.tokens[mention.last + 1]?.text === "." && reading.sentence[mention.last + 2] === reading.sentence[mention.last];
  const toPage = words.any(mention.first - 4, mention.first - 1, "page");
  if (isPickedUp(reading, words, mention.last) && isUsed(reading, mention)) return true;
  const inPlace =
    /^(?:максе|самолетике|літачку|зуме|зумі|сигналі|сігналі)$/.test(reading.tokens[mention.first]?.text ?? "") &&
    words.any(mention.last + 1, mention.last + 2, "invite");
  if (invitedInto && (((close || toPage || inPlace) && !shortened) || isPickedUp(reading, words, mention.last))) return true;
  return /[dt][ae]n$/.test(reading.tokens[mention.first]?.text ?? "") && words.any(mention.last + 1, mention.last + 3, "invite");
}

/** No verb invites, but the name is the way: "WhatsApp'tan", "наш телеграм", "Лучше в вацапе". */
function isPointedAt(reading: Reading, words: TaggedWords, mention: NameMention, clause: Stretch, shortly: boolean): boolean {
  const via = OUT_OF_TURKISH.test(mention.suffix) || TURKISH_VIA.has(reading.skeletons[mention.last + 1] ?? "");
  if (IN_TURKISH.test(mention.suffix) && weTurkish(reading, clause)) return true;
  if (isAlwaysThere(reading, mention) && !words.any(clause.first, clause.last, "negation")) return true;
  if (via || isInProfile(reading, mention) || isPickedUp(reading, words, mention.last)) return true;
  if (words.any(clause.first, clause.last, "negation")) return false;
  const page = words.any(mention.first - 2, mention.last + 2, "page");
  if (page && isWorthAVisit(reading, words, mention.last, clause)) return true;
  const ours = words.any(mention.first - 4, mention.first - 1, "our") || words.any(mention.last + 1, mention.last + 3, "our");
  const privately = words.any(mention.first - 2, mention.last + 2, "privateChannel");
  const place = isInto(reading, mention.first, true) || IN_TURKISH.test(mention.suffix);
  if (place && isPlaceToTalk(reading, words, mention, clause)) return true;
  if (isLinkedPage(reading, words, mention, clause) || isBest(reading, mention.last)) return true;
  return ours || privately || (shortly && isOffered(reading, clause)) || isMoreThere(reading, mention) || isByNumber(reading, words, mention.last);
}

/** "наша группа вк, там больше фото", "YouTube channel Goods Line has coupons". */
function isWorthAVisit({ tokens, sentence }: Reading, words: TaggedWords, last: number, clause: Stretch): boolean {
  if (words.any(clause.first, clause.last, "promo") || words.any(clause.first, clause.last, "cheaper")) return true;
  for (let at = last + 1; at <= last + 8; at += 1)
    if (sentence[at] === sentence[last] && /^(?:там|there|orada|oradan)$/.test(tokens[at]?.text ?? "")) return true;
  return false;
}

/** "Більше фото в Instagram", "more pictures on Facebook". */
function isMoreThere({ tokens, skeletons, sentence }: Reading, mention: NameMention): boolean {
  const at = PREPOSITIONS.has(skeletons[mention.first - 1] ?? "") ? mention.first - 3 : mention.first - 2;
  for (let more = at; more > at - 3; more -= 1)
    if (
      sentence[more] === sentence[mention.first] &&
      /^(?:больше|більше|more|остальные|інші|другие|подробности|подробнее|детальніше|details)$/.test(tokens[more]?.text ?? "")
    )
      return true;
  return false;
}

/** What a short sentence says that offers a way to talk: "Лучше в вацапе", "Я в телеграме". */
const OFFERS = wordTest(
  /^(?:лучше|легче|проще|быстр\p{L}*|удобн\p{L}*|можно|есть|тут|дальше|далее|подробн\p{L}*|детали|остальн\p{L}*|остальное|все|сиж\p{L}*|сид\p{L}*|онлаин|всегда|только|краще|можна|є|е|завжди|детал\p{L}*|решта|better|best|easier|faster|quicker|details|rest|more|catch|always|available|online|daha|iyi|var|detay\p{L}*)$/u,
);

function isOffered(reading: Reading, clause: Stretch): boolean {
  if (countWords(reading, clause) <= 2) return true;
  for (let at = clause.first; at <= clause.last; at += 1) if (OFFERS.test(reading.tokens[at]?.text ?? "")) return true;
  return false;
}

const SAME = wordTest(/^(?:тот|этот|тои|цеи|той|same|ayni|номер|numara\p{L}*)$/u);

/** "телега за номером, що на коробці", "Ватсап на этот же номер": a name and a number told elsewhere. */
function isByNumber(reading: Reading, words: TaggedWords, last: number): boolean {
  const next = reading.tokens[last + 1]?.kind === "mark" ? last + 2 : last + 1;
  if (!PREPOSITIONS.has(reading.skeletons[next] ?? "") && !SAME.test(reading.tokens[next]?.text ?? "")) return false;
  for (let at = last + 1; at <= last + 5; at += 1) if (reading.sentence[at] === reading.sentence[last] && words.has(at, "number")) return true;
  return false;
}

const IN_TURKISH = wordTest(/^(?:[yn]?[iu]?m?[iu]?z?[dt][ae])$/);

/** "Telegramda 7/24 cevap veriyorum": Turkish says "I" and "we" at the end of the verb. */
function weTurkish(reading: Reading, { first, last }: Stretch): boolean {
  for (let at = first; at <= last; at += 1) if (/(?:yorum|yoruz|[ae]r[iu]m|[ae]r[iu]z)$/.test(reading.tokens[at]?.text.slice(-8) ?? "")) return true;
  return false;
}

/** "инстаграм — «Склад 77», ссылка в шапке". */
function isInProfile({ tokens, sentence }: Reading, mention: NameMention): boolean {
  for (let at = mention.last + 1; at <= mention.last + 12 && sentence[at] === sentence[mention.last]; at += 1)
    if (/^(?:шапке|шапці|профиле|профілі|bio|био|біо|profilde|profile)$/.test(tokens[at]?.text ?? "") && mention.network.kind === "social") return true;
  return false;
}

const THERE = wordTest(/^(?:туда|туди|там|there|oraya|oradan)$/);
const NEXT_SENTENCE = 8;

/** "Есть вайбер? Напишите туда", "ми у сигналі, пишіть туди": what follows invites to where this points. */
function isPickedUp(reading: Reading, words: TaggedWords, index: number): boolean {
  const own = reading.sentence[index] ?? 0;
  let invited = false;
  let there = false;
  for (let at = index + 1; at <= index + NEXT_SENTENCE; at += 1) {
    const sentence = reading.sentence[at] ?? 0;
    if (sentence < own || sentence > own + 1) continue;
    invited ||= words.has(at, "invite");
    there ||= THERE.test(reading.tokens[at]?.text ?? "");
  }
  return invited && there;
}

/** "W.P. den yazın", "пишите в т.г.": the letters right beside a verb that invites. */
function isWayByInitials(reading: Reading, words: TaggedWords, { first, last }: NameMention): boolean {
  if (/^(?:den|dan|ten|tan|uzerinden)$/.test(reading.tokens[last + 1]?.text ?? "")) return words.any(last + 2, last + 3, "invite");
  // "до нашої групи в т-г"
  if (isInto(reading, first) && words.any(first - 3, first - 2, "page") && words.any(first - 4, first - 2, "our")) return true;
  return isInto(reading, first) && words.any(first - 3, first - 2, "invite") && !words.any(first - 5, first - 2, "negation");
}

/** "за артикулом ВК-0097/14": what begins the number of a thing. */
const isOfNumber = ({ tokens }: Reading, words: TaggedWords, { first, last }: NameMention): boolean =>
  tokens[last + 1]?.text === "-" && tokens[last + 2]?.gap === 0 && tokens[last + 2]?.kind === "number" && words.any(first - 3, first - 1, "identifier");

function ofMention(reading: Reading, words: TaggedWords, mention: NameMention): Match | undefined {
  if (isOfNumber(reading, words, mention)) return undefined;
  const { kind, ordinary } = mention.network;
  const byId = /^(?:id|ид|аиди|nick|ник)$/.test(reading.tokens[mention.last + 1]?.text ?? "");
  const account = ordinary && !byId ? undefined : accountBehind(reading, words, mention);
  if (account !== undefined) return { kind, reason: `${kind}.handle`, first: mention.first, last: account.last, certainty: "certain" };
  if (mention.initials === true && !words.has(mention.last + 1, "page") && !isWayByInitials(reading, words, mention)) return undefined;
  if (mention.disguised || mention.initials === true)
    return { kind, reason: `${kind}.disguised`, first: mention.first, last: mention.last, certainty: "certain" };
  return isInvited(reading, words, mention) ? { kind, reason: `${kind}.invitation`, first: mention.first, last: mention.last, certainty: "likely" } : undefined;
}

/** "WhatsApp destek hattı: 0555 …": the contact behind a name says what the name is for. */
function besideContact(reading: Reading, mention: NameMention, taken: Uint8Array): Match | undefined {
  const { kind, ordinary } = mention.network;
  if (ordinary || mention.initials === true) return undefined;
  for (let at = mention.last + 1; at <= mention.last + 5 && reading.sentence[at] === reading.sentence[mention.last]; at += 1)
    if (taken[at] === 1) return { kind, reason: `${kind}.handle`, first: mention.first, last: mention.last, certainty: "likely" };
  return undefined;
}

const QUESTIONS = wordTest(
  /^(?:вопрос\p{L}*|питан\p{L}*|подробност\p{L}*|детал\p{L}*|цен[аыу]|прайс\p{L}*|questions?|details|price|sorular\p{L}*|detay\p{L}*|все|всі|усі)$/u,
);

/** "Messenger works best". */
const isBest = ({ tokens }: Reading, index: number): boolean =>
  /^(?:works?|is)$/.test(tokens[index + 1]?.text ?? "") && /^(?:best|better|faster|quicker|easier)$/.test(tokens[index + 2]?.text ?? "");

const ROOM = wordTest(
  /^(?:кабин\p{L}*|кабін\p{L}*|аккаунт\p{L}*|акаунт\p{L}*|данн\p{L}*|дані|даних|даними|вещ\p{L}*|речі|речеи|гигиен\p{L}*|гігієн\p{L}*|польз\p{L}*|использ\p{L}*|користув\p{L}*|опыт\p{L}*|досвід\p{L}*|думк\p{L}*|мнени\p{L}*|підпис\p{L}*|подпис\p{L}*|счет\p{L}*|рахунк\p{L}*|страниц\p{L}*|сторінц\p{L}*|сторінк\p{L}*|раздел\p{L}*|розділ\p{L}*)$/u,
);

/** "из личного кабинета", "особисті дані": somebody's own room at the marketplace, or own things. */
const isOwnRoom = ({ tokens }: Reading, index: number): boolean =>
  /^(?:личн|особист|приватн)/.test(tokens[index]?.text ?? "") && ROOM.test(tokens[index + 1]?.text ?? "");

/** "напишите в личку", "DM us": another place to talk, without its name. */
function privateChannelAt(reading: Reading, words: TaggedWords, index: number): Match | undefined {
  if (!words.has(index, "privateChannel") || isOwnRoom(reading, index)) return undefined;
  const sentence = sentenceAround(reading, index);
  if (isForbidden(reading, sentence) || hasTurkishNegation(reading, words, sentence) || words.any(sentence.first, sentence.last, "product")) return undefined;
  const { invited, close } = invitationNear(reading, words, sentence, { first: index, last: index });
  const asVerb = /^dms?$/.test(reading.tokens[index]?.text ?? "") && words.any(index + 1, index + 1, "our");
  const clause = clauseAround(reading, index);
  // "у месенджерах не працюємо" denies it from behind.
  const denied =
    reading.tokens[index - 1]?.text === "no" ||
    words.any(index - NEGATION_REACH, index - 1, "negation") ||
    (!close && words.any(clause.first, clause.last, "negation"));
  const offered = isOffered(reading, clause) && countWords(reading, clause) > 2;
  const talk =
    words.any(index - 4, index - 1, "our") || QUESTIONS.test(reading.tokens[index - 2]?.text ?? "") || QUESTIONS.test(reading.tokens[clause.first]?.text ?? "");
  return (invited || asVerb || (offered && talk) || (talk && words.any(index - 1, index - 1, "privateChannel")) || isBest(reading, index)) && !denied
    ? { kind: "messenger", reason: "messenger.private_channel", first: index, last: index, certainty: "likely" }
    : undefined;
}

/** Messengers, social networks and accounts. @param taken tokens that are already part of an address. */
export function namesAndAccounts(reading: Reading, words: TaggedWords, mentions: readonly NameMention[], taken: Uint8Array): Match[] {
  const matches: Match[] = [];
  const named = new Uint8Array(reading.tokens.length);
  for (const mention of mentions) {
    named.fill(1, mention.first, mention.last + 1);
    if (taken[mention.first] === 1) continue;
    const match = ofMention(reading, words, mention) ?? besideContact(reading, mention, taken);
    if (match !== undefined) matches.push(match);
  }
  const mentioned = (at: number) => named.subarray(Math.max(0, at - 5), at).includes(1);
  for (let index = 0; index < reading.tokens.length; index += 1) {
    if (taken[index] === 1) continue;
    const match =
      handleAt(reading, words, index, mentioned) ??
      nickAt(reading, words, index) ??
      nickAskedAt(reading, words, index) ??
      pageAt(reading, words, index) ??
      pageInvitedAt(reading, words, index) ??
      bareAccountAt(reading, words, index) ??
      privateChannelAt(reading, words, index);
    if (match === undefined) continue;
    matches.push(match);
    index = match.last;
  }
  return matches;
}
