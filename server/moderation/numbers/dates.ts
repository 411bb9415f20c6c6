import type { Reading, Token } from "../text/tokens";
import type { TaggedWords } from "../text/word-tags";
import type { Atom } from "./atoms";
import { announcedBy } from "./context";

/** Dates, times, amounts and order numbers of the marketplaces: digits whose shape says what they are. */

const isNumber = (token: Token | undefined, least: number, most = least): boolean =>
  token?.kind === "number" && token.text.length >= least && token.text.length <= most;
const tight = (token: Token | undefined, mark: string): boolean => token !== undefined && token.gap === 0 && mark.includes(token.text);
const below = (token: Token | undefined, limit: number): boolean => token !== undefined && Number(token.text) <= limit;

/** Whether a digit hangs on to the shape from either side: then it is a piece of something longer. */
function goesOn(tokens: readonly Token[], first: number, last: number): boolean {
  const marked = (at: number, beyond: number, gapAt: number) =>
    tokens[at]?.kind === "mark" &&
    /[-.:/]/.test(tokens[at]?.text ?? "") &&
    tokens[gapAt]?.gap === 0 &&
    tokens[at]?.gap === 0 &&
    tokens[beyond]?.kind === "number";
  return marked(first - 1, first - 2, first) || marked(last + 1, last + 2, last + 2);
}

/** 25.11.2026, 25/11/26, 2026-11-25: five tokens. */
function date(tokens: readonly Token[], at: number): number {
  const [a, s, b, t, c] = tokens.slice(at, at + 5);
  if (!tight(s, "./-") || t?.text !== s?.text || b?.gap !== 0 || c?.gap !== 0 || t?.gap !== 0) return 0;
  const dayFirst = isNumber(a, 1, 2) && isNumber(b, 1, 2) && (isNumber(c, 2) || isNumber(c, 4)) && below(a, 31) && below(b, 31) && Number(a?.text) > 0;
  const yearFirst = isNumber(a, 4) && isNumber(b, 1, 2) && isNumber(c, 1, 2) && below(b, 12) && below(c, 31);
  return (dayFirst || yearFirst) && !goesOn(tokens, at, at + 4) ? 5 : 0;
}

/** 18:30, 9:00, 25.11. */
function pair(tokens: readonly Token[], at: number): number {
  const [a, s, b] = tokens.slice(at, at + 3);
  if (b?.gap !== 0 || !isNumber(a, 1, 2) || !isNumber(b, 2) || s?.gap !== 0) return 0;
  const time = s.text === ":" && below(a, 24) && below(b, 59);
  const dayAndMonth = s.text === "." && below(a, 31) && below(b, 12) && Number(b.text) > 0;
  return (time || dayAndMonth) && !goesOn(tokens, at, at + 2) ? 3 : 0;
}

/** 46320781-0120-1 (Ozon), 112-4837261-9982745, 978-3-16-148410-0: groups no phone has. */
function orderNumber(tokens: readonly Token[], at: number): number {
  const groups: string[] = [];
  let next = at;
  while (groups.length < 6 && tokens[next]?.kind === "number" && (groups.length === 0 || tokens[next]?.gap === 0)) {
    groups.push(tokens[next]?.text ?? "");
    if (!tight(tokens[next + 1], "-") || tokens[next + 2]?.gap !== 0 || tokens[next + 2]?.kind !== "number") break;
    next += 2;
  }
  const shape = groups.map((group) => group.length).join("-");
  const known = /^(?:[6-9]|1[01])-4(?:-[1-3])?$/.test(shape) || shape === "3-7-7" || (/^3-1-\d-\d-1$/.test(shape) && /^97[89]$/.test(groups[0] ?? ""));
  return known ? next - at + 1 : 0;
}

/** Atoms (by first token) that are dates, times or order numbers. */
export function shapedAtoms(reading: Reading, words: TaggedWords, atoms: readonly Atom[]): Set<number> {
  const { tokens } = reading;
  const apart = new Set<number>();
  let until = -1;
  for (const atom of atoms) {
    if (atom.first <= until) {
      apart.add(atom.first);
      continue;
    }
    if (atom.form !== "digits") continue;
    const order = announcedBy(reading, words, atom.first, ["account"], 4) ? 0 : orderNumber(tokens, atom.first);
    const size = date(tokens, atom.first) || order || pair(tokens, atom.first);
    if (size === 0) continue;
    until = atom.first + size - 1;
    apart.add(atom.first);
  }
  return apart;
}
