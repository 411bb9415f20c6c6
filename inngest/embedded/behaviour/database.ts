import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { installQueue } from "../install";

const MIGRATION = fileURLToPath(new URL("../../../prisma/migrations/0002_engine/migration.sql", import.meta.url));

/** Creates the engine's and the queue's tables in an empty database. */
export async function prepareDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(readFileSync(MIGRATION, "utf8"));
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
