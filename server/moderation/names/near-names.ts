import { lexiconKey } from "../text/lexicon-key";
import { exactName, type Network, namedBy } from "./networks";

/** Long names with one letter wrong, missing, doubled or out of place: телегарм, watsapp, instargam. */

const LONG_NAMES = "telegram телеграм whatsapp instagram инстаграм інстаграм facebook фейсбук вконтакте".split(" ").map(lexiconKey);
/** One letter from a name, and a word of its own. */
const WORDS_OF_THEIR_OWN = /^(?:телеграф|telegraf|telegrap|lnstagrap)/;
const LONGEST = 16;
const SHORTEST = 7;

function shortened(word: string): string[] {
  const found = [word];
  for (let at = 0; at < word.length; at += 1) found.push(word.slice(0, at) + word.slice(at + 1));
  return found;
}

const byShortened = new Map<string, Set<string>>();
for (const name of LONG_NAMES) for (const form of shortened(name)) byShortened.set(form, (byShortened.get(form) ?? new Set()).add(name));
const firstLetters = new Set(LONG_NAMES.map((name) => name.charAt(0)));

/** Whether one exchange, loss, gain or swap of neighbours makes one word of the other. */
function isOneStep(left: string, right: string): boolean {
  let begin = 0;
  while (begin < left.length && begin < right.length && left.charAt(begin) === right.charAt(begin)) begin += 1;
  const [a, b] = [left.slice(begin), right.slice(begin)];
  if (a.slice(1) === b.slice(1) || a.slice(1) === b || a === b.slice(1)) return true;
  return a.charAt(0) === b.charAt(1) && a.charAt(1) === b.charAt(0) && a.slice(2) === b.slice(2);
}

const MOST_REMEMBERED = 5_000;
const answers = new Map<string, Network | undefined>();

function lookUp(core: string): Network | undefined {
  for (const form of shortened(core)) {
    for (const name of byShortened.get(form) ?? []) if (isOneStep(core, name)) return namedBy(name) ?? exactName(name);
  }
  return undefined;
}

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
  if (answers.has(key)) return answers.get(key);
  let found: Network | undefined;
  for (let cut = 0; cut <= 3 && found === undefined && key.length - cut >= SHORTEST; cut += 1) {
    if (cut === 0 || /^(?:[аеуиоi]|ом|ам|dan|den|tan|ten|да|de|da|l)$/.test(key.slice(key.length - cut))) found = lookUp(key.slice(0, key.length - cut));
  }
  if (answers.size >= MOST_REMEMBERED) answers.clear();
  answers.set(key, found);
  return found;
}
