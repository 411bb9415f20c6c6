import { lexiconKey } from "../text/lexicon-key";
import type { Reading, Token } from "../text/tokens";

/** How a dot between two labels was written. */
export type DotStyle = "tight" | "loose" | "after" | "bracket" | "word" | "comma" | "none";

export interface Dot {
  readonly style: DotStyle;
  /** The first token behind it. */
  readonly next: number;
}

const keys = (words: string) => new Set(words.split(" ").map(lexiconKey));
const DOT_WORDS = keys("dot дот точка точку точки тчк крапка крапку nokta noktası period");
const AT_WORDS = keys("at эт ет et собака собачка собаку собачку собакой sobaka песик пёсик равлик dog arroba ат гав сбк");
/** At-words that are ordinary words unless they stand in brackets. */
const AT_ORDINARY = keys("at ет dog ат гав сбк");
const OPEN = new Set(["(", "[", "{", "<", "*", "-", "_", "/", "|", '"', "«", "~", "【", "〔", "『", "「", "⟨", "“", "#", "+", "="]);
const DOTS = new Set([".", "。", "•", "·", "∙", "‧", "●", "⋅", "・", "．", "｡", "˙", "٠"]);

export const isDotWord = (key: string): boolean => DOT_WORDS.has(key);

/** A word or sign in brackets: [dot], (.), {точка}, *dot*. @returns the token behind the closing one, or 0. */
function bracketed(reading: Reading, index: number, isInside: (at: number) => boolean): number {
  const { tokens } = reading;
  const open = tokens[index];
  const close = tokens[index + 2];
  if (open?.kind !== "mark" || close?.kind !== "mark" || !OPEN.has(open.text) || !isInside(index + 1)) return 0;
  if (close.text === "/" && tokens[index + 3]?.text === "/") return 0;
  return index + 3;
}

/** The dot that begins at a token, in any of its disguises. */
export function dotAt(reading: Reading, index: number): Dot | undefined {
  const { tokens } = reading;
  const token = tokens[index];
  const next = tokens[index + 1];
  if (token === undefined) return undefined;
  // A dot alone on its line, between two lines of an address.
  if (token.gap === 2) return next?.gap === 2 && DOTS.has(token.text) ? { style: "loose", next: index + 1 } : undefined;
  if (next === undefined) return missingDot(token, index);
  if (next.gap === 2 && token.kind === "mark") return brokenLine(reading, index) ? { style: "tight", next: index + 1 } : missingDot(token, index);
  if (DOTS.has(token.text)) return writtenDot(token, next, index);
  if (token.text === "," || isSlashForDot(reading, index)) {
    const told = toldDot(reading, index);
    if (told > 0) return { style: "word", next: told };
    return next.kind === "word" ? { style: "comma", next: index + 1 } : missingDot(token, index);
  }
  return dotInWords(reading, index) ?? missingDot(token, index);
}

function writtenDot(token: Token, next: Token, index: number): Dot {
  if (token.gap === 0 && next.gap === 0) return { style: "tight", next: index + 1 };
  return { style: token.gap > 0 ? "loose" : "after", next: index + 1 };
}

/** A dot said in a word, in pieces of one, step by step, or standing in brackets. */
function dotInWords(reading: Reading, index: number): Dot | undefined {
  const { tokens, skeletons } = reading;
  const token = tokens[index];
  const next = tokens[index + 1];
  if (token?.kind === "word" && DOT_WORDS.has(skeletons[index] ?? "")) {
    const hung = /^[_-]$/.test(next?.text ?? "") && next?.gap === 0 && tokens[index + 2]?.gap === 0;
    return { style: "word", next: hung ? index + 2 : index + 1 };
  }
  const told = toldDot(reading, index);
  if (told > 0) return { style: "word", next: told };
  const pieces = dotInPieces(reading, index);
  if (pieces > 0) return { style: "word", next: pieces };
  const behind = bracketed(reading, index, (at) => DOTS.has(tokens[at]?.text ?? "") || tokens[at]?.text === "," || DOT_WORDS.has(skeletons[at] ?? ""));
  return behind > 0 ? { style: "bracket", next: behind } : undefined;
}

/** "romashka.⏎ru/manual": a new line behind the dot of an address, which then goes on with a path or is all of its line. */
function brokenLine({ tokens, folded }: Reading, index: number): boolean {
  const [before, dot, ending, after] = tokens.slice(Math.max(0, index - 1), index + 3);
  if (before?.kind !== "word" || dot?.text !== "." || dot.gap !== 0 || before.text.length < 4 || ending === undefined) return false;
  const small = /^[a-zа-я]/.test(folded.source.charAt(folded.start[ending.from] ?? 0));
  return (
    small &&
    /^(?:ru|com|ua|net|org|рф|укр|shop|store)$/.test(ending.text) &&
    (after === undefined || after.gap === 2 || (after.text === "/" && after.gap === 0))
  );
}

/** "romashka/ru": a slash between a longer name and an ending; "en/ru" are languages. */
function isSlashForDot({ tokens }: Reading, index: number): boolean {
  const [before, slash, ending] = tokens.slice(Math.max(0, index - 1), index + 2);
  if (slash?.text !== "/" || slash.gap !== 0 || ending?.gap !== 0 || before?.kind !== "word" || tokens[index - 2]?.text === "/") return false;
  return /^[a-z]{5,}$/.test(before.text) && /^(?:ru|ua|com|рф)$/.test(ending.text) && !/^(?:russian|ukrainian|english|turkish)$/.test(before.text);
}

const MOST_PIECES = 6;

const ZONES = keys("зона зоне домен домене доменная zone uzantısı uzantisi ending окончание");
const THEN = keys("потом затем далее дальше а и потім далі then and sonra ve");

/** ", потом точка, потом": a dot told step by step. @returns the token behind it, or 0. */
function toldDot({ tokens, skeletons }: Reading, index: number): number {
  const skip = (from: number) => {
    let at = from;
    while (at < from + 3 && (tokens[at]?.text === "," || THEN.has(skeletons[at] ?? ""))) at += 1;
    return at;
  };
  const dot = skip(index);
  if (ZONES.has(skeletons[dot] ?? "") && /^(?:ru|ру|com|ком|ua|рф|net|tr)$/.test(tokens[dot + 1]?.text ?? "")) return dot + 1;
  if (dot === index || !DOT_WORDS.has(skeletons[dot] ?? "")) return 0;
  const next = skip(dot + 1);
  return tokens[next]?.kind === "word" ? next : 0;
}

/** "d0t", "d o t", "т о ч к а". @returns the token behind it, or 0. */
function dotInPieces({ tokens, skeletons }: Reading, index: number): number {
  if (tokens[index]?.text.length !== 1) return 0;
  let key = "";
  const gap = tokens[index + 1]?.gap;
  for (let at = index; at < index + MOST_PIECES; at += 1) {
    const token = tokens[at];
    if (token === undefined || token.kind === "mark" || token.text.length !== 1 || (at > index && token.gap !== gap)) return 0;
    key += token.kind === "number" ? (token.text === "0" ? "o" : token.text) : (skeletons[at] ?? "");
    if (DOT_WORDS.has(key) && tokens[at + 1]?.gap === 1) return at + 1;
  }
  return 0;
}

function missingDot(token: Token, index: number): Dot | undefined {
  return token.kind === "word" && token.gap === 1 ? { style: "none", next: index } : undefined;
}

export interface At {
  readonly style: "sign" | "bracket" | "word" | "ordinary";
  readonly next: number;
}

/** The @ that begins at a token, as a sign, in brackets, or as a word. */
export function atSignAt(reading: Reading, index: number): At | undefined {
  const { tokens, skeletons } = reading;
  const token = tokens[index];
  if (token === undefined) return undefined;
  if (token.text === "@") return { style: "sign", next: index + 1 };
  const key = skeletons[index] ?? "";
  if (THEN.has(key) || token.text === ",") return toldAt(reading, index);
  if (token.text === "the" && tokens[index + 2]?.text === "sign") return atSignAt(reading, index + 1);
  if (/^(?:at|et)$/.test(token.text) && /^(?:sign|symbol|isareti|isaret)$/.test(tokens[index + 1]?.text ?? "")) return { style: "word", next: index + 2 };
  if (token.kind === "word" && AT_WORDS.has(key)) return { style: AT_ORDINARY.has(key) && token.text !== "эт" ? "ordinary" : "word", next: index + 1 };
  if (token.text === "kuyruklu" && tokens[index + 1]?.text === "a") return { style: "word", next: index + 2 };
  const behind = bracketed(
    reading,
    index,
    (at) => tokens[at]?.text === "@" || (tokens[at]?.text === "a" && /^[([{<]$/.test(token.text)) || AT_WORDS.has(skeletons[at] ?? ""),
  );
  return behind > 0 ? { style: "bracket", next: behind } : undefined;
}

const MOST_THEN = 3;

/** "stolplus потом собачка потом …": an @ told step by step, with "then" on its one side at least. */
function toldAt(reading: Reading, index: number): At | undefined {
  const { tokens, skeletons } = reading;
  const after = (from: number) => {
    let at = from;
    while (at < from + MOST_THEN && (tokens[at]?.text === "," || THEN.has(skeletons[at] ?? ""))) at += 1;
    return at;
  };
  const place = after(index);
  const said = tokens[place]?.text === "the" || AT_WORDS.has(skeletons[place] ?? "") ? atSignAt(reading, place) : undefined;
  if (said === undefined || said.style === "sign" || said.style === "bracket") return undefined;
  return { style: said.style, next: after(said.next) };
}
