import { canonical, LEET, scriptOf, skeleton } from "../text/look-alike";
import { isDigit, isLetter, type Reading } from "../text/tokens";
import { colouredAt } from "./coloured";
import { nameByEar, nearName } from "./near-names";
import { exactName, type Network, nameTrie, type TrieNode } from "./networks";
import { signedAt } from "./signs";

/** A messenger or social network named in a text. Tokens, both included. */
export interface NameMention {
  readonly network: Network;
  readonly first: number;
  readonly last: number;
  /** Letters apart, digits for letters, letters of two scripts: written so as not to be found. */
  readonly disguised: boolean;
  /** The ending glued to it: телеграм|е, telegram|dan. */
  readonly suffix: string;
  /** "т.г.", "t g": also "of this year" and the like, so that only an account behind it makes a name of it. */
  readonly initials?: boolean | undefined;
}

interface Walk {
  readonly end: number;
  readonly network: Network;
  readonly split: boolean;
  readonly leet: boolean;
}

interface State {
  readonly node: TrieNode;
  readonly at: number;
  readonly before: string;
  readonly split: boolean;
  readonly leet: boolean;
}

const LONGEST_NAME_UNITS = 48;
const MOST_STATES = 64;
const MOST_SEPARATORS = 3;

function classesOf(unit: string): readonly string[] {
  if (isLetter(unit)) return [canonical(unit)];
  return LEET[unit] ?? [];
}

/** Follows the letters of all names at once from one place, over separators, doubled letters and digits for letters. Bounded steps; the longest first. */
function walk(text: string, from: number): Walk[] {
  const found: Walk[] = [];
  let states: State[] = [{ node: nameTrie, at: from, before: "", split: false, leet: false }];
  for (let step = 0; step < LONGEST_NAME_UNITS && states.length > 0; step += 1) {
    const next: State[] = [];
    for (const state of states) {
      for (const follow of follows(text, state)) {
        if (next.length < MOST_STATES) next.push(follow);
        const { network } = follow.node;
        if (network !== undefined) found.unshift({ end: follow.at, network, split: follow.split, leet: follow.leet });
      }
    }
    states = next;
  }
  return found;
}

function follows(text: string, state: State): State[] {
  let at = state.at;
  const begun = state.before !== "";
  while (begun && at < state.at + MOST_SEPARATORS && isSeparator(text.charAt(at))) at += 1;
  const apart = stepsAt(text, state, at);
  // Signs are separators, and letters too: 1nst@gr@m, в@йб€р.
  return at > state.at && "@$€".includes(text.charAt(state.at)) ? [...stepsAt(text, state, state.at), ...apart] : apart;
}

function stepsAt(text: string, state: State, at: number): State[] {
  const unit = text.charAt(at);
  const split = state.split || at > state.at;
  const result: State[] = [];
  for (const found of classesOf(unit)) {
    const leet = state.leet || !isLetter(unit);
    const child = state.node.next.get(found);
    if (child !== undefined) result.push({ node: child, at: at + 1, before: found, split, leet });
    if (found === state.before && at === state.at) result.push({ ...state, at: at + 1 });
  }
  return result;
}

function isSeparator(unit: string): boolean {
  return unit !== "" && !isLetter(unit) && !isDigit(unit);
}

const CYRILLIC_ENDING =
  /^(?:[аеуыиоюяіь]|ом|ою|ем|ам|ами|ах|ами|ми|мм|чик|чике|чику|чат|чатик|ку|ке|кой|ка|мом|ма|ме|му|мі|ный|канал|ов|ой|пе|пп|ppe|ік|і|н[иу]те|ьте|ни|нуть|нем|ніть|немо|нути|немся|имся)$/;
const TURKISH_ENDING =
  /^(?:[dt][ae]n?|[yn]?[aeiu]|[iu]m[iu]z?|[iu]n[iu]z(?:[dt][ae]n?|[iuae])?|[iu]m[iu]z[ad]?[ae]?n?|[iu]n|[dt]aki|[iu]n[iuae]|[iu]nd[ae]n?|[iu]m[iu]z[iu]|ppan|pp?[dt]an|tan|den|l[ae]|yl[ae]|m|imizdan|imizden|uzerinden|s|er|ers|las[ai]l[iı]m|lay[iı]n)$/;

/** What may stand behind a name: nothing, or the ending of a case. */
function endingBehind(text: string, end: number): string | undefined {
  let to = end;
  while (to < text.length && to - end < 14 && isLetter(text.charAt(to))) to += 1;
  const apostrophe = "'’`ʼ".includes(text.charAt(to)) && to === end && isLetter(text.charAt(to + 1));
  if (apostrophe) {
    let stop = to + 1;
    while (stop < text.length && stop - to < 14 && isLetter(text.charAt(stop))) stop += 1;
    return text.slice(to + 1, stop);
  }
  const ending = text.slice(end, to);
  if (ending === "") return isDigit(text.charAt(end)) ? undefined : "";
  return CYRILLIC_ENDING.test(ending) || TURKISH_ENDING.test(ending) ? ending : undefined;
}

function isMixed(text: string): boolean {
  return text.split(/[^\p{L}]+/u).some((word) => scriptOf(word) === "mixed");
}

/** Names are not found across words that merely follow one another: a split name is written in pieces shorter than a word. */
function isSplitOnPurpose(reading: Reading, first: number, last: number): boolean {
  let pieces = 0;
  let letters = 0;
  let lines = false;
  for (let at = first; at <= last; at += 1) {
    const token = reading.tokens[at];
    if (token === undefined || token.kind === "mark") continue;
    pieces += 1;
    letters += token.text.length;
    lines ||= at > first && token.gap === 2;
  }
  return !lines && (pieces < 3 || letters / pieces <= 3);
}

function lastToken(reading: Reading, index: number, end: number): number {
  let last = index;
  while ((reading.tokens[last + 1]?.from ?? Number.POSITIVE_INFINITY) < end) last += 1;
  return last;
}

function isName(reading: Reading, index: number, way: Walk): boolean {
  const { text } = reading.folded;
  if (endingBehind(text, way.end) === undefined) return false;
  if (way.split && !isSplitOnPurpose(reading, index, lastToken(reading, index, way.end))) return false;
  return !way.leet || /\p{L}/u.test(text.slice(reading.tokens[index]?.from ?? 0, way.end));
}

/** "т г", "T.G.": a short name letter by letter. */
function initialsAt(reading: Reading, index: number): NameMention | undefined {
  const { tokens } = reading;
  const letter = tokens[index];
  if (letter?.kind !== "word" || letter.text.length !== 1) return undefined;
  const at = tokens[index + 1]?.kind === "mark" ? index + 2 : index + 1;
  const next = tokens[at];
  if (next?.kind !== "word" || next.text.length !== 1 || next.gap === 2) return undefined;
  const network = exactName(skeleton(letter.text + next.text));
  const last = tokens[at + 1]?.text === "." && tokens[at + 1]?.gap === 0 ? at + 1 : at;
  return network === undefined ? undefined : { network, first: index, last, disguised: false, suffix: "", initials: true };
}

const SPACED_LETTERS = 4;

/** "s n a p": a name of four letters, each by itself. */
function spacedName({ tokens }: Reading, index: number): NameMention | undefined {
  const row = tokens.slice(index, index + SPACED_LETTERS);
  const apart = row.every((token, at) => token.kind === "word" && token.text.length === 1 && (at === 0 || token.gap === 1));
  if (!apart || row.length < SPACED_LETTERS || tokens[index - 1]?.text.length === 1 || tokens[index + SPACED_LETTERS]?.text.length === 1) {
    const signed = /^[=:→-]$/.test(tokens[index + SPACED_LETTERS]?.text ?? "");
    if (!apart || row.length < SPACED_LETTERS || !signed) return undefined;
  }
  const network = exactName(skeleton(row.map((token) => token.text).join("")));
  return network === undefined ? undefined : { network, first: index, last: index + SPACED_LETTERS - 1, disguised: true, suffix: "" };
}

/** "wp'den", "tgden": a short name with the ending of a case. */
const SHORT_WITH_ENDING = /^(.{2,4}?)([dt][ae]n|[yn][ae]|шк[аиуе]|шкои)$/;

/** A name as it stands, with a Turkish ending, or misspelt. */
function shortName({ tokens, skeletons, folded }: Reading, index: number): Pick<NameMention, "network" | "suffix"> | undefined {
  const key = skeletons[index] ?? "";
  // A maker of television sets; only the look of "ig".
  if (tokens[index]?.text === "lg") return undefined;
  const exact = exactName(key);
  if (exact !== undefined) return { network: exact, suffix: "" };
  const token = tokens[index];
  if (token === undefined) return undefined;
  if (key.length <= 8) {
    const written = folded.text.slice(token.from, token.to);
    const apostrophe = written.search(/[^\p{L}]/u);
    const ending = SHORT_WITH_ENDING.exec(token.text);
    const stem = apostrophe > 1 ? written.slice(0, apostrophe) : (ending?.[1] ?? "");
    const network = stem === "" ? undefined : exactName(skeleton(stem));
    if (network !== undefined && (apostrophe > 1 || !network.ordinary)) return { network, suffix: token.text.slice(stem.length) };
  }
  const near = nearName(key) ?? nameByEar(token.text);
  return near === undefined ? undefined : { network: near, suffix: "" };
}

function mentionAt(reading: Reading, index: number): NameMention | undefined {
  const { folded } = reading;
  const token = reading.tokens[index];
  if (token === undefined) return undefined;
  const coloured = token.kind === "word" ? (colouredAt(reading, index) ?? signedAt(reading, index)) : undefined;
  if (coloured !== undefined) return { ...coloured, disguised: false };
  const short = token.kind === "word" ? shortName(reading, index) : undefined;
  const found = walk(folded.text, token.from).find((way) => isName(reading, index, way));
  if (found === undefined && short === undefined) return spacedName(reading, index) ?? initialsAt(reading, index);
  // A telegram that the post brings.
  if (/^телеграмм[аыу]$/.test(token.text) && !/^(?:в|во|у|на)$/.test(reading.tokens[index - 1]?.text ?? "")) return undefined;
  if (found === undefined) return short === undefined ? undefined : { ...short, first: index, last: index, disguised: scriptOf(token.text) === "mixed" };
  const suffix = endingBehind(folded.text, found.end) ?? "";
  const last = lastToken(reading, index, found.end);
  let hidden = false;
  for (let at = token.from + 1; at < found.end; at += 1) hidden ||= folded.hidden[at] === 1 || folded.fancy[at] === 1;
  const disguised = found.split || found.leet || hidden || isMixed(folded.text.slice(token.from, found.end));
  return { network: found.network, first: index, last, disguised, suffix };
}

/** Every messenger and social network named in a text. */
export function nameMentions(reading: Reading): NameMention[] {
  const mentions: NameMention[] = [];
  for (let index = 0; index < reading.tokens.length; index += 1) {
    const token = reading.tokens[index];
    const before = reading.tokens[index - 1];
    if (token === undefined || (token.kind === "mark" && LEET[token.text] === undefined)) continue;
    // Inside a clump of letters and digits only its beginning begins a name.
    if (token.gap === 0 && before !== undefined && before.kind !== "mark") continue;
    const mention = mentionAt(reading, index);
    if (mention === undefined) continue;
    mentions.push(mention);
    index = mention.last;
  }
  return mentions;
}
