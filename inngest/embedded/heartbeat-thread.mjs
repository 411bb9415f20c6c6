// Runs in a thread of its own: a busy event loop of the worker must not look like a dead worker. Plain JavaScript, because a
// thread is started by file name, without the loader of the main program.
import { parentPort, workerData } from "node:worker_threads";
import pg from "pg";

const { connectionString, id, host, pid, queuePools, everyMs } = workerData;
let client;
let stopping = false;

async function beat() {
  if (client === undefined) {
    const fresh = new pg.Client({ connectionString, application_name: "karavan-heartbeat", connectionTimeoutMillis: 5_000 });
    fresh.on("error", () => {
      client = undefined;
    });
    await fresh.connect();
    client = fresh;
  }
  await client.query("INSERT INTO engine_worker (id, host, pid, queue_pools) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO UPDATE SET seen_at = now()", [
    id,
    host,
    pid,
    queuePools,
  ]);
}

async function loop() {
  while (!stopping) {
    try {
      await beat();
      parentPort.postMessage("beat");
    } catch (error) {
      client = undefined;
      parentPort.postMessage(`failed: ${error.message}`);
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

parentPort.on("message", async () => {
  stopping = true;
  if (client !== undefined) {
    await client.query("DELETE FROM engine_worker WHERE id = $1", [id]).catch(() => undefined);
    await client.end().catch(() => undefined);
  }
  parentPort.close();
  process.exit(0);
});

void loop();
