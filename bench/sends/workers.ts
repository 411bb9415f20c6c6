import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

export interface Workers {
  /** Kills one with -9 and starts another in its place. */
  killOne(): void;
  readonly kills: () => number;
  stop(): Promise<void>;
}

/** The worker as it runs in production, several of them, in processes that can be killed. */
export function startWorkers(count: number, env: Readonly<Record<string, string>>): Workers {
  let kills = 0;
  let stopping = false;
  let next = 0;
  const children: ChildProcess[] = [];
  const start = (slot: number) => {
    const child = spawn(process.execPath, ["--import", "tsx", "inngest/worker.ts"], { stdio: ["ignore", "ignore", "ignore"], env: { ...process.env, ...env } });
    children[slot] = child;
    // A worker that ends by itself (the database was gone when it started) is started again, as the supervisor does.
    child.once("exit", () => {
      if (!stopping) setTimeout(() => start(slot), 500);
    });
  };
  for (let slot = 0; slot < count; slot += 1) start(slot);
  return {
    killOne: () => {
      children[next % count]?.kill("SIGKILL");
      next += 1;
      kills += 1;
    },
    kills: () => kills,
    stop: async () => {
      stopping = true;
      const ended = children.filter((child) => child.exitCode === null && child.signalCode === null).map((child) => once(child, "exit"));
      for (const child of children) child.kill("SIGTERM");
      await Promise.all(ended);
    },
  };
}
