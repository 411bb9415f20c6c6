/** A list that may be computed on demand: what lets a scenario hold 100 000 rows without storing them. */
export interface Seq<T> {
  readonly length: number;
  get(index: number): T;
}

/** A plain array as a sequence; the array stays live. */
export function seqOf<T>(items: readonly T[]): Seq<T> {
  return {
    get length() {
      return items.length;
    },
    get(index) {
      const item = items[index];
      if (item === undefined) throw new RangeError(`no item ${index}`);
      return item;
    },
  };
}

/** A computed sequence; `make` must give the same item for the same index. */
export function lazySeq<T>(length: number, make: (index: number) => T): Seq<T> {
  return { length, get: make };
}

export function slice<T>(seq: Seq<T>, from: number, to: number): T[] {
  const items: T[] = [];
  for (let index = Math.max(0, from); index < Math.min(to, seq.length); index += 1) items.push(seq.get(index));
  return items;
}

/** First index whose item is not `before`; the sequence must be ordered accordingly. */
export function lowerBound<T>(seq: Seq<T>, before: (item: T) => boolean): number {
  let low = 0;
  let high = seq.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (before(seq.get(middle))) low = middle + 1;
    else high = middle;
  }
  return low;
}
