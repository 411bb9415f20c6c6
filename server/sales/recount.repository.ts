import { Prisma } from "@/server/platform/generated/client";
import type { Scope } from "@/server/platform/transaction";

export interface SumGaps {
  /** Sums of a day, and of a product in a month, quarter or year, that are missing, too many, or another than the lines give. */
  readonly days: number;
  readonly products: number;
}

const AMOUNTS = Prisma.sql`count(*)::integer AS lines, sum(c.quantity)::bigint AS quantity, sum(c.revenue_minor)::bigint AS revenue_minor, sum(c.fees_minor)::bigint AS fees_minor,
  coalesce(sum(c.payout_minor), 0)::bigint AS payout_minor`;
/** Outer: a line whose slice is missing is a gap, too. */
const SLICED = Prisma.sql`sale_line c LEFT JOIN sale_slice s ON s.workspace_id = c.workspace_id AND s.connection_id IS NOT DISTINCT FROM c.connection_id AND s.organization_id = c.organization_id
  AND s.marketplace = c.marketplace AND s.currency = c.currency AND s.kind = c.kind AND s.is_preliminary = c.is_preliminary AND s.is_superseded = c.is_superseded
  AND s.has_fees = (c.fees_minor <> 0) AND s.has_payout = (c.payout_minor IS NOT NULL)`;

/** All lines of the workspace against all their sums. */
export async function countSumGaps(scope: Scope): Promise<SumGaps> {
  const workspaceId = Prisma.sql`${scope.workspaceId}::uuid`;
  const days = await countGaps(
    scope,
    Prisma.sql`SELECT c.date, s.id AS slice_id, ${AMOUNTS} FROM ${SLICED} WHERE c.workspace_id = ${workspaceId} GROUP BY 1, 2`,
    Prisma.sql`SELECT date, slice_id, lines, quantity, revenue_minor, fees_minor, payout_minor FROM sale_day_sum WHERE workspace_id = ${workspaceId}`,
  );
  const products = await countGaps(
    scope,
    Prisma.sql`SELECT u.months, date_trunc(u.unit, c.date::timestamp)::date AS starts_on, s.id AS slice_id, coalesce(c.sku, c.offer_id, '') AS product, ${AMOUNTS}
      FROM ${SLICED} CROSS JOIN (VALUES (1, 'month'), (3, 'quarter'), (12, 'year')) AS u(months, unit) WHERE c.workspace_id = ${workspaceId} GROUP BY 1, 2, 3, 4`,
    Prisma.sql`SELECT months, starts_on, slice_id, product, lines, quantity, revenue_minor, fees_minor, payout_minor FROM sale_product_sum WHERE workspace_id = ${workspaceId}`,
  );
  return { days, products };
}

/** Rows of either side that the other has not. */
async function countGaps({ db }: Scope, counted: Prisma.Sql, kept: Prisma.Sql): Promise<number> {
  const rows = await db.$queryRaw<{ gaps: number }[]>(Prisma.sql`
    WITH counted AS (${counted}), kept AS (${kept})
    SELECT ((SELECT count(*) FROM (SELECT * FROM counted EXCEPT SELECT * FROM kept) a) + (SELECT count(*) FROM (SELECT * FROM kept EXCEPT SELECT * FROM counted) b))::integer AS gaps`);
  return rows[0]?.gaps ?? 0;
}
