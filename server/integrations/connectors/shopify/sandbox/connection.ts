import { GraphQLError } from "graphql";

export interface PageArgs {
  first?: number | null;
  last?: number | null;
  after?: string | null;
  before?: string | null;
  reverse?: boolean | null;
}

export interface Keyed<T> {
  readonly key: string;
  readonly item: T;
}

const MOST = 250;
export const badRequest = (message: string) => new GraphQLError(message, { extensions: { code: "BAD_REQUEST" } });

/** A relay connection over items in their order. In a bulk operation everything comes, and `first` means nothing. */
export function connection<T>(all: readonly Keyed<T>[], args: PageArgs, isBulk: boolean) {
  const ordered = args.reverse === true ? [...all].reverse() : all;
  const { page, before, after } = isBulk ? { page: ordered, before: false, after: false } : window(ordered, args);
  const cursor = (entry: Keyed<T> | undefined) => (entry === undefined ? null : encode(entry.key));
  return {
    nodes: page.map(({ item }) => item),
    edges: page.map((entry) => ({ node: entry.item, cursor: encode(entry.key) })),
    pageInfo: { hasNextPage: after, hasPreviousPage: before, startCursor: cursor(page[0]), endCursor: cursor(page.at(-1)) },
  };
}

const encode = (key: string) => Buffer.from(key).toString("base64url");

function window<T>(ordered: readonly Keyed<T>[], { first, last, after, before }: PageArgs) {
  const size = first ?? last;
  if (size === null || size === undefined) throw badRequest("you must provide one of first or last");
  if (size < 1 || size > MOST) throw badRequest(`The maximum amount of items per page is ${MOST}`);
  const start = after ? position(ordered, after) + 1 : 0;
  const end = before ? position(ordered, before) : ordered.length;
  const from = first === null || first === undefined ? Math.max(start, end - size) : start;
  const to = first === null || first === undefined ? end : Math.min(end, start + size);
  return { page: ordered.slice(from, to), before: from > 0, after: to < ordered.length };
}

/**
 * A cursor holds the sort key of its item: where that has moved on meanwhile (an order changed while it was paged), paging goes on at the
 * place the key would have.
 */
function position<T>(ordered: readonly Keyed<T>[], cursor: string): number {
  const key = Buffer.from(cursor, "base64url").toString("utf8");
  if (!/^[\w:.-]+$/.test(key)) throw badRequest("Invalid cursor for current pagination sort.");
  const exact = ordered.findIndex((entry) => entry.key === key);
  if (exact !== -1) return exact;
  const next = ordered.findIndex((entry) => entry.key > key);
  return (next === -1 ? ordered.length : next) - 1;
}

/** Keys that sort as numbers do. */
export const numberKey = (value: number, id: number) => `${String(value).padStart(16, "0")}.${String(id).padStart(16, "0")}`;
