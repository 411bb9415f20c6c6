import type { Match } from "../match";
import { lexiconKey } from "../text/lexicon-key";
import type { Reading } from "../text/tokens";
import type { TaggedWords } from "../text/word-tags";
import { wordTest } from "../text/word-test";
import { endingOf } from "./domains";
import { isDotWord } from "./dots";

/** Addresses told aloud, where the words around the name leave no doubt: a path behind a spoken slash, "plus the usual gmail ending". */

const SLASH = wordTest(/^(?:slash|слеш|слэш|слешь|слэшь|косая|коса|bolu|taksim|egik)$/);
const MOST_LABELS = 4;

/** A word, or a row of words hung together by hyphens, that may be a name between dots. @returns its last token, or -1. */
function labelEnd({ tokens }: Reading, index: number): number {
  if (tokens[index]?.kind === "mark" || tokens[index] === undefined) return -1;
  let last = index;
  while (last < index + 10 && tokens[last + 1]?.gap === 0 && (tokens[last + 1]?.kind !== "mark" || /^[-_]$/.test(tokens[last + 1]?.text ?? ""))) last += 1;
  return last;
}

const GOES = wordTest(
  /^(?:visit|go|goto|look|lookup|browse|find|check|type|open|head|over|заидите|заходите|смотрите|откроите|наберите|вбеите|переидите|загляните|заидіть|відкриите|дивіться|наберіть|переидіть|шукаите|ищите)$/,
);
const ON = wordTest(/^(?:up|to|at|on|us|on|в|на|у|in)$/);
/** Dots that are seen, not said. */
const SEEN_DOTS = wordTest(/^(?:polka|echo|micro|quantum|pixel|single|black|white|green|blue|yellow|pink|laser|color|colour|connect|size|from|with|braille)$/);

/** "visit oaknest dot furniture", "зайдите на oaknest точка студио": a name told right behind the word to go there. */
export function spokenVisitAt(reading: Reading, index: number): Match | undefined {
  const { tokens, skeletons } = reading;
  const text = tokens[index]?.text ?? "";
  if (!isDotWord(skeletons[index + 1] ?? "") || !/^[a-z]{4,}$/.test(text) || SEEN_DOTS.test(text)) return undefined;
  let verb = index - 1;
  while (verb > index - 4 && ON.test(tokens[verb]?.text ?? "")) verb -= 1;
  const ending = tokens[index + 2];
  if (!GOES.test(tokens[verb]?.text ?? "") || ending?.kind !== "word" || ending.gap === 2) return undefined;
  const spoken = /^[а-яі]{3,}$/.test(ending.text);
  if (!spoken && (ending.text.length < 3 || endingOf(`${text}.${ending.text}`) === "none")) return undefined;
  return { kind: "link", reason: "link.dot_word", first: index, last: index + 2, certainty: "likely" };
}

/** "northfjord dot coffee slash wholesale": whatever the ending, since nobody speaks a path of anything else. */
export function spokenPathAt(reading: Reading, index: number): Match | undefined {
  const { tokens, skeletons } = reading;
  if ((tokens[index]?.text.length ?? 0) < 3 || tokens[index]?.gap === 0) return undefined;
  let last = labelEnd(reading, index);
  if (last < 0 || isDotWord(skeletons[index] ?? "")) return undefined;
  let dots = 0;
  while (dots < MOST_LABELS && isDotWord(skeletons[last + 1] ?? "")) {
    const next = labelEnd(reading, last + 2);
    if (next < 0) return undefined;
    last = next;
    dots += 1;
  }
  if (dots === 0 || !SLASH.test(tokens[last + 1]?.text ?? "")) return undefined;
  const path = /^(?:cizgi|черта|черточка|риска|риску|чертои)$/.test(tokens[last + 2]?.text ?? "") ? last + 3 : last + 2;
  if (tokens[path] === undefined || tokens[path]?.kind === "mark" || tokens[path]?.gap === 2) return undefined;
  return { kind: "link", reason: "link.dot_word", first: index, last: path, certainty: "certain" };
}

const keys = (words: string) => new Set(words.split(" ").map(lexiconKey));
const MAILS = keys(
  "gmail гмейл гмаил гмайл гмейле гмейлом джимейл джимейле джимейла джимейлу джимейлом гмейла гмайла гмейлу джимаил жмейл hotmail хотмейл outlook аутлук icloud айклауд yahoo rambler рамблер protonmail gmailin",
);
const BETWEEN = keys(
  "plus плюс and и і та ve then потом потім дальше далі with с з the a an usual обычное обычная обычный обычного обычной звичайного звичайне обычном звичайне звичайна звичайний звичайному звичайній стандартное стандартная стандартный стандартне standard normal ordinary classic klasik bildiğiniz bilinen ile artı на в у on at окончание ending закінчення хвост tail rest остальное решта sonu sonuna devamı как everyone всех у всіх",
);
const MOST_BETWEEN = 7;

/** Where a mail service named at a token ends: "gmail", "g mail", "джи мейл". @returns -1 when none is. */
function mailEnd({ tokens, skeletons }: Reading, index: number): number {
  if (MAILS.has(skeletons[index] ?? "")) return index;
  const split = /^(?:g|г|джи|hot)$/.test(tokens[index]?.text ?? "") && /^(?:mail|меил|маил|мэил)$/.test(tokens[index + 1]?.text ?? "");
  return split ? index + 1 : -1;
}

/** "juniper.stitch plus the usual g mail ending": a box, and that the rest of it is what everybody's mail ends in. */
export function usualMailAt(reading: Reading, words: TaggedWords, index: number): Match | undefined {
  const { tokens } = reading;
  const end = mailEnd(reading, index);
  if (end < 0) return undefined;
  const at = boxBefore(reading, index);
  if (at < 0) return undefined;
  let first = at;
  while (first > at - 10 && tokens[first]?.gap === 0 && (tokens[first - 1]?.kind !== "mark" || /^[._-]$/.test(tokens[first - 1]?.text ?? ""))) first -= 1;
  const named = /^[a-z]{4,}$/.test(tokens[first]?.text ?? "") && (words.any(first - 5, first - 1, "mail") || isAddressBefore(reading, first));
  return first < at || named ? { kind: "email", reason: "email.at_word", first, last: end, certainty: "likely" } : undefined;
}

const isAddressBefore = ({ tokens }: Reading, first: number): boolean =>
  tokens.slice(Math.max(0, first - 4), first).some(({ text }) => /^(?:адрес|address|adres)/.test(text));

/** Where the box stands before "plus the usual", or -1. */
function boxBefore({ tokens, skeletons, sentence }: Reading, index: number): number {
  let at = index - 1;
  while (at > index - MOST_BETWEEN && (BETWEEN.has(skeletons[at] ?? "") || /^[,+—–-]$/.test(tokens[at]?.text ?? "")) && tokens[at]?.gap !== 0) at -= 1;
  // A comma is written tight behind the name it follows.
  if (/^[,+]$/.test(tokens[at]?.text ?? "")) at -= 1;
  return at !== index - 1 && sentence[at] === sentence[index] && /^[a-z]{2,}$|^\d+$/.test(tokens[at]?.text ?? "") ? at : -1;
}
