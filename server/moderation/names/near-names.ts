import { lexiconKey } from "../text/lexicon-key";
import { NearWords } from "../text/near-words";
import { exactName, type Network, namedBy } from "./networks";

/** Long names with one letter wrong, missing, doubled or out of place: телегарм, watsapp, instargam. */

const LONG_NAMES = "telegram телеграм whatsapp instagram инстаграм інстаграм facebook фейсбук вконтакте".split(" ").map(lexiconKey);
/** One letter from a name, and a word of its own. */
const WORDS_OF_THEIR_OWN = /^(?:телеграф|telegraf|telegrap|lnstagrap)/;
const LONGEST = 16;
const SHORTEST = 7;

const near = new NearWords(LONG_NAMES);
const firstLetters = new Set(LONG_NAMES.map((name) => name.charAt(0)));

/** Names that people who never saw them written spell as they hear them: воцап, уатцап, wasap, тилиграм, вайбир. Folded text. */
const BY_EAR: readonly (readonly [RegExp, string])[] = [
  [/^(?:в|вв|у)[ао]т?[сцзч]{1,2}[аяе]пп?(?:ик|чик)?(?:[аеуиі]|ом)?$/, "whatsapp"],
  [/^(?:w|v|vv|u)h?[ao]t?[csz]{1,2}h?[ae]pp?(?:ik|im|[iu]m[iu]z)?(?:[dt][ae]n?|[iu])?$/, "whatsapp"],
  [/^[wv]h?at[sz]{1,2}ab[aiu]$/, "whatsapp"],
  [/^т[еи]л[еи]гр[ао]м(?:[аеуиі]|ом)?$/, "телеграм"],
  [/^ва[иі]б[еэи]р{1,2}(?:ик|чик|ок)?(?:[аеуиі]|ом)?$/, "viber"],
];

/** @param text a folded word. */
export function nameByEar(text: string): Network | undefined {
  if (text.length < 5 || text.length > LONGEST) return undefined;
  const heard = BY_EAR.find(([pattern]) => pattern.test(text));
  return heard === undefined ? undefined : namedBy(lexiconKey(heard[1]));
}

/** The network somebody meant by a misspelt word, with or without the ending of a case. @param key skeleton of a whole word. */
export function nearName(key: string): Network | undefined {
  if (key.length < SHORTEST || key.length > LONGEST || !firstLetters.has(key.charAt(0)) || WORDS_OF_THEIR_OWN.test(key)) return undefined;
  for (let cut = 0; cut <= 3 && key.length - cut >= SHORTEST; cut += 1) {
    if (cut > 0 && !/^(?:[аеуиоi]|ом|ам|dan|den|tan|ten|да|de|da|l)$/.test(key.slice(key.length - cut))) continue;
    const name = near.find(key.slice(0, key.length - cut));
    if (name !== undefined) return namedBy(name) ?? exactName(name);
  }
  return undefined;
}
