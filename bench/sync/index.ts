import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { type BenchFigures, type BenchOptions, type BenchResult, describeMachine } from "../contract";
import { type Baseline, insertAgain } from "./baseline";
import { isFlat, type Memory, watchMemory } from "./memory";
import { openShop, type Shop } from "./shop";
import type { BenchSource, BenchStream } from "./source";
import { startSource } from "./source-process";
import { SOURCES, sourceNamed } from "./sources/index";

const ROWS = 100_000;

/**
 * First synchronisations through the whole path (HTTP, parsing, mapping, ingest, checkpoint) against multi-row INSERT of the very
 * rows they produced: `--connector ozon|…|all`, `--rows 100000` of each stream, `--stream sales` for one of them. A service's own
 * limits of calls are lifted on both sides: they would be the only thing measured.
 */
export async function run({ args = [] }: BenchOptions): Promise<BenchResult> {
  const { values } = parseArgs({
    args: [...args],
    options: { connector: { type: "string", default: "ozon" }, rows: { type: "string", default: String(ROWS) }, stream: { type: "string" } },
  });
  const rows = Number(values.rows);
  if (!Number.isInteger(rows) || rows < 1) throw new Error(`--rows takes a number, not "${values.rows}".`);
  const sources = values.connector === "all" ? SOURCES : [sourceNamed(values.connector)];
  const measured: Measured[] = [];
  for (const source of sources) measured.push(...(await measureSource(source, rows, values.stream)));
  const sum = (of: (one: Measured) => number) => measured.reduce((total, one) => total + of(one), 0);
  return {
    bench: `sync ${values.connector}`,
    machine: describeMachine(),
    results: Object.assign({}, ...measured.map(figuresOf)),
    baseline: Object.fromEntries(measured.map(({ name, baseline }) => [`${name}: rows/s of INSERT`, perSecond(baseline.rows, baseline.ms)])),
    ratio: values.connector === "all" ? Math.min(...measured.map(ratioOf)) : sum(({ baseline }) => baseline.ms) / sum(({ ms }) => ms),
  };
}

interface Measured {
  readonly name: string;
  readonly ms: number;
  readonly memory: Memory;
  readonly baseline: Baseline;
  readonly load: number;
}

async function measureSource(source: BenchSource, rows: number, only: string | undefined): Promise<Measured[]> {
  const pages = await startSource(source, rows);
  try {
    const shop = await openShop(source, pages.baseUrl);
    const measured: Measured[] = [];
    for (const stream of source.streams) {
      if (only === undefined || stream.id === only) measured.push(await measureStream(source, stream, shop, rows));
    }
    return measured;
  } finally {
    const { closeHttp } = await import("@/server/platform/http/remote-http");
    await closeHttp();
    await pages.stop();
  }
}

async function measureStream({ connectorId }: BenchSource, stream: BenchStream, shop: Shop, rows: number): Promise<Measured> {
  const { db, pool } = await import("@/server/platform/db");
  // What another connector's stream has left in the same tables would be stored again as this one's.
  await pool.query(`TRUNCATE ${stream.tables.join(", ")} CASCADE`);
  const received = async () => (await db.syncRun.aggregate({ _sum: { received: true } }))._sum.received ?? 0;
  const before = await received();
  const expected = stream.records(rows);
  const watch = watchMemory(async () => ((await received()) - before) / expected);
  const startedAt = performance.now();
  const { waitedMs, applied } = await shop.sync(stream.id).catch(async (error: unknown) => {
    await watch.stop();
    throw error;
  });
  const ms = performance.now() - startedAt - waitedMs;
  const memory = await watch.stop();
  if (applied !== expected) throw new Error(`${connectorId} ${stream.id}: ${applied} records applied, ${expected} expected`);
  const load = loadavg()[0] ?? 0;
  const measured = { name: `${connectorId} ${stream.id}`, ms, memory, load, baseline: await insertAgain(pool, stream.tables) };
  // A run of all takes long: what is known is told at once.
  process.stderr.write(`${measured.name}: ratio ${ratioOf(measured).toFixed(2)}, heap ${memory.heapMb.join(" / ")} MB, load ${load.toFixed(1)}\n`);
  return measured;
}

const perSecond = (rows: number, ms: number) => Math.round(rows / (ms / 1_000));
const ratioOf = ({ ms, baseline }: Measured) => baseline.ms / ms;

function figuresOf(one: Measured): BenchFigures {
  const { name, ms, memory, baseline, load } = one;
  return {
    [`${name}: rows stored`]: baseline.rows,
    [`${name}: rows/s`]: perSecond(baseline.rows, ms),
    [`${name}: ratio`]: Number(ratioOf(one).toFixed(3)),
    [`${name}: heap MB by tenths`]: memory.heapMb.join(" / "),
    [`${name}: memory flat`]: memory.heapMb.length < 10 ? "too few pages to tell" : isFlat(memory.heapMb),
    [`${name}: peak RSS MB`]: memory.peakRssMb,
    [`${name}: load`]: Number(load.toFixed(1)),
  };
}
