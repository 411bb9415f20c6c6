import type { OrderState } from "@/server/integrations/contract/orders";

/** Articles as they are compared: what people type differently (case, spaces, width) is the same article. Empty = none. */
export function normaliseArticle(text: string | null | undefined): string | null {
  const plain = (text ?? "").normalize("NFKC").trim().replace(/\s+/g, " ").toLowerCase();
  return plain === "" ? null : plain;
}

/** Only our own warehouse gives pieces away; the marketplace's own (fbo) reserves nothing of ours. */
const OWN_WAREHOUSE: ReadonlySet<string> = new Set(["fbs", "dbs", "own"]);

/** hold: pieces are kept for it · left: they went out · free: they are nobody's · keep: the word means nothing to us, what is stays. */
export type Claim = "hold" | "left" | "free" | "keep";

const CLAIMS: Readonly<Record<OrderState, Claim>> = {
  new: "hold",
  confirmed: "hold",
  packed: "hold",
  shipped: "left",
  delivered: "left",
  cancelled: "free",
  returned: "free",
  unknown: "keep",
};

export function claimOf(state: OrderState, fulfilment: string): Claim {
  return OWN_WAREHOUSE.has(fulfilment) ? CLAIMS[state] : "free";
}

export type ReservationState = "waiting" | "held" | "shipped" | "released";

/** What a line holds: one row of `stock_reservation`. */
export interface Held {
  readonly state: ReservationState;
  readonly variantId: string | null;
  readonly quantity: number;
  readonly reservedAt: Date | null;
}

export interface LineNews {
  readonly claim: Claim;
  /** Still wanted. */
  readonly quantity: number;
  readonly variantId: string | null;
  /** When it left, or was ordered, where that is known; decides whether a line first heard of after it left was on the shelf when that was counted. */
  readonly leftAt: Date | null;
  readonly countedAt: Date | null;
}

/**
 * What a line holds after news of it; null = nothing is to be remembered. Saying the same again changes nothing. What has left the
 * shelf stays gone: goods that come back are received by a person who has seen them.
 */
export function heldAfter(before: Held | null, news: LineNews, now: Date): Held | null {
  if (before?.state === "shipped" || news.claim === "keep") return before;
  if (news.claim === "free" || news.quantity <= 0) return released(before);
  const variantId = news.variantId ?? (before?.state === "held" ? before.variantId : null);
  const { quantity } = news;
  if (news.claim === "hold") {
    // Its place in the line stays what it was.
    const since = before === null || before.state === "released" ? null : before.reservedAt;
    return { state: variantId === null ? "waiting" : "held", variantId, quantity, reservedAt: since ?? now };
  }
  if (before?.state === "held") return { state: "shipped", variantId, quantity, reservedAt: before.reservedAt };
  return variantId !== null && wasOnShelf(before, news) ? { state: "shipped", variantId, quantity, reservedAt: now } : released(before);
}

const released = (before: Held | null): Held | null => (before === null ? null : { ...before, state: "released" });

/** Of pieces nobody had kept: whether they were among those on the shelf when it was counted. */
function wasOnShelf(before: Held | null, { leftAt, countedAt: counted }: LineNews): boolean {
  return leftAt === null ? before !== null : counted !== null && leftAt > counted;
}

/** What a change of a line does to the pieces kept for orders. */
export function heldPieces(held: Held | null): number {
  return held?.state === "held" ? held.quantity : 0;
}

export interface Shelf {
  /** Pieces there, reserved ones included; null = not counted by us. */
  readonly onHand: number | null;
  readonly reserved: number;
}

/** What may be promised; null where nobody counts. Never below zero, however much more was ordered than there is. */
export function availableOf({ onHand, reserved }: Shelf): number | null {
  return onHand === null ? null : Math.max(0, onHand - reserved);
}

export interface StockLimits {
  readonly buffer: number;
  readonly cap: number | null;
}

/** clamp(available − buffer − hold-back, 0, cap). */
export function wantedStock(available: number | null, limits: StockLimits, holdBack = 0): number | null {
  if (available === null) return null;
  return Math.max(0, Math.min(available - limits.buffer - holdBack, limits.cap ?? Number.MAX_SAFE_INTEGER));
}

export interface ChannelOffer {
  readonly listingId: string;
  readonly connectionId: string;
  readonly isPushed: boolean;
  readonly limits: StockLimits;
  /** Percent. */
  readonly turnover: number;
  /** What the service has acknowledged to show; null = nothing yet. */
  readonly acknowledged: number | null;
}

/**
 * What every listing of one variant should show. The turnover guard: a channel that still shows more than there is may sell pieces we
 * no longer have, so of what it sold in the last hour the others hold a share back until it has acknowledged less.
 */
export function wishesOf(shelf: Shelf, offers: readonly ChannelOffer[], soldLastHour: ReadonlyMap<string, number>): ReadonlyMap<string, number | null> {
  const available = availableOf(shelf);
  const stale = new Set(
    offers
      .filter((offer) => offer.isPushed && (offer.acknowledged === null || offer.acknowledged > (wantedStock(available, offer.limits) ?? 0)))
      .map((offer) => offer.connectionId),
  );
  return new Map(
    offers.map((offer) => {
      if (!offer.isPushed) return [offer.listingId, null];
      let atRisk = 0;
      for (const [connectionId, pieces] of soldLastHour) if (connectionId !== offer.connectionId && stale.has(connectionId)) atRisk += pieces;
      return [offer.listingId, wantedStock(available, offer.limits, Math.ceil((atRisk * offer.turnover) / 100))];
    }),
  );
}

/** What the service shows as far as we know, for services that compare before they set: the newer of its answer and its own telling. */
export function previousStock(listing: {
  readonly ackedStock: number | null;
  readonly ackedAt: Date | null;
  readonly remoteStock: number | null;
  readonly toldAt: Date | null;
}): number | null {
  const { ackedStock, ackedAt, remoteStock, toldAt } = listing;
  if (remoteStock === null || toldAt === null) return ackedStock;
  if (ackedStock === null || ackedAt === null) return remoteStock;
  return toldAt > ackedAt ? remoteStock : ackedStock;
}

/** Waiting before the n-th further try: 5 s, 10 s, 20 s … at most 10 min; the service's own wish wins. */
export function pushBackoffMs(attempt: number, wishedMs?: number | undefined): number {
  return Math.max(Math.min(5_000 * 2 ** Math.min(Math.max(attempt - 1, 0), 10), 600_000), wishedMs ?? 0);
}
