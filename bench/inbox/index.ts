import { loadavg } from "node:os";
import { performance } from "node:perf_hooks";
import { pool } from "@/server/platform/db";
import { inWorkspace } from "@/server/platform/transaction";
import { type BenchFigures, type BenchOptions, type BenchResult, describeMachine } from "../contract";
import { asLine, measure } from "../measure";
import { type Filled, fillInbox } from "./fill";
import { NAIVE } from "./naive";
import { sequentialScans } from "./plans";
import { type Kind, type NamedWork, TARGETS_MS, worksOf } from "./works";

const CONVERSATIONS = 1_000_000;
const ROUNDS = 40;
const NAIVE_ROUNDS = 4;

const KINDS: readonly Kind[] = ["list", "thread", "search", "counts"];

/** Of each kind the worst, beside its target. */
function verdicts(worst: ReadonlyMap<Kind, { readonly name: string; readonly p95: number }>, processorWorst: ReadonlyMap<Kind, number>): BenchFigures {
  const figures: Record<string, string | number | boolean> = {};
  for (const kind of KINDS) {
    const { name, p95 } = worst.get(kind) ?? { name: "", p95: 0 };
    figures[`${kind} p95 ms, worst (${name})`] = p95;
    figures[`${kind} p95 of processor time, worst, ms`] = processorWorst.get(kind) ?? 0;
    figures[`${kind} target ≤ ${TARGETS_MS[kind]} ms met`] = p95 <= TARGETS_MS[kind];
  }
  return figures;
}

async function measureAll(inbox: Filled, works: readonly NamedWork[]): Promise<BenchFigures> {
  const figures: Record<string, string | number | boolean> = {};
  const worst = new Map<Kind, { name: string; p95: number }>();
  const processorWorst = new Map<Kind, number>();
  for (const { kind, name, work } of works) {
    const times = await measure(ROUNDS, (round) => inWorkspace(inbox.workspaceId, (scope) => work(scope, round)));
    const { p95, processorP95 } = times;
    const line = asLine(times);
    figures[`${kind}: ${name}, ms`] = line;
    if (p95 > (worst.get(kind)?.p95 ?? -1)) worst.set(kind, { name, p95 });
    processorWorst.set(kind, Math.max(processorP95, processorWorst.get(kind) ?? 0));
    process.stderr.write(`  ${kind}: ${name} ${line}\n`);
  }
  return { "a line is": "p50 | p95 | p95 of processor time, ms", ...figures, ...verdicts(worst, processorWorst) };
}

async function sizes(): Promise<BenchFigures> {
  const { rows } = await pool.query<{ messages: number; words: string; index: string; message: string; all: string }>(
    `SELECT count(*)::integer AS messages, pg_size_pretty(pg_relation_size('message_search')) AS index, pg_size_pretty(pg_total_relation_size('message')) AS message, pg_size_pretty(pg_database_size(current_database())) AS all FROM message`,
  );
  const [row] = rows;
  return {
    messages: row?.messages ?? 0,
    "database on disk": row?.all ?? "",
    "messages with indexes": row?.message ?? "",
    "text index of messages": row?.index ?? "",
  };
}

/**
 * The list with every filter and sort order, the thread, the search and the counters at 1 000 000 conversations with 5 000 000
 * messages (`BENCH_CONVERSATIONS` for a quicker look), p50 and p95 through Prisma and row-level security; the plans; naive queries beside.
 */
export async function run(_options: BenchOptions): Promise<BenchResult> {
  const conversations = Number(process.env["BENCH_CONVERSATIONS"] ?? CONVERSATIONS);
  let since = performance.now();
  const inbox = await fillInbox(conversations, (step) => {
    process.stderr.write(`  filled ${step}: ${((performance.now() - since) / 1_000).toFixed(0)} s\n`);
    since = performance.now();
  });
  return measureInbox(inbox, conversations);
}

/** The measuring of what is filled in. */
async function measureInbox(inbox: Filled, conversations: number): Promise<BenchResult> {
  const { rows } = await pool.query<{ id: string; at: Date }>(
    "SELECT id, last_message_at AS at FROM conversation WHERE workspace_id = $1 AND merged_into_id IS NULL AND hashtext(external_id) % $2 = 0 LIMIT 500",
    [inbox.workspaceId, Math.max(1, Math.floor(conversations / 2_000))],
  );
  const middle = rows[Math.floor(rows.length / 2)];
  if (middle === undefined) throw new Error("nothing was filled in");
  const works = worksOf(
    inbox,
    rows.map((row) => row.id),
    middle,
  );
  const results = await measureAll(inbox, works);
  const baseline: Record<string, number | string | boolean> = { what: "the same questions asked in the plainest SQL, through pg alone" };
  for (const [name, naive] of Object.entries(NAIVE)) baseline[`${name}, p95 ms`] = (await measure(NAIVE_ROUNDS, () => naive(inbox))).p95;
  const scans = await sequentialScans(inbox.workspaceId, works);
  const rare = await measure(8, (round) =>
    inWorkspace(inbox.workspaceId, (scope) => works.find(({ kind, name }) => kind === "search" && name === "rare")?.work(scope, round) ?? Promise.resolve()),
  );
  const facts = {
    conversations,
    ...(await sizes()),
    "load average, 1 | 15 min": loadavg()
      .filter((_value, at) => at !== 1)
      .map((value) => value.toFixed(1))
      .join(" | "),
  };
  return {
    bench: "inbox",
    machine: describeMachine(),
    results: { ...facts, ...results, "sequential scans in hot queries": scans.length === 0 ? "none" : scans.join(", ") },
    baseline,
    ratio: Number(baseline["search, rare word by ILIKE, p95 ms"]) / rare.p95,
  };
}
