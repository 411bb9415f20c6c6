import type { Scope } from "@/server/platform/transaction";
import { dayOf } from "./rules";
import { sumSales } from "./sums.repository";

const WEEK_MS = 7 * 86_400_000;

export interface RevenueComparison {
  readonly currency: string;
  readonly todayMinor: bigint;
  readonly weekAgoMinor: bigint;
}

/** Revenue of a day against the same weekday a week before, per currency. @param day YYYY-MM-DD in the team's own calendar. */
export async function compareRevenue(scope: Scope, day: string): Promise<RevenueComparison[]> {
  const before = dayOf(new Date(Date.parse(day) - WEEK_MS));
  const today = await sumSales(scope, { from: day, to: day }, {});
  const weekAgo = await sumSales(scope, { from: before, to: before }, {});
  const amounts = (rows: typeof today) => new Map(rows.map((row) => [row.currency, row.revenueMinor]));
  const [now, then] = [amounts(today), amounts(weekAgo)];
  return [...new Set([...now.keys(), ...then.keys()])]
    .sort()
    .map((currency) => ({ currency, todayMinor: now.get(currency) ?? 0n, weekAgoMinor: then.get(currency) ?? 0n }));
}
