import { everyMatch } from "../every-match";
import type { Match } from "../match";
import type { Stretch } from "../text/stretch";
import type { Reading } from "../text/tokens";
import type { TaggedWords } from "../text/word-tags";
import { wordTest } from "../text/word-test";
import { isWarning } from "./refusals";

/** A code for another shop that is called a word or put together in steps: "слово ZYMA, потім дві сімки, в тій крамниці, що на наліпці". */

const CODE_WORD = wordTest(
  /^(?:код|коду|кодом|слов[оауе]|словом|слівце|словечк\p{L}*|парол\p{L}*|шифр\p{L}*|фраз\p{L}*|code|word|password|phrase|passphrase|kod|kodu|kodunu|sifre\p{L}*|kelime\p{L}*|parola\p{L}*)$/u,
);
const SHOP = wordTest(/^(?:лавк\p{L}*|shop|store|storefront|listing|stall|outlet|dukkan\p{L}*|magaza\p{L}*|butik\p{L}*)$/u);
const OTHER = wordTest(
  /^(?:other|another|own|our|that|ту|тот|том|тои|тіи|тому|того|тоі|другом|другои|другого|іншіи|іншому|іншоі|нашем|нашеи|нашіи|нашому|нашого|нас|нашу|власніи|власному|власноі|собственном|собственнои|baska|diger|bizim|kendi|o)$/,
);
/** "що на наліпці", "printed on the card", "adı yazan": the shop is told by where its name stands. */
const WRITTEN = wordTest(
  /^(?:напечатан\p{L}*|написан\p{L}*|указан\p{L}*|надрукован\p{L}*|вказан\p{L}*|наліпц\p{L}*|наклеик\p{L}*|printed|written|named|yazan|yazili|basili)$/u,
);
const USED = wordTest(
  /^(?:введ\p{L}*|ввод\p{L}*|впиш\p{L}*|вписать|вбеи\p{L}*|назов\p{L}*|назв\p{L}*|действу\p{L}*|работает|діє|діють|працює|спрацює|works?|working|type|enter|use|apply|glue|say|mention|good|valid|gir\p{L}*|yaz\p{L}*|gecerli|soyle\p{L}*|kullan\p{L}*|calisir)$/u,
);
const GAIN = wordTest(
  /^(?:процент\p{L}*|відсот\p{L}*|percent|off|yuzde|минус|мінус|minus|indirim\p{L}*|скидк\p{L}*|знижк\p{L}*|discount|cheaper|дешевл\p{L}*|дешевш\p{L}*|бесплатн\p{L}*|безкоштовн\p{L}*|free|bedava|ucretsiz|less)$/u,
);
const THING = wordTest(
  /^(?:активац\p{L}*|activat\p{L}*|гарант\p{L}*|warranty|garanti\p{L}*|wifi|вайфай\p{L}*|ваифаи|роутер\p{L}*|router|сериин\p{L}*|серіин\p{L}*|serial|получени\p{L}*|отримання|выдач\p{L}*|видач\p{L}*|pickup|teslim\p{L}*|замк\p{L}*|чемодан\p{L}*|валіз\p{L}*|lock|kilit\p{L}*|блютуз|bluetooth|товара|товару|урун|urun|цвет\p{L}*|колір\p{L}*|кольор\p{L}*|renk|color|colour)$/u,
);
const HERE = wordTest(/^(?:тут|здесь|сюда|сюди|here|burada|buradan|buraya|burda)$/);
const WITHIN = 40;
const LEAST_SPELLED = 4;

const any = ({ tokens }: Reading, { first, last }: Stretch, test: { readonly test: (word: string) => boolean }): boolean => {
  for (let at = first; at <= last; at += 1) if (test.test(tokens[at]?.text ?? "")) return true;
  return false;
};

/** Capitals as they were typed, in one word or letter by letter, or a word in quotation marks. */
function codeIn({ tokens, folded }: Reading, { first, last }: Stretch): number {
  let single = 0;
  for (let at = first; at <= last; at += 1) {
    const token = tokens[at];
    if (token?.kind !== "word") continue;
    const written = folded.source.slice(folded.start[token.from] ?? 0, folded.end[token.to - 1] ?? 0);
    const capitals = /^\p{Lu}+$/u.test(written);
    if (capitals && written.length >= 4) return at;
    if (/^["«“„']$/.test(tokens[at - 1]?.text ?? "") && /^["»”“']$/.test(tokens[at + 1]?.text ?? "")) return at;
    if (capitals && written.length === 1) single += 1;
    if (single >= LEAST_SPELLED) return at;
  }
  return -1;
}

/** A shop that is not this one: another, our own, one by name, or "not here". */
function elsewhere(reading: Reading, words: TaggedWords, { first, last }: Stretch): number {
  const { tokens } = reading;
  for (let at = first; at <= last; at += 1) {
    const text = tokens[at]?.text ?? "";
    const denied = words.any(at - 3, at - 1, "negation") || tokens[at + 1]?.text === "degil";
    if (HERE.test(text) && denied) return at;
    if (words.has(at, "otherMarket")) return denied ? -1 : at;
    if (!(words.has(at, "site") || SHOP.test(text)) || denied || words.any(at - 1, at + 2, "marketplace")) continue;
    const other = [at - 3, at - 2, at - 1, at + 1].some((beside) => OTHER.test(tokens[beside]?.text ?? ""));
    if (other || any(reading, { first: at - 4, last: at + 6 }, WRITTEN) || words.has(at, "our")) return at;
  }
  return -1;
}

/** A marketplace named as the place where the code holds; "не на Розетці" is none. */
function holdsHere({ tokens }: Reading, words: TaggedWords, { first, last }: Stretch): boolean {
  for (let at = first; at <= last; at += 1)
    if (words.has(at, "marketplace") && !words.any(at - 3, at - 1, "negation") && tokens[at + 1]?.text !== "degil") return true;
  return false;
}

function builtCodeAt(reading: Reading, words: TaggedWords, index: number): Match | undefined {
  if (!CODE_WORD.test(reading.tokens[index]?.text ?? "")) return undefined;
  const around = { first: Math.max(0, index - WITHIN / 4), last: Math.min(reading.tokens.length - 1, index + WITHIN) };
  const code = codeIn(reading, { first: Math.max(0, index - 3), last: around.last });
  if (code < 0 || any(reading, around, THING) || isWarning(reading, around)) return undefined;
  const shop = elsewhere(reading, words, around);
  if (shop < 0 || holdsHere(reading, words, around)) return undefined;
  if (!any(reading, around, USED) && !any(reading, around, GAIN)) return undefined;
  const [first, last] = [Math.min(index, code), Math.max(index, code)];
  return { kind: "promo_code", reason: "promo_code.other_site", first, last, certainty: "likely" };
}

/** Every code of another shop that is called a word, or put together in steps. */
export function builtCodes(reading: Reading, words: TaggedWords): Match[] {
  return everyMatch(reading, (index) => builtCodeAt(reading, words, index));
}
