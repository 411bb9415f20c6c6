interface Row {
  readonly id: string;
}

export interface Held<T> {
  readonly rows: readonly T[];
  /** What waits above: new conversations, and ones that moved up. */
  readonly news: number;
}

/**
 * The list as it stood, with today's facts: nobody loses the row under the pointer or the place they scrolled to. Rows change in
 * place, what no longer belongs goes, what follows the end is added; what came or moved up waits and is counted.
 */
export function heldOrder<T extends Row>(shown: readonly string[], incoming: readonly T[]): Held<T> {
  const byId = new Map(incoming.map((row) => [row.id, row]));
  const known = new Set(shown);
  const kept = shown.flatMap((id) => byId.get(id) ?? []);
  if (kept.length === 0) return { rows: incoming, news: 0 };
  // The tail: everything after the last row that stood here already.
  let end = incoming.length;
  while (end > 0 && !known.has(incoming[end - 1]?.id ?? "")) end -= 1;
  const waiting = incoming.slice(0, end).filter(({ id }) => !known.has(id)).length;
  return { rows: [...kept, ...incoming.slice(end)], news: waiting + movedUp(kept, incoming) };
}

/** Rows that stand above one they stood below before. */
function movedUp(kept: readonly Row[], incoming: readonly Row[]): number {
  const before = new Map(kept.map(({ id }, at) => [id, at]));
  let highest = Number.POSITIVE_INFINITY;
  let moved = 0;
  for (const { id } of [...incoming].reverse()) {
    const at = before.get(id);
    if (at === undefined) continue;
    if (at > highest) moved += 1;
    else highest = at;
  }
  return moved;
}
