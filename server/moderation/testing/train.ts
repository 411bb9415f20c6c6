import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BACK_TO_BUSINESS } from "../clean-wording";
import { featuresOf, LEAST_FEATURES, PLACES } from "../likeness/features";
import { stretchesOf } from "../likeness/stretches";
import { findLeaks } from "../screen";
import { read } from "../text/tokens";
import { TaggedWords } from "../text/word-tags";
import { CORPUS_LANGUAGES, readCorpus } from "./corpus";

/**
 * Learns the weights of `likeness/model.ts` from the parts of the corpus that are tuned on, and writes `weights.json` there: logistic
 * regression by AdaGrad over pairs of sentences, of which a leak has one to blame; the same lines in the same order every time. The
 * threshold is taken from clean lines of `blind.jsonl` that were not learned from: the corpus is cut into blocks of neighbours (a block
 * is about one author's batch), each judged by what the others teach. Not from `dev.jsonl`: its clean lines are what some rule stopped.
 *
 *     npx tsx --tsconfig tsconfig.json server/moderation/testing/train.ts
 */

const ROUNDS = 20;
const RATE = 0.3;
const BIAS_RATE = 0.02;
/** How much a weight is drawn to nothing. */
const DECAY = 3e-4;
const BLOCKS = 8;
/** Of clean lines not learned from, half of which were written to look like leaks; ordinary ones are stopped far more seldom. */
const SHARE_OF_CLEAN = 0.007;
/** What fewer lines say is not learned. */
const LEAST_LINES = 2;
const LARGEST = 2;
const STEPS = 7;

/** For each stretch of the line, its places. */
interface Line {
  readonly leak: boolean;
  /** With addresses and numbers, to learn from. */
  readonly explained: readonly (readonly number[])[];
  /** As a reply is read. */
  readonly bare: readonly (readonly number[])[];
}

interface Model {
  readonly weights: Float64Array;
  bias: number;
}

function lineOf(text: string, leak: boolean): Line {
  const reading = read(text);
  const words = new TaggedWords(reading.tokens, reading.skeletons);
  const placesOf = (explained: boolean) => stretchesOf(reading).map((stretch) => featuresOf(reading, words, stretch, explained).places);
  return { leak, explained: placesOf(true), bare: placesOf(false) };
}

const share = (places: readonly number[]) => 1 / Math.sqrt(Math.max(places.length, LEAST_FEATURES));

function sumOf({ weights, bias }: Model, places: readonly number[]): number {
  let sum = 0;
  for (const place of places) sum += weights[place] ?? 0;
  return bias + sum * share(places);
}

/** Numbers that look drawn by lot and are the same every time (Numerical Recipes' linear congruence). */
function lots(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function shuffle(order: number[], lot: () => number): void {
  for (let at = order.length - 1; at > 0; at -= 1) {
    const other = Math.floor(lot() * (at + 1));
    [order[at], order[other]] = [order[other] ?? 0, order[at] ?? 0];
  }
}

/** The lines without the places that too few of them say. */
function withoutRare(lines: readonly Line[]): Line[] {
  const said = new Uint16Array(PLACES);
  for (const { explained } of lines) for (const place of new Set(explained.flat())) said[place] = (said[place] ?? 0) + 1;
  const isOften = (place: number) => (said[place] ?? 0) >= LEAST_LINES;
  return lines.map((line) => ({ ...line, explained: line.explained.map((places) => places.filter(isOften)) }));
}

function learn(given: readonly Line[]): Model {
  const lines = withoutRare(given);
  const model: Model = { weights: new Float64Array(PLACES), bias: 0 };
  const seen = new Float64Array(PLACES).fill(1e-8);
  const order = lines.map((_, index) => index);
  const lot = lots();
  for (let round = 0; round < ROUNDS; round += 1) {
    shuffle(order, lot);
    for (const index of order) {
      const line = lines[index];
      if (line !== undefined) step(model, seen, line);
    }
  }
  model.weights.forEach((weight, place) => {
    model.weights[place] = (Math.round((Math.max(-LARGEST, Math.min(LARGEST, weight)) / LARGEST) * STEPS) * LARGEST) / STEPS;
  });
  return model;
}

/** The stretch that reads most like a leak. */
function worst(model: Model, stretches: Line["bare"]): { readonly places: readonly number[]; readonly sum: number } {
  const sums = stretches.map((places) => ({ places, sum: sumOf(model, places) }));
  return sums.reduce((most, next) => (next.sum > most.sum ? next : most), { places: [] as readonly number[], sum: Number.NEGATIVE_INFINITY });
}

/** Of a leak one stretch is to blame, the one that looks most like it so far; of a clean line none is. */
function step(model: Model, seen: Float64Array, { leak, explained }: Line): void {
  for (const places of leak ? [worst(model, explained).places] : explained) descend(model, seen, places, leak);
}

function descend(model: Model, seen: Float64Array, places: readonly number[], leak: boolean): void {
  const error = 1 / (1 + Math.exp(-sumOf(model, places))) - (leak ? 1 : 0);
  const slope = error * share(places);
  for (const place of places) {
    const weight = model.weights[place] ?? 0;
    const gradient = slope + DECAY * weight;
    const before = (seen[place] ?? 0) + gradient * gradient;
    seen[place] = before;
    model.weights[place] = weight - (RATE * gradient) / Math.sqrt(before);
  }
  model.bias -= BIAS_RATE * error;
}

/** Catalogues of this program whose sentences are learned as clean: talk of something else, which the corpus has none of. */
const NEUTRAL = ["deadlines", "home", "jobs", "layout", "notices", "notifications", "thread", "views"];
const FEWEST_WORDS = 3;

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** Sentences of the user interface without placeholders that no rule stops. */
function neutralTexts(): string[] {
  const files = CORPUS_LANGUAGES.flatMap((language) => NEUTRAL.map((name) => join("messages", language, `${name}.json`)));
  const texts = files.flatMap((file) => textsIn(JSON.parse(readFileSync(file, "utf8"))));
  const isSentence = (text: string) => !/[{}<>]/.test(text) && text.split(/\s+/).length >= FEWEST_WORDS;
  return texts.filter((text) => isSentence(text) && findLeaks(text, { likeness: false }).length === 0);
}

/** For each line the sum it gets from a model that has not seen it, in the order of the lines. */
function judged(lines: readonly Line[], neutral: readonly Line[]): number[] {
  const size = Math.ceil(lines.length / BLOCKS);
  const sums: number[] = [];
  for (let from = 0; from < lines.length; from += size) {
    const model = learn([...lines.slice(0, from), ...lines.slice(from + size), ...neutral]);
    const known = (places: readonly number[]) => places.filter((place) => model.weights[place] !== 0);
    for (const { bare } of lines.slice(from, from + size)) sums.push(worst(model, bare.map(known)).sum);
  }
  return sums;
}

const [dev, blind] = [readCorpus("dev"), readCorpus("blind")];
const lines = [...dev, ...blind].map(({ text, label }) => lineOf(text, label === "leak"));
const neutral = [...BACK_TO_BUSINESS, ...neutralTexts()].map((text) => lineOf(text, false));
const sums = judged(lines, neutral).map((sum, index) => ({ sum, leak: lines[index]?.leak, blind: index >= dev.length }));
const clean = sums.filter((line) => line.blind && line.leak === false).sort((left, right) => right.sum - left.sum);
const threshold = clean[Math.floor(clean.length * SHARE_OF_CLEAN)]?.sum ?? 0;
const { weights, bias } = learn([...lines, ...neutral]);
const halves = Uint8Array.from(weights, (weight) => Math.round((weight / LARGEST) * STEPS) + 8);
const learned = {
  step: Number((LARGEST / STEPS).toPrecision(6)),
  bias: Number(bias.toPrecision(6)),
  threshold: Number(threshold.toPrecision(6)),
  weights: Buffer.from(Uint8Array.from({ length: PLACES / 2 }, (_, at) => (halves[2 * at] ?? 0) + 16 * (halves[2 * at + 1] ?? 0))).toString("base64"),
};
writeFileSync(join(import.meta.dirname, "..", "likeness", "weights.json"), `${JSON.stringify(learned, null, 2)}\n`);
const leaks = sums.filter(({ leak }) => leak);
const found = leaks.filter(({ sum }) => sum > threshold).length / leaks.length;
process.stdout.write(
  `${lines.length} lines and ${neutral.length} neutral ones; threshold ${learned.threshold}; by itself it finds ${found.toFixed(3)} of leaks it has not learned from\n`,
);
