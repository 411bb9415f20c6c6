const MOST_REMEMBERED = 10_000;
const LONGEST_REMEMBERED = 24;

export interface WordTest {
  readonly test: (word: string) => boolean;
}

/** A test of single words that remembers its answers: a reply asks the same few words of the same rules again and again. */
export function wordTest(pattern: RegExp): WordTest {
  const answers = new Map<string, boolean>();
  const test = (word: string): boolean => {
    const before = answers.get(word);
    if (before !== undefined) return before;
    const found = pattern.test(word);
    if (answers.size >= MOST_REMEMBERED) answers.clear();
    if (word.length <= LONGEST_REMEMBERED) answers.set(word, found);
    return found;
  };
  return { test };
}
