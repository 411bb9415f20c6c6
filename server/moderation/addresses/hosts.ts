import { latinLetter, scriptOf } from "../text/look-alike";
import type { Reading, Token } from "../text/tokens";
import { endingOf, isCommonEnding, isKnownHost, isPublicAddress, isSpokenWord, isStrictEnding, spokenEnding } from "./domains";
import { type DotStyle, dotAt, isDotWord } from "./dots";

/** One name between dots, as tokens and as it would be registered. */
interface Label {
  readonly text: string;
  readonly first: number;
  readonly last: number;
  /** Its letters were written apart: r o m a s h k a. */
  readonly spaced: boolean;
}

export interface Host {
  readonly name: string;
  readonly first: number;
  readonly last: number;
  readonly style: DotStyle;
  /** Letters of two scripts, or of the other script than the ending's. */
  readonly lookAlike: boolean;
  readonly spaced: boolean;
  readonly isAddress: boolean;
}

/** What stands around a name that makes an address of it. */
export interface Evidence {
  /** http://, www, a word like "site" or "link", an @ before it: whatever is said here is an address. */
  readonly announced: boolean;
}

const MOST_LABELS = 7;
const LONGEST_LABEL = 63;
const LEAST_SPACED = 3;

function labelAt(reading: Reading, first: number, afterSpaced: boolean): Label | undefined {
  const { tokens } = reading;
  const begin = tokens[first];
  if (begin === undefined || begin.kind === "mark") return undefined;
  const apart = spacedLabel(reading, first, afterSpaced);
  if (apart !== undefined) return apart;
  let text = beforeApostrophe(reading, begin);
  let last = first;
  for (let at = first + 1; at < tokens.length && text.length <= LONGEST_LABEL; at += 1) {
    const token = tokens[at];
    if (token === undefined || token.gap !== 0) break;
    if (isStar(reading, at)) {
      last = at;
      continue;
    }
    if (token.kind === "mark" && !joinsLabel(reading, at)) break;
    text += beforeApostrophe(reading, token);
    last = at;
  }
  return text.length > LONGEST_LABEL ? undefined : { text, first, last, spaced: false };
}

/** "pet*hollow*.com": a star inside a name; "romashka*dot*ru" has a dot in stars. */
function isStar({ tokens, skeletons }: Reading, at: number): boolean {
  const [before, next] = [tokens[at - 1], tokens[at + 1]];
  if (!/^[*~^]$/.test(tokens[at]?.text ?? "") || before?.kind !== "word" || next?.gap !== 0 || isDotWord(skeletons[at + 1] ?? "")) return false;
  return next.kind === "word" || next.text === ".";
}

/** Endings behind an apostrophe are the sentence's, not the name's: kervanev.com'dan, caravan.com's. */
function beforeApostrophe({ folded }: Reading, token: Token): string {
  if (token.kind !== "word" || token.to - token.from === token.text.length) return token.text;
  const written = folded.text.slice(token.from, Math.min(token.to, token.from + LONGEST_LABEL + 1));
  return written.slice(0, Math.max(written.search(/[^\p{L}]/u), 1));
}

/** A hyphen or underscore inside a label; two hyphens only as registered names in other scripts have them (xn--). */
function joinsLabel({ tokens, skeletons }: Reading, at: number): boolean {
  const next = tokens[at + 1];
  // romashka-dot-ru
  if (isDotWord(skeletons[at + 1] ?? "") && tokens[at + 2]?.text === tokens[at]?.text) return false;
  if (!"-_".includes(tokens[at]?.text ?? " ") || next?.gap !== 0) return false;
  return next.kind !== "mark" || (next.text === "-" && tokens[at - 1]?.text === "xn");
}

/** Single letters with a space between each; after another such label two are enough. */
function spacedLabel(reading: Reading, first: number, afterSpaced: boolean): Label | undefined {
  const { tokens } = reading;
  let last = first;
  let text = "";
  for (let at = first; at < tokens.length && text.length <= LONGEST_LABEL; at += 1) {
    const token = tokens[at];
    if (token === undefined || token.text.length !== 1 || token.kind === "mark" || (at > first && token.gap !== 1)) break;
    text += token.text;
    last = at;
  }
  return text.length >= (afterSpaced ? 2 : LEAST_SPACED) ? { text, first, last, spaced: true } : undefined;
}

interface Chain {
  readonly labels: Label[];
  /** styles[i] stands between labels[i] and labels[i + 1]. */
  readonly styles: DotStyle[];
}

function chainAt(reading: Reading, first: number): Chain | undefined {
  const begin = labelAt(reading, first, false);
  if (begin === undefined) return undefined;
  const chain: Chain = { labels: [begin], styles: [] };
  while (chain.labels.length < MOST_LABELS) {
    const before = chain.labels.at(-1);
    const dot = before === undefined ? undefined : dotAt(reading, before.last + 1);
    const label =
      dot === undefined ? undefined : labelAt(reading, dot.next, dot.style === "word" || dot.style === "bracket" || chain.labels.some((known) => known.spaced));
    if (dot === undefined || label === undefined) break;
    // Without any dot only a few endings are understood: most words end here.
    const secondLevel = dot.style === "none" && chain.styles.includes("word") && isSecondLevel(before?.text ?? "", label.text);
    if (dot.style === "none" && !secondLevel && !isUndotted(before?.text ?? "", label.text)) break;
    chain.styles.push(secondLevel ? "word" : dot.style);
    chain.labels.push(label);
  }
  return chain.labels.length > 1 ? chain : undefined;
}

/** "точка ком юа", "dot co uk": one dot told for two. */
function isSecondLevel(before: string, ending: string): boolean {
  return /^(?:com|ком|in|ін|ин|org|орг|net|нет|co|ко|biz|gen|kiev|kyiv)$/.test(before) && /^(?:ua|юа|уа|tr|тр|uk|kz|кз|ru|ру)$/.test(ending);
}

function isUndotted(before: string, ending: string): boolean {
  return isStrictEnding(spokenEnding(ending)) || isStrictEnding(registered(ending, true)) || (ending === "tr" && /^(?:com|ком)$/.test(before));
}

/** A label as it would be registered: Latin where scripts are mixed or all letters have a Latin look-alike beside a Latin ending. */
function registered(text: string, latin: boolean): string {
  const script = scriptOf(text);
  if (script === "mixed") return [...text].map(latinLetter).join("");
  if (!latin || script !== "cyrillic") return text;
  const looks = [...text].map(latinLetter).join("");
  return scriptOf(looks) === "latin" ? looks : text;
}

const ORDER: readonly DotStyle[] = ["tight", "loose", "bracket", "comma", "word", "after", "none"];
const weakest = (styles: readonly DotStyle[]): DotStyle => ORDER[Math.max(...styles.map((style) => ORDER.indexOf(style)))] ?? "none";

/** The longest beginning of a row of labels that is a host name, in this surrounding. */
export function hostAt(reading: Reading, first: number, evidence: Evidence): Host | undefined {
  const chain = chainAt(reading, first);
  if (chain === undefined) return undefined;
  for (let size = chain.labels.length; size > 1; size -= 1) {
    // UA.TR.001: what goes on in figures is a code.
    if (chain.styles[size - 1] === "tight" && /^\d/.test(chain.labels[size]?.text ?? "") && !evidence.announced) continue;
    const host = judge(reading, { labels: chain.labels.slice(0, size), styles: chain.styles.slice(0, size - 1) }, evidence);
    if (host !== undefined) return host;
  }
  return undefined;
}

function judge(reading: Reading, chain: Chain, evidence: Evidence): Host | undefined {
  const last = chain.labels.at(-1);
  const begin = chain.labels[0];
  if (last === undefined || begin === undefined) return undefined;
  // No ending has one letter; numbers end only an address of four.
  if (last.text.length < 2 && !/^\d$/.test(last.text)) return undefined;
  const style = weakest(chain.styles);
  const shape = { first: begin.first, last: last.last, style, spaced: chain.labels.some((label) => label.spaced) };
  const texts = chain.labels.map((label) => label.text);
  if (style === "tight" && isPublicAddress(texts)) return { ...shape, name: texts.join("."), lookAlike: false, isAddress: true };
  const ending = spokenEnding(last.text);
  const latinEnding = isCommonEnding(ending) || !isLatinAround(chain) ? ending : registered(ending, true);
  const latin = scriptOf(latinEnding) === "latin";
  const names = [
    ...texts.slice(0, -1).map((text) => registered(spokenEnding(text) === text || text === texts[0] ? text : spokenEnding(text), latin)),
    latin ? latinEnding : ending,
  ];
  const name = names.join(".").replaceAll("_", "-");
  const spoken = ending !== last.text;
  if (!accepts(reading, { chain, name, style, spoken }, evidence)) return undefined;
  const lookAlike =
    texts.some((text) => scriptOf(text) === "mixed") ||
    (!spoken && names.some((label, index) => label !== texts[index] && scriptOf(texts[index] ?? "") === "cyrillic"));
  return { ...shape, name, lookAlike, isAddress: false };
}

/** Whether Cyrillic letters of an ending may stand for Latin ones: "её" behind a comma is a word, "romashka.сом" is none. */
function isLatinAround(chain: Chain): boolean {
  const last = chain.labels.at(-1)?.text ?? "";
  const before = chain.labels.at(-2)?.text ?? "";
  if (scriptOf(last) !== "cyrillic") return true;
  return chain.styles.at(-1) === "tight" && scriptOf(registered(before, true)) === "latin";
}

interface Judged {
  readonly chain: Chain;
  readonly name: string;
  readonly style: DotStyle;
  readonly spoken: boolean;
}

function accepts(reading: Reading, judged: Judged, evidence: Evidence): boolean {
  const { chain, name, style, spoken } = judged;
  const before = chain.labels.at(-2);
  const last = chain.labels.at(-1);
  if (before === undefined || last === undefined) return false;
  if (isKnownHost(name)) return style !== "none" && style !== "after";
  // "в ок ру", "vk com": the dot goes without saying.
  if (style === "none" && /^(?:ok\.ru|vk\.(?:com|ru)|fb\.com)$/.test(name)) return true;
  const kind = endingOf(name);
  if (kind === "none" || (isEverydayEnding(before, last, spoken, style) && !evidence.announced)) return false;
  const parts = { before, last, ending: name.slice(name.lastIndexOf(".") + 1) };
  if (style === "none") return isMissingDot(reading, parts, evidence);
  if (evidence.announced && style === "comma" && reading.tokens[last.first]?.gap === 0 && isCommonEnding(parts.ending)) return true;
  if (evidence.announced && style !== "after" && style !== "comma")
    return style === "tight" || style === "bracket" || isCommonEnding(parts.ending) || kind === "real";
  if (!isNamed(before) || kind === "ambiguous") return false;
  if (style === "tight") return isWrittenAsHost(reading, before, last, kind === "common") && !(spoken && before.text.length < 3);
  return isOddlyDotted(reading, parts, style);
}

const isNamed = (label: Label) => label.text.length > 1 && /\p{L}/u.test(label.text);

/** "точка нет", "ком": words of their own behind a word of the same script. */
function isEverydayEnding(before: Label, last: Label, spoken: boolean, style: DotStyle): boolean {
  if (style === "word" && last.text === "ком") return false;
  return spoken && isSpokenWord(last.text) && scriptOf(before.text) === "cyrillic" && style !== "tight";
}

interface Parts {
  readonly before: Label;
  readonly last: Label;
  readonly ending: string;
}

/** "romashka ru": in a few endings nobody reads a word; the others need to be announced. */
function isMissingDot(reading: Reading, { before, last, ending }: Parts, evidence: Evidence): boolean {
  const unmistakable = /^(?:ru|ua|рф|укр)$/.test(ending) && scriptOf(before.text) === "latin" && before.text.length >= 4 && isLowerCase(reading, last.first);
  if (unmistakable) return true;
  // "Такого адреса API нет": the Russian word, not an ending.
  if (reading.tokens[last.first]?.text === "нет") return false;
  return (
    evidence.announced && /^(?:com|ru|ua|net|org|tr|рф|укр)$/.test(ending) && isNamed(before) && scriptOf(before.text) !== "cyrillic" && before.text.length > 2
  );
}

/** A dot with spaces, in words or brackets, or a comma for it. */
function isOddlyDotted(reading: Reading, { before, last, ending }: Parts, style: DotStyle): boolean {
  if (style === "after")
    return (
      /^(?:ru|com|ua|рф)$/.test(ending) &&
      before.text.length > 2 &&
      isLowerCase(reading, last.first) &&
      (scriptOf(before.text) !== "cyrillic" || ending === "рф")
    );
  if (style === "comma") return isStrictEnding(ending) && scriptOf(before.text) !== "cyrillic" && before.text.length > 2 && isLowerCase(reading, last.first);
  return isCommonEnding(ending) || style === "bracket";
}

function isLowerCase(reading: Reading, index: number): boolean {
  const at = reading.folded.start[reading.tokens[index]?.from ?? 0] ?? 0;
  const letter = reading.folded.source.charAt(at);
  return letter === letter.toLowerCase();
}

/** "Спасибо.Дети довольны": a sentence that begins without a space, not an ending. */
function isWrittenAsHost(reading: Reading, before: Label, last: Label, common: boolean): boolean {
  if (/^(?:asp|vb|ado)$/.test(before.text) && last.text === "net") return false;
  if (isLowerCase(reading, last.first)) return true;
  const token = reading.tokens[before.last];
  const end = reading.folded.start[(token?.to ?? 1) - 1] ?? 0;
  const letter = reading.folded.source.charAt(end);
  return letter !== letter.toLowerCase() || (common && scriptOf(before.text) !== "cyrillic" && last.text.length < 4);
}
