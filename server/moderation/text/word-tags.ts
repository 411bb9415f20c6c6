import { lexiconKey } from "./lexicon-key";
import { WORDS } from "./words";

/** What a word says about the words and numbers near it. */
export const TAGS = [
  "call",
  "number",
  "identifier",
  "invite",
  "negation",
  "our",
  "site",
  "promo",
  "code",
  "pay",
  "payTarget",
  "wallet",
  "refund",
  "order",
  "direct",
  "marketplace",
  "cheaper",
  "search",
  "engine",
  "nick",
  "page",
  "product",
  "privateChannel",
  "cancel",
  "otherMarket",
  "mail",
  "account",
  "card",
  "inside",
  "money",
] as const;
export type Tag = (typeof TAGS)[number];

const bit = (tag: Tag) => 1 << TAGS.indexOf(tag);

const exact = new Map<string, number>();
const stems = new Map<string, number>();
let longestStem = 0;
for (const tag of TAGS) {
  for (const entry of WORDS[tag].split(/\s+/)) {
    if (entry === "") continue;
    const isStem = entry.endsWith("*");
    const key = lexiconKey(isStem ? entry.slice(0, -1) : entry);
    const into = isStem ? stems : exact;
    into.set(key, (into.get(key) ?? 0) | bit(tag));
    if (isStem) longestStem = Math.max(longestStem, key.length);
  }
}

/** Turkish says "we cannot" and "do not" inside the verb, and "our" at the end of the noun. Folded text: ı is i. */
const TURKISH_NEGATION = /(?:[ae]m[ai]y[oiauü]|m[iu]yor|m[ae]d[iu](?:m|n|k|$)|m[ae]y[ie]n|m[ae]z(?:$|l[ae]r|s[iu]n|d[iu]|s[ae]))/;
const TURKISH_OUR = /^(?!temiz|omuz|domuz).*[aeiu]m[iu]z(?:$|[dy]|[aeiu]n?$)/;

const MOST_REMEMBERED = 20_000;
const LONGEST_REMEMBERED = 24;
const remembered = new Map<string, number>();

/** All tags of a word, as bits. @param key the word's skeleton. @param text the folded word. */
function tagBits(key: string, text: string): number {
  const before = remembered.get(text);
  if (before !== undefined) return before;
  const bits = tagBitsUncached(key, text);
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  if (text.length <= LONGEST_REMEMBERED) remembered.set(text, bits);
  return bits;
}

function tagBitsUncached(key: string, text: string): number {
  let bits = exact.get(key) ?? 0;
  for (let size = Math.min(longestStem, key.length); size > 1; size -= 1) bits |= stems.get(key.slice(0, size)) ?? 0;
  if (text.length >= 6 && text.length < 40 && TURKISH_NEGATION.test(text)) bits |= bit("negation");
  if (text.length >= 6 && text.length < 40 && TURKISH_OUR.test(text)) bits |= bit("our");
  return bits;
}

/** Tags of each token of a reading. */
export class TaggedWords {
  private readonly bits: Int32Array;

  constructor(tokens: readonly { readonly kind: string; readonly text: string }[], skeletons: readonly string[]) {
    this.bits = new Int32Array(tokens.length);
    tokens.forEach((token, index) => {
      if (token.kind === "word") this.bits[index] = tagBits(skeletons[index] ?? "", token.text);
    });
  }

  has(index: number, tag: Tag): boolean {
    return ((this.bits[index] ?? 0) & bit(tag)) !== 0;
  }

  /** All tags of a token, one bit each, in the order of `TAGS`. */
  all(index: number): number {
    return this.bits[index] ?? 0;
  }

  /** Whether any of the tokens from `first` to `last`, both included, has the tag. */
  any(first: number, last: number, tag: Tag): boolean {
    const wanted = bit(tag);
    for (let index = Math.max(0, first); index <= last && index < this.bits.length; index += 1) {
      if (((this.bits[index] ?? 0) & wanted) !== 0) return true;
    }
    return false;
  }
}
