import { inSystem, type Scope } from "@/server/platform/transaction";

export type OfferKind = "stock" | "price";
export type PushState = "sending" | "pending" | "acknowledged" | "rejected" | "unknown" | "delayed" | "superseded";

/** A listing whose wish is due, with what a request needs of it. */
export interface DueListing {
  readonly productId: string;
  readonly variantId: string | null;
  readonly externalId: string;
  readonly sku: string | null;
  readonly offerId: string | null;
  readonly barcode: string | null;
  readonly remoteContext: Readonly<Record<string, string>>;
  readonly version: number;
  readonly wantedStock: number | null;
  readonly priceMinor: bigint | null;
  readonly oldMinor: bigint | null;
  readonly currency: string | null;
  readonly ackedStock: number | null;
  readonly ackedAt: Date | null;
  readonly remoteStock: number | null;
  readonly toldAt: Date | null;
}

/**
 * Listings whose newest wish nobody is carrying: at most one request of a listing is on its way, or an older one could overtake it. What
 * the service refused waits for another wish. Locks the rows; those somebody else is changing come next time.
 */
export async function lockDue(scope: Scope, connectionId: string, kind: OfferKind, now: Date, leaseUntil: Date, limit: number): Promise<DueListing[]> {
  const isStock = kind === "stock";
  return scope.db.$queryRaw<DueListing[]>`
    SELECT p.id AS "productId", p.variant_id AS "variantId", p.external_id AS "externalId", p.sku, p.offer_id AS "offerId", p.barcodes[1] AS barcode,
      p.remote_context AS "remoteContext", CASE WHEN ${isStock} THEN p.stock_version ELSE p.price_version END AS version, p.wanted_stock AS "wantedStock",
      p.wanted_price_minor AS "priceMinor", p.wanted_old_minor AS "oldMinor", p.currency, p.acked_stock AS "ackedStock", p.acked_stock_at AS "ackedAt",
      p.remote_stock AS "remoteStock", p.stock_told_at AS "toldAt"
    FROM product p
    WHERE p.workspace_id = ${scope.workspaceId}::uuid AND p.connection_id = ${connectionId}::uuid
      AND ((${isStock} AND p.is_stock_pushed AND p.stock_version > p.acked_stock_version AND p.wanted_stock IS NOT NULL)
        OR (NOT ${isStock} AND p.price_version > p.acked_price_version AND p.wanted_price_minor IS NOT NULL))
      AND NOT EXISTS (
        SELECT 1 FROM offer_push o WHERE o.product_id = p.id AND o.kind = ${kind}
          AND ((o.state = 'sending' AND o.requested_at > ${leaseUntil}::timestamptz) OR o.state = 'pending'
            OR (o.version = CASE WHEN ${isStock} THEN p.stock_version ELSE p.price_version END
              AND (o.state IN ('rejected', 'acknowledged') OR (o.state IN ('unknown', 'delayed') AND o.next_at > ${now}::timestamptz)))))
    ORDER BY p.id LIMIT ${limit} FOR NO KEY UPDATE OF p SKIP LOCKED`;
}

export interface StartedPush {
  readonly id: string;
  readonly productId: string;
  readonly attempts: number;
}

export interface PushStart {
  readonly id: string;
  readonly productId: string;
  readonly version: number;
  readonly quantity: number | null;
  readonly priceMinor: string | null;
  readonly oldMinor: string | null;
}

/** The record of a request, before it leaves. A further try of the same wish keeps its id. Older wishes nobody answered are superseded. */
export async function startPushes(scope: Scope, connectionId: string, kind: OfferKind, starts: readonly PushStart[], now: Date): Promise<StartedPush[]> {
  const productIds = starts.map((start) => start.productId);
  await scope.db.$executeRaw`
    UPDATE offer_push SET state = 'superseded', settled_at = ${now}::timestamptz, next_at = NULL
    WHERE workspace_id = ${scope.workspaceId}::uuid AND product_id = ANY(${productIds}::uuid[]) AND kind = ${kind} AND state IN ('sending', 'unknown', 'delayed')
      AND NOT EXISTS (SELECT 1 FROM json_to_recordset(${JSON.stringify(starts)}::json) AS r("productId" uuid, version int)
        WHERE r."productId" = offer_push.product_id AND r.version = offer_push.version)`;
  return scope.db.$queryRaw<StartedPush[]>`
    INSERT INTO offer_push AS o (id, workspace_id, connection_id, product_id, kind, version, quantity, price_minor, old_minor, state, attempts, requested_at)
    SELECT r.id, ${scope.workspaceId}::uuid, ${connectionId}::uuid, r."productId", ${kind}, r.version, r.quantity, r."priceMinor", r."oldMinor", 'sending', 1,
      ${now}::timestamptz
    FROM json_to_recordset(${JSON.stringify(starts)}::json)
      AS r(id uuid, "productId" uuid, version int, quantity int, "priceMinor" bigint, "oldMinor" bigint)
    ON CONFLICT (product_id, kind, version) DO UPDATE SET state = 'sending', attempts = o.attempts + 1, requested_at = EXCLUDED.requested_at, next_at = NULL,
      error_code = NULL, error_text = NULL
    RETURNING id, product_id AS "productId", attempts`;
}

export interface PushRow extends StartedPush {
  readonly version: number;
  readonly variantId: string | null;
  readonly externalId: string;
  readonly requestedAt: Date;
}

export interface PushResult {
  readonly id: string;
  /** The try it belongs to: an answer to an earlier one comes too late. */
  readonly attempts: number;
  readonly from: "sending" | "pending";
  readonly state: PushState;
  readonly tracking?: string | null;
  readonly nextAt?: string | null;
  readonly errorCode?: string | null;
  readonly errorText?: string | null;
}

/** Rows must come in one fixed order. @returns those that were still ours to write. */
export async function recordPushes(scope: Scope, results: readonly PushResult[], now: Date): Promise<Set<string>> {
  const rows = await scope.db.$queryRaw<{ id: string }[]>`
    UPDATE offer_push o SET state = r.state, tracking = coalesce(r.tracking, o.tracking), next_at = r."nextAt", error_code = r."errorCode", error_text = r."errorText",
      settled_at = CASE WHEN r.state IN ('acknowledged', 'rejected') THEN ${now}::timestamptz END
    FROM json_to_recordset(${JSON.stringify(results)}::json)
      AS r(id uuid, attempts int, "from" text, state text, tracking text, "nextAt" timestamptz, "errorCode" text, "errorText" text)
    WHERE o.id = r.id AND o.workspace_id = ${scope.workspaceId}::uuid AND o.attempts = r.attempts AND o.state = r."from"
    RETURNING o.id`;
  return new Set(rows.map((row) => row.id));
}

/** What the service has taken is what it shows; a later answer to an older wish changes nothing. */
export async function acknowledge(scope: Scope, kind: OfferKind, pushIds: readonly string[], now: Date): Promise<void> {
  const ids = [...pushIds];
  if (ids.length === 0) return;
  if (kind === "stock")
    await scope.db.$executeRaw`
      UPDATE product p SET acked_stock = o.quantity, acked_stock_version = o.version, acked_stock_at = ${now}::timestamptz FROM offer_push o
      WHERE o.id = ANY(${ids}::uuid[]) AND p.id = o.product_id AND p.workspace_id = ${scope.workspaceId}::uuid AND o.version > p.acked_stock_version`;
  else
    await scope.db.$executeRaw`
      UPDATE product p SET acked_price_minor = o.price_minor, acked_price_version = o.version, acked_price_at = ${now}::timestamptz FROM offer_push o
      WHERE o.id = ANY(${ids}::uuid[]) AND p.id = o.product_id AND p.workspace_id = ${scope.workspaceId}::uuid AND o.version > p.acked_price_version`;
}

/** The oldest answer that is due to be asked for, with everything asked for under the same tracking. */
export async function findDueTracking(scope: Scope, connectionId: string, kind: OfferKind, now: Date): Promise<{ tracking: string; rows: PushRow[] } | null> {
  const due = await scope.db.offerPush.findFirst({
    where: { workspaceId: scope.workspaceId, connectionId, kind, state: "pending", nextAt: { lte: now }, tracking: { not: null } },
    orderBy: { nextAt: "asc" },
    select: { tracking: true },
  });
  if (due === null || due.tracking === null) return null;
  const rows = await scope.db.offerPush.findMany({
    where: { workspaceId: scope.workspaceId, connectionId, kind, state: "pending", tracking: due.tracking },
    orderBy: { id: "asc" },
    select: { id: true, productId: true, attempts: true, version: true, requestedAt: true, product: { select: { externalId: true, variantId: true } } },
  });
  return { tracking: due.tracking, rows: rows.map(({ product, ...row }) => ({ ...row, ...product })) };
}

/** When the next thing is to be done without another event: an answer to ask for, a try to repeat, a lease that runs out. */
export async function findNextMoment(scope: Scope, connectionId: string, kind: OfferKind, leaseMs: number): Promise<Date | null> {
  const [row] = await scope.db.$queryRaw<{ at: Date | null }[]>`
    SELECT min(CASE WHEN state = 'sending' THEN requested_at + ${leaseMs} * interval '1 millisecond' ELSE next_at END) AS at FROM offer_push
    WHERE workspace_id = ${scope.workspaceId}::uuid AND connection_id = ${connectionId}::uuid AND kind = ${kind}
      AND state IN ('sending', 'pending', 'unknown', 'delayed')`;
  return row?.at ?? null;
}

export interface LeftBehind {
  readonly workspaceId: string;
  readonly connectionId: string;
  readonly kind: OfferKind;
}

/** Connections of every workspace with wishes that wait, or answers nobody asked for: their runs are lost, or the engine was away. */
export async function listLeftBehind(now: Date, leaseUntil: Date): Promise<LeftBehind[]> {
  return inSystem(
    (tx) => tx.$queryRaw<LeftBehind[]>`
    SELECT DISTINCT p.workspace_id AS "workspaceId", p.connection_id AS "connectionId", k.kind FROM product p CROSS JOIN (VALUES ('stock'), ('price')) k(kind)
    LEFT JOIN offer_push o ON o.product_id = p.id AND o.kind = k.kind AND o.version = CASE k.kind WHEN 'stock' THEN p.stock_version ELSE p.price_version END
    WHERE ((k.kind = 'stock' AND p.is_stock_pushed AND p.stock_version > p.acked_stock_version AND p.wanted_stock IS NOT NULL)
        OR (k.kind = 'price' AND p.price_version > p.acked_price_version AND p.wanted_price_minor IS NOT NULL))
      AND (o.id IS NULL OR (o.state = 'sending' AND o.requested_at < ${leaseUntil}::timestamptz)
        OR (o.state IN ('unknown', 'delayed', 'pending') AND o.next_at < ${now}::timestamptz))
    LIMIT 500`,
  );
}

/** Variants of every workspace with a listing whose hold-back is over. */
export async function listHoldBacksOver(now: Date): Promise<{ workspaceId: string; variantId: string }[]> {
  return inSystem(
    (tx) => tx.$queryRaw<{ workspaceId: string; variantId: string }[]>`
    SELECT DISTINCT workspace_id AS "workspaceId", variant_id AS "variantId" FROM product
    WHERE held_back_until <= ${now}::timestamptz AND variant_id IS NOT NULL ORDER BY 1, 2 LIMIT 20000`,
  );
}
