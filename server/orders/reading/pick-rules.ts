export interface PickLine {
  /** The seller's own article, or the service's where there is none. */
  readonly article: string | null;
  readonly name: string;
  readonly quantity: number;
}

export interface OrderedPieces {
  readonly article?: string | null;
  readonly offerId?: string | null;
  readonly sku?: string | null;
  readonly name: string;
  readonly quantity: number;
  readonly cancelledQuantity?: number;
}

/** Pieces still wanted, those of one article together, in the order of their names. Lines without an article are one by their name. */
export function toTake(lines: readonly OrderedPieces[]): PickLine[] {
  const taken = new Map<string, PickLine>();
  for (const line of lines) {
    const article = line.article ?? line.offerId ?? line.sku ?? null;
    const quantity = line.quantity - (line.cancelledQuantity ?? 0);
    if (quantity <= 0) continue;
    const key = article === null ? `name:${line.name}` : `article:${article}`;
    const before = taken.get(key);
    taken.set(key, { article, name: before?.name ?? line.name, quantity: quantity + (before?.quantity ?? 0) });
  }
  return [...taken.values()].sort((one, other) => one.name.localeCompare(other.name) || (one.article ?? "").localeCompare(other.article ?? ""));
}
