import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { env } from "./env";
import { PrismaClient } from "./generated/client";
import { logger } from "./logger";

/**
 * One pool and one Prisma client a process. In development Next reloads modules, so both live on globalThis.
 * This connection is the owner of the tables and is not bound by row-level security: use `inWorkspace` for tenant data.
 */
interface Held {
  pool: pg.Pool;
  db: PrismaClient;
}

const holder = globalThis as typeof globalThis & { __karavanDb?: Held };

/** A process that froze in a transaction holds its locks no longer than this; no transaction of ours waits for anything else. */
const FROZEN_MS = 60_000;

function open(): Held {
  const pool = new pg.Pool({
    connectionString: env.DATABASE_URL,
    max: env.DATABASE_POOL_SIZE,
    application_name: "karavan",
    idle_in_transaction_session_timeout: FROZEN_MS,
  });
  // An idle client that loses its server must not crash the process; the pool makes a new one on demand.
  pool.on("error", (error) => logger.warn({ err: error.message }, "idle database connection lost"));
  return { pool, db: new PrismaClient({ adapter: new PrismaPg(pool) }) };
}

holder.__karavanDb ??= open();

export const pool: pg.Pool = holder.__karavanDb.pool;
export const db: PrismaClient = holder.__karavanDb.db;
