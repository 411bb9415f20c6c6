import type { Cursor, PullPage } from "@/server/integrations/contract/ports";

/** How much is pulled before it is stored, whatever a service puts on a page. */
export interface Enough {
  readonly records: number;
  readonly ms: number;
}

export interface Gathered<T> {
  /** Several pages as one: it begins where the first did and goes on where the last does. */
  readonly page: PullPage<T>;
  /** How many it is made of. */
  readonly pages: number;
  /** What the page after these failed with; they themselves are good. */
  readonly failed?: { readonly error: unknown };
}

/** One page a store. */
export const ONE_PAGE: Enough = { records: 0, ms: 0 };
/**
 * What a store costs (a transaction of some thirty statements, each of which waits while the next pages are read) hardly depends on how
 * much it stores, and some services give 20 records a page. The time keeps the checkpoint and the bar moving where a service is slow.
 */
export const MANY_PAGES: Enough = { records: 3_000, ms: 2_000 };

/** Pulls page after page until there is enough, the source has no more, or a page fails. @throws what the first page fails with. */
export async function gatherPages<T>(
  from: Cursor | undefined,
  enough: Enough,
  pull: (cursor: Cursor | undefined) => Promise<PullPage<T>>,
): Promise<Gathered<T>> {
  const startedAt = performance.now();
  let page = await pull(from);
  let pages = 1;
  while (page.next !== undefined && page.received < enough.records && performance.now() - startedAt < enough.ms) {
    try {
      page = joined(page, await pull(page.next));
      pages += 1;
    } catch (error) {
      return { page, pages, failed: { error } };
    }
  }
  return { page, pages };
}

function joined<T>(left: PullPage<T>, right: PullPage<T>): PullPage<T> {
  return {
    next: right.next,
    checkpoint: right.checkpoint ?? left.checkpoint,
    progress: right.progress ?? left.progress,
    records: [...left.records, ...right.records],
    rejected: [...left.rejected, ...right.rejected],
    received: left.received + right.received,
    warnings: [...(left.warnings ?? []), ...(right.warnings ?? [])],
  };
}
