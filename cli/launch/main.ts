import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import getPort from "get-port";
import pc from "picocolors";
import { type DataFolder, openDataFolder } from "./folder";
import { type LaunchOptions, parseOptions } from "./options";
import { claimPort } from "./ports";
import { LaunchProblem } from "./problem";
import { createProgress, type Progress } from "./progress";
import { bringUp, type Stack } from "./stack";

export type LaunchMode = "start" | "demo" | "dev";

export const DEMO_ACCOUNT = { email: "demo@karavan.local", password: "karavan-demo" } as const;

function dataPath(root: string, mode: LaunchMode): string {
  return resolve(process.env["KARAVAN_DATA"] ?? join(root, ".karavan", mode));
}

/** Aborted by the first Ctrl-C or SIGTERM. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => controller.abort());
  return controller.signal;
}

const untilAborted = (signal: AbortSignal) => (signal.aborted ? Promise.resolve() : once(signal, "abort"));

async function prepareDemo(stack: Stack, url: string, folder: DataFolder, progress: Progress): Promise<void> {
  // The server's modules read the environment when they are loaded: set it first.
  Object.assign(process.env, stack.env, { LOG_LEVEL: "warn" });
  const { seedDemo } = await import("./seed-demo");
  await progress.step("Demo workspace", () => seedDemo({ account: DEMO_ACCOUNT, sandboxUrl: stack.sandboxUrl ?? "", url, file: folder.file("demo.json") }));
}

function announce(mode: LaunchMode, url: string): void {
  const lines = [
    "",
    `  ${pc.bold("Karavan is ready:")} ${pc.cyan(url)}`,
    mode === "demo"
      ? `  Sign in with ${pc.bold(DEMO_ACCOUNT.email)} and password ${pc.bold(DEMO_ACCOUNT.password)}. Simulated buyers are writing already.`
      : "  The first visit makes the owner and the workspace.",
    "  Ctrl-C ends everything.",
    "",
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
}

async function run(mode: LaunchMode, options: LaunchOptions, folder: DataFolder, progress: Progress): Promise<void> {
  const root = process.cwd();
  const port = options.check ? await getPort() : await claimPort(options.port, options.host);
  const publicUrl = options.url ?? `http://${options.host === "0.0.0.0" ? "localhost" : options.host}:${port}`;
  const extraEnv: Record<string, string> = mode === "demo" ? { DEMO: "1", DEMO_EMAIL: DEMO_ACCOUNT.email, DEMO_PASSWORD: DEMO_ACCOUNT.password } : {};
  const startedAt = performance.now();
  const signal = interruption();
  const stack = await bringUp({ root, folder, host: options.host, port, publicUrl, mode, scenario: options.scenario, extraEnv, progress, signal });
  try {
    if (mode === "demo") await prepareDemo(stack, `http://127.0.0.1:${port}`, folder, progress);
    if (options.check) {
      const { checkDemo } = await import("./check-demo");
      const report = await checkDemo({ url: publicUrl, sandboxUrl: stack.sandboxUrl ?? "", account: DEMO_ACCOUNT, startedAt });
      process.stdout.write(`${JSON.stringify(report)}\n`);
      return;
    }
    // What runs where, for tools beside us (browser tests, support); removed with the lock.
    writeFileSync(
      folder.file("runtime.json"),
      JSON.stringify({ url: publicUrl, sandboxUrl: stack.sandboxUrl, account: mode === "demo" ? DEMO_ACCOUNT : undefined }),
    );
    announce(mode, publicUrl);
    await untilAborted(signal);
    progress.note("Stopping…");
  } finally {
    await stack.stop();
  }
}

/** `npm start`, `npm run demo`, `npm run dev`: ends the process itself with 0, or with 1 and one clear sentence. */
export async function launch(mode: LaunchMode, args: readonly string[]): Promise<void> {
  let folder: DataFolder | undefined;
  let temporary: string | undefined;
  let exitCode = 0;
  try {
    const options = parseOptions(args);
    // A check prints one JSON line on standard output; its progress goes to standard error.
    const progress = createProgress(options.check ? (text) => process.stderr.write(text) : undefined);
    if (options.check) temporary = mkdtempSync(join(tmpdir(), "karavan-check-"));
    const path = temporary ?? dataPath(process.cwd(), mode);
    if (options.reset && temporary === undefined && existsSync(path)) {
      openDataFolder(path).release();
      rmSync(path, { recursive: true, force: true });
    }
    folder = openDataFolder(path);
    await run(mode, options, folder, progress);
  } catch (error) {
    exitCode = error instanceof Error && error.name === "AbortError" ? 130 : 1;
    const text = error instanceof LaunchProblem ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(exitCode === 130 ? "\n  Stopped.\n" : `\n  ${pc.red("✗")} ${text}\n\n`);
  } finally {
    folder?.release();
    if (temporary !== undefined) rmSync(temporary, { recursive: true, force: true });
  }
  process.exit(exitCode);
}
