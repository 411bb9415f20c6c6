import type { Scope } from "@/server/platform/transaction";

export interface ListingFacts {
  readonly id: string;
  readonly connectionId: string;
  readonly externalId: string;
  readonly sku: string | null;
  readonly offerId: string | null;
  readonly article: string | null;
  readonly name: string;
  readonly variantName: string | null;
  readonly groupRef: string | null;
  readonly imageUrl: string | null;
  readonly barcodes: readonly string[];
}

const MOST_AT_ONCE = 5_000;

/** These listings; or those nobody has matched or set apart, at most 5 000 of them. Named ones are given whatever they stand for. */
export async function findListings(scope: Scope, ids: readonly string[] | "unmatched"): Promise<ListingFacts[]> {
  return scope.db.product.findMany({
    where: { workspaceId: scope.workspaceId, ...(ids === "unmatched" ? { variantId: null, matchedBy: null } : { id: { in: [...ids] } }) },
    orderBy: { id: "asc" },
    take: MOST_AT_ONCE,
    select: {
      id: true,
      connectionId: true,
      externalId: true,
      sku: true,
      offerId: true,
      article: true,
      name: true,
      variantName: true,
      groupRef: true,
      imageUrl: true,
      barcodes: true,
    },
  });
}
