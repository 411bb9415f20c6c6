import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import pc from "picocolors";
import { CHECKS, runChecks } from "./check";
import { checkDemoTwice, checkStart } from "./check-start";
import { NOTHING, readPlaywright, readVitest, type TierReport } from "./testing/reports";

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

async function runLaws(): Promise<TierReport> {
  title("laws, types, lint, dead code");
  const laws = CHECKS.filter((entry) => entry.name !== "unit tests");
  const failures = await runChecks(laws);
  return { ...NOTHING, passed: laws.length - failures.length, failed: failures.length, failures };
}

async function runVitest(project: string, folder: string): Promise<TierReport> {
  title(`${project} tests`);
  const file = join(folder, `${project}.json`);
  // What is tried against the simulators mostly waits, for retries and timeouts: more of it runs side by side than there are cores.
  const workers = project === "contract" ? [`--maxWorkers=${availableParallelism() * 2}`] : [];
  const code = await run(bin("vitest"), ["run", "--project", project, ...workers, "--reporter=default", "--reporter=json", `--outputFile.json=${file}`]);
  return readVitest(file, code);
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

async function runBrowser(folder: string): Promise<TierReport> {
  const chromium = provideChromium();
  title("browser tests");
  const file = join(folder, "browser.json");
  const code = await run(bin("playwright"), ["test"], { PLAYWRIGHT_JSON_OUTPUT_NAME: file, ...(chromium === undefined ? {} : { CHROMIUM_PATH: chromium }) });
  return readPlaywright(file, code);
}

async function runOne(name: string, check: () => Promise<number>): Promise<TierReport> {
  title(name);
  return (await check()) === 0 ? { ...NOTHING, passed: 1 } : { ...NOTHING, failed: 1, failures: [`${name}: see above`] };
}

const TIERS: readonly { readonly name: string; readonly runs: readonly ((folder: string) => Promise<TierReport>)[] }[] = [
  { name: "laws", runs: [runLaws] },
  ...["unit", "db", "contract"].map((project) => ({ name: project, runs: [(folder: string) => runVitest(project, folder)] })),
  {
    name: "demo",
    runs: [() => runOne("demo, from an empty folder to an answered buyer", () => run(process.execPath, ["scripts/launch.mjs", "demo", "--check"]))],
  },
  {
    name: "start",
    runs: [() => runOne("npm start, from nothing to an owner, twice", checkStart), () => runOne("npm run demo, twice in the same folder", checkDemoTwice)],
  },
  { name: "browser", runs: [runBrowser] },
];

const add = (a: TierReport, b: TierReport): TierReport => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
  failures: [...a.failures, ...b.failures],
  notes: [...a.notes, ...b.notes],
});

const count = ({ passed, failed, skipped }: TierReport) => `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;

/**
 * Every tier, or the named ones. Says at the end what each came to and once more what failed; the very last line is `N passed, N failed`.
 * @returns 0 when nothing failed.
 */
export async function runAllTiers(args: readonly string[]): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "karavan-reports-"));
  const lines: string[] = [];
  let all = NOTHING;
  try {
    for (const { name, runs } of TIERS) {
      if (args.length > 0 && !args.includes(name)) continue;
      const startedAt = performance.now();
      let tier = NOTHING;
      for (const part of runs) tier = add(tier, await part(folder));
      lines.push(`  ${name.padEnd(9)}${count(tier)} ${pc.dim(`${Math.round((performance.now() - startedAt) / 1_000)} s`)}`);
      all = add(all, { ...tier, failures: tier.failures.map((line) => `${name}: ${line}`) });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  title("in short");
  for (const line of [...lines, ...all.notes.map((note) => pc.yellow(note)), ...all.failures.map((failure) => pc.red(`✗ ${failure}`))])
    process.stdout.write(`${line}\n`);
  process.stdout.write(`\n${count(all)}\n`);
  return all.failed === 0 ? 0 : 1;
}
