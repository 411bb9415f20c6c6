import { loadavg } from "node:os";
import { performance } from "node:perf_hooks";
import { pool } from "@/server/platform/db";
import { inWorkspace, type Scope } from "@/server/platform/transaction";
import { listSales } from "@/server/sales/list-sales";
import { groupingSchema, listSalesInput, totalSalesInput } from "@/server/sales/schema";
import { revenueSeries, totalSales } from "@/server/sales/total-sales";
import { type BenchFigures, type BenchOptions, type BenchResult, describeMachine } from "../contract";
import { asLine, measure } from "../measure";
import { type Filled, fillSales } from "./fill";

const LINES = 5_000_000;
const ROUNDS = 12;
const TARGET_MS = 300;
const DAY_MS = 86_400_000;

type Work = (scope: Scope) => Promise<unknown>;

const day = (before: number) => new Date(Date.now() - before * DAY_MS).toISOString().slice(0, 10);
/** The 15th of the month so many months ago. */
function middleOf(monthsAgo: number): string {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - monthsAgo, 15)).toISOString().slice(0, 10);
}

/** The last two lie worst for sums of calendar months: from the middle of one to the middle of another. */
const PERIODS: Readonly<Record<string, { readonly from: string; readonly to: string }>> = {
  "30 days": { from: day(30), to: day(0) },
  "a year": { from: day(365), to: day(0) },
  everything: { from: day(1_100), to: day(0) },
  "middle to middle of a month": { from: middleOf(2), to: middleOf(1) },
  "middle to middle, two years": { from: middleOf(29), to: middleOf(6) },
};

/** What the page asks for: the sums by each grouping, the chart, the list; of each period, whole and of one shop. */
function worksOf({ connectionIds }: Filled): ReadonlyMap<string, Work> {
  const works = new Map<string, Work>();
  for (const [period, dates] of Object.entries(PERIODS)) {
    for (const by of groupingSchema.options) works.set(`totals by ${by}, ${period}`, (scope) => totalSales(scope, totalSalesInput.parse({ ...dates, by })));
    works.set(`chart, ${period}`, (scope) => revenueSeries(scope, dates));
    works.set(`totals by day of one shop, ${period}`, (scope) =>
      totalSales(scope, totalSalesInput.parse({ ...dates, by: "day", connectionIds: connectionIds.slice(0, 1) })),
    );
    works.set(`list, ${period}`, (scope) => listSales(scope, listSalesInput.parse(dates)));
  }
  return works;
}

/**
 * The sales page over 5 000 000 lines (`BENCH_SALES` for a quicker look), through Prisma and row-level security. Baseline: the same sums
 * asked for in the plainest SQL, which reads every line.
 */
export async function run(_options: BenchOptions): Promise<BenchResult> {
  const count = Number(process.env["BENCH_SALES"] ?? LINES);
  let since = performance.now();
  const filled = await fillSales(count, (step) => {
    process.stderr.write(`  filled ${step}: ${((performance.now() - since) / 1_000).toFixed(0)} s\n`);
    since = performance.now();
  });
  const results: Record<string, number | string | boolean> = {};
  let worst = { name: "", p95: 0 };
  for (const [name, work] of worksOf(filled)) {
    const times = await measure(ROUNDS, () => inWorkspace(filled.workspaceId, work));
    results[`${name}, ms`] = asLine(times);
    process.stderr.write(`  ${name} ${asLine(times)}\n`);
    if (times.p95 > worst.p95) worst = { name, p95: times.p95 };
  }
  const plain = await measure(3, () =>
    pool.query("SELECT currency, date, count(*), sum(revenue_minor) FROM sale_line WHERE workspace_id = $1 GROUP BY 1, 2", [filled.workspaceId]),
  );
  const baseline: BenchFigures = { what: "sums by day of everything in the plainest SQL, through pg alone", "p95 ms": plain.p95 };
  return {
    bench: "sales",
    machine: describeMachine(),
    results: {
      lines: count,
      "load average, 1 min": loadavg()[0]?.toFixed(1) ?? "",
      "a line is": "p50 | p95 | p95 of processor time, ms",
      ...results,
      [`p95 ms, worst (${worst.name})`]: worst.p95,
      [`target ≤ ${TARGET_MS} ms met`]: worst.p95 <= TARGET_MS,
    },
    baseline,
    ratio: plain.p95 / worst.p95,
  };
}
