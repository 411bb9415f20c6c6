import { type Folded, fold } from "./fold";
import { skeleton } from "./look-alike";
import { unmasked } from "./masked-words";

/** A word (letters, apostrophes inside left out), a number (digits) or one mark. */
export interface Token {
  readonly kind: "word" | "number" | "mark";
  /** Folded text. */
  readonly text: string;
  /** Offsets in the folded text. */
  readonly from: number;
  readonly to: number;
  /** What stands before it: nothing, spaces, or a new line. */
  readonly gap: 0 | 1 | 2;
}

/** A text taken apart once; every detector reads this. */
export interface Reading {
  readonly folded: Folded;
  readonly tokens: readonly Token[];
  /** For each token, the number of its sentence; sentences end at . ! ? ; before a space, and at new lines. */
  readonly sentence: Uint32Array;
  /** For each token, the number of its clause: a sentence, or a part of it between commas, dashes, colons and brackets. */
  readonly clause: Uint32Array;
  /** For each token that is a word, its skeleton; "" for others. */
  readonly skeletons: readonly string[];
}

const LETTER = /^\p{L}$/u;
const APOSTROPHES = new Set(["'", "’", "ʼ", "`", "‘", "ʹ", "´", "′"]);
const letters = new Map<string, boolean>();

/** Whether one UTF-16 unit of folded text is a letter; halves of pairs (emoji, rare scripts) are not. */
export function isLetter(unit: string): boolean {
  const before = letters.get(unit);
  if (before !== undefined) return before;
  const found = LETTER.test(unit);
  letters.set(unit, found);
  return found;
}

export function isDigit(unit: string): boolean {
  return unit >= "0" && unit <= "9" && unit.length === 1;
}

function wordAt(text: string, from: number): { readonly to: number; readonly word: string } {
  let to = from;
  let word = "";
  while (to < text.length) {
    const unit = text.charAt(to);
    if (isLetter(unit)) word += unit;
    else if (!(APOSTROPHES.has(unit) && isLetter(text.charAt(to + 1)))) break;
    to += 1;
  }
  return { to, word };
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let gap: 0 | 1 | 2 = 2;
  for (let at = 0; at < text.length; ) {
    const unit = text.charAt(at);
    if (unit === " " || unit === "\n") {
      gap = unit === "\n" || gap === 2 ? 2 : 1;
      at += 1;
      continue;
    }
    let to = at + 1;
    if (isDigit(unit)) {
      while (to < text.length && isDigit(text.charAt(to))) to += 1;
      tokens.push({ kind: "number", text: text.slice(at, to), from: at, to, gap });
    } else if (isLetter(unit)) {
      const found = wordAt(text, at);
      to = found.to;
      tokens.push({ kind: "word", text: found.word, from: at, to, gap });
    } else tokens.push({ kind: "mark", text: unit, from: at, to, gap });
    gap = 0;
    at = to;
  }
  return tokens;
}

const SENTENCE_END = new Set([".", "!", "?", ";", "…"]);

/** "тел. 123", "т.г. под именем": a full stop behind a few letters, before a small letter or a digit, ends a word, not a sentence. */
function isAbbreviation(folded: Folded, word: Token | undefined, next: Token): boolean {
  if (word?.kind !== "word" || word.text.length > 3) return false;
  const letter = folded.source.charAt(folded.start[next.from] ?? 0);
  return letter === letter.toLowerCase();
}

function sentences(folded: Folded, tokens: readonly Token[]): Uint32Array {
  const numbers = new Uint32Array(tokens.length);
  let current = 0;
  tokens.forEach((token, index) => {
    const before = tokens[index - 1];
    if (token.gap === 2 && index > 0) current += 1;
    else if (token.gap === 1 && before !== undefined && SENTENCE_END.has(before.text) && before.gap === 0) {
      if (before.text !== "." || !isAbbreviation(folded, tokens[index - 2], token)) current += 1;
    }
    numbers[index] = current;
  });
  return numbers;
}

const CLAUSE_END = new Set([",", ":", "—", "–", "(", ")"]);

function clauses(tokens: readonly Token[], sentence: Uint32Array): Uint32Array {
  const numbers = new Uint32Array(tokens.length);
  let current = 0;
  tokens.forEach((token, index) => {
    const spaced = (tokens[index + 1]?.gap ?? 0) > 0 || token.gap > 0;
    if (index > 0 && sentence[index] !== sentence[index - 1]) current += 1;
    else if (token.kind === "mark" && (CLAUSE_END.has(token.text) || (token.text === "-" && token.gap > 0)) && spaced) current += 1;
    numbers[index] = current;
  });
  return numbers;
}

/** Folds and takes apart a text, once for all detectors. */
export function read(source: string): Reading {
  const folded = fold(source);
  const tokens = unmasked(tokenize(folded.text));
  const sentence = sentences(folded, tokens);
  return { folded, tokens, sentence, clause: clauses(tokens, sentence), skeletons: tokens.map((token) => (token.kind === "word" ? skeleton(token.text) : "")) };
}

/** The original offsets of tokens `first` to `last`, both included. */
export function sourceSpan(reading: Reading, first: number, last: number): { readonly start: number; readonly end: number } {
  const from = reading.tokens[first]?.from ?? 0;
  const to = (reading.tokens[last]?.to ?? 1) - 1;
  return { start: reading.folded.start[from] ?? 0, end: reading.folded.end[to] ?? 0 };
}
