import type { Match } from "../match";
import { DIGIT_LIKE } from "../text/look-alike";
import type { Reading, Token } from "../text/tokens";
import type { TaggedWords } from "../text/word-tags";
import { numberContext } from "./context";
import { isBarePlan, phoneLikelihood } from "./phone-shape";

/** Phones whose digits are letters in many places at once (О5о3-З21.44.lO): groups that read as digits only together. */

/** Beyond what stands for a digit in a single group: letters that do so only where everything around is digits. */
const ALSO: Readonly<Record<string, string>> = { z: "2", "|": "1", "!": "1" };
const BETWEEN = /^[-‐‑–—._/\\()[\]*·•~]$/;
const MOST_GROUPS = 14;
const MOST_TRIMMED = 2;
const SHORTEST = 10;
const LONGEST = 12;

interface Group {
  readonly digits: string;
  readonly letters: string;
  readonly first: number;
  readonly last: number;
  /** Nothing but a mark stands between it and the group beside it. */
  readonly bound: boolean;
}

function digitsOf(token: Token): string | undefined {
  if (token.kind === "number") return token.text;
  let digits = "";
  for (const letter of token.text) {
    const digit = DIGIT_LIKE[letter] ?? ALSO[letter];
    if (digit === undefined || digits.length > LONGEST) return undefined;
    digits += digit;
  }
  return digits;
}

/** What is written tight from a token on, when all of it reads as digits. */
function groupAt({ tokens }: Reading, index: number): Group | undefined {
  let digits = "";
  let letters = "";
  let last = index - 1;
  for (let at = index; at < tokens.length && at < index + 2 * LONGEST; at += 1) {
    const token = tokens[at];
    if (token === undefined || (at > index && token.gap !== 0) || (token.kind === "mark" && BETWEEN.test(token.text))) break;
    const read = digitsOf(token);
    if (read === undefined) {
      if (token.kind === "mark" && at > index) break;
      return undefined;
    }
    digits += read;
    if (token.kind !== "number") letters += token.text;
    last = at;
  }
  return digits === "" || digits.length > LONGEST
    ? undefined
    : { digits, letters, first: index, last, bound: tokens[index]?.gap === 0 || (tokens[last + 1]?.gap === 0 && tokens[last + 2]?.gap === 0) };
}

/** The groups from a token on, with at most two marks between them. */
function rowAt(reading: Reading, index: number): Group[] {
  const row: Group[] = [];
  let at = index;
  while (row.length < MOST_GROUPS) {
    const group = reading.tokens[at]?.gap === 2 && row.length > 0 ? undefined : groupAt(reading, at);
    if (group === undefined) break;
    row.push(group);
    at = group.last + 1;
    for (let marks = 0; marks < 2 && BETWEEN.test(reading.tokens[at]?.text ?? "") && reading.tokens[at]?.gap !== 2; marks += 1) at += 1;
  }
  return row;
}

/** "в", "о" and "з" between spaces are words, unless every figure stands by itself. */
const isWord = ({ digits, letters, bound }: Group) => letters.length === 1 && digits.length === 1 && !bound;

function isMasked(groups: readonly Group[], digits: string): boolean {
  const letters = groups.map((group) => group.letters).join("");
  const figures = digits.length - letters.length;
  if (letters === "" || figures < 4 || figures * 5 < digits.length * 2) return false;
  const apart = groups.every((group) => group.digits.length === 1);
  return apart || !groups.some(isWord);
}

function phoneIn(reading: Reading, words: TaggedWords, row: readonly Group[]): Match | undefined {
  for (let from = 0; from <= Math.min(MOST_TRIMMED, row.length - 1); from += 1) {
    for (let to = row.length; to >= Math.max(from + 1, row.length - MOST_TRIMMED); to -= 1) {
      const match = phoneOf(reading, words, row.slice(from, to));
      if (match !== undefined) return match;
    }
  }
  return undefined;
}

function phoneOf(reading: Reading, words: TaggedWords, groups: readonly Group[]): Match | undefined {
  const digits = groups.map((group) => group.digits).join("");
  const [first, last] = [groups[0]?.first ?? 0, groups.at(-1)?.last ?? 0];
  if (digits.length < SHORTEST || digits.length > LONGEST || !isMasked(groups, digits)) return undefined;
  const writing = { digits, groups: groups.map((group) => group.digits.length), plus: false, bracket: false, disguised: true };
  if (phoneLikelihood(writing) === undefined) return undefined;
  const context = numberContext(reading, words, first, last);
  const hexadecimal = /^b+$/.test(groups.map((group) => group.letters).join(""));
  if (context !== "call" && (context !== "none" || !isBarePlan(digits) || hexadecimal)) return undefined;
  return { kind: "phone", reason: "phone.look_alike", first, last, certainty: context === "call" ? "certain" : "likely" };
}

/** Phones that are read only when letters count as digits throughout. @param taken tokens that are already part of a finding. */
export function maskedPhones(reading: Reading, words: TaggedWords, taken: Uint8Array): Match[] {
  const matches: Match[] = [];
  for (let index = 0; index < reading.tokens.length; ) {
    const token = reading.tokens[index];
    const before = reading.tokens[index - 1];
    const begins = token !== undefined && taken[index] !== 1 && (token.gap !== 0 || before === undefined || before.kind === "mark");
    const row = begins ? rowAt(reading, index) : [];
    const match = row.length === 0 ? undefined : phoneIn(reading, words, row);
    if (match !== undefined && taken.subarray(match.first, match.last + 1).includes(1) === false) matches.push(match);
    index = Math.max(index + 1, (row.at(-1)?.last ?? index) + 1);
  }
  return matches;
}
