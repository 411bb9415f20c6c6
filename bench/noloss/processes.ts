import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

export interface Killable {
  /** -9; another one takes its place, as the supervisor does. */
  kill(): void;
  readonly kills: () => number;
  stop(): Promise<void>;
}

/** Keeps a process of ours running until it is stopped, however often it is killed. */
export function keepRunning(args: readonly string[], env: Readonly<Record<string, string>>): Killable {
  let kills = 0;
  let stopping = false;
  let current: ChildProcess;
  const start = () => {
    current = spawn(process.execPath, ["--import", "tsx", ...args], { stdio: "ignore", env: { ...process.env, ...env } });
    current.once("exit", () => {
      if (!stopping) setTimeout(start, 500);
    });
  };
  start();
  return {
    kill: () => {
      if (current.kill("SIGKILL")) kills += 1;
    },
    kills: () => kills,
    stop: async () => {
      stopping = true;
      if (current.exitCode !== null || current.signalCode !== null) return;
      const ended = once(current, "exit");
      current.kill("SIGTERM");
      await ended;
    },
  };
}
