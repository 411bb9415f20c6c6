import { lexiconKey } from "../text/lexicon-key";
import type { Reading, Token } from "../text/tokens";
import type { Atom } from "./atoms";

/**
 * How two digit groups hang together: `tight` (nothing between), `soft` (spaces, dashes, dots, brackets: inside one number),
 * `list` (comma, new line, "и": perhaps the next number), `told` ("потом", "devamı", "в конце": one number told in parts).
 */
export type Join = "tight" | "soft" | "list" | "told";

/** Digit groups in a row with nothing but separators between them. */
export interface Run {
  readonly atoms: readonly Atom[];
  /** joins[i] stands between atoms[i] and atoms[i + 1]. */
  readonly joins: readonly Join[];
  /** plus[i]: a "+" or the word for it stands right before atoms[i]. */
  readonly plus: readonly boolean[];
  /** bracket[i]: atoms[i] stands alone in brackets. */
  readonly bracket: readonly boolean[];
}

const FILLERS = new Set(
  "и а й і та and dash hyphen space ve tire тире дефис черточка пробел пауза скобка дужка ещё ще минус minus ну так значит значить эм ээ эээ короче вот отже от um uh er erm okay ok so right now ondan şey işte şimdi в у the in at by is en bit part digits piece точка крапка nokta dot"
    .split(" ")
    .map(lexiconKey),
);
/** Said between the parts of one number. */
const TOLD = new Set(
  "потом затем далее дальше после конце конец хвост последние окончание потім далі кінці кінець наприкінці then end ends ending followed last finally sonra ardından ardindan devamı devamında sonu son sonunda sondaki"
    .split(" ")
    .map(lexiconKey),
);
const PLUS_WORDS = new Set(["плюс", "plus", "artı"].map(lexiconKey));
const SOFT = new Set([..."-‐‑‒–—―−._/\\()[]{}*~•·∙|:'\"`^<>«»“”#"]);
const LIST = new Set([...",;&"]);
/** Signs that make an amount, a share or a formula of a number. */
const BREAK = new Set([..."%₽$€₴₺£°№=×≈±§‰@"]);
const MOST_BETWEEN = 5;

interface Between {
  readonly join: Join;
  readonly plus: boolean;
  /** A short unknown word stood there: perhaps a number word that nobody can read any more. */
  readonly guessed: boolean;
}

const LONGEST_GUESSED = 6;

/** "seven ight two": an unreadable word between two spelled numbers, and nothing else. */
function isUnreadable(token: Token, left: Atom, right: Atom): boolean {
  return left.form === "words" && right.form === "words" && token.text.length <= LONGEST_GUESSED && right.first - left.last === 2;
}

function markJoin(token: Token): Join | "plus" | undefined {
  if (token.text === "+") return "plus";
  if (SOFT.has(token.text)) return "soft";
  if (LIST.has(token.text)) return "list";
  // Emoji and other ornaments come as other units; a letter never gets here.
  return BREAK.has(token.text) ? undefined : "list";
}

function wordJoin(key: string): Join | "plus" | undefined {
  if (PLUS_WORDS.has(key)) return "plus";
  if (TOLD.has(key)) return "told";
  return FILLERS.has(key) ? "list" : undefined;
}

const STRENGTH: readonly Join[] = ["tight", "soft", "list", "told"];
const stronger = (left: Join, right: Join): Join => (STRENGTH.indexOf(right) > STRENGTH.indexOf(left) ? right : left);

const joinOf = (reading: Reading, at: number, token: Token) => (token.kind === "mark" ? markJoin(token) : wordJoin(reading.skeletons[at] ?? ""));

/** What an unreadable word makes of the groups on its two sides. */
const guess = (join: Join, plus: boolean, token: Token, left: Atom, right: Atom): Between | undefined =>
  token.kind === "word" && isUnreadable(token, left, right) ? { join, plus, guessed: true } : undefined;

/** What stands between two neighbouring atoms, or undefined when it divides them. */
function between(reading: Reading, left: Atom, right: Atom): Between | undefined {
  const count = right.first - left.last - 1;
  if (count > MOST_BETWEEN) return undefined;
  let join: Join = (reading.tokens[right.first]?.gap ?? 0) === 0 && count === 0 ? "tight" : "soft";
  let plus = false;
  for (let at = left.last + 1; at <= right.first; at += 1) {
    const token = reading.tokens[at];
    if (token === undefined) return undefined;
    if (token.gap === 2) join = stronger(join, "list");
    if (at === right.first) break;
    const found = joinOf(reading, at, token);
    if (found === undefined) return guess(join, plus, token, left, right);
    if (found === "plus") plus = true;
    else join = stronger(join, found);
  }
  return { join, plus, guessed: false };
}

function plusBefore(reading: Reading, atom: Atom): boolean {
  const before = reading.tokens[atom.first - 1];
  return (
    before !== undefined &&
    (before.text === "+" || PLUS_WORDS.has(reading.skeletons[atom.first - 1] ?? "") || (before.text === "(" && reading.tokens[atom.first - 2]?.text === "+"))
  );
}

function inBrackets(reading: Reading, atom: Atom): boolean {
  return reading.tokens[atom.first - 1]?.text === "(" && reading.tokens[atom.last + 1]?.text === ")";
}

/** Groups the atoms of a text into runs. `apart` are atoms that belong to a date, a time and the like: they end a run. */
export function runsOf(reading: Reading, atoms: readonly Atom[], apart: ReadonlySet<number>): Run[] {
  const runs: Run[] = [];
  let current: { atoms: Atom[]; joins: Join[]; plus: boolean[]; bracket: boolean[] } | undefined;
  let before: Atom | undefined;
  let guesses = 0;
  for (const atom of atoms) {
    if (apart.has(atom.first)) {
      before = undefined;
      continue;
    }
    const link = before === undefined || current === undefined ? undefined : between(reading, before, atom);
    if (link?.guessed === true) guesses += 1;
    if (current === undefined || link === undefined || (link.guessed && guesses > 1)) {
      guesses = 0;
      current = { atoms: [], joins: [], plus: [], bracket: [] };
      runs.push(current);
    } else current.joins.push(link.join);
    current.atoms.push(atom);
    current.plus.push(link?.plus === true || plusBefore(reading, atom));
    current.bracket.push(inBrackets(reading, atom));
    before = atom;
  }
  return runs;
}
