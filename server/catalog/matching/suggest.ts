/** Which variants a listing may stand for: pure. What matches for certain was matched already; these are for a person to look at. */
export interface SuggestFrom {
  readonly article: string | null;
  readonly name: string;
  readonly barcodes: readonly string[];
}

export interface Candidate {
  readonly id: string;
  readonly sku: string;
  readonly article: string;
  readonly name: string;
  readonly barcodes: readonly string[];
}

export interface Suggestion {
  readonly variantId: string;
  readonly sku: string;
  readonly name: string;
  readonly reason: "article" | "barcode" | "name";
}

/** Of the words of both names, the share both have. */
const ALIKE = 0.45;

const LOOKALIKES: Readonly<Record<string, string>> = { а: "a", в: "b", е: "e", к: "k", м: "m", н: "h", о: "o", р: "p", с: "c", т: "t", у: "y", х: "x" };

/** An article without what people leave out or type otherwise: signs, and Cyrillic letters that look like Latin ones. */
export function looseArticle(article: string): string {
  return article.replace(/[^\p{L}\p{N}]/gu, "").replace(/[авекмнорстух]/g, (letter) => LOOKALIKES[letter] ?? letter);
}

export function wordsOf(name: string): ReadonlySet<string> {
  return new Set(
    name
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word.length > 1),
  );
}

export function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let both = 0;
  for (const word of a) if (b.has(word)) both += 1;
  const all = a.size + b.size - both;
  return all === 0 ? 0 : both / all;
}

export interface PreparedCandidate {
  readonly candidate: Candidate;
  readonly loose: string;
  readonly words: ReadonlySet<string>;
}

export function prepare(candidates: readonly Candidate[]): PreparedCandidate[] {
  return candidates.map((candidate) => ({ candidate, loose: looseArticle(candidate.article), words: wordsOf(candidate.name) }));
}

/** The likeliest first, three at most: nearly the same article, a common barcode, a name alike. */
export function suggest(listing: SuggestFrom, candidates: readonly PreparedCandidate[]): Suggestion[] {
  const loose = listing.article === null ? "" : looseArticle(listing.article);
  const words = wordsOf(listing.name);
  const found: (Suggestion & { readonly score: number })[] = [];
  for (const { candidate, loose: other, words: otherWords } of candidates) {
    const { id: variantId, sku, name } = candidate;
    if (loose.length > 2 && loose === other) found.push({ variantId, sku, name, reason: "article", score: 3 });
    else if (candidate.barcodes.some((barcode) => listing.barcodes.includes(barcode))) found.push({ variantId, sku, name, reason: "barcode", score: 2 });
    else {
      const score = likeness(words, otherWords);
      if (score >= ALIKE) found.push({ variantId, sku, name, reason: "name", score });
    }
  }
  return found
    .sort((a, b) => b.score - a.score || (a.variantId < b.variantId ? -1 : 1))
    .slice(0, 3)
    .map(({ score: _, ...suggestion }) => suggestion);
}
