import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream, type WriteStream } from "node:fs";

export interface ChildSpec {
  readonly name: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly logFile: string;
  /** Says to the person what happened to the child (died, restarted). */
  readonly say: (line: string) => void;
}

export interface Child {
  readonly name: string;
  /** Asks it to end; kills it when it has not ended after the grace period. */
  stop(): Promise<void>;
  readonly pid: () => number | undefined;
}

const GRACE_MS = 10_000;
const BACKOFF_MS = [500, 1_000, 2_000, 5_000, 10_000, 30_000] as const;
/** A child that has lived this long starts over with the shortest pause. */
const STABLE_MS = 60_000;

/**
 * Runs a Node process and keeps it running: one that dies by itself is started again after a growing pause.
 * The children live in their own process groups, so a Ctrl-C in the terminal reaches only the supervisor.
 */
export function superviseChild(spec: ChildSpec): Child {
  const log: WriteStream = createWriteStream(spec.logFile, { flags: "a" });
  let current: ChildProcess | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopping = false;
  let failures = 0;

  const start = () => {
    const startedAt = Date.now();
    const child = spawn(process.execPath, [...spec.args], {
      cwd: spec.cwd,
      env: { ...process.env, ...spec.env },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    current = child;
    child.stdout?.on("data", (chunk: Buffer) => log.write(chunk));
    child.stderr?.on("data", (chunk: Buffer) => log.write(chunk));
    child.once("exit", (code, signal) => {
      if (stopping) return;
      failures = Date.now() - startedAt > STABLE_MS ? 0 : failures;
      const pauseMs = BACKOFF_MS[Math.min(failures, BACKOFF_MS.length - 1)] ?? 30_000;
      failures += 1;
      spec.say(`${spec.name} ended (${signal ?? `exit code ${code}`}); starting it again in ${pauseMs / 1_000} s. Its log: ${spec.logFile}`);
      timer = setTimeout(start, pauseMs);
    });
  };
  start();

  return {
    name: spec.name,
    pid: () => current?.pid,
    stop: async () => {
      stopping = true;
      clearTimeout(timer);
      await endProcess(current);
      await new Promise<void>((resolve) => log.end(resolve));
    },
  };
}

async function endProcess(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill("SIGTERM");
  const force = setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
  await ended;
  clearTimeout(force);
}
