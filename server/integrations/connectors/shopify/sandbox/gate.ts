import type { Shop, ShopifyState } from "./state";

/** Seconds of points a bucket holds. */
const DEPTH = 20;
const MOST_COST = 1_000;

interface Bucket {
  level: number;
  atMs: number;
}

export interface Cost {
  requestedQueryCost: number;
  actualQueryCost: number | null;
  throttleStatus: { maximumAvailable: number; currentlyAvailable: number; restoreRate: number };
}

/** Who may call, and for how many points. One per running simulator; buckets count in real time, the caller's patience is real. */
export class Gate {
  private readonly buckets = new Map<string, Bucket>();

  constructor(private readonly state: ShopifyState) {}

  /** @returns the shop a token belongs to. */
  shopOf(token: string | undefined): Shop | undefined {
    const nowMs = this.state.host.clock.nowMs();
    return Object.values(this.state.shops).find(
      (shop) => shop.installed && token !== undefined && (shop.accessToken === token || (shop.tokens[token]?.expiresAtMs ?? 0) > nowMs),
    );
  }

  isTooDear(requested: number): boolean {
    return this.state.settings.limits === 1 && requested > MOST_COST;
  }

  /** Whether the bucket holds so much now; nothing is taken yet. */
  has(shop: Shop, requested: number): boolean {
    return this.state.settings.limits === 0 || this.bucket(shop).level >= requested;
  }

  /** @param actual null for a call that was not let through. */
  settle(shop: Shop, requested: number, actual: number | null): Cost {
    const bucket = this.bucket(shop);
    if (this.state.settings.limits === 1) bucket.level -= actual ?? 0;
    return {
      requestedQueryCost: requested,
      actualQueryCost: actual,
      throttleStatus: { maximumAvailable: shop.restoreRate * DEPTH, currentlyAvailable: Math.max(0, Math.floor(bucket.level)), restoreRate: shop.restoreRate },
    };
  }

  drain(shop: Shop): void {
    this.bucket(shop).level = 0;
  }

  private bucket(shop: Shop): Bucket {
    const atMs = performance.now();
    const known = this.buckets.get(shop.domain) ?? { level: shop.restoreRate * DEPTH, atMs };
    const level = Math.min(shop.restoreRate * DEPTH, known.level + ((atMs - known.atMs) / 1_000) * shop.restoreRate);
    const bucket = { level, atMs };
    this.buckets.set(shop.domain, bucket);
    return bucket;
  }
}
