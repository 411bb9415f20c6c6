import type { Reading } from "./tokens";

/** A row of tokens, both ends included. */
export interface Stretch {
  readonly first: number;
  readonly last: number;
}

/** No rule looks further than this from the word it starts at: time stays linear whatever the sentence. */
const FURTHEST = 40;

function around(numbers: Uint32Array, index: number): Stretch {
  const own = numbers[index];
  let first = index;
  let last = index;
  while (first > 0 && numbers[first - 1] === own && index - first < FURTHEST) first -= 1;
  while (last + 1 < numbers.length && numbers[last + 1] === own && last - index < FURTHEST) last += 1;
  return { first, last };
}

export const sentenceAround = (reading: Reading, index: number): Stretch => around(reading.sentence, index);
export const clauseAround = (reading: Reading, index: number): Stretch => around(reading.clause, index);

export function countWords(reading: Reading, { first, last }: Stretch): number {
  let count = 0;
  for (let at = first; at <= last; at += 1) if (reading.tokens[at]?.kind === "word") count += 1;
  return count;
}
