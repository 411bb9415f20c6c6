import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { type BenchSource, MESSAGES_A_CHAT } from "./source";

export interface SourceProcess {
  /** Where the connector finds its service. */
  readonly baseUrl: string;
  stop(): Promise<void>;
}

/** Who gives the pages, in a process of its own, so that its work is not counted as ours. */
export async function startSource(source: BenchSource, rows: number): Promise<SourceProcess> {
  if (source.answer !== undefined) return start(["bench/sync/page-server.ts", "--connector", source.connectorId, "--rows", String(rows)], "");
  const sizes = { chats: Math.ceil(rows / MESSAGES_A_CHAT), messages: rows, saleLines: rows, days: 29 };
  const sets = Object.entries(sizes).flatMap(([name, value]) => ["--set", `${name}=${value}`]);
  return start(["sandbox/main.ts", "--port", "0", "--scenario", "bulk", ...sets], `/${source.connectorId}`);
}

async function start(args: readonly string[], prefix: string): Promise<SourceProcess> {
  const child = spawn(process.execPath, ["--import", "tsx", ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once("line", (line) => resolve((JSON.parse(line) as { url: string }).url));
    child.once("exit", (code) => reject(new Error(`the source of pages ended with ${code}`)));
  });
  return {
    baseUrl: `${url}${prefix}`,
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
