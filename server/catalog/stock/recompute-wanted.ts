import { emit } from "@/server/platform/events";
import type { Scope } from "@/server/platform/transaction";
import { stockWanted } from "../events";
import { groupBy } from "../group-by";
import type { LockedVariant } from "../lock.repository";
import { availableOf, type ChannelOffer, wantedStock, wishesOf } from "../rules";
import { findOffers, type HoldBack, type OfferRow, type SoldRow, soldSince, type Wish, writeHoldBacks, writeWishes } from "./wanted.repository";

const HOUR_MS = 3_600_000;

type Counted = Pick<LockedVariant, "id" | "onHand" | "reserved">;

/**
 * Recomputes what the listings of these variants should show, and wakes the pushing of every connection whose wishes changed. The
 * variants must be locked, with their figures as they are now.
 */
export async function recomputeWanted(scope: Scope, variants: readonly Counted[], now: Date): Promise<void> {
  if (variants.length === 0) return;
  const ids = variants.map((variant) => variant.id);
  const offers = await findOffers(scope, ids);
  const sold = offers.some((offer) => offer.isPushed) ? await soldSince(scope, ids, new Date(now.getTime() - HOUR_MS)) : [];
  const offersOf = groupBy(offers, (offer) => offer.variantId);
  const soldOf = groupBy(sold, (row) => row.variantId);
  const wishes: Wish[] = [];
  const holdBacks: HoldBack[] = [];
  const connections = new Set<string>();
  for (const variant of variants) {
    for (const { offer, wish, until } of judge(variant, offersOf.get(variant.id) ?? [], soldOf.get(variant.id) ?? [])) {
      if (until?.getTime() !== offer.heldBackUntil?.getTime()) holdBacks.push({ id: offer.listingId, until });
      if (wish === offer.wanted) continue;
      wishes.push({ id: offer.listingId, wanted: wish });
      if (wish !== null) connections.add(offer.connectionId);
    }
  }
  if (wishes.length > 0) await writeWishes(scope, wishes.toSorted(byId));
  if (holdBacks.length > 0) await writeHoldBacks(scope, holdBacks.toSorted(byId));
  await emit(
    scope.db,
    [...connections].sort().map((connectionId) => stockWanted.create({ workspaceId: scope.workspaceId, connectionId })),
  );
}

/** What each listing of the variant should show, and when less than there is has to be looked at again. */
function judge(variant: Counted, offers: readonly OfferRow[], sold: readonly SoldRow[]) {
  const wanted = wishesOf(variant, offers.map(toOffer), new Map(sold.map((row) => [row.connectionId, row.pieces])));
  const available = availableOf(variant);
  return offers.map((offer) => {
    const wish = wanted.get(offer.listingId) ?? null;
    const isHeldBack = wish !== null && wish < (wantedStock(available, toOffer(offer).limits) ?? 0);
    return { offer, wish, until: isHeldBack ? firstOver(sold) : null };
  });
}

const byId = (a: { readonly id: string }, b: { readonly id: string }) => (a.id < b.id ? -1 : 1);

/** When the oldest of the sales counted leaves the hour, and less has to be held back. */
const firstOver = (sold: readonly SoldRow[]) => new Date(Math.min(...sold.map(({ firstAt }) => firstAt.getTime())) + HOUR_MS);

function toOffer({ listingId, connectionId, isPushed, buffer, cap, turnover, acknowledged }: OfferRow): ChannelOffer {
  return { listingId, connectionId, isPushed, limits: { buffer, cap }, turnover, acknowledged };
}
