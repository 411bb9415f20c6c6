/** What of a list is in sight, in rows: the one at the top edge and how many fit. */
export interface Sight {
  readonly top: number;
  readonly fitting: number;
}

/** Rows drawn beyond the edges, so that a turn of the wheel meets rows that are there. */
const BEYOND = 8;

/** Of `count` rows those to draw: from `first` up to, not including, `end`. */
export function rowsToDraw({ top, fitting }: Sight, count: number): { readonly first: number; readonly end: number } {
  const end = Math.min(count, top + fitting + BEYOND);
  return { first: Math.max(0, Math.min(top - BEYOND, end - fitting)), end };
}

/** @param scrolled pixels above the top edge; `height` of the part in sight and `rowHeight` in the same. */
export function sightAt(scrolled: number, height: number, rowHeight: number): Sight {
  return { top: Math.max(0, Math.floor(scrolled / rowHeight)), fitting: Math.ceil(height / rowHeight) + 1 };
}

/** Where to scroll so that a row is wholly in sight, moving as little as possible. */
export function scrollShowing(index: number, scrolled: number, height: number, rowHeight: number): number {
  const top = index * rowHeight;
  if (top < scrolled) return top;
  return Math.max(scrolled, top + rowHeight - height);
}
