import type { RemoteMeta } from "./schemas";

/** Where a run stands in a numbered list. */
export interface PagePlace {
  readonly page: number;
  /** How many there were when the last page was read. */
  readonly total?: number | undefined;
}

/**
 * The page to read next; undefined = that was the last one. Lists are newest first, so whatever is added meanwhile only pushes entries
 * to pages still to be read. Entries that left the list have pulled unread ones onto the pages before this one: those are read again.
 */
export function nextPage(place: PagePlace, meta: RemoteMeta, perPage: number): Required<PagePlace> | undefined {
  const gone = Math.max(0, (place.total ?? meta.totalCount) - meta.totalCount);
  const page = gone === 0 ? place.page + 1 : Math.max(1, place.page - Math.ceil(gone / perPage));
  return page > meta.pageCount ? undefined : { page, total: meta.totalCount };
}

/** The later of two moments, as they stand in a cursor. */
export function laterOf(known: string | undefined, moments: readonly Date[]): string | undefined {
  const newest = moments.reduce((most, at) => Math.max(most, at.getTime()), known === undefined ? Number.NEGATIVE_INFINITY : Date.parse(known));
  return Number.isFinite(newest) ? new Date(newest).toISOString() : undefined;
}

/**
 * What the next run starts from: the newest change seen, a moment of the service's own clock, but no later than this run began by ours.
 * So neither clock may be ahead. `known` is what this run started from; nothing seen leaves it.
 */
export function checkpointOf(startedAt: string, newest: string | undefined, known: string | undefined): string {
  const seen = newest ?? known ?? startedAt;
  return seen < startedAt ? seen : startedAt;
}
