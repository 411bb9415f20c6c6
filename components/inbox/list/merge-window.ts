interface Row {
  readonly id: string;
}

/**
 * A page read again, over what was there: within the stretch the answer covers it is right about everything; rows that stood
 * after its end were pushed out of it only by new ones and stay.
 */
export function mergeWindow<T extends Row>(old: readonly T[], fresh: readonly T[], isWhole: boolean): T[] {
  if (isWhole) return [...fresh];
  const isFresh = new Set(fresh.map(({ id }) => id));
  const last = fresh.at(-1)?.id;
  const end = old.findIndex(({ id }) => id === last);
  const rest = end === -1 ? old.filter(({ id }) => !isFresh.has(id)) : old.slice(end + 1).filter(({ id }) => !isFresh.has(id));
  return [...fresh, ...rest];
}

/** Every conversation once, where it stands first: pages read at different moments may overlap. */
export function withoutRepeats<T extends Row>(rows: readonly T[]): T[] {
  const seen = new Set<string>();
  return rows.filter(({ id }) => !seen.has(id) && seen.add(id));
}
