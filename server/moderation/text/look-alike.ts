import confusables from "unhomoglyph/data.json";

/**
 * Letters that look alike, of whatever script, as one letter. The pairs are those of Unicode's confusables.txt (through the
 * package unhomoglyph), for the small and the capital letter; beside them what people type for one another on a keyboard.
 */
const PAIRS: Readonly<Record<string, string>> = confusables;

/** Confused with each other in lower case once capitals are gone: I and l, and what stands for them. */
const BY_HAND: Readonly<Record<string, string>> = { i: "l", ӏ: "l", і: "l", "|": "l", э: "e", є: "e", ь: "b", ъ: "b", ɡ: "g", ո: "n", ց: "g" };

const ASCII_LETTER = /^[a-z]$/;

function canonicalUncached(letter: string): string {
  const own = BY_HAND[letter];
  if (own !== undefined) return own;
  if (ASCII_LETTER.test(letter)) return letter;
  for (const shape of [letter, letter.toUpperCase()]) {
    const found = PAIRS[shape]?.toLowerCase();
    if (found !== undefined && ASCII_LETTER.test(found)) return BY_HAND[found] ?? found;
  }
  return letter;
}

const known = new Map<string, string>();

/** The one letter that stands for all that look like it; others stand for themselves. */
export function canonical(letter: string): string {
  const before = known.get(letter);
  if (before !== undefined) return before;
  const found = canonicalUncached(letter);
  known.set(letter, found);
  return found;
}

/** A folded word by the look of its letters: two words with one skeleton look the same. Lexicons are kept and asked by skeleton. */
export function skeleton(word: string): string {
  let result = "";
  for (const letter of word) result += canonical(letter);
  return result;
}

/** The Latin letter somebody means by a look-alike, where it differs from the skeleton's letter (і means i, not l). */
export function latinLetter(letter: string): string {
  if (ASCII_LETTER.test(letter)) return letter;
  if (letter === "і" || letter === "ı") return "i";
  const found = canonical(letter);
  return ASCII_LETTER.test(found) ? found : letter;
}

/** What a digit or sign stands for inside a word: te1egram, v1ber, wh@tsapp. */
export const LEET: Readonly<Record<string, readonly string[]>> = {
  "0": ["o"],
  "1": ["l", "л"],
  "3": ["e", "з"],
  "4": ["a", "ч"],
  "5": ["s"],
  "6": ["b", "б"],
  "7": ["t"],
  "8": ["b"],
  "9": ["g"],
  "@": ["a"],
  $: ["s"],
  "!": ["l"],
  "|": ["l"],
  "€": ["e"],
};

/** What a letter stands for inside a number: 89I2З45б7О9. */
export const DIGIT_LIKE: Readonly<Record<string, string>> = {
  o: "0",
  о: "0",
  i: "1",
  l: "1",
  і: "1",
  з: "3",
  э: "3",
  ч: "4",
  s: "5",
  ѕ: "5",
  б: "6",
  b: "8",
  в: "8",
  g: "9",
  q: "9",
};

export type Script = "latin" | "cyrillic" | "mixed" | "other";

/** The script of a folded word. Look-alikes of one script inside the other make it mixed. */
export function scriptOf(word: string): Script {
  let latin = false;
  let cyrillic = false;
  for (let at = 0; at < word.length; at += 1) {
    const code = word.charCodeAt(at);
    if (code >= 97 && code <= 122) latin = true;
    else if (code >= 0x400 && code <= 0x52f) cyrillic = true;
  }
  if (latin && cyrillic) return "mixed";
  if (latin) return "latin";
  return cyrillic ? "cyrillic" : "other";
}
