export type PostingStatus = "awaiting_packaging" | "awaiting_deliver" | "delivering" | "delivered" | "cancelled";

export interface PostingProduct {
  sku: number;
  offerId: string;
  name: string;
  quantity: number;
  /** Kopecks for one piece. */
  unitMinor: number;
}

export interface Posting {
  postingNumber: string;
  orderNumber: string;
  orderId: number;
  scheme: "FBO" | "FBS";
  status: PostingStatus;
  /** When it was paid and entered processing. */
  inProcessAtMs: number;
  shipmentAtMs: number;
  changedAtMs: number;
  deliveredAtMs: number | null;
  products: PostingProduct[];
  city: string;
  cancelReason: { id: number; text: string } | null;
  /** rFBS: the seller delivers. Absent = Ozon does. */
  bySeller?: { name: string; phone: string; address: string; lastMile: boolean };
  trackingNumber?: string;
  /** Changes carried out through the API. */
  changes?: number;
}

/** What the status looks like in detail and in pushes. */
export const SUBSTATUS: Record<PostingStatus, string> = {
  awaiting_packaging: "posting_created",
  awaiting_deliver: "posting_in_carriage",
  delivering: "posting_on_way_to_pickup_point",
  delivered: "posting_received",
  cancelled: "posting_canceled",
};

export function substatusOf(posting: Posting): string {
  return posting.bySeller?.lastMile === true && posting.status === "delivering" ? "posting_in_courier_service" : SUBSTATUS[posting.status];
}

/** All postings of one seller, oldest first. */
export class PostingStore {
  private readonly byNumber = new Map<string, Posting>();
  private sorted: Posting[] = [];
  private dirty = false;

  add(posting: Posting): void {
    this.byNumber.set(posting.postingNumber, posting);
    this.dirty = true;
  }

  get(postingNumber: string): Posting | undefined {
    return this.byNumber.get(postingNumber);
  }

  all(): readonly Posting[] {
    if (this.dirty) {
      this.sorted = [...this.byNumber.values()].sort((a, b) => a.inProcessAtMs - b.inProcessAtMs || (a.postingNumber < b.postingNumber ? -1 : 1));
      this.dirty = false;
    }
    return this.sorted;
  }

  byScheme(scheme: Posting["scheme"]): Posting[] {
    return this.all().filter((posting) => posting.scheme === scheme);
  }
}

/** One page after an opaque cursor; the cursor names the last posting given, so changes between pages skip nothing. */
export function pagePostings(
  found: readonly Posting[],
  cursor: string,
  limit: number,
  descending: boolean,
): { page: Posting[]; cursor: string; hasNext: boolean } | null {
  const ordered = descending ? [...found].reverse() : found;
  let from = 0;
  if (cursor !== "") {
    const after = Buffer.from(cursor, "base64url").toString("utf8");
    const match = /^(\d+)\|(.+)$/.exec(after);
    if (!match) return null;
    const [, time = "0", number = ""] = match;
    const at = ordered.findIndex((posting) => isAfter(posting, Number(time), number, descending));
    from = at === -1 ? ordered.length : at;
  }
  const page = ordered.slice(from, from + limit);
  const last = page.at(-1);
  const hasNext = from + limit < ordered.length;
  return { page, hasNext, cursor: hasNext && last ? Buffer.from(`${last.inProcessAtMs}|${last.postingNumber}`).toString("base64url") : "" };
}

function isAfter(posting: Posting, timeMs: number, number: string, descending: boolean): boolean {
  const difference = posting.inProcessAtMs - timeMs || (posting.postingNumber < number ? -1 : posting.postingNumber > number ? 1 : 0);
  return descending ? difference < 0 : difference > 0;
}
