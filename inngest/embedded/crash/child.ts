import { Inngest } from "inngest";
import { serve } from "inngest/next";
import pg from "pg";
import { quiet } from "../behaviour/driver";
import { Engine } from "../engine";
import { inProcess } from "../handler";
import { createFetchHook } from "../hook";
import { crashFunctions, SIGNING_KEY } from "./functions";

/** A worker process for the crash tests: prints `ready`, and `stale` for every result it finds itself fenced off from. */
const url = process.env["CRASH_DATABASE_URL"] ?? "";
const pool = new pg.Pool({ connectionString: url, max: 10 });
pool.on("error", () => undefined);

const client = new Inngest({
  id: "crash",
  isDev: false,
  eventKey: "test",
  signingKey: SIGNING_KEY,
  fetch: createFetchHook(pool),
  logger: quiet,
  aiMetadata: false,
});

const engine = new Engine({
  connectionString: url,
  handler: inProcess(serve({ client, functions: crashFunctions(client, pool) })),
  signingKey: SIGNING_KEY,
  logger: { ...quiet, warn: (_facts, message) => process.stdout.write(`${message}\n`) },
  concurrency: 4,
  retry: { delayMs: () => 200 },
  heartbeatMs: 250,
  deadAfterMs: 1_500,
});

process.on("SIGTERM", () => {
  void engine.stop().then(() => process.exit(0));
});

await engine.start();
process.stdout.write("ready\n");
