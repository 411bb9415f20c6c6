import { env } from "@/server/platform/env";
import { logger } from "@/server/platform/logger";
import { closePlatform } from "@/server/platform/shutdown";
import { inngest } from "./client";
import { OutboxDrain } from "./drain";
import { Engine } from "./embedded/engine";
import { inProcess } from "./embedded/handler";
import { handler } from "./index";

/**
 * The worker process: `tsx inngest/worker.ts`. With ENGINE=embedded it executes functions; with ENGINE=inngest it only sends
 * the written events on. Any number of workers may run.
 */
const STOP_WITHIN_MS = 20_000;

interface Stoppable {
  stop(): Promise<void>;
}

async function startEmbedded(): Promise<Stoppable> {
  if (env.INNGEST_SIGNING_KEY === "" || env.INNGEST_EVENT_KEY === "") {
    throw new Error("INNGEST_SIGNING_KEY and INNGEST_EVENT_KEY are required: requests are signed on every engine. `npm start` makes them.");
  }
  const engine = new Engine({
    connectionString: env.DATABASE_URL,
    handler: inProcess(handler),
    signingKey: env.INNGEST_SIGNING_KEY,
    logger: logger.child({ source: "engine" }),
    concurrency: env.WORKER_CONCURRENCY,
  });
  const served = await engine.start();
  logger.info({ engine: "embedded", functions: served, concurrency: env.WORKER_CONCURRENCY }, "worker ready");
  return engine;
}

function startDrain(): Stoppable {
  const drain = new OutboxDrain({
    connectionString: env.DATABASE_URL,
    client: inngest,
    onFailure: (error) => logger.warn({ err: error instanceof Error ? error.message : String(error) }, "events could not be sent yet"),
  });
  drain.start();
  logger.info({ engine: "inngest" }, "worker ready");
  return drain;
}

async function main(): Promise<void> {
  const worker = env.ENGINE === "embedded" ? await startEmbedded() : startDrain();
  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, "worker stopping");
    // A call that outlives this is taken over by another worker, losing at most the step that was running.
    const deadline = setTimeout(() => process.exit(0), STOP_WITHIN_MS);
    worker
      .stop()
      .then(closePlatform)
      .catch((error: unknown) => logger.error({ err: String(error) }, "worker did not stop cleanly"))
      .finally(() => {
        clearTimeout(deadline);
        process.exit(0);
      });
  };
  process.on("SIGTERM", () => stop("SIGTERM"));
  process.on("SIGINT", () => stop("SIGINT"));
}

main().catch((error: unknown) => {
  logger.fatal({ err: error instanceof Error ? error.message : String(error) }, "worker cannot start");
  // A log line may be silenced; a refused start must not be.
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
