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
  if (isForbidden(reading, sentence) || isWarning(reading, sentence) || reading.tokens[first - 1]?.text === "no") return true;
  return hasTurkishNegation(reading, words, sentence) && !isOrderedBehind(reading, words, last, sentence.last);
}
