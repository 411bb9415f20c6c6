import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { installQueue } from "../install";

const MIGRATIONS = fileURLToPath(new URL("../../../prisma/migrations", import.meta.url));

/** Creates all tables and the queue's in an empty database. */
export async function prepareDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const folders = readdirSync(MIGRATIONS, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    // Prisma's own table, which a migration takes away from the tenants' role.
    await client.query("CREATE TABLE _prisma_migrations (id TEXT PRIMARY KEY)");
    for (const name of folders.map((entry) => entry.name).sort()) await client.query(readFileSync(join(MIGRATIONS, name, "migration.sql"), "utf8"));
  } finally {
    await client.end();
  }
  await installQueue(url);
}

/** A database of one's own on the tier's server: engines of different tests must not take each other's work. */
export async function createDatabase(serverUrl: string, name: string): Promise<string> {
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  try {
    await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await admin.query(`CREATE DATABASE ${name}`);
  } finally {
    await admin.end();
  }
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  await prepareDatabase(url.href);
  return url.href;
}
