import { once } from "node:events";
import { hostname } from "node:os";
import { Worker } from "node:worker_threads";

export interface Heartbeat {
  stop(): Promise<void>;
}

/** Announces a worker and keeps announcing it from a thread; resolves after the first beat. */
export async function startHeartbeat(
  worker: { readonly connectionString: string; readonly id: string; readonly queuePools: readonly string[]; readonly everyMs: number },
  onFailure: (reason: string) => void,
): Promise<Heartbeat> {
  const thread = new Worker(new URL("./heartbeat-thread.mjs", import.meta.url), {
    workerData: { ...worker, host: hostname(), pid: process.pid },
    execArgv: [],
  });
  thread.on("error", (error) => onFailure(error instanceof Error ? error.message : String(error)));
  thread.on("message", (message: string) => {
    if (message !== "beat") onFailure(message);
  });
  await once(thread, "message");
  return {
    stop: async () => {
      const ended = once(thread, "exit");
      thread.postMessage("stop");
      await ended;
    },
  };
}
