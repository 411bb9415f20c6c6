import { foldCharacter } from "./fold-character";
import { skeleton } from "./look-alike";

/** The key of a word in a lexicon, as tokens spell it: folded, then by the look of its letters. */
export function lexiconKey(word: string): string {
  let folded = "";
  for (const character of word.replace(/['’]/g, "")) folded += foldCharacter(character, character.codePointAt(0) ?? 0);
  return skeleton(folded);
}
