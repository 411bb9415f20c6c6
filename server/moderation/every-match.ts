import type { Match } from "./match";
import type { Reading } from "./text/tokens";

/** What is found from one token after the other; a search goes on behind what it has found. */
export function everyMatch({ tokens }: Reading, at: (index: number) => Match | undefined): Match[] {
  const matches: Match[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    const found = at(index);
    if (found === undefined) continue;
    matches.push(found);
    index = Math.max(index, found.last);
  }
  return matches;
}
