import { DIGIT_LIKE, scriptOf } from "../text/look-alike";
import type { Reading, Token } from "../text/tokens";
import { wordTest } from "../text/word-test";
import { gluedNumberWords, type NumberWord, numberWord, pluralDigit, repeatWord } from "./number-words";

/** A group of digits as a reader would dial it, whether written in digits, in words, or in letters that look like digits. */
export interface Atom {
  readonly digits: string;
  /** Tokens, both included. */
  readonly first: number;
  readonly last: number;
  readonly form: "digits" | "words" | "fancy" | "letters";
}

/** Turns a sequence of number words into digit groups: девятьсот шестнадцать → 916; beş yüz otuz iki → 532. Pure. */
export class WordGroup {
  private value = 0;
  private rank = 4;
  private size = 0;

  /** Whether the word continues this number; false means that a new group begins with it. */
  take(word: NumberWord): boolean {
    const rank = { unit: 1, teen: 1, ten: 2, hundred: 3, times100: 3, times1000: 4 }[word.rank];
    if (word.rank === "times1000") {
      if (this.value >= 1_000) return false;
      this.value = (this.value === 0 ? 1 : this.value) * 1_000;
    } else if (word.rank === "times100") {
      if (this.size === 0) this.value = 100;
      else if (this.size === 1 && this.value > 0 && this.value < 10) this.value *= 100;
      else return false;
    } else if (this.size === 0) this.value = word.value;
    else if (this.continues(word, rank)) this.value += word.value;
    else return false;
    this.size += 1;
    // "ten" of Turkish takes a unit after it: on beş.
    this.rank = word.rank === "teen" && word.language === "tr" ? 2 : rank;
    if (word.value === 0) this.rank = 0;
    return true;
  }

  private continues(word: NumberWord, rank: number): boolean {
    // "тридцать восемнадцать" is 30 and 18: a teen follows hundreds only.
    return word.value > 0 && this.rank > (word.rank === "teen" ? 2 : rank) && this.value > 0;
  }

  get digits(): string {
    return String(this.value);
  }
}

function groups(words: readonly NumberWord[]): string {
  let result = "";
  let group = new WordGroup();
  for (const word of words) {
    if (group.take(word)) continue;
    result += group.digits;
    group = new WordGroup();
    group.take(word);
  }
  return result + group.digits;
}

const FANCY_ENOUGH = 1;

function numberAtom(reading: Reading, token: Token, index: number): Atom {
  const { fancy } = reading.folded;
  let dressed = 0;
  for (let at = token.from; at < token.to; at += 1) dressed += fancy[at] ?? 0;
  return { digits: token.text, first: index, last: index, form: dressed >= FANCY_ENOUGH && !superscript(reading, token, index) ? "fancy" : "digits" };
}

/** м², 10⁵: an exponent or a footnote, written tight after something else. */
function superscript(reading: Reading, token: Token, index: number): boolean {
  return token.gap === 0 && token.text.length < 3 && reading.tokens[index - 1]?.kind === "word";
}

function readLetters(text: string): string | undefined {
  let digits = "";
  for (const letter of text) {
    const digit = DIGIT_LIKE[letter];
    if (digit === undefined) return undefined;
    digits += digit;
  }
  return digits;
}

/** Digits with letters among them that look like digits: O67, l23, 89I23456789. From the clump's first token; undefined when it is anything else. */
function letterAtom(reading: Reading, index: number): Atom | undefined {
  const { tokens } = reading;
  let digits = "";
  let letters = 0;
  let last = index;
  for (let at = index; at < tokens.length && at < index + 24; at += 1) {
    const token = tokens[at];
    if (token === undefined || token.kind === "mark" || (at > index && token.gap !== 0)) break;
    const read = token.kind === "number" ? token.text : readLetters(token.text);
    if (read === undefined) return undefined;
    digits += read;
    if (token.kind === "word") letters += read.length;
    last = at;
  }
  if (letters === 0 || digits.length < 2 || isUnit(reading, index, last)) return undefined;
  const enough = digits.length > letters || isOnlyLetters(reading, index, last, letters === digits.length);
  return enough ? { digits, first: index, last, form: isHexadecimal(reading, index, last) ? "digits" : "letters" } : undefined;
}

/** Letters alone: of two scripts mixed (ЧS б7), or hung on to a number by a dash (214-77-Ol). */
function isOnlyLetters({ tokens }: Reading, first: number, last: number, only: boolean): boolean {
  const begin = tokens[first];
  if (!only || first !== last || begin === undefined || begin.text.length > 4) return false;
  if (scriptOf(begin.text) === "mixed") return true;
  const hungOn = (mark: number, beyond: number) => tokens[mark]?.text === "-" && tokens[beyond]?.kind === "number" && tokens[mark]?.gap === 0;
  return /^[oоilі]+$/.test(begin.text) && ((begin.gap === 0 && hungOn(first - 1, first - 2)) || (tokens[first + 2]?.gap === 0 && hungOn(first + 1, first + 2)));
}

/** "9O3-77l-22": between two dashes with figures beyond. */
function isHungBetween(tokens: readonly Token[], first: number, last: number): boolean {
  const dash = (at: number) => tokens[at]?.text === "-" && tokens[at]?.gap === 0;
  return dash(first - 1) && dash(last + 1) && tokens[first]?.gap === 0 && tokens[last + 2]?.gap === 0 && tokens[last + 2]?.kind === "number";
}

/** 64GB, 10l, 20s: a short number and its unit. */
function isUnit({ tokens }: Reading, first: number, last: number): boolean {
  // "74б 2O 9l": beside other figures a letter is one too.
  const beside = tokens[first - 1]?.kind === "number" || /^[oо]$/.test(tokens[first - 1]?.text ?? "") || tokens[last + 1]?.kind === "number";
  if (beside && tokens[last]?.text.length === 1) return false;
  if (isHungBetween(tokens, first, last)) return false;
  return last === first + 1 && (tokens[first]?.text.length ?? 0) <= 4 && /^(?:l|s|g|gb|b|lb|в|б)$/.test(tokens[last]?.text ?? "");
}

/** 954b8997: figures of a hexadecimal name, unless other letters say that letters stand for digits. */
function isHexadecimal({ tokens }: Reading, first: number, last: number): boolean {
  for (let at = first; at <= last; at += 1) if (tokens[at]?.kind === "word" && !/^b+$/.test(tokens[at]?.text ?? "")) return false;
  return true;
}

/** "8 9 О 5": one letter between two single figures. */
function loneLetter(reading: Reading, index: number): Atom | undefined {
  const text = reading.tokens[index]?.text ?? "";
  // "947 ЗО 52"
  const isNumber = (at: number) => reading.tokens[at]?.kind === "number";
  if (/^(?=.*[oо])[oоilіз]{2,3}$/.test(text) && isNumber(index - 1) && isNumber(index + 1))
    return { digits: [...text].map((letter) => DIGIT_LIKE[letter] ?? "").join(""), first: index, last: index, form: "letters" };
  const digit = DIGIT_LIKE[text];
  const isFigure = (at: number) => reading.tokens[at]?.kind === "number" && reading.tokens[at]?.text.length === 1;
  return digit !== undefined && isFigure(index - 1) && isFigure(index + 1) ? { digits: digit, first: index, last: index, form: "letters" } : undefined;
}

interface Spelled {
  readonly atom: Atom;
}

function repeated(reading: Reading, index: number): Spelled | undefined {
  const count = repeatWord(reading.skeletons[index] ?? "");
  if (count === undefined) return undefined;
  const at = reading.tokens[index + 1]?.text === "-" ? index + 2 : index + 1;
  const next = reading.tokens[at];
  if (next === undefined) return undefined;
  const digit = next.kind === "number" && next.text.length === 1 ? next.text : unitDigit(reading.skeletons[at] ?? "");
  return digit === undefined ? undefined : { atom: { digits: digit.repeat(count), first: index, last: at, form: "words" } };
}

function unitDigit(key: string): string | undefined {
  const plural = pluralDigit(key);
  const word = numberWord(key);
  if (word?.rank === "unit") return String(word.value);
  return plural === undefined ? undefined : String(plural);
}

/** "два нуля", "2 нуля", "три семёрки". */
function counted(reading: Reading, index: number): Spelled | undefined {
  const digit = pluralDigit(reading.skeletons[index + 1] ?? "");
  if (digit === undefined) return undefined;
  const token = reading.tokens[index];
  const count = token?.kind === "number" ? Number(token.text) : numberWord(reading.skeletons[index] ?? "")?.value;
  if (count === undefined || count < 2 || count > 4) return undefined;
  return { atom: { digits: String(digit).repeat(count), first: index, last: index + 1, form: "words" } };
}

/** A common word (on, bir) is a number only beside a number word of its language, or between two figures. */
function isNumberHere(reading: Reading, index: number, word: NumberWord): boolean {
  if (word.misspelt === true) return isSpelledBeside(reading, index);
  if (!word.common) return true;
  if (reading.tokens[index - 1]?.kind === "number" && reading.tokens[index + 1]?.kind === "number") return true;
  const beyond = (step: number) => (reading.tokens[index + step]?.kind === "mark" && reading.tokens[index + step]?.gap === 0 ? index + 2 * step : index + step);
  return [beyond(-1), beyond(1)].some((at) => {
    const beside = numberWord(reading.skeletons[at] ?? "");
    return beside !== undefined && beside.language === word.language;
  });
}

/** Whether a word that is spelled right says a number right before or behind. */
function isSpelledBeside({ tokens, skeletons }: Reading, index: number): boolean {
  const behind = tokens[index + 1]?.text === "-" ? index + 2 : index + 1;
  return [index - 1, behind].some((at) => {
    const beside = numberWord(skeletons[at] ?? "");
    return (beside !== undefined && beside.misspelt !== true) || (tokens[at]?.kind === "number" && tokens[index - 1]?.kind !== "mark");
  });
}

/** "doksan beş yüz" is 90 and 500: nobody counts ninety-five hundreds. */
function beginsHundreds(reading: Reading, index: number, word: NumberWord): boolean {
  return word.language === "tr" && word.rank === "unit" && numberWord(reading.skeletons[index + 1] ?? "")?.rank === "times100";
}

const TIMES = wordTest(/^(?:раза|рази|разу|kere|kez|defa|times)$/);
const OF_THEM = wordTest(/^(?:по|of)$/);

/** "два раза по двадцать два", "iki kere yirmi iki", "twenty two twice": a group said once and dialled several times. */
function saidTimes(reading: Reading, index: number): Atom | undefined {
  const count = numberWord(reading.skeletons[index] ?? "")?.value ?? Number(reading.tokens[index]?.text);
  if (!(count >= 2 && count <= 4) || !TIMES.test(reading.tokens[index + 1]?.text ?? "")) return undefined;
  const at = OF_THEM.test(reading.tokens[index + 2]?.text ?? "") ? index + 3 : index + 2;
  const token = reading.tokens[at];
  const group = token?.kind === "number" && token.text.length < 4 ? { digits: token.text, last: at } : spelledGroup(reading, at);
  return group === undefined ? undefined : { digits: group.digits.repeat(count), first: index, last: group.last, form: "words" };
}

function spelled(reading: Reading, index: number): Atom | undefined {
  const special = repeated(reading, index) ?? counted(reading, index);
  if (special !== undefined) return special.atom;
  const key = reading.skeletons[index] ?? "";
  const glued = gluedNumberWords(key);
  if (glued !== undefined && numberWord(key) === undefined) return { digits: groups(glued), first: index, last: index, form: "words" };
  const group = spelledGroup(reading, index);
  if (group === undefined) return undefined;
  const twice = reading.tokens[group.last + 1]?.text === "twice";
  return { digits: twice ? group.digits.repeat(2) : group.digits, first: index, last: twice ? group.last + 1 : group.last, form: "words" };
}

/** "twenty-one": English writes tens and units with a hyphen. */
function isHyphen({ tokens, skeletons }: Reading, at: number, index: number): boolean {
  if (tokens[at]?.text !== "-" || at === index || tokens[at]?.gap !== 0 || tokens[at + 1]?.gap !== 0) return false;
  const ten = numberWord(skeletons[at - 1] ?? "");
  return ten?.rank === "ten" && ten.language === "en" && numberWord(skeletons[at + 1] ?? "")?.rank === "unit";
}

/** The number that begins at a token, in words. */
function spelledGroup(reading: Reading, index: number): { readonly digits: string; readonly last: number } | undefined {
  const group = new WordGroup();
  let last = index - 1;
  for (let at = index; at < index + 8; at += 1) {
    if (isHyphen(reading, at, index)) continue;
    const word = numberWord(reading.skeletons[at] ?? "");
    const token = reading.tokens[at];
    if (word === undefined || token === undefined || (at > index && (token.gap === 2 || token.from - (reading.tokens[at - 1]?.to ?? 0) > 3))) break;
    if (!isNumberHere(reading, at, word) || (at > index && beginsHundreds(reading, at, word)) || !group.take(word)) break;
    last = at;
  }
  return last < index ? undefined : { digits: group.digits, last };
}

/** All digit groups of a text, in order. */
export function atomsOf(reading: Reading): Atom[] {
  const atoms: Atom[] = [];
  for (let index = 0; index < reading.tokens.length; ) {
    const atom = atomAt(reading, index);
    if (atom !== undefined) atoms.push(atom);
    index = atom === undefined ? index + 1 : atom.last + 1;
  }
  return atoms;
}

/** The digit group that begins at a token. */
export function atomAt(reading: Reading, index: number): Atom | undefined {
  const token = reading.tokens[index];
  if (token === undefined || token.kind === "mark") return undefined;
  const before = reading.tokens[index - 1];
  const startsClump = token.gap !== 0 || before === undefined || before.kind === "mark";
  if (startsClump) {
    const letters = letterAtom(reading, index);
    if (letters !== undefined) return letters;
  }
  const times = saidTimes(reading, index);
  if (times !== undefined) return times;
  const alone = loneLetter(reading, index);
  if (alone !== undefined) return alone;
  if (token.kind === "number") return counted(reading, index)?.atom ?? numberAtom(reading, token, index);
  return spelled(reading, index);
}
