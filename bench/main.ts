import { type BenchOptions, type BenchResult, describeMachine } from "./contract";
import type { BenchEnvironment } from "./environment";

/** Every bench measures its baseline in the same run; nothing is asserted, figures are printed. */
const BENCHES: Readonly<Record<string, () => Promise<{ run(options: BenchOptions, environment: BenchEnvironment): Promise<BenchResult> }>>> = {
  engine: () => import("./engine/index"),
  sync: () => import("./sync/index"),
  inbox: () => import("./inbox/index"),
  orders: () => import("./orders/index"),
  sales: () => import("./sales/index"),
  browser: () => import("./browser/index"),
  sends: () => import("./sends/index"),
  guard: () => import("./guard/index"),
  webhook: () => import("./webhook/index"),
  noloss: () => import("./noloss/index"),
  isolation: () => import("./isolation/index"),
  live: () => import("./live/index"),
};

function print(result: BenchResult): void {
  const line = (label: string, value: unknown) =>
    process.stdout.write(`  ${label.padEnd(38)} ${typeof value === "number" ? Number(value.toFixed(3)) : JSON.stringify(value)}\n`);
  process.stdout.write(`\n${result.bench} — ${describeMachine()}\n`);
  for (const [name, value] of Object.entries(result.results)) line(name, value);
  process.stdout.write("  baseline in the same run:\n");
  for (const [name, value] of Object.entries(result.baseline)) line(name, value);
  line("ratio", result.ratio);
}

/** `npm run bench -- <name> [--json]`. @returns the process's exit code. */
export async function runBench(args: readonly string[]): Promise<number> {
  const [name = "", ...rest] = args;
  const load = BENCHES[name];
  if (load === undefined) {
    process.stderr.write(`Which bench? ${Object.keys(BENCHES).join(" | ")} [--json]\n`);
    return 1;
  }
  const { withBenchEnvironment } = await import("./environment");
  const result = await withBenchEnvironment(async (environment) =>
    (await load()).run({ json: rest.includes("--json"), args: rest.filter((arg) => arg !== "--json") }, environment),
  );
  if (rest.includes("--json")) process.stdout.write(`${JSON.stringify(result)}\n`);
  else print(result);
  return 0;
}
