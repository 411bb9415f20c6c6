import { spawn } from "node:child_process";
import { join } from "node:path";
import pc from "picocolors";

interface Check {
  readonly name: string;
  readonly args: readonly string[];
}

const bin = (name: string) => join(process.cwd(), "node_modules", ".bin", name);

/** The fast gate of every commit. Each line is one law; all run, so that one look shows everything that is wrong. */
export const CHECKS: readonly Check[] = [
  { name: "lint", args: [bin("biome"), "ci", "--colors=off", "--diagnostic-level=error", "."] },
  {
    name: "laws",
    args: [
      bin("depcruise"),
      "app",
      "components",
      "server",
      "inngest",
      "prisma",
      "sandbox",
      "cli",
      "lib",
      "e2e",
      "bench",
      "--config",
      ".dependency-cruiser.cjs",
      "--output-type",
      "err",
    ],
  },
  { name: "types", args: [bin("tsc"), "--noEmit"] },
  { name: "dead code", args: [bin("knip"), "--no-progress"] },
  { name: "structure", args: [bin("tsx"), "scripts/check-structure.ts"] },
  { name: "unit tests", args: [bin("vitest"), "run", "--project", "unit", "--reporter=dot"] },
];

function runCheck(check: Check): Promise<{ ok: boolean; output: string; seconds: number }> {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const [command = "", ...args] = check.args;
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.once("error", (error) => resolve({ ok: false, output: error.message, seconds: 0 }));
    child.once("exit", (code) => resolve({ ok: code === 0, output, seconds: (performance.now() - startedAt) / 1_000 }));
  });
}

/** Runs two checks at a time and prints what the failed ones say. @returns the names of those. */
export async function runChecks(checks: readonly Check[]): Promise<readonly string[]> {
  const queue = [...checks];
  const failed: string[] = [];
  const worker = async () => {
    for (let check = queue.shift(); check !== undefined; check = queue.shift()) {
      const result = await runCheck(check);
      process.stdout.write(`  ${result.ok ? pc.green("✓") : pc.red("✗")} ${check.name} ${pc.dim(`${result.seconds.toFixed(1)} s`)}\n`);
      if (!result.ok) {
        failed.push(check.name);
        process.stdout.write(`${result.output}\n`);
      }
    }
  };
  await Promise.all([worker(), worker()]);
  return failed;
}
