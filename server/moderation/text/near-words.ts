import { remembering } from "@/lib/remembering";

function shortened(word: string): string[] {
  const found = [word];
  for (let at = 0; at < word.length; at += 1) found.push(word.slice(0, at) + word.slice(at + 1));
  return found;
}

/** Whether one exchange, loss, gain or swap of neighbours makes one word of the other. */
function isOneStep(left: string, right: string): boolean {
  let begin = 0;
  while (begin < left.length && begin < right.length && left.charAt(begin) === right.charAt(begin)) begin += 1;
  const [a, b] = [left.slice(begin), right.slice(begin)];
  if (a.slice(1) === b.slice(1) || a.slice(1) === b || a === b.slice(1)) return true;
  return a.charAt(0) === b.charAt(1) && a.charAt(1) === b.charAt(0) && a.slice(2) === b.slice(2);
}

const MOST_REMEMBERED = 5_000;

/** Words with one letter wrong, missing, doubled or out of place. Answers are remembered; a look-up costs the letters of the word. */
export class NearWords {
  private readonly byShortened = new Map<string, string[]>();
  /** The word meant by a key, if it is at most one step away. Keys are short: the caller bounds their length. */
  readonly find = remembering((key: string) => this.lookUp(key), MOST_REMEMBERED);

  constructor(words: Iterable<string>) {
    for (const word of words)
      for (const form of new Set(shortened(word))) {
        const known = this.byShortened.get(form);
        if (known === undefined) this.byShortened.set(form, [word]);
        else known.push(word);
      }
  }

  private lookUp(key: string): string | undefined {
    for (const form of shortened(key)) for (const word of this.byShortened.get(form) ?? []) if (isOneStep(key, word)) return word;
    return undefined;
  }
}
