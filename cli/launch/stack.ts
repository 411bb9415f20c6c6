import { join } from "node:path";
import getPort from "get-port";
import { applyMigrations } from "../database/migrate";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../database/postgres";
import { buildWeb, isBuilt } from "./build";
import { type Child, superviseChild } from "./children";
import type { DataFolder } from "./folder";
import { LaunchProblem } from "./problem";
import type { Progress } from "./progress";
import { loadSecrets } from "./secrets";

export interface StackOptions {
  readonly root: string;
  readonly folder: DataFolder;
  readonly host: string;
  readonly port: number;
  readonly publicUrl: string;
  /** "demo" adds the simulators; "dev" runs Next's development server instead of the build. */
  readonly mode: "start" | "demo" | "dev";
  readonly scenario: string;
  readonly extraEnv?: Readonly<Record<string, string>>;
  readonly progress: Progress;
  /** Ctrl-C while starting: what has started is stopped again. */
  readonly signal: AbortSignal;
}

export interface Stack {
  readonly env: Readonly<Record<string, string>>;
  readonly sandboxUrl: string | undefined;
  /** Ends the children in reverse order of their start. */
  stop(): Promise<void>;
}

/** Waits until an address answers with 2xx. */
async function waitForHttp(url: string, timeoutMs: number, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  let last = "no answer";
  while (Date.now() < deadline) {
    signal.throwIfAborted();
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
      if (response.ok) return;
      last = `HTTP ${response.status} ${(await response.text()).slice(0, 300)}`;
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    await new Promise((wake) => setTimeout(wake, 150));
  }
  throw new LaunchProblem(`${url} did not become ready within ${timeoutMs / 1_000} s (${last}).`);
}

async function openDatabase(options: StackOptions): Promise<{ url: string; server?: EmbeddedPostgres }> {
  const given = process.env["DATABASE_URL"];
  if (given !== undefined && given !== "" && options.mode !== "demo") return { url: given };
  const server = await options.progress.step("PostgreSQL", async () => {
    try {
      return await startEmbeddedPostgres({
        dataDir: options.folder.file("postgres"),
        port: await getPort({ port: 54_320 }),
        settings: { max_connections: "200" },
      });
    } catch (error) {
      throw new LaunchProblem(error instanceof Error ? error.message : String(error));
    }
  });
  return { url: server.url, server };
}

/** Everything Karavan needs on one machine: database, migrations, (simulators), web, worker. */
export async function bringUp(options: StackOptions): Promise<Stack> {
  const { root, folder, progress } = options;
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    const database = await openDatabase(options);
    if (database.server !== undefined) stops.push(database.server.stop);
    const secrets = loadSecrets(folder.file("secrets.json"), process.env);
    await progress.step("Database migrations", () => migrate(root, database.url));
    options.signal.throwIfAborted();

    const child = (name: string, args: readonly string[], env: Readonly<Record<string, string>>): Child => {
      const started = superviseChild({ name, args, env, cwd: root, logFile: folder.file(`${name}.log`), say: progress.note });
      stops.push(started.stop);
      return started;
    };
    const sandboxUrl = options.mode === "demo" ? await startSandbox(child, options) : process.env["SANDBOX_URL"];
    const env: Record<string, string> = {
      ...secrets,
      NODE_ENV: options.mode === "dev" ? "development" : "production",
      DATABASE_URL: database.url,
      NEXTAUTH_URL: options.publicUrl,
      ENGINE: process.env["ENGINE"] ?? "embedded",
      INNGEST_DEV: process.env["INNGEST_DEV"] ?? "0",
      NEXT_TELEMETRY_DISABLED: "1",
      ...(sandboxUrl === undefined ? {} : { SANDBOX_URL: sandboxUrl, OUTBOUND_ALLOWED_ORIGINS: new URL(sandboxUrl).origin }),
      ...options.extraEnv,
    };
    if (options.mode !== "dev" && !isBuilt(root))
      await progress.step("Building the web application (once, about a minute)", () => buildWeb(root, options.signal));
    await progress.step("Web", async () => {
      const command = options.mode === "dev" ? "dev" : "start";
      child("web", [join(root, "node_modules", "next", "dist", "bin", "next"), command, "-p", String(options.port), "-H", options.host], env);
      await waitForHttp(`http://127.0.0.1:${options.port}/api/health/ready`, 90_000, options.signal);
    });
    await progress.step("Worker", async () => {
      child("worker", ["--import", "tsx", join(root, "inngest", "worker.ts")], env);
    });
    return { env, sandboxUrl, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function migrate(root: string, url: string): Promise<void> {
  const { installQueue } = await import("@/inngest/embedded/install");
  try {
    await applyMigrations(root, url);
    await installQueue(url);
  } catch (error) {
    throw new LaunchProblem(`The database could not be brought up to date: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function startSandbox(
  child: (name: string, args: readonly string[], env: Readonly<Record<string, string>>) => Child,
  options: StackOptions,
): Promise<string> {
  return options.progress.step("Simulated marketplaces", async () => {
    const port = await getPort({ port: 4_400 });
    child(
      "sandbox",
      ["--import", "tsx", "sandbox/main.ts", "--port", String(port), "--scenario", options.scenario, "--state-file", options.folder.file("sandbox.json")],
      {},
    );
    const url = `http://127.0.0.1:${port}`;
    await waitForHttp(`${url}/`, 30_000, options.signal);
    return url;
  });
}
