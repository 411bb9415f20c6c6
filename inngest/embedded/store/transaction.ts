import type { Pool, PoolClient } from "pg";

/** Anything that runs one statement: the pool, or a client inside a transaction. */
export type Queryable = Pick<PoolClient, "query">;

const SERIALIZATION = new Set(["40001", "40P01"]);
/** Class 08 = connection, 57P = server going down or starting up, 53300 = too many connections. */
const CONNECTION = /^(08|57P0[123]|53300)/;
const NETWORK = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOTFOUND"]);
const TEXTS = /Connection terminated|terminating connection|Client has encountered a connection error|timeout exceeded when trying to connect/;

/** Whether the same work may succeed once the server is back or the other transaction is through. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return SERIALIZATION.has(code) || CONNECTION.test(code) || NETWORK.has(code) || TEXTS.test(error.message);
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Repeats `work` while the database is away, for at most `patienceMs`. The work must be guarded against having been applied
 * already (an acknowledgement can get lost with the connection).
 */
export async function persist<T>(work: () => Promise<T>, patienceMs = 120_000): Promise<T> {
  const until = Date.now() + patienceMs;
  for (let delay = 20; ; delay = Math.min(delay * 2, 1_000)) {
    try {
      return await work();
    } catch (error) {
      if (!isTransient(error) || Date.now() + delay > until) throw error;
      await pause(delay);
    }
  }
}

/** One transaction. A broken client is thrown away, never returned to the pool. */
export async function inTransaction<T>(pool: Pool, work: (tx: Queryable) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const onError = (error: Error) => {
    broken = error;
  };
  client.on("error", onError);
  try {
    await client.query("BEGIN");
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    broken ??= await client.query("ROLLBACK").then(
      () => undefined,
      (failed: unknown) => (failed instanceof Error ? failed : new Error(String(failed))),
    );
    throw error;
  } finally {
    client.removeListener("error", onError);
    client.release(broken ?? false);
  }
}
