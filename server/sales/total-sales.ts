import { productNames } from "@/server/catalog/index";
import { type Clock, systemClock } from "@/server/platform/clock";
import type { Scope } from "@/server/platform/transaction";
import { daysOf, periodOf } from "./rules";
import type { RevenueSeries, SaleFilters, TotalSales, TotalSalesInput } from "./schema";
import { findProductNames, type GroupRow, sumSales, sumSalesBy } from "./sums.repository";

/** Sums of the period by day, product, organization, connection or marketplace. Currencies are kept apart. */
export async function totalSales(scope: Scope, input: TotalSalesInput, clock: Clock = systemClock): Promise<TotalSales> {
  const period = periodOf(input, clock.now());
  const groups = await sumSalesBy(scope, period, input, input.by, input.limit);
  return { period, overall: await sumSales(scope, period, input), groups: input.by === "product" ? await nameGroups(scope, groups) : groups };
}

/** A product is called what its newest lines say, else what the catalog says. */
async function nameGroups(scope: Scope, groups: readonly GroupRow[]): Promise<GroupRow[]> {
  const told = await findProductNames(
    scope,
    groups.flatMap(({ key }) => (key === "" ? [] : [key])),
  );
  const listed = await productNames(
    scope,
    told.flatMap(({ product, name, connectionId }) => (name === null && connectionId !== null ? [{ connectionId, sku: product }] : [])),
  );
  const names = new Map(told.map(({ product, name, connectionId }) => [product, name ?? listed.get(`${connectionId} ${product}`) ?? null]));
  return groups.map((group) => ({ ...group, label: names.get(group.key) ?? null }));
}

const MOST_DAYS = 1_100;

/** Revenue of every day of the period, ready to be drawn; a period is cut to its last three years. */
export async function revenueSeries(scope: Scope, filters: SaleFilters, clock: Clock = systemClock): Promise<RevenueSeries> {
  const asked = periodOf(filters, clock.now());
  const days = daysOf(asked).slice(-MOST_DAYS);
  const period = { from: days[0] ?? asked.from, to: asked.to };
  const rows = await sumSalesBy(scope, period, filters, "day", 10 * MOST_DAYS);
  const byCurrency = new Map<string, Map<string, GroupRow>>();
  for (const row of rows) {
    const found = byCurrency.get(row.currency) ?? new Map<string, GroupRow>();
    byCurrency.set(row.currency, found.set(row.key, row));
  }
  const series = [...byCurrency]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, found]) => ({
      currency,
      days: days.map((date) => ({ date, revenueMinor: found.get(date)?.revenueMinor ?? 0n, quantity: found.get(date)?.quantity ?? 0 })),
    }));
  return { period, series };
}
