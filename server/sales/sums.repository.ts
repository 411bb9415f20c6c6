import { Prisma } from "@/server/platform/generated/client";
import type { Scope } from "@/server/platform/transaction";
import { coverPeriod, SPANS } from "./cover-period";
import { matching } from "./repository";
import type { Period } from "./rules";
import type { Grouping, SaleFilters, SaleSums, Settlement } from "./schema";

interface Part {
  readonly rows: Prisma.Sql;
  /** -1: to be taken off. */
  readonly sign: 1 | -1;
}

/**
 * Sums come from one of three sources of the same columns: lines, sums of days, sums of products. All give the same figures
 * (sums.db.test.ts); they differ in how much there is to read.
 */
type Source = (scope: Scope, period: Period, filters: SaleFilters) => readonly Part[];

const lineRows = (scope: Scope, period: Period, filters: SaleFilters) => Prisma.sql`
  SELECT s.date, s.organization_id, s.connection_id, s.marketplace, s.currency, s.kind, coalesce(s.sku, s.offer_id, '') AS product, 1 AS lines, s.quantity::bigint AS quantity, s.revenue_minor, s.fees_minor, s.payout_minor
  FROM sale_line s WHERE ${matching(scope, period, filters)}`;

export const fromLines: Source = (scope, period, filters) => [{ rows: lineRows(scope, period, filters), sign: 1 }];

const dayRows = (scope: Scope, period: Period, filters: SaleFilters) => Prisma.sql`
  SELECT d.date, l.organization_id, l.connection_id, l.marketplace, l.currency, l.kind, d.lines, d.quantity, d.revenue_minor, d.fees_minor, d.payout_minor
  FROM sale_day_sum d JOIN sale_slice l ON l.id = d.slice_id
  WHERE d.workspace_id = ${scope.workspaceId}::uuid AND d.date >= ${period.from}::date AND d.date <= ${period.to}::date AND ${ofSlices(scope, filters)}`;

const fromDays: Source = (scope, period, filters) => [{ rows: dayRows(scope, period, filters), sign: 1 }];

const spanRows = (scope: Scope, months: number, startsOn: readonly string[], filters: SaleFilters) => Prisma.sql`
  SELECT l.currency, l.kind, p.product, p.lines, p.quantity, p.revenue_minor, p.fees_minor, p.payout_minor FROM sale_product_sum p JOIN sale_slice l ON l.id = p.slice_id
  WHERE p.workspace_id = ${scope.workspaceId}::uuid AND p.months = ${months} AND p.starts_on = ANY(${[...startsOn]}::date[]) AND ${ofSlices(scope, filters)}`;

/** Whole months, quarters and years from the sums, single days at the edges from the lines. */
const fromProducts: Source = (scope, period, filters) => {
  const { spans, days } = coverPeriod(period);
  const parts: Part[] = days.map(({ sign, ...run }) => ({ rows: lineRows(scope, run, filters), sign }));
  // One part for each length and sign: the planner knows how much there is to read only where it reads the dates.
  for (const months of SPANS) {
    for (const sign of [1, -1] as const) {
      const startsOn = spans.filter((span) => span.months === months && span.sign === sign).map((span) => span.startsOn);
      if (startsOn.length > 0) parts.push({ rows: spanRows(scope, months, startsOn, filters), sign });
    }
  }
  return parts.length === 0 ? fromLines(scope, period, filters) : parts;
};

/** What sums are not kept apart by has to be looked for in the lines. */
function isKept({ search, sku, importId, possibleDuplicates }: SaleFilters): boolean {
  return (search ?? "") === "" && (sku ?? "") === "" && importId === undefined && possibleDuplicates !== true;
}

function sourceOf(filters: SaleFilters, by: Grouping): Source {
  if (!isKept(filters)) return fromLines;
  return by === "product" ? fromProducts : fromDays;
}

const SETTLEMENTS: Readonly<Record<Settlement, Prisma.Sql>> = {
  final: Prisma.sql`NOT l.is_preliminary`,
  preliminary: Prisma.sql`(l.is_preliminary AND NOT l.is_superseded)`,
  superseded: Prisma.sql`l.is_superseded`,
};

/** `matching` for slices. */
function ofSlices(
  scope: Scope,
  { connectionIds = [], organizationIds = [], marketplaces = [], kinds = [], settlement, currency, having }: SaleFilters,
): Prisma.Sql {
  const where = [Prisma.sql`l.workspace_id = ${scope.workspaceId}::uuid`, settlement === undefined ? Prisma.sql`NOT l.is_superseded` : SETTLEMENTS[settlement]];
  if (connectionIds.length > 0) where.push(Prisma.sql`l.connection_id = ANY(${[...connectionIds]}::uuid[])`);
  if (organizationIds.length > 0) where.push(Prisma.sql`l.organization_id = ANY(${[...organizationIds]}::uuid[])`);
  if (marketplaces.length > 0) where.push(Prisma.sql`l.marketplace = ANY(${[...marketplaces]}::text[])`);
  if (kinds.length > 0) where.push(Prisma.sql`l.kind = ANY(${[...kinds]}::sale_kind[])`);
  if (currency !== undefined) where.push(Prisma.sql`l.currency = ${currency}`);
  if (having !== undefined) where.push(having === "fees" ? Prisma.sql`l.has_fees` : Prisma.sql`l.has_payout`);
  return Prisma.join(where, " AND ");
}

/** Each part added up by itself, then the parts: most rows of a group meet in one part. */
function addUp(of: Prisma.Sql, parts: readonly Part[]): Prisma.Sql {
  const added = parts.map(
    ({ rows, sign }) => Prisma.sql`
      SELECT ${of} AS of, r.currency, ${sign}::bigint * sum(r.lines)::bigint AS lines, ${sign}::bigint * sum_minor(r.quantity) FILTER (WHERE r.kind IN ('sale', 'return')) AS quantity,
        ${sign}::bigint * sum_minor(r.revenue_minor) AS revenue_minor, ${sign}::bigint * sum_minor(r.revenue_minor) FILTER (WHERE r.kind = 'return') AS returns_minor,
        ${sign}::bigint * sum_minor(r.fees_minor) AS fees_minor, ${sign}::bigint * sum_minor(r.payout_minor) AS payout_minor
      FROM (${rows}) r GROUP BY 1, 2`,
  );
  return Prisma.sql`
    SELECT a.of, a.currency, sum_minor(a.lines)::integer AS lines, sum_minor(a.quantity)::integer AS quantity, sum_minor(a.revenue_minor) AS "revenueMinor", sum_minor(a.returns_minor) AS "returnsMinor",
      sum_minor(a.fees_minor) AS "feesMinor", sum_minor(a.payout_minor) AS "payoutMinor"
    FROM (${Prisma.join(added, " UNION ALL ")}) a GROUP BY 1, 2 HAVING sum_minor(a.lines) <> 0`;
}

/** One row a currency, the largest revenue first. @param from where to read, when not where it is read fastest. */
export async function sumSales(scope: Scope, period: Period, filters: SaleFilters, from: Source = sourceOf(filters, "day")): Promise<SaleSums[]> {
  const sums = addUp(Prisma.sql`NULL::text`, from(scope, period, filters));
  return scope.db.$queryRaw<SaleSums[]>(Prisma.sql`
    SELECT currency, lines, quantity, "revenueMinor", "returnsMinor", "feesMinor", "payoutMinor" FROM (${sums}) g ORDER BY "revenueMinor" DESC, currency`);
}

const GROUPS: Readonly<Record<Grouping, { readonly of: Prisma.Sql; readonly key: Prisma.Sql; readonly label: Prisma.Sql }>> = {
  day: { of: Prisma.sql`r.date`, key: Prisma.sql`to_char(g.of, 'YYYY-MM-DD')`, label: Prisma.sql`NULL::text` },
  product: { of: Prisma.sql`r.product`, key: Prisma.sql`g.of`, label: Prisma.sql`NULL::text` },
  organization: {
    of: Prisma.sql`r.organization_id`,
    key: Prisma.sql`g.of::text`,
    label: Prisma.sql`(SELECT o.name FROM organization o WHERE o.id = g.of AND o.workspace_id = karavan_workspace())`,
  },
  connection: {
    of: Prisma.sql`r.connection_id`,
    key: Prisma.sql`coalesce(g.of::text, '')`,
    label: Prisma.sql`(SELECT c.name FROM connection c WHERE c.id = g.of AND c.workspace_id = karavan_workspace())`,
  },
  marketplace: { of: Prisma.sql`r.marketplace`, key: Prisma.sql`g.of`, label: Prisma.sql`NULL::text` },
};

export interface GroupRow extends SaleSums {
  readonly key: string;
  /** Of organizations and connections. */
  readonly label: string | null;
}

/** By day: newest first; otherwise the largest revenue first. @param from where to read, when not where it is read fastest. */
export async function sumSalesBy(
  scope: Scope,
  period: Period,
  filters: SaleFilters,
  by: Grouping,
  limit: number,
  from: Source = sourceOf(filters, by),
): Promise<GroupRow[]> {
  const { of, key, label } = GROUPS[by];
  // Tens of thousands of products fit; with the server's 4 MB they are sorted on disk, which takes twice as long.
  if (by === "product") await scope.db.$queryRaw`SELECT set_config('work_mem', '32MB', true)`;
  const order = by === "day" ? Prisma.sql`g.of DESC, g.currency` : Prisma.sql`g."revenueMinor" DESC, g.of NULLS FIRST, g.currency`;
  return scope.db.$queryRaw<GroupRow[]>(Prisma.sql`
    SELECT ${key} AS key, ${label} AS label, g.currency, g.lines, g.quantity, g."revenueMinor", g."returnsMinor", g."feesMinor", g."payoutMinor"
    FROM (SELECT * FROM (${addUp(of, from(scope, period, filters))}) g ORDER BY ${order} LIMIT ${limit}) g ORDER BY ${order}`);
}

/** How many of the newest lines of a product are looked through for its name. */
const NAMING_LINES = 5;

export interface ProductName {
  readonly product: string;
  /** As the newest of its lines that has one says. */
  readonly name: string | null;
  /** The shop of the newest line of one, to look further. */
  readonly connectionId: string | null;
}

/** What products of sums are called. */
export async function findProductNames(scope: Scope, products: readonly string[]): Promise<ProductName[]> {
  if (products.length === 0) return [];
  const newest = (which: Prisma.Sql) => Prisma.sql`
    (SELECT s.date, s.product_name, s.connection_id FROM sale_line s WHERE s.workspace_id = ${scope.workspaceId}::uuid AND ${which} ORDER BY s.date DESC LIMIT ${NAMING_LINES})`;
  return scope.db.$queryRaw<ProductName[]>(Prisma.sql`
    SELECT k.product, (array_agg(n.product_name ORDER BY n.date DESC, n.product_name) FILTER (WHERE n.product_name IS NOT NULL))[1] AS name,
      (array_agg(n.connection_id ORDER BY n.date DESC, n.connection_id) FILTER (WHERE n.connection_id IS NOT NULL))[1] AS "connectionId"
    FROM unnest(${[...products]}::text[]) AS k(product)
      CROSS JOIN LATERAL (${newest(Prisma.sql`s.sku = k.product`)} UNION ALL ${newest(Prisma.sql`s.sku IS NULL AND s.offer_id = k.product`)}) n
    GROUP BY 1`);
}
