import type { Match } from "../match";
import type { Stretch } from "../text/stretch";
import type { Tag, TaggedWords } from "../text/word-tags";

/** An invitation to buy elsewhere, between two tokens in whatever order. */
export function match(reason: Match["reason"], first: number, last: number): Match {
  return { kind: "off_platform", reason, first: Math.min(first, last), last: Math.max(first, last), certainty: "likely" };
}

/** The first token of a stretch with a tag. */
export function find(words: TaggedWords, { first, last }: Stretch, tag: Tag, except = -1): number | undefined {
  for (let at = first; at <= last; at += 1) if (at !== except && words.has(at, tag)) return at;
  return undefined;
}
