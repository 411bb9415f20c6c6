import { loadavg } from "node:os";
import { performance } from "node:perf_hooks";
import { pool } from "@/server/platform/db";
import { inWorkspace } from "@/server/platform/transaction";
import { type BenchOptions, type BenchResult, describeMachine } from "../contract";
import { asLine, measure } from "../measure";
import { fillOrders } from "./fill";
import { sequentialScans } from "./plans";
import { worksOf } from "./works";

const ORDERS = 1_000_000;
const ROUNDS = 40;
const NAIVE_ROUNDS = 4;
const TARGET_MS = 150;

/** The same answers asked for in the plainest way: offsets, exact counts, ILIKE. */
const NAIVE: Readonly<Record<string, string>> = {
  "list, page 2 000 by OFFSET": "SELECT * FROM sales_order WHERE workspace_id = $1 ORDER BY placed_at DESC LIMIT 50 OFFSET 100000",
  "search, buyer by ILIKE": "SELECT * FROM sales_order WHERE workspace_id = $1 AND buyer_name ILIKE '%синхрофазотрон%' ORDER BY placed_at DESC LIMIT 50",
  "counts, exact": "SELECT state, count(*) FROM sales_order WHERE workspace_id = $1 GROUP BY 1",
};

/**
 * The list with every filter, the search and the counters at 1 000 000 orders (`BENCH_ORDERS` for a quicker look), p50 and p95 through
 * Prisma and row-level security; the plans; plain queries beside.
 */
export async function run(_options: BenchOptions): Promise<BenchResult> {
  const count = Number(process.env["BENCH_ORDERS"] ?? ORDERS);
  let since = performance.now();
  const filled = await fillOrders(count, (step) => {
    process.stderr.write(`  filled ${step}: ${((performance.now() - since) / 1_000).toFixed(0)} s\n`);
    since = performance.now();
  });
  const { rows } = await pool.query<{ id: string; at: Date }>(
    "SELECT id, placed_at AS at FROM sales_order WHERE workspace_id = $1 ORDER BY placed_at DESC OFFSET $2 LIMIT 1",
    [filled.workspaceId, Math.floor(count / 2)],
  );
  const middle = rows[0];
  if (middle === undefined) throw new Error("nothing was filled in");
  const works = worksOf(filled, middle);
  const results: Record<string, number | string | boolean> = {};
  let worst = { name: "", p95: 0, processorP95: 0 };
  for (const { name, work } of works) {
    const times = await measure(ROUNDS, (round) => inWorkspace(filled.workspaceId, (scope) => work(scope, round)));
    const { p95, processorP95 } = times;
    const line = asLine(times);
    results[`${name}, ms`] = line;
    process.stderr.write(`  ${name} ${line}\n`);
    if (p95 > worst.p95) worst = { name, p95, processorP95 };
  }
  const baseline: Record<string, number | string | boolean> = { what: "the same questions asked in the plainest SQL, through pg alone" };
  for (const [name, text] of Object.entries(NAIVE))
    baseline[`${name}, p95 ms`] = (await measure(NAIVE_ROUNDS, () => pool.query(text, [filled.workspaceId]))).p95;
  const scans = await sequentialScans(filled.workspaceId, works);
  const deep = await measure(8, (round) =>
    inWorkspace(filled.workspaceId, (scope) => works.find(({ name }) => name === "list: deep")?.work(scope, round) ?? Promise.resolve()),
  );
  return {
    bench: "orders",
    machine: describeMachine(),
    results: {
      orders: count,
      "load average, 1 min": loadavg()[0]?.toFixed(1) ?? "",
      "a line is": "p50 | p95 | p95 of processor time, ms",
      ...results,
      [`p95 ms, worst (${worst.name})`]: worst.p95,
      "its p95 of processor time, ms": worst.processorP95,
      [`target ≤ ${TARGET_MS} ms met`]: worst.p95 <= TARGET_MS,
      "sequential scans in hot queries": scans.length === 0 ? "none" : scans.join(", "),
    },
    baseline,
    ratio: Number(baseline["list, page 2 000 by OFFSET, p95 ms"]) / deep.p95,
  };
}
