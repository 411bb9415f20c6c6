import { emit } from "@/server/platform/events";
import type { Scope } from "@/server/platform/transaction";
import { stockWanted } from "../events";
import { groupBy } from "../group-by";
import type { LockedVariant } from "../lock.repository";
import { type ChannelOffer, wishesOf } from "../rules";
import { findOffers, type OfferRow, soldSince, type Wish, writeWishes } from "./wanted.repository";

const HOUR_MS = 3_600_000;

/**
 * Recomputes what the listings of these variants should show, and wakes the pushing of every connection whose wishes changed. The
 * variants must be locked, with their figures as they are now.
 */
export async function recomputeWanted(scope: Scope, variants: readonly Pick<LockedVariant, "id" | "onHand" | "reserved">[], now: Date): Promise<void> {
  if (variants.length === 0) return;
  const ids = variants.map((variant) => variant.id);
  const offers = await findOffers(scope, ids);
  const sold = offers.some((offer) => offer.isPushed) ? await soldSince(scope, ids, new Date(now.getTime() - HOUR_MS)) : [];
  const offersOf = groupBy(offers, (offer) => offer.variantId);
  const soldOf = groupBy(sold, (row) => row.variantId);
  const wishes: Wish[] = [];
  const connections = new Set<string>();
  for (const variant of variants) {
    const own = offersOf.get(variant.id) ?? [];
    const wanted = wishesOf(variant, own.map(toOffer), new Map((soldOf.get(variant.id) ?? []).map((row) => [row.connectionId, row.pieces])));
    for (const offer of own) {
      const wish = wanted.get(offer.listingId) ?? null;
      if (wish === offer.wanted) continue;
      wishes.push({ id: offer.listingId, wanted: wish });
      if (wish !== null) connections.add(offer.connectionId);
    }
  }
  if (wishes.length > 0)
    await writeWishes(
      scope,
      wishes.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    );
  await emit(
    scope.db,
    [...connections].sort().map((connectionId) => stockWanted.create({ workspaceId: scope.workspaceId, connectionId })),
  );
}

function toOffer({ listingId, connectionId, isPushed, buffer, cap, turnover, acknowledged }: OfferRow): ChannelOffer {
  return { listingId, connectionId, isPushed, limits: { buffer, cap }, turnover, acknowledged };
}
