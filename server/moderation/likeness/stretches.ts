import type { Stretch } from "../text/stretch";
import type { Reading } from "../text/tokens";

/** A sentence goes on no longer than this: time stays linear and short whatever is written. In tokens. */
const LONGEST = 60;

/** The sentences of a text, long ones cut. */
function sentences({ tokens, sentence }: Reading): Stretch[] {
  const found: Stretch[] = [];
  let first = 0;
  for (let at = 1; at <= tokens.length; at += 1) {
    if (at < tokens.length && sentence[at] === sentence[first] && at - first < LONGEST) continue;
    found.push({ first, last: at - 1 });
    first = at;
  }
  return tokens.length === 0 ? [] : found;
}

/** What is read together: each sentence with the one behind it, for a deal is seldom told in one. A single sentence by itself. */
export function stretchesOf(reading: Reading): Stretch[] {
  const all = sentences(reading);
  if (all.length < 2) return all;
  return all.slice(1).map(({ last }, index) => ({ first: all[index]?.first ?? 0, last }));
}
