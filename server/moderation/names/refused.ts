import { isWarning } from "../phrases/refusals";
import { lexiconKey } from "../text/lexicon-key";
import type { Stretch } from "../text/stretch";
import type { Reading } from "../text/tokens";
import type { TaggedWords } from "../text/word-tags";
import { wordTest } from "../text/word-test";

/** Whether a sentence that names a network says that one may not, or that the shop does not. */

const FORBIDS = new Set(
  "yasaktir yasaktır нельзя невозможно запрещено запрещены запрещает запрещают заборонено забороняє заборонені yasak prohibited forbidden allowed"
    .split(" ")
    .map(lexiconKey),
);

/** "запрещено", "not allowed". */
export function isForbidden(reading: Reading, { first, last }: Stretch): boolean {
  for (let at = first; at <= last; at += 1) {
    const key = reading.skeletons[at] ?? "";
    if (FORBIDS.has(key) && (key !== lexiconKey("allowed") || /^(?:not|n)/.test(reading.tokens[at - 1]?.text ?? ""))) return true;
  }
  return false;
}

const PRETENDS = wordTest(
  /^(?:pretend\p{L}*|imperson\p{L}*|impost\p{L}*|fake|phishing|выдае\p{L}*|прикидыва\p{L}*|представля(?:ется|лся|лась|ются)|представил\p{L}*|лже\p{L}*|фейк\p{L}*|феик\p{L}*|поддельн\p{L}*|видає|прикида\p{L}*|підробк\p{L}*|підроблен\p{L}*|фальшив\p{L}*|taklit\p{L}*|sahte\p{L}*|taklid\p{L}*)$/u,
);
/** "that wasn't us", "это не мы", "це не ми вам писали", "o biz değiliz". */
function isNotUs({ tokens }: Reading, at: number): boolean {
  const [text, next, then] = [tokens[at]?.text ?? "", tokens[at + 1]?.text ?? "", tokens[at + 2]?.text ?? ""];
  if (/^(?:wasnt|isnt|not)$/.test(text) && /^(?:us|me|ours)$/.test(next)) return true;
  if (text === "не" && /^(?:мы|ми|я|наш|наша|наше|наші|наши)$/.test(next)) return !/^(?:одни|только|тільки|сам\p{L}*)$/u.test(then);
  return /^biz(?:im|e|den)?$/.test(text) && /^degil/.test(next);
}

const ACCOUNT = wordTest(
  /^(?:accounts?|pages?|profiles?|groups?|channels?|socials?|presence|аккаунт\p{L}*|акаунт\p{L}*|страниц\p{L}*|сторін\p{L}*|групп\p{L}*|груп\p{L}*|канал\p{L}*|профил\p{L}*|профіл\p{L}*|соцсет\p{L}*|соцмереж\p{L}*|hesab\p{L}*|sayfa\p{L}*|grub\p{L}*|kanal\p{L}*)$/u,
);
const HAVE_NONE = wordTest(/^(?:нет|немає|нема|нету|yok\p{L}*|dont|havent|no|never|не|без|arent|isnt|olmayan)$/u);

/** "We don't have an account on Instagram", "группы в ВК у нас нет", "Instagram hesabımız yok": a page that does not exist. */
function hasNoPage({ tokens, clause }: Reading, { first }: Stretch): boolean {
  for (let at = first - REACH; at <= first + REACH; at += 1) {
    if (clause[at] !== clause[first] || !ACCOUNT.test(tokens[at]?.text ?? "")) continue;
    for (let beside = at - REACH; beside <= at + REACH; beside += 1)
      if (clause[beside] === clause[first] && HAVE_NONE.test(tokens[beside]?.text ?? "")) return true;
  }
  return false;
}

const REACH = 5;

/** Whether the sentence says that whoever is there is not the shop. */
function isDisowned(reading: Reading, { first, last }: Stretch): boolean {
  for (let at = first; at <= last; at += 1) if (PRETENDS.test(reading.tokens[at]?.text ?? "") || isNotUs(reading, at)) return true;
  return false;
}

/** "yazmıyoruz", "kullanmayın". */
export function hasTurkishNegation(reading: Reading, words: TaggedWords, { first, last }: Stretch): boolean {
  for (let at = first; at <= last; at += 1)
    if (words.has(at, "negation") && /(?:m[iu]yor|m[ae]y[ie]n|m[ae]z|[ae]m[ai]y)/.test(reading.tokens[at]?.text ?? "")) return true;
  return false;
}

const TURKISH_ORDER = wordTest(
  /^(?:yazin|yazabil\p{L}*|atin|atabil\p{L}*|ulasin|ulasabil\p{L}*|gonderin|gonderebil\p{L}*|arayin|ekleyin|bulun|bakin|gelin|katilin)$/u,
);

/** "video yüklenmiyor telegramdan atın": the verb of a Turkish name comes behind it, and this one denies nothing. */
function isOrderedBehind(reading: Reading, words: TaggedWords, from: number, last: number): boolean {
  for (let at = from + 1; at <= Math.min(last, from + 6); at += 1) {
    if (words.has(at, "negation")) return false;
    if (TURKISH_ORDER.test(reading.tokens[at]?.text ?? "")) return true;
  }
  return false;
}

/** Whether the sentence forbids what it names, warns of it, or says that the shop does not do it. */
export function isRefused(reading: Reading, words: TaggedWords, { first, last }: Stretch, sentence: Stretch): boolean {
  if (isDisowned(reading, sentence) || hasNoPage(reading, { first, last })) return true;
  if (isForbidden(reading, sentence) || isWarning(reading, sentence) || reading.tokens[first - 1]?.text === "no") return true;
  return hasTurkishNegation(reading, words, sentence) && !isOrderedBehind(reading, words, last, sentence.last);
}
