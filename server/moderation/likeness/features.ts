import type { Stretch } from "../text/stretch";
import type { Reading, Token } from "../text/tokens";
import { TAGS, type TaggedWords } from "../text/word-tags";

/** What a stretch of text says, as numbers: its words, their stems, what stands beside what and near what, and what the lexicon says of them. */

const BITS = 18;
/** Places for weights. Features that fall on one place share it. */
export const PLACES = 1 << BITS;

/** A sum over fewer features is divided as if they were this many: two words prove nothing. */
export const LEAST_FEATURES = 60;

const STEM = 5;
const LONG_STEM = 7;
/** Of words that are only near one another, in whatever order. */
const SHORT_STEM = 4;
/** How far near is, in words. */
const STEM_REACH = 14;
const LONGEST_WORD = 24;
const LONGEST_NUMBER = 12;
const TAG_REACH = 6;

/** Apart from one another: what the same letters are taken as. */
const AS = { word: 1, stem: 2, tag: 3, tags: 4, number: 5, address: 6, begin: 7, shortStem: 8, longStem: 9, near: 10 };

/** FNV-1a. */
function hashed(seed: number, text: string): number {
  let hash = seed ^ 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash;
}

const mixed = (left: number, right: number): number => Math.imul(left ^ 0x9e3779b1, 0x85ebca6b) ^ right;

/** Stirred, so that neighbours do not fall side by side. */
function placeOf(hash: number): number {
  let stirred = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  stirred = Math.imul(stirred ^ (stirred >>> 12), 0x297a2d39);
  return (stirred ^ (stirred >>> 15)) & (PLACES - 1);
}

/** Written tight around a dot, a slash, a colon, an underscore or an @. */
export function isOfAddress(tokens: readonly Token[], index: number): boolean {
  const joins = (mark: number) =>
    tokens[mark - 1] !== undefined && tokens[mark]?.gap === 0 && tokens[mark + 1]?.gap === 0 && /^[./@:_]$/.test(tokens[mark]?.text ?? "");
  return joins(index - 1) || joins(index) || joins(index + 1);
}

export interface Features {
  /** Each place once. */
  readonly places: readonly number[];
  /** For each place, the token that said it first. */
  readonly tokens: readonly number[];
}

type Add = (hash: number, token: number) => void;

/**
 * The features of a row of tokens; time grows with its length. Addresses and figures have rules of their own, and some of them are
 * allowed, so that a reply is read without them.
 * @param explained with a feature for addresses and for long numbers: while learning they explain why a line with one is a leak,
 *   so that the words around are not blamed for it.
 */
export function featuresOf({ tokens }: Reading, words: TaggedWords, { first, last }: Stretch, explained: boolean): Features {
  const seen = new Set<number>();
  const places: number[] = [];
  const owners: number[] = [];
  const add: Add = (hash, token) => {
    const place = placeOf(hash);
    if (seen.has(place)) return;
    seen.add(place);
    places.push(place);
    owners.push(token);
  };
  let stemBefore = hashed(AS.begin, "");
  const near: number[] = [];
  for (let at = first; at <= last; at += 1) {
    const token = tokens[at];
    if (token === undefined) continue;
    const ofAddress = isOfAddress(tokens, at);
    if (explained && ofAddress) add(hashed(AS.address, ""), at);
    if (ofAddress) continue;
    if (explained && token.kind === "number") add(mixed(AS.number, Math.min(token.text.length, LONGEST_NUMBER)), at);
    const text = token.kind === "number" ? "#" : token.text.slice(0, LONGEST_WORD);
    const stem = hashed(AS.stem, text.slice(0, STEM));
    for (const hash of [hashed(AS.word, text), stem, mixed(stemBefore, stem)]) add(hash, at);
    if (text.length > LONG_STEM) add(hashed(AS.longStem, text.slice(0, LONG_STEM)), at);
    stemBefore = stem;
    addNear(near, hashed(AS.shortStem, text.slice(0, SHORT_STEM)), at, add);
    addTags(words, Math.max(first, at - TAG_REACH), at, add);
  }
  return { places, tokens: owners };
}

/** What stands near what, in whatever order; keeps the last words. */
function addNear(near: number[], stem: number, at: number, add: Add): void {
  for (const other of near) add(mixed(mixed(AS.near, Math.min(other, stem)), Math.max(other, stem)), at);
  near.push(stem);
  if (near.length > STEM_REACH) near.shift();
}

/** Numbers of the tags in a word's bits. */
function tagsIn(bits: number): number[] {
  const found: number[] = [];
  for (let tag = 0; bits !== 0 && tag < TAGS.length; tag += 1) if (((bits >>> tag) & 1) === 1) found.push(tag);
  return found;
}

/** What the lexicon says of a word, and what it says of each word a little before it together with that. */
function addTags(words: TaggedWords, from: number, at: number, add: Add): void {
  for (const tag of tagsIn(words.all(at))) {
    add(mixed(AS.tag, tag), at);
    for (let before = from; before < at; before += 1) for (const other of tagsIn(words.all(before))) add(mixed(mixed(AS.tags, other), tag), at);
  }
}
