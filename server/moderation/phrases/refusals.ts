import type { Stretch } from "../text/stretch";
import type { Reading } from "../text/tokens";
import type { TaggedWords } from "../text/word-tags";
import { wordTest } from "../text/word-test";

const WARNS = wordTest(
  /^(?:никогда|ніколи|never|asla|мошенн\p{L}*|обман\p{L}*|шахра\p{L}*|scam\p{L}*|fraud\p{L}*|dolandir\p{L}*|незнаком\p{L}*|незнаиом\p{L}*|никому|нікому|kimse\p{L}*|adimiza|имени|імені|behalf|name)$/u,
);

/** "I never check this inbox", "сюда никогда не захожу": said of a place, no warning. */
const LOOKS_IN = wordTest(/^(?:check|look|read|answer|reply|open|захожу|читаю|отвечаю|смотрю|заходжу|відповідаю|дивлюсь|bakmam|bakmiyorum)$/);

const NAME = wordTest(/^(?:имени|імені|behalf|name)$/);
const BY_NAME = wordTest(/^(?:under|by|look|search|type|google)$/);

/** "от нашего имени", "in our name": somebody else who says to be the shop; "by our name" is how to look for it. */
const isInOurName = ({ tokens }: Reading, at: number): boolean =>
  /^(?:нашего|нашого|our)$/.test(tokens[at - 1]?.text ?? "") && !BY_NAME.test(tokens[at - 2]?.text ?? "");

/** Whether a sentence warns of what it names, or says that the shop never does it. */
export function isWarning(reading: Reading, { first, last }: Stretch): boolean {
  for (let at = first; at <= last; at += 1) {
    const text = reading.tokens[at]?.text ?? "";
    if (!WARNS.test(text) || (NAME.test(text) && !isInOurName(reading, at))) continue;
    if (![at + 1, at + 2].some((behind) => LOOKS_IN.test(reading.tokens[behind]?.text ?? ""))) return true;
  }
  return false;
}

/** "не переводите", "don't pay": the word right before denies it. */
export function isDeniedVerb(words: TaggedWords, verb: number): boolean {
  return words.any(verb - 2, verb - 1, "negation");
}
