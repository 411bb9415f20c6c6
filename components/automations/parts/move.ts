/** The list with one entry a place up (-1) or down (+1); at an end it stays as it is. */
export function moved<Item>(list: readonly Item[], index: number, by: -1 | 1): Item[] {
  const next = [...list];
  const [item, other] = [next[index], next[index + by]];
  if (item === undefined || other === undefined) return next;
  next[index] = other;
  next[index + by] = item;
  return next;
}
