import type { Match } from "../match";
import type { FindingReason } from "../schema";
import type { Reading } from "../text/tokens";
import type { TaggedWords } from "../text/word-tags";
import type { Atom } from "./atoms";
import { announcedBy, isLabelled, type NumberContext, numberContext } from "./context";
import { type Likelihood, phoneLikelihood, type Writing } from "./phone-shape";
import type { Run } from "./runs";

const SHORTEST = 9;
const LONGEST = 15;
/** Local numbers, without a city: only right after "тел.", "звоните", "call". */
const LOCAL_HABITS = new Set(["3-2-2", "2-2-2", "3-4", "2-2-3", "3-1-3", "1-2-2", "3-3", "3-2-1-1"]);

/** Mobile numbers with their trunk digit or country code. */
const WHOLE_MOBILE = /^(?:[78]9\d{9}|05\d{9}|905\d{9}|380\d{9}|07\d{9})$/;

interface Window {
  readonly run: Run;
  readonly from: number;
  readonly to: number;
  readonly writing: Writing;
}

function writingOf(run: Run, from: number, to: number): Writing {
  const atoms = run.atoms.slice(from, to + 1);
  const groups = atoms.map((atom) => atom.digits.length);
  const apart = groups.length >= 9 && groups.filter((size) => size === 1).length >= groups.length - 2;
  return {
    digits: atoms.map((atom) => atom.digits).join(""),
    groups,
    plus: run.plus[from] === true,
    bracket: run.bracket.slice(from, to + 1).some(Boolean),
    disguised: apart || atoms.some((atom) => atom.form !== "digits"),
  };
}

/** Sizes, a count, a table: numbers that only go up, or only down. */
function isSeries(atoms: readonly Atom[]): boolean {
  if (atoms.length < 4) return false;
  const steps = atoms.slice(1).map((atom, index) => Number(atom.digits) - Number(atoms[index]?.digits ?? 0));
  // 963 118 40 27 only goes down because groups of a phone get shorter.
  const even = atoms.every((atom) => atom.digits.length === atoms[0]?.digits.length);
  return steps.every((step) => step > 0) || (even && steps.every((step) => step < 0));
}

function listsInside({ run, from, to }: Window): boolean {
  return run.joins.slice(from, to).some(isDivided);
}

function joinsModels({ run, from, to }: Window): boolean {
  const listed = run.joins.slice(from, to).includes("list");
  return listed && run.atoms.slice(from, to + 1).some((atom) => atom.form === "letters");
}

/** "8905730 и 1844": all of a run in two parts that make one mobile number, or parts told one after another. */
function isToldInParts({ run, from, to, writing }: Window): boolean {
  const joins = run.joins.slice(from, to);
  return joins.includes("told") || (joins.length === 1 && to === run.atoms.length - 1 && from === 0 && WHOLE_MOBILE.test(writing.digits));
}

/** A number may begin and end where the run does, at a comma or new line, where digits become words, and where a plus stands. */
function standsApart({ run, from, to }: Window): boolean {
  const begins = from === 0 || isDivided(run.joins[from - 1]) || run.plus[from] === true || run.bracket[from] === true || changes(run, from - 1, from);
  const ends = to === run.atoms.length - 1 || isDivided(run.joins[to]) || changes(run, to, to + 1);
  return begins && ends;
}

const isDivided = (join: Run["joins"][number] | undefined) => join === "list" || join === "told";

function changes(run: Run, left: number, right: number): boolean {
  return (run.atoms[left]?.form === "words") !== (run.atoms[right]?.form === "words");
}

function accepts(window: Window, likelihood: Likelihood, context: NumberContext, amount: boolean, named: boolean): boolean {
  const { writing, run, from, to } = window;
  const atoms = run.atoms.slice(from, to + 1);
  if (isSeries(atoms) && context !== "call" && !writing.plus) return false;
  // "i5-8400, i7-8700": letters for digits on both sides of a comma are models in a list.
  if (context !== "call" && joinsModels(window)) return false;
  if (likelihood === "certain") return true;
  const tightlyWritten = !listsInside(window) && (standsApart(window) || writing.groups.length === 1);
  if (context === "call") return tightlyWritten || standsApart(window);
  if (context === "none" && !amount && standsApart(window) && isToldInParts(window)) return true;
  if (context === "identifier" || amount || !tightlyWritten) return false;
  // "ustanın numarası 5356117289"
  if (named && /^5[0-5]\d{8}$/.test(writing.digits)) return true;
  return likelihood === "likely";
}

function reasonOf({ run, from, to, writing }: Window, likelihood: Likelihood): FindingReason {
  const forms = new Set(run.atoms.slice(from, to + 1).map((atom) => atom.form));
  if (forms.has("words")) return "phone.spelled_digits";
  if (forms.has("fancy")) return "phone.fancy_digits";
  if (forms.has("letters")) return "phone.look_alike";
  if (writing.disguised || writing.groups.length > 6 || listsInside({ run, from, to, writing })) return "phone.spaced";
  return likelihood === "possible" ? "phone.in_context" : "phone.plain";
}

/** A number followed by a currency or a unit is an amount, unless it is written as only phones are. */
function isAmount(reading: Reading, words: TaggedWords, last: number): boolean {
  return /[%₽$€₴₺£]/.test(reading.tokens[last + 1]?.text ?? "") || words.has(last + 1, "money");
}

interface Found {
  readonly window: Window;
  readonly likelihood: Likelihood;
}

function longestAt(reading: Reading, words: TaggedWords, run: Run, from: number): Found | undefined {
  let found: Found | undefined;
  let size = 0;
  for (let to = from; to < run.atoms.length; to += 1) {
    size += run.atoms[to]?.digits.length ?? 0;
    if (size > LONGEST) break;
    if (size < SHORTEST) continue;
    const window = { run, from, to, writing: writingOf(run, from, to) };
    const likelihood = phoneLikelihood(window.writing);
    if (likelihood === undefined) continue;
    const first = run.atoms[from]?.first ?? 0;
    if (!WHOLE_MOBILE.test(window.writing.digits) && !window.writing.plus && isLabelled(reading, words, first)) continue;
    const last = run.atoms[to]?.last ?? first;
    if (accepts(window, likelihood, numberContext(reading, words, first, last), isAmount(reading, words, last), words.has(first - 1, "number")))
      found = { window, likelihood };
  }
  return found;
}

/** With the plus and the bracket before it. */
function withLead(reading: Reading, first: number): number {
  let start = first;
  while (start > 0 && start > first - 2 && /^(?:[+(]|плюс|plus|arti)$/.test(reading.tokens[start - 1]?.text ?? "") && reading.tokens[start]?.gap !== 2)
    start -= 1;
  return reading.tokens[start]?.text === "(" && reading.tokens[first + 1]?.text !== ")" ? first : start;
}

function toMatch(reading: Reading, found: Found): Match {
  const { window, likelihood } = found;
  const first = withLead(reading, window.run.atoms[window.from]?.first ?? 0);
  const last = window.run.atoms[window.to]?.last ?? first;
  return { kind: "phone", reason: reasonOf(window, likelihood), first, last, certainty: likelihood === "certain" ? "certain" : "likely" };
}

/** How many digits told in words make a phone: fewer where the words around say that it is one. */
function leastSpelled(context: NumberContext, called: boolean): number {
  if (context === "call") return 6;
  if (context === "identifier") return Number.POSITIVE_INFINITY;
  return called ? 7 : SHORTEST;
}

/** Pieces of a run between lists: what is left when no numbering plan fits. */
function unplanned(reading: Reading, words: TaggedWords, run: Run): Match | undefined {
  const first = run.atoms[0]?.first ?? 0;
  const last = run.atoms.at(-1)?.last ?? first;
  const digits = run.atoms.reduce((sum, atom) => sum + atom.digits.length, 0);
  if (digits < 5 || digits > LONGEST || isSeries(run.atoms)) return undefined;
  const spelled = run.atoms.filter((atom) => atom.form === "words").length;
  const context = numberContext(reading, words, first, last);
  const match = (reason: FindingReason): Match => ({ kind: "phone", reason, first, last, certainty: "likely" });
  const called = context === "none" && announcedBy(reading, words, first, ["number"], 3);
  if (spelled >= 3 && digits >= leastSpelled(context, called)) return match("phone.spelled_digits");
  if (context !== "call" || isAmount(reading, words, last)) return undefined;
  if (run.joins.includes("list")) return isTwoLocals(run) ? match("phone.in_context") : undefined;
  const announced = announcedBy(reading, words, first, ["call", "number"], 5);
  const habitual = LOCAL_HABITS.has(run.atoms.map((atom) => atom.digits.length).join("-"));
  if (habitual && digits >= 6) return match("phone.in_context");
  // "тел. 2031546": a local number in one piece, right behind the word.
  if (digits === 7 && run.atoms.length === 1 && announcedBy(reading, words, first, ["call"], 2)) return match("phone.in_context");
  return announced && digits >= 10 && digits <= 13 ? match("phone.in_context") : undefined;
}

/** "телефоны 2031546 и 2031547". */
const isTwoLocals = ({ atoms }: Run): boolean => atoms.length === 2 && atoms.every(({ digits }) => /^[2-9]\d{6}$/.test(digits));

/** Phone numbers of one run: the longest acceptable row of groups from the left, then on behind it. */
export function phonesOf(reading: Reading, words: TaggedWords, run: Run): Match[] {
  const matches: Match[] = [];
  for (let from = 0; from < run.atoms.length; ) {
    const found = longestAt(reading, words, run, from);
    if (found !== undefined) matches.push(toMatch(reading, found));
    from = found === undefined ? from + 1 : found.window.to + 1;
  }
  if (matches.length > 0) return matches;
  const rest = unplanned(reading, words, run);
  return rest === undefined ? [] : [rest];
}
