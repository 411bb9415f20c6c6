import type { Match } from "../match";
import type { Reading } from "../text/tokens";
import type { TaggedWords } from "../text/word-tags";
import { wordTest } from "../text/word-test";
import type { Atom } from "./atoms";

/** A phone told in pieces with words for where each goes: "start with 0532, in the middle 111, and 22 33 at the end; I'll pick up". */

const BEGINS = wordTest(
  /^(?:сначала|сперва|вначале|начал\p{L}*|первы\p{L}*|начина\p{L}*|спочатку|спершу|початок|починає\p{L}*|перші|start|starts|begin|begins|take|first|basi|basta|once|ilk|baslar|baslayan)$/u,
);
const GOES_ON = wordTest(
  /^(?:потом|затем|далее|дальше|после|середин\p{L}*|потім|далі|тоді|then|next|after|middle|sonra|ortasi|ortada|ortasinda|ardindan|stick|add)$/u,
);
const ENDS = wordTest(
  /^(?:конце|конец|напоследок|последни\p{L}*|заканчива\p{L}*|кінці|кінець|наприкінці|останні\p{L}*|закінчу\p{L}*|end|ends|ending|finish|finally|last|sonu|sonunda|sonda|biter)$/u,
);
const ANSWERS = wordTest(
  /^(?:отвечу|ответит|возьму|трубк\p{L}*|відповім|відповість|візьму|слухавк\p{L}*|pick|answer|text|ring|call|dial|phone|arayin|cevirin|acarim|cevapl\p{L}*)$/u,
);
/** What a row of figures is of, when it is of a thing. */
const OF_THING = wordTest(
  /^(?:см|мм|cm|mm|шт|штук\p{L}*|adet|дн[яеі]\p{L}*|day|days|gun|час\p{L}*|hours?|saat|мин\p{L}*|хв\p{L}*|minutes?|dakika|градус\p{L}*|pin|пин|пін|замк\p{L}*|lock|kilit\p{L}*|wifi|активац\p{L}*)$/u,
);
const WITHIN = 45;
const SHORTEST = 9;
const LONGEST = 13;
const LONGEST_PIECE = 4;
const LEAST_PIECES = 3;

interface Around {
  readonly kinds: number;
  readonly area: boolean;
  readonly answered: boolean;
}

/** What the words around the pieces say, the sentence behind them included. */
function wordsAround({ tokens, sentence }: Reading, words: TaggedWords, first: number, last: number): Around | undefined {
  let [begins, goesOn, ends, area, answered] = [false, false, false, false, false];
  for (let at = Math.max(0, first - 4); at <= last + 10; at += 1) {
    const text = tokens[at]?.text;
    if (text === undefined || (sentence[at] ?? 0) > (sentence[last] ?? 0) + 1) break;
    if (OF_THING.test(text) || words.has(at, "money") || words.has(at, "identifier")) return undefined;
    begins ||= at <= last && BEGINS.test(text);
    goesOn ||= at <= last && GOES_ON.test(text);
    ends ||= at <= last && ENDS.test(text);
    area ||= text === "area" && tokens[at + 1]?.text === "code";
    answered ||= ANSWERS.test(text) || words.has(at, "call");
  }
  return { kinds: Number(begins) + Number(goesOn) + Number(ends), area, answered };
}

/** How a phone begins: with its zero, its eight or seven, its mobile code. */
const BEGINNING = /^(?:0\d{1,3}|[78]|[78]9\d\d|9\d\d|38|380\d{0,2})$/;
const AREA_AND_NUMBER = 10;
const CLOSE = 4;

/** Whether the pieces begin, or are as many, as a phone's: "646, then 555, 01 and 75" has ten figures, none of them round. */
function isPhoneLike(pieces: readonly Atom[], area: boolean): boolean {
  const digits = pieces.map((piece) => piece.digits);
  if (area || BEGINNING.test(digits[0] ?? "")) return true;
  return digits.join("").length === AREA_AND_NUMBER && digits[0]?.length === 3 && digits.every((piece) => !piece.endsWith("00"));
}

/** The pieces from one on that make a phone together, the most of them. */
function piecesFrom(reading: Reading, words: TaggedWords, atoms: readonly Atom[], from: number): Match | undefined {
  const first = atoms[from]?.first ?? 0;
  let [digits, to, end] = [0, from, -1];
  for (; to < atoms.length && to < from + LONGEST; to += 1) {
    const atom = atoms[to];
    if (atom === undefined || atom.last - first > WITHIN || atom.digits.length > LONGEST_PIECE) break;
    if (end >= 0 && atom.first - (atoms[to - 1]?.last ?? 0) > CLOSE) break;
    digits += atom.digits.length;
    if (digits > LONGEST) break;
    if (digits >= SHORTEST && to - from + 1 >= LEAST_PIECES) end = to;
  }
  const last = atoms[end]?.last;
  if (last === undefined) return undefined;
  const around = wordsAround(reading, words, first, last);
  if (around === undefined || !around.answered || !(around.kinds >= 2 || around.area)) return undefined;
  if (!isPhoneLike(atoms.slice(from, end + 1), around.area)) return undefined;
  return { kind: "phone", reason: "phone.in_context", first, last, certainty: "likely" };
}

/** Phones told in pieces. @param atoms those that no other finding has. */
export function piecedPhones(reading: Reading, words: TaggedWords, atoms: readonly Atom[]): Match[] {
  const matches: Match[] = [];
  let behind = -1;
  atoms.forEach((atom, from) => {
    const found = atom.first > behind ? piecesFrom(reading, words, atoms, from) : undefined;
    if (found === undefined) return;
    matches.push(found);
    behind = found.last;
  });
  return matches;
}
