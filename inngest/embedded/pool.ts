import pg from "pg";

/** Who is silent for so long is taken for dead, and its work is given to others; a process that froze in a transaction holds its locks no longer. */
export const FROZEN_MS = 15_000;

const pools = new Map<string, pg.Pool>();

/** The pool behind the client's transport: one a process, opened with the first use. Every running call may checkpoint at once. */
export function enginePool(connectionString: string, max: number): pg.Pool {
  const known = pools.get(connectionString);
  if (known !== undefined) return known;
  const pool = new pg.Pool({
    connectionString,
    max,
    application_name: "karavan-engine",
    connectionTimeoutMillis: 10_000,
    idle_in_transaction_session_timeout: FROZEN_MS,
  });
  // A lost idle connection is replaced by the next use; without a listener it would end the process.
  pool.on("error", () => undefined);
  pools.set(connectionString, pool);
  return pool;
}
