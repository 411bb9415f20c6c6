import type { SearchHit } from "../schema";

type Pieces = SearchHit["snippet"];

/** Characters shown before the first found word, and in all. */
const LEAD = 40;
const LENGTH = 180;

const APOSTROPHES = "'’ʼ‘`´";
const CYRILLIC = "[а-яёіїєґ]";
/** A word as the database counts it: letters and digits; an apostrophe belongs to it between Cyrillic letters only. */
const WORD = new RegExp(`[\\p{L}\\p{N}]+(?:(?<=${CYRILLIC})[${APOSTROPHES}](?=${CYRILLIC})[\\p{L}\\p{N}]+)*`, "giu");
const FOLDED: Readonly<Record<string, string>> = { ё: "е", ı: "i", ş: "s", ç: "c", ğ: "g", ö: "o", ü: "u", â: "a", î: "i", û: "u", "\u0307": "" };

/** A word as the database folds it (`search_fold`, migration 0007): lower case, ё as е, Turkish letters without dots and tails, no apostrophes. */
export function foldWord(word: string): string {
  return word
    .toLowerCase()
    .replace(/[ёışçğöüâîû]|\u0307/g, (letter) => FOLDED[letter] ?? letter)
    .replace(new RegExp(`[${APOSTROPHES}]`, "g"), "");
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Where the found words stand; `fragment`: any place of it, too, for parts of order and article numbers. */
function stretchesOf(text: string, found: ReadonlySet<string>, fragment: string): Stretch[] {
  const words = [...text.matchAll(WORD)].filter(([word]) => found.has(foldWord(word))).map(({ index, 0: word }) => ({ from: index, to: index + word.length }));
  const [lower, wanted] = [text.toLowerCase(), fragment.toLowerCase()];
  const places: Stretch[] = [];
  if (wanted.length >= 3 && lower.length === text.length)
    for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, at + wanted.length)) places.push({ from: at, to: at + wanted.length });
  const merged: Stretch[] = [];
  for (const next of [...words, ...places].sort((a, b) => a.from - b.from || b.to - a.to)) {
    const last = merged.at(-1);
    if (last === undefined || next.from > last.to) merged.push(next);
    else merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, next.to) };
  }
  return merged;
}

/**
 * One line around the first found word, in pieces; `hit` marks the words in the form in which they stand there.
 * @param found folded words that answer the question.
 * @param fragment what was typed, to be marked where it is a part of a number; "" = nothing.
 */
export function snippetOf(text: string, found: readonly string[], fragment = ""): Pieces {
  const line = text.replace(/\s+/g, " ").trim();
  const stretches = stretchesOf(line, new Set(found), fragment);
  const start = startOf(line, stretches[0]?.from ?? 0);
  const end = endOf(line, start + LENGTH);
  const pieces: { text: string; hit: boolean }[] = [];
  const add = (from: number, to: number, hit: boolean) => {
    const [first, last] = [Math.max(from, start), Math.min(to, end)];
    if (first < last) pieces.push({ text: line.slice(first, last), hit });
  };
  if (start > 0) pieces.push({ text: "…", hit: false });
  let at = start;
  for (const { from, to } of stretches) {
    add(at, from, false);
    add(from, to, true);
    at = to;
  }
  add(at, line.length, false);
  if (end < line.length) pieces.push({ text: "…", hit: false });
  return pieces;
}

/** The beginning of a word before the first hit. */
function startOf(line: string, firstHit: number): number {
  if (firstHit <= LEAD) return 0;
  const space = line.indexOf(" ", firstHit - LEAD);
  return space >= 0 && space < firstHit ? space + 1 : firstHit;
}

/** The end of a word; a word longer than everything is cut between characters. */
function endOf(line: string, wanted: number): number {
  if (wanted >= line.length) return line.length;
  const space = line.lastIndexOf(" ", wanted);
  if (space > wanted - LEAD) return space;
  return /[\uD800-\uDBFF]/.test(line.charAt(wanted - 1)) ? wanted - 1 : wanted;
}
