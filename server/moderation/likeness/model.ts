import { z } from "zod";
import { isAllowed } from "../addresses/domains";
import { hostAt } from "../addresses/hosts";
import type { Match } from "../match";
import type { Stretch } from "../text/stretch";
import type { Reading } from "../text/tokens";
import type { TaggedWords } from "../text/word-tags";
import { type Features, featuresOf, isOfAddress, LEAST_FEATURES, PLACES } from "./features";
import { stretchesOf } from "./stretches";
import learned from "./weights.json";

/**
 * Whether a reply reads like those that lead a buyer away, where no rule has found anything: a sum of learned weights of what it says
 * (docs/decisions/0014-reads-like-a-leak.md). Learned by `testing/train.ts` from the tuned parts of the corpus.
 */

const weightsSchema = z.object({
  /** What one step of a weight is worth. */
  step: z.number().positive(),
  bias: z.number(),
  /** From which sum on a stretch is found. */
  threshold: z.number(),
  /** Two places a byte, the first in its lower half, each from -7 to 7 steps and 8 more; base64. */
  weights: z.string(),
});

const { step, bias, threshold, weights: encoded } = weightsSchema.parse(learned);
const bytes = Buffer.from(encoded, "base64");
const weights = Int8Array.from({ length: PLACES }, (_, place) => (((bytes[place >> 1] ?? 0) >> (4 * (place & 1))) & 15) - 8);

/** How much a stretch with these features reads like a leak. What was never learned does not count. */
function sumOf({ places }: Features): number {
  const known = places.map((place) => weights[place] ?? 0).filter((weight) => weight !== 0);
  return bias + (step * known.reduce((sum, weight) => sum + weight, 0)) / Math.sqrt(Math.max(known.length, LEAST_FEATURES));
}

/** The sentence that weighs most. */
function heaviest(reading: Reading, { places, tokens }: Features, { first, last }: Stretch): Stretch {
  const bySentence = new Map<number, number>();
  places.forEach((place, index) => {
    const sentence = reading.sentence[tokens[index] ?? first] ?? 0;
    bySentence.set(sentence, (bySentence.get(sentence) ?? 0) + (weights[place] ?? 0));
  });
  const [sentence] = [...bySentence].reduce((best, next) => (next[1] > best[1] ? next : best), [-1, Number.NEGATIVE_INFINITY]);
  let [begin, end] = [first, last];
  while (begin < last && reading.sentence[begin] !== sentence) begin += 1;
  while (end > begin && reading.sentence[end] !== sentence) end -= 1;
  return { first: begin, last: end };
}

/** "Напишите на support@ozon.ru": what is left of an invitation whose address is allowed is no leak. */
function hasAllowedAddress(reading: Reading, { first, last }: Stretch, allowed: readonly string[]): boolean {
  for (let at = first; at <= last; at += 1) {
    if (reading.tokens[at]?.kind !== "word" || !isOfAddress(reading.tokens, at)) continue;
    const host = hostAt(reading, at, { announced: true });
    if (host !== undefined && isAllowed(host.name, allowed)) return true;
  }
  return false;
}

/** The first two sentences of a text that together read like a leak; of them, the one that weighs most. Linear in the length of the text. */
export function readsLikeLeak(reading: Reading, words: TaggedWords, allowed: readonly string[]): Match | undefined {
  for (const stretch of stretchesOf(reading)) {
    const features = featuresOf(reading, words, stretch, false);
    if (sumOf(features) > threshold && !hasAllowedAddress(reading, stretch, allowed))
      return { kind: "off_platform", reason: "off_platform.reads_like", ...heaviest(reading, features, stretch), certainty: "likely" };
  }
  return undefined;
}
