import type { Scope } from "@/server/platform/transaction";
import type { OfferKind, PushState, PushView } from "../schema";

export interface OfferRecord {
  readonly id: string;
  readonly connectionId: string;
  readonly variantId: string | null;
  readonly externalId: string;
  readonly sku: string | null;
  readonly offerId: string | null;
  readonly article: string | null;
  readonly name: string;
  readonly variantName: string | null;
  readonly imageUrl: string | null;
  readonly barcodes: string[];
  readonly status: string | null;
  readonly url: string | null;
  readonly matchedBy: string | null;
  readonly buffer: number | null;
  readonly isStockPushed: boolean;
  readonly wantedStock: number | null;
  readonly stockVersion: number;
  readonly ackedStock: number | null;
  readonly ackedStockVersion: number;
  readonly ackedStockAt: Date | null;
  readonly remoteStock: number | null;
  readonly stockToldAt: Date | null;
  readonly marketplaceStock: number | null;
  readonly currency: string | null;
  readonly wantedPriceMinor: bigint | null;
  readonly wantedOldMinor: bigint | null;
  readonly priceVersion: number;
  readonly ackedPriceMinor: bigint | null;
  readonly ackedPriceVersion: number;
  readonly ackedPriceAt: Date | null;
  readonly remotePriceMinor: bigint | null;
  readonly remoteOldMinor: bigint | null;
}

const OFFER = {
  id: true,
  connectionId: true,
  variantId: true,
  externalId: true,
  sku: true,
  offerId: true,
  article: true,
  name: true,
  variantName: true,
  imageUrl: true,
  barcodes: true,
  status: true,
  url: true,
  matchedBy: true,
  buffer: true,
  isStockPushed: true,
  wantedStock: true,
  stockVersion: true,
  ackedStock: true,
  ackedStockVersion: true,
  ackedStockAt: true,
  remoteStock: true,
  stockToldAt: true,
  marketplaceStock: true,
  currency: true,
  wantedPriceMinor: true,
  wantedOldMinor: true,
  priceVersion: true,
  ackedPriceMinor: true,
  ackedPriceVersion: true,
  ackedPriceAt: true,
  remotePriceMinor: true,
  remoteOldMinor: true,
} as const;

export async function findOffersOf(scope: Scope, variantIds: readonly string[]): Promise<OfferRecord[]> {
  return scope.db.product.findMany({ where: { workspaceId: scope.workspaceId, variantId: { in: [...variantIds] } }, orderBy: { id: "asc" }, select: OFFER });
}

export interface ListingQuery {
  readonly show: "unmatched" | "apart";
  readonly connectionId?: string | undefined;
  readonly search?: string | undefined;
  readonly cursor?: { readonly name: string; readonly id: string } | undefined;
  readonly limit: number;
}

/** By name; `limit + 1` rows. */
export async function findUnmatched(scope: Scope, { show, connectionId, search = "", cursor, limit }: ListingQuery): Promise<OfferRecord[]> {
  return scope.db.product.findMany({
    where: {
      workspaceId: scope.workspaceId,
      variantId: null,
      matchedBy: show === "apart" ? "apart" : null,
      ...(connectionId === undefined ? {} : { connectionId }),
      AND: [
        ...(search === ""
          ? []
          : [
              {
                OR: [
                  { name: { contains: search, mode: "insensitive" as const } },
                  { sku: search },
                  { offerId: { contains: search, mode: "insensitive" as const } },
                ],
              },
            ]),
        ...(cursor === undefined ? [] : [{ OR: [{ name: { gt: cursor.name } }, { name: cursor.name, id: { gt: cursor.id } }] }]),
      ],
    },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: limit + 1,
    select: OFFER,
  });
}

export interface NewestPush {
  readonly productId: string;
  readonly kind: string;
  readonly version: number;
  readonly state: string;
  readonly errorCode: string | null;
}

/** The newest request of each listing and kind. */
export async function findNewestPushes(scope: Scope, productIds: readonly string[]): Promise<NewestPush[]> {
  if (productIds.length === 0) return [];
  return scope.db.$queryRaw<NewestPush[]>`
    SELECT DISTINCT ON (product_id, kind) product_id AS "productId", kind, version, state, error_code AS "errorCode" FROM offer_push
    WHERE workspace_id = ${scope.workspaceId}::uuid AND product_id = ANY(${[...productIds]}::uuid[]) ORDER BY product_id, kind, version DESC`;
}

/** Connections whose stock Karavan writes. */
export async function findWrittenConnections(scope: Scope): Promise<ReadonlySet<string>> {
  const rows = await scope.db.stockRule.findMany({ where: { workspaceId: scope.workspaceId, isEnabled: true }, select: { connectionId: true } });
  return new Set(rows.map((row) => row.connectionId));
}

export async function listPushRows(scope: Scope, productId: string, kind: OfferKind): Promise<PushView[]> {
  const rows = await scope.db.offerPush.findMany({
    where: { workspaceId: scope.workspaceId, productId, kind },
    orderBy: { version: "desc" },
    take: 20,
    omit: { workspaceId: true, connectionId: true, productId: true, tracking: true },
  });
  return rows.map((row) => ({ ...row, kind, state: asPushState(row.state) }));
}

const PUSH_STATES: readonly PushState[] = ["sending", "pending", "acknowledged", "rejected", "unknown", "delayed", "superseded"];

export function asPushState(text: string): PushState {
  const state = PUSH_STATES.find((known) => known === text);
  if (state === undefined) throw new Error(`a request cannot be ${text}`);
  return state;
}
