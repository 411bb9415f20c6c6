interface Page<T> {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly nodes: readonly T[];
}

/** The cursor to go on with; an unchanged one would read the same page for ever. */
export function nextCursor({ hasNextPage, endCursor }: Page<unknown>["pageInfo"], before: string | null = null): string | undefined {
  return hasNextPage && endCursor !== null && endCursor !== before ? endCursor : undefined;
}

/**
 * All nodes of a connection inside one record, page by page.
 * @param first the page that came with the record, where one did. @param read undefined = the record has gone meanwhile.
 */
export async function everyNode<T>(first: Page<T> | undefined, read: (after: string | null) => Promise<Page<T> | undefined>): Promise<T[]> {
  const nodes: T[] = [];
  let page = first ?? (await read(null));
  while (page !== undefined) {
    nodes.push(...page.nodes);
    const after = nextCursor(page.pageInfo);
    const next = after === undefined ? undefined : await read(after);
    page = next?.pageInfo.endCursor === after ? undefined : next;
  }
  return nodes;
}
