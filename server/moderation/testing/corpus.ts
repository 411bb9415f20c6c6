import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { FINDING_KINDS } from "../schema";

export const CORPUS_LANGUAGES = ["ru", "uk", "tr", "en"] as const;

export const CORPUS_PARTS = ["dev", "held-out", "blind"] as const;
export type CorpusPart = (typeof CORPUS_PARTS)[number];

const lineSchema = z.object({
  lang: z.enum(CORPUS_LANGUAGES),
  text: z.string(),
  label: z.enum(["leak", "clean"]),
  kinds: z.array(z.enum(FINDING_KINDS)),
  note: z.string().optional(),
});
export type CorpusLine = z.infer<typeof lineSchema>;

/** The labelled lines of one part of the corpus. */
export function readCorpus(part: CorpusPart): CorpusLine[] {
  const file = join(import.meta.dirname, "..", "corpus", `${part}.jsonl`);
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => lineSchema.parse(JSON.parse(line)));
}
