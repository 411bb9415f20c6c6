import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import pc from "picocolors";
import { z } from "zod";
import { CHECKS, runChecks } from "./check";
import { checkDemoTwice, checkStart } from "./check-start";

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

const bin = (name: string) => join(process.cwd(), "node_modules", ".bin", name);
const title = (text: string) => process.stdout.write(`\n${pc.bold(`── ${text}`)}\n`);

/** Runs a command with its output passed through. @returns its exit code. */
function run(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, [...args], { stdio: ["ignore", "inherit", "inherit"], env: { ...process.env, ...env } });
    child.once("error", () => resolve(1));
    child.once("exit", (code) => resolve(code ?? 1));
  });
}

const vitestReport = z.object({ numPassedTests: z.number(), numFailedTests: z.number(), numPendingTests: z.number(), success: z.boolean() });
const spec = z.object({ title: z.string(), file: z.string(), tests: z.array(z.object({ status: z.string() })) });
interface Suite {
  readonly specs: readonly z.infer<typeof spec>[];
  readonly suites?: readonly Suite[] | undefined;
}
const suite: z.ZodType<Suite> = z.lazy(() => z.object({ specs: z.array(spec), suites: z.array(suite).optional() }));
const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  suites: z.array(suite),
});

/** The tests that passed only when tried again. */
const wavering = ({ specs, suites = [] }: Suite): string[] => [
  ...specs.filter(({ tests }) => tests.some(({ status }) => status === "flaky")).map(({ file, title: name }) => `${file} › ${name}`),
  ...suites.flatMap(wavering),
];

function read<T>(file: string, schema: z.ZodType<T>): T | undefined {
  if (!existsSync(file)) return undefined;
  const parsed = schema.safeParse(JSON.parse(readFileSync(file, "utf8")));
  return parsed.success ? parsed.data : undefined;
}

async function runLaws(tally: Tally): Promise<void> {
  title("laws, types, lint, dead code");
  const laws = CHECKS.filter((entry) => entry.name !== "unit tests");
  const failed = await runChecks(laws);
  tally.failed += failed;
  tally.passed += laws.length - failed;
}

async function runVitest(project: string, folder: string, tally: Tally): Promise<void> {
  title(`${project} tests`);
  const file = join(folder, `${project}.json`);
  // What is tried against the simulators mostly waits, for retries and timeouts: more of it runs side by side than there are cores.
  const workers = project === "contract" ? [`--maxWorkers=${availableParallelism() * 2}`] : [];
  const code = await run(bin("vitest"), ["run", "--project", project, ...workers, "--reporter=default", "--reporter=json", `--outputFile.json=${file}`]);
  const report = read(file, vitestReport);
  tally.passed += report?.numPassedTests ?? 0;
  tally.skipped += report?.numPendingTests ?? 0;
  tally.failed += report?.numFailedTests ?? 0;
  // A file that does not load, an unhandled rejection or a crash fails no single test, yet the tier has failed.
  if (code !== 0 && (report?.numFailedTests ?? 0) === 0) tally.failed += 1;
}

/** Debian's Chromium where there is one or apt can bring it; else Playwright's own. */
function provideChromium(): string | undefined {
  const known = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
  const find = () => known.find((path) => existsSync(path));
  if (find() === undefined && process.getuid?.() === 0 && spawnSync("apt-get", ["--version"]).status === 0) {
    title("installing Chromium (Debian package)");
    spawnSync("apt-get", ["update", "-qq"], { stdio: "inherit" });
    spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], { stdio: "inherit" });
  }
  const system = find();
  if (system === undefined) spawnSync(bin("playwright"), ["install", "chromium"], { stdio: "inherit" });
  return system;
}

async function runBrowser(folder: string, tally: Tally): Promise<void> {
  const chromium = provideChromium();
  title("browser tests");
  const file = join(folder, "browser.json");
  const code = await run(bin("playwright"), ["test"], { PLAYWRIGHT_JSON_OUTPUT_NAME: file, ...(chromium === undefined ? {} : { CHROMIUM_PATH: chromium }) });
  const report = read(file, playwrightReport);
  tally.passed += (report?.stats.expected ?? 0) + (report?.stats.flaky ?? 0);
  tally.failed += report?.stats.unexpected ?? 0;
  tally.skipped += report?.stats.skipped ?? 0;
  if (code !== 0 && (report?.stats.unexpected ?? 0) === 0) tally.failed += 1;
  for (const name of report?.suites.flatMap(wavering) ?? []) process.stdout.write(`${pc.yellow("passed only on the second try:")} ${name}\n`);
}

async function runDemoCheck(tally: Tally): Promise<void> {
  title("demo, from an empty folder to an answered buyer");
  const code = await run(process.execPath, ["scripts/launch.mjs", "demo", "--check"]);
  if (code === 0) tally.passed += 1;
  else tally.failed += 1;
}

async function runStartCheck(tally: Tally): Promise<void> {
  for (const [name, check] of [
    ["npm start, from nothing to an owner, twice", checkStart],
    ["npm run demo, twice in the same folder", checkDemoTwice],
  ] as const) {
    title(name);
    if ((await check()) === 0) tally.passed += 1;
    else tally.failed += 1;
  }
}

/** Every tier. Prints `N passed, N failed` as the last line. @returns 0 when nothing failed. */
export async function runAllTiers(args: readonly string[]): Promise<number> {
  const only = new Set(args);
  const wanted = (tier: string) => only.size === 0 || only.has(tier);
  const folder = mkdtempSync(join(tmpdir(), "karavan-reports-"));
  const tally: Tally = { passed: 0, failed: 0, skipped: 0 };
  try {
    if (wanted("laws")) await runLaws(tally);
    for (const project of ["unit", "db", "contract"]) if (wanted(project)) await runVitest(project, folder, tally);
    if (wanted("demo")) await runDemoCheck(tally);
    if (wanted("start")) await runStartCheck(tally);
    if (wanted("browser")) await runBrowser(folder, tally);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  process.stdout.write(`\n${tally.passed} passed, ${tally.failed} failed${tally.skipped > 0 ? `, ${tally.skipped} skipped` : ""}\n`);
  return tally.failed === 0 ? 0 : 1;
}
