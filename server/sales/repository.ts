import { Prisma } from "@/server/platform/generated/client";
import type { Scope } from "@/server/platform/transaction";
import type { Period } from "./rules";
import type { SaleFilters, SaleKind, Settlement } from "./schema";

/** What a line says, as it is handed to the database. */
export interface SaleFigures {
  readonly kind: SaleKind;
  readonly date: string;
  readonly quantity: number;
  /** Digits: JSON has no bigint. */
  readonly revenueMinor: string;
  readonly feesMinor: string;
  readonly payoutMinor: string | null;
  readonly currency: string;
  readonly description: string;
  readonly orderNumber: string | null;
  readonly postingNumber: string | null;
  readonly sku: string | null;
  readonly offerId: string | null;
  readonly productName: string | null;
  readonly isPreliminary: boolean;
}

export interface SaleRow extends SaleFigures {
  readonly id: string;
  readonly externalId: string;
  readonly feeDetails: readonly { readonly typeId: string; readonly name: string; readonly amountMinor: string }[];
  readonly sourceHash: string;
  readonly settlementKey: string | null;
}

export interface SaleSource {
  readonly id: string;
  readonly organizationId: string;
  readonly connectorId: string;
}

/**
 * Rows must come in one fixed order. A preliminary figure never replaces a final one. What a file brought is the service's own from now on.
 * @returns how many lines were new or changed.
 */
export async function upsertSaleLines(scope: Scope, source: SaleSource, rows: readonly SaleRow[]): Promise<number> {
  return scope.db.$executeRaw`
    INSERT INTO sale_line AS s (id, workspace_id, organization_id, connection_id, marketplace, external_id, kind, date, quantity, revenue_minor, fees_minor, payout_minor, currency, description,
      order_number, posting_number, sku, offer_id, product_name, is_preliminary, fee_details, source_hash, settlement_key, updated_at)
    SELECT r.id, ${scope.workspaceId}::uuid, ${source.organizationId}::uuid, ${source.id}::uuid, ${source.connectorId}, r."externalId", r.kind::sale_kind, r.date, r.quantity, r."revenueMinor", r."feesMinor", r."payoutMinor",
      r.currency, r.description, r."orderNumber", r."postingNumber", r.sku, r."offerId", r."productName", r."isPreliminary", r."feeDetails", r."sourceHash", r."settlementKey", now()
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS r(id uuid, "externalId" text, kind text, date date, quantity integer, "revenueMinor" bigint, "feesMinor" bigint, "payoutMinor" bigint, currency text,
      description text, "orderNumber" text, "postingNumber" text, sku text, "offerId" text, "productName" text, "isPreliminary" boolean, "feeDetails" jsonb, "sourceHash" text, "settlementKey" text)
    ON CONFLICT (connection_id, external_id) DO UPDATE SET kind = EXCLUDED.kind, date = EXCLUDED.date, quantity = EXCLUDED.quantity, revenue_minor = EXCLUDED.revenue_minor, fees_minor = EXCLUDED.fees_minor,
      payout_minor = EXCLUDED.payout_minor, currency = EXCLUDED.currency, description = EXCLUDED.description, order_number = EXCLUDED.order_number, posting_number = EXCLUDED.posting_number, sku = EXCLUDED.sku,
      offer_id = EXCLUDED.offer_id, product_name = EXCLUDED.product_name, is_preliminary = EXCLUDED.is_preliminary, fee_details = EXCLUDED.fee_details, source_hash = EXCLUDED.source_hash, settlement_key = EXCLUDED.settlement_key, import_id = NULL, updated_at = now()
    WHERE s.source_hash <> EXCLUDED.source_hash AND (s.is_preliminary OR NOT EXCLUDED.is_preliminary)`;
}

/**
 * Brings preliminary lines of these keys into line with the final ones: superseded while there is one of the same key, counted
 * otherwise, whichever came first. Under `lockSaleLines`, or two at once would not see each other.
 */
export async function settleLines(scope: Scope, connectionId: string, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await scope.db.$executeRaw`
    UPDATE sale_line p SET is_superseded = f.is_final, updated_at = now()
    FROM (SELECT k.key, EXISTS (SELECT FROM sale_line s WHERE s.connection_id = ${connectionId}::uuid AND s.settlement_key = k.key AND NOT s.is_preliminary) AS is_final
      FROM unnest(${[...keys]}::text[]) AS k(key)) f
    WHERE p.workspace_id = ${scope.workspaceId}::uuid AND p.connection_id = ${connectionId}::uuid AND p.settlement_key = f.key AND p.is_preliminary AND p.is_superseded <> f.is_final`;
}

/**
 * Until the transaction ends nobody else writes lines of these shops, null being those of no shop. Sums are kept under the same lock: whoever
 * writes with more than one statement asks for all shops of them beforehand, and no two ever wait for each other.
 */
export async function lockSaleLines(scope: Scope, connectionIds: readonly (string | null)[]): Promise<void> {
  await scope.db.$executeRaw`SELECT sale_lines_lock(${scope.workspaceId}::uuid, ${[...new Set(connectionIds)]}::uuid[])`;
}

export interface ListedSale {
  readonly id: string;
  readonly organizationId: string;
  readonly connectionId: string | null;
  readonly marketplace: string;
  readonly kind: SaleKind;
  readonly date: string;
  readonly quantity: number;
  readonly revenueMinor: bigint;
  readonly feesMinor: bigint;
  readonly payoutMinor: bigint | null;
  readonly currency: string;
  readonly description: string;
  readonly orderNumber: string | null;
  readonly postingNumber: string | null;
  readonly sku: string | null;
  readonly offerId: string | null;
  readonly productName: string | null;
  readonly isPreliminary: boolean;
  readonly isSuperseded: boolean;
  readonly isManual: boolean;
  readonly possibleDuplicateOfId: string | null;
  readonly externalId: string | null;
  readonly organizationName: string | null;
  readonly connectionName: string | null;
}

const NAMES = Prisma.sql`LEFT JOIN organization o ON o.id = s.organization_id AND o.workspace_id = s.workspace_id LEFT JOIN connection c ON c.id = s.connection_id AND c.workspace_id = s.workspace_id`;

/** Newest day first; `limit + 1` rows. */
export async function listSaleRows(
  scope: Scope,
  period: Period,
  filters: SaleFilters,
  cursor: { readonly date: string; readonly id: string } | undefined,
  limit: number,
): Promise<ListedSale[]> {
  const after = cursor === undefined ? Prisma.empty : Prisma.sql`AND (s.date, s.id) < (${cursor.date}::date, ${cursor.id}::uuid)`;
  return scope.db.$queryRaw<ListedSale[]>(Prisma.sql`
    SELECT s.id, s.organization_id AS "organizationId", s.connection_id AS "connectionId", s.marketplace, s.kind::text AS kind, to_char(s.date, 'YYYY-MM-DD') AS date, s.quantity, s.revenue_minor AS "revenueMinor",
      s.fees_minor AS "feesMinor", s.payout_minor AS "payoutMinor", s.currency, s.description, s.order_number AS "orderNumber", s.posting_number AS "postingNumber", s.sku, s.offer_id AS "offerId",
      s.product_name AS "productName", s.is_preliminary AS "isPreliminary", s.is_superseded AS "isSuperseded", s.external_id IS NULL AS "isManual", s.external_id AS "externalId", s.possible_duplicate_of_id AS "possibleDuplicateOfId", o.name AS "organizationName", c.name AS "connectionName"
    FROM sale_line s ${NAMES} WHERE ${matching(scope, period, filters)} ${after}
    ORDER BY s.date DESC, s.id DESC LIMIT ${limit + 1}`);
}

/** The order of each line that names one of its shop's, by the line's id; of an order in several parcels the parcel the line names. */
export async function findOrderIds(scope: Scope, lines: readonly ListedSale[]): Promise<ReadonlyMap<string, string>> {
  const keys = lines.flatMap(({ id, connectionId, postingNumber, orderNumber }) =>
    [postingNumber, orderNumber].flatMap((number, rank) => (connectionId === null || number === null ? [] : [{ id, connectionId, number, rank }])),
  );
  if (keys.length === 0) return new Map();
  const rows = await scope.db.$queryRaw<{ id: string; orderId: string }[]>(Prisma.sql`
    SELECT DISTINCT ON (k.id) k.id, o.id AS "orderId" FROM unnest(${keys.map(({ id }) => id)}::uuid[], ${keys.map(({ connectionId }) => connectionId)}::uuid[], ${keys.map(({ number }) => number)}::text[],
      ${keys.map(({ rank }) => rank)}::integer[]) AS k(id, connection_id, number, rank)
    JOIN sales_order o ON o.workspace_id = ${scope.workspaceId}::uuid AND (o.number = k.number OR o.group_number = k.number) AND o.connection_id = k.connection_id
    ORDER BY k.id, k.rank, o.number <> k.number, o.placed_at, o.id`);
  return new Map(rows.map(({ id, orderId }) => [id, orderId]));
}

/** Lines `s` of the period that the filters leave. */
export function matching(scope: Scope, period: Period, filters: SaleFilters): Prisma.Sql {
  const where = [Prisma.sql`s.workspace_id = ${scope.workspaceId}::uuid AND s.date >= ${period.from}::date AND s.date <= ${period.to}::date`];
  const { connectionIds, organizationIds, marketplaces, kinds, sku, search, possibleDuplicates, settlement, importId, currency, having } = filters;
  where.push(settlement === undefined ? Prisma.sql`NOT s.is_superseded` : SETTLEMENTS[settlement]);
  if (connectionIds !== undefined && connectionIds.length > 0) where.push(Prisma.sql`s.connection_id = ANY(${[...connectionIds]}::uuid[])`);
  if (organizationIds !== undefined && organizationIds.length > 0) where.push(Prisma.sql`s.organization_id = ANY(${[...organizationIds]}::uuid[])`);
  if (marketplaces !== undefined && marketplaces.length > 0) where.push(Prisma.sql`s.marketplace = ANY(${[...marketplaces]}::text[])`);
  if (kinds !== undefined && kinds.length > 0) where.push(Prisma.sql`s.kind = ANY(${[...kinds]}::sale_kind[])`);
  if (sku !== undefined && sku !== "") where.push(Prisma.sql`s.sku = ${sku}`);
  if (importId !== undefined) where.push(Prisma.sql`s.import_id = ${importId}::uuid`);
  if (currency !== undefined) where.push(Prisma.sql`s.currency = ${currency}`);
  if (having !== undefined) where.push(having === "fees" ? Prisma.sql`s.fees_minor <> 0` : Prisma.sql`s.payout_minor IS NOT NULL`);
  if (possibleDuplicates === true) where.push(Prisma.sql`s.possible_duplicate_of_id IS NOT NULL`);
  if (search !== undefined && search !== "") {
    const pattern = `%${search.replace(/[\\%_]/g, "\\$&")}%`;
    where.push(Prisma.sql`concat_ws(' ', s.description, s.order_number, s.posting_number, s.product_name, s.offer_id, s.sku) ILIKE ${pattern}`);
  }
  return Prisma.join(where, " AND ");
}

/** Superseded lines are seen by those who ask for them, and never counted with anything else. */
const SETTLEMENTS: Readonly<Record<Settlement, Prisma.Sql>> = {
  final: Prisma.sql`NOT s.is_preliminary`,
  preliminary: Prisma.sql`(s.is_preliminary AND NOT s.is_superseded)`,
  superseded: Prisma.sql`s.is_superseded`,
};

export interface ManualLine {
  readonly id: string;
  readonly organizationId: string;
  readonly marketplace: string;
  readonly kind: SaleKind;
  readonly date: string;
  readonly quantity: number;
  readonly revenueMinor: bigint;
  readonly currency: string;
  readonly description: string;
  readonly orderNumber?: string | undefined;
  readonly sku?: string | undefined;
  readonly productName?: string | undefined;
}

export async function organizationExists(scope: Scope, organizationId: string): Promise<boolean> {
  return (await scope.db.organization.count({ where: { workspaceId: scope.workspaceId, id: organizationId } })) > 0;
}

/** The four fields (and the currency the revenue is in) by which lines are possible duplicates of each other. */
export interface TwinKey {
  readonly date: string;
  readonly marketplace: string;
  readonly organizationId: string;
  readonly revenueMinor: bigint;
  readonly currency: string;
}

/** The oldest line of each key, in the order of the keys; null where there is none. */
export async function findTwins(scope: Scope, keys: readonly TwinKey[]): Promise<(string | null)[]> {
  if (keys.length === 0) return [];
  const rows = await scope.db.$queryRaw<{ at: number; id: string }[]>(Prisma.sql`
    SELECT DISTINCT ON (k.at) k.at, s.id FROM unnest(${keys.map((_, at) => at)}::integer[], ${keys.map(({ date }) => date)}::date[], ${keys.map(({ marketplace }) => marketplace)}::text[],
      ${keys.map(({ organizationId }) => organizationId)}::uuid[], ${keys.map(({ revenueMinor }) => revenueMinor)}::bigint[], ${keys.map(({ currency }) => currency)}::text[])
      AS k(at, date, marketplace, organization_id, revenue_minor, currency)
    JOIN sale_line s ON s.workspace_id = ${scope.workspaceId}::uuid AND s.organization_id = k.organization_id AND s.date = k.date AND s.revenue_minor = k.revenue_minor
      AND s.marketplace = k.marketplace AND s.currency = k.currency
    ORDER BY k.at, s.created_at, s.id`);
  const found = new Map(rows.map(({ at, id }) => [at, id]));
  return keys.map((_, at) => found.get(at) ?? null);
}

export async function insertManualLine(scope: Scope, line: ManualLine, possibleDuplicateOfId: string | null): Promise<void> {
  const { orderNumber, sku, productName, ...fields } = line;
  await scope.db.saleLine.create({
    data: {
      ...fields,
      workspaceId: scope.workspaceId,
      date: new Date(line.date),
      orderNumber: orderNumber ?? null,
      sku: sku ?? null,
      productName: productName ?? null,
      sourceHash: "",
      possibleDuplicateOfId,
    },
  });
}
