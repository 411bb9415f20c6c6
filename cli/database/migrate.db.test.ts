import { randomUUID } from "node:crypto";
import pg from "pg";
import { describe, expect, it } from "vitest";
import { applyMigrations, schemaAsSql } from "./migrate";

const root = process.cwd();
const url = process.env["DATABASE_URL"] ?? "";

async function withDatabase<T>(work: (url: string) => Promise<T>): Promise<T> {
  const name = `drift_${randomUUID().slice(0, 8)}`;
  const admin = new pg.Client(url);
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  try {
    return await work(url.replace(/\/[^/]*$/, `/${name}`));
  } finally {
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await admin.end();
  }
}

async function query(address: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client(address);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

const SHAPE = `SELECT table_name, column_name, data_type, udt_name, is_nullable, column_default
  FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> '_prisma_migrations' ORDER BY 1, 2`;
const KEYS = `SELECT tablename, regexp_replace(indexdef, ' INDEX \\S+ ON', ' INDEX ON') AS definition FROM pg_indexes
  WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' ORDER BY 1, 2`;

describe("migrations", () => {
  it("lead to the schema that the Prisma files describe", async () => {
    await withDatabase(async (fresh) => {
      await query(fresh, await schemaAsSql(root, fresh));
      expect(await query(url, SHAPE)).toEqual(await query(fresh, SHAPE));
      const migrated = (await query(url, KEYS)).map((row) => `${row["tablename"]}: ${row["definition"]}`);
      // Migrations may add what Prisma cannot say (expression indexes); they may not lack anything it does say.
      expect(migrated).toEqual(expect.arrayContaining((await query(fresh, KEYS)).map((row) => `${row["tablename"]}: ${row["definition"]}`)));
    });
  });

  it("apply once and are a no-op the second time", async () => {
    await withDatabase(async (fresh) => {
      expect((await applyMigrations(root, fresh)).length).toBeGreaterThan(2);
      expect(await applyMigrations(root, fresh)).toEqual([]);
    });
  });
});
