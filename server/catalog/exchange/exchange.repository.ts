import type { Scope } from "@/server/platform/transaction";
import type { KnownShop, KnownVariant } from "./read-table";

const MOST_VARIANTS = 50_000;

/** Every variant in sale with the prices its listings have or are to have. */
export async function findKnownVariants(scope: Scope): Promise<KnownVariant[]> {
  const rows = await scope.db.variant.findMany({
    where: { workspaceId: scope.workspaceId, archivedAt: null },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: MOST_VARIANTS,
    select: {
      id: true,
      sku: true,
      article: true,
      name: true,
      onHand: true,
      products: {
        orderBy: { id: "asc" },
        select: { id: true, connectionId: true, currency: true, wantedPriceMinor: true, wantedOldMinor: true, remotePriceMinor: true, remoteOldMinor: true },
      },
    },
  });
  return rows.map(({ products, ...variant }) => ({
    ...variant,
    listings: products.map(({ id, connectionId, currency, wantedPriceMinor, wantedOldMinor, remotePriceMinor, remoteOldMinor }) => ({
      productId: id,
      connectionId,
      currency,
      priceMinor: wantedPriceMinor ?? remotePriceMinor,
      oldMinor: wantedPriceMinor === null ? remoteOldMinor : wantedOldMinor,
    })),
  }));
}

/** Shops with listings; of several with one name the later ones are told apart by a number. */
export async function findShops(scope: Scope): Promise<KnownShop[]> {
  const rows = await scope.db.connection.findMany({
    where: { workspaceId: scope.workspaceId },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: { id: true, name: true },
  });
  const used = new Map<string, number>();
  return rows.map(({ id, name }) => {
    const times = (used.get(name) ?? 0) + 1;
    used.set(name, times);
    return { connectionId: id, name: times === 1 ? name : `${name} ${times}` };
  });
}
