/** Questions and reviews of a seller's products, and what is written under them. */
export type EntryStatus = "NEW" | "VIEWED" | "PROCESSED";

/** An answer to a question or a comment on a review. */
export interface Reply {
  id: string;
  text: string;
  atMs: number;
  from: "seller" | "buyer";
  authorName: string;
  parentId: string;
  /** From when on the moderators' verdict is known; null = they have not got to it. */
  decidedAtMs: number | null;
  verdict: "passed" | "failed" | "duplicate";
  via: "api" | "cabinet" | "scenario";
}

interface Entry {
  id: string;
  sku: number;
  text: string;
  atMs: number;
  status: EntryStatus;
  replies: Reply[];
}

export interface Question extends Entry {
  authorName: string;
}

export interface Review extends Entry {
  rating: number;
  photos: number;
  orderStatus: "DELIVERED" | "CANCELLED";
  likes: number;
}

/** Entries by id; ids grow with time (UUIDv7), so the newest are the last. */
export class EntryStore<E extends Entry> {
  private readonly byId = new Map<string, E>();
  private sorted: E[] = [];
  private isSorted = true;

  add(entry: E): void {
    this.byId.set(entry.id, entry);
    this.isSorted = false;
  }

  get(id: string): E | undefined {
    return this.byId.get(id);
  }

  all(): readonly E[] {
    if (!this.isSorted) {
      this.sorted = [...this.byId.values()].sort((left, right) => (left.id < right.id ? -1 : 1));
      this.isSorted = true;
    }
    return this.sorted;
  }

  /** One page in the wanted direction, after `lastId` ("" = from the start). */
  page(wanted: (entry: E) => boolean, input: { lastId: string; limit: number; sortDir: "ASC" | "DESC" }): { items: E[]; hasNext: boolean } {
    const all = input.sortDir === "ASC" ? this.all() : [...this.all()].reverse();
    const rest = all.filter((entry) => wanted(entry) && (input.lastId === "" || (input.sortDir === "ASC" ? entry.id > input.lastId : entry.id < input.lastId)));
    return { items: rest.slice(0, input.limit), hasNext: rest.length > input.limit };
  }

  count(status: EntryStatus): number {
    return this.all().filter((entry) => entry.status === status).length;
  }
}

/** What moderators think of a reply now. */
export function standingOf(reply: Reply, nowMs: number): "pending" | Reply["verdict"] {
  return reply.decidedAtMs === null || reply.decidedAtMs > nowMs ? "pending" : reply.verdict;
}
