import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

export interface SandboxProcess {
  readonly url: string;
  stop(): Promise<void>;
}

/** The sandbox in a process of its own, so that its work is not counted as ours. */
export async function startSandboxProcess(parameters: Readonly<Record<string, number>>): Promise<SandboxProcess> {
  const sets = Object.entries(parameters).flatMap(([name, value]) => ["--set", `${name}=${value}`]);
  const child = spawn(process.execPath, ["--import", "tsx", "sandbox/main.ts", "--port", "0", "--scenario", "bulk", ...sets], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once("line", (line) => resolve((JSON.parse(line) as { url: string }).url));
    child.once("exit", (code) => reject(new Error(`the sandbox ended with ${code}`)));
  });
  return {
    url,
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
