import { findLeaks } from "@/server/moderation/screen";
import { CORPUS_LANGUAGES, type CorpusLine, readCorpus } from "@/server/moderation/testing/corpus";
import { type BenchFigures, type BenchOptions, type BenchResult, describeMachine } from "../contract";
import { baselineCount, baselineFinds } from "./baseline";

const MEGABYTE = 1_000_000;
/** Built to make careless expressions backtrack, or a careless scan look far to the side. */
const HOSTILE: Readonly<Record<string, string>> = {
  spacedDigits: "8 9 1 2 3 4 5 6 7 8 ",
  dots: "a.",
  ats: "a@",
  zeroWidth: "a\u200b",
  digitWords: "восемь девятьсот ",
  nearlyNames: "t e l e g r a ",
};

const isFound = (text: string) => findLeaks(text).length > 0;
const share = (lines: readonly CorpusLine[], test: (line: CorpusLine) => boolean) =>
  lines.length === 0 ? 0 : Number((lines.filter(test).length / lines.length).toFixed(4));
const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
const camel = (kind: string) => kind.split("_").map(capital).join("");

function figuresOf(name: string, lines: readonly CorpusLine[]): BenchFigures {
  const leaks = lines.filter(({ label }) => label === "leak");
  const clean = lines.filter(({ label }) => label === "clean");
  const figures: Record<string, number> = {
    [`${name}Leaks`]: leaks.length,
    [`${name}Clean`]: clean.length,
    [`${name}Recall`]: share(leaks, ({ text }) => isFound(text)),
    [`${name}FalseAlarms`]: share(clean, ({ text }) => isFound(text)),
  };
  for (const lang of CORPUS_LANGUAGES) {
    figures[`${name}Recall${capital(lang)}`] = share(
      leaks.filter((line) => line.lang === lang),
      ({ text }) => isFound(text),
    );
    figures[`${name}FalseAlarms${capital(lang)}`] = share(
      clean.filter((line) => line.lang === lang),
      ({ text }) => isFound(text),
    );
  }
  for (const kind of new Set(leaks.flatMap(({ kinds }) => kinds))) {
    const ofKind = leaks.filter(({ kinds }) => kinds.includes(kind));
    figures[`${name}Recall${camel(kind)}`] = share(ofKind, ({ text }) => isFound(text));
  }
  return figures;
}

function megabytesPerSecond(text: string, work: (text: string) => unknown): number {
  const startedAt = performance.now();
  work(text);
  return Number((text.length / MEGABYTE / ((performance.now() - startedAt) / 1_000)).toFixed(3));
}

const filled = (seed: string) => seed.repeat(Math.ceil(MEGABYTE / seed.length)).slice(0, MEGABYTE);

/**
 * How many leaks of the labelled corpus the guard finds and how many clean replies it stops, on the part it was tuned on and on
 * the part it was not, and how fast it reads one million characters, ordinary and hostile; beside one plain expression each for
 * links, e-mails, phones and names. The ratio divides the guard's held-out recall by the expressions'.
 */
export async function run(_options: BenchOptions): Promise<BenchResult> {
  const heldOut = readCorpus("held-out");
  const dev = readCorpus("dev");
  const blind = readCorpus("blind");
  const lines = [...heldOut, ...dev, ...blind];
  const leaks = lines.filter(({ label }) => label === "leak");
  const clean = lines.filter(({ label }) => label === "clean");
  const ordinary = filled(clean.map(({ text }) => text).join("\n"));
  findLeaks(ordinary.slice(0, MEGABYTE / 10));
  const hostile = Object.entries(HOSTILE).map(([name, seed]) => [`${name}MegabytesPerSecond`, megabytesPerSecond(filled(seed), findLeaks)] as const);
  const heldOutLeaks = heldOut.filter(({ label }) => label === "leak");
  const recall = share(heldOutLeaks, ({ text }) => isFound(text));
  const plainRecall = share(heldOutLeaks, ({ text }) => baselineFinds(text));
  return {
    bench: "guard",
    machine: describeMachine(),
    results: {
      corpusLines: lines.length,
      recall: share(leaks, ({ text }) => isFound(text)),
      falseAlarms: share(clean, ({ text }) => isFound(text)),
      ...figuresOf("heldOut", heldOut),
      ...figuresOf("dev", dev),
      ...figuresOf("blind", blind),
      ordinaryMegabytesPerSecond: megabytesPerSecond(ordinary, findLeaks),
      ...Object.fromEntries(hostile),
    },
    baseline: {
      recall: share(leaks, ({ text }) => baselineFinds(text)),
      falseAlarms: share(clean, ({ text }) => baselineFinds(text)),
      heldOutRecall: plainRecall,
      ordinaryMegabytesPerSecond: megabytesPerSecond(ordinary, baselineCount),
    },
    ratio: Number((recall / plainRecall).toFixed(3)),
  };
}
