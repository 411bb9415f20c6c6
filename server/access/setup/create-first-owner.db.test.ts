import pg from "pg";
import { afterAll, beforeAll, expect, inject, it, vi } from "vitest";
import { applyMigrations } from "@/cli/database/migrate";
import type { CreateFirstOwnerInput } from "../schema";

/** "No user exists" needs a database of its own: the tier's is full of other tests' people. */
const NAME = "karavan_first_owner";
const url = new URL(inject("databaseUrl"));

async function administer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject("databaseUrl") });
  await client.connect();
  await client.query(statement);
  await client.end();
}

async function load() {
  const [{ createFirstOwner }, { isSetUp }, { db, pool }, { signIn }] = await Promise.all([
    import("./create-first-owner"),
    import("./is-set-up"),
    import("@/server/platform/db"),
    import("../sign-in/sign-in"),
  ]);
  return { createFirstOwner, isSetUp, db, pool, signIn };
}
let app: Awaited<ReturnType<typeof load>>;

beforeAll(async () => {
  await administer(`CREATE DATABASE ${NAME}`);
  url.pathname = `/${NAME}`;
  await applyMigrations(process.cwd(), url.toString());
  vi.stubEnv("DATABASE_URL", url.toString());
  app = await load();
});

afterAll(async () => {
  await app.db.$disconnect();
  await app.pool.end();
  await administer(`DROP DATABASE ${NAME} WITH (FORCE)`);
});

const owner = (who: string): CreateFirstOwnerInput => ({
  email: `${who}@example.test`,
  name: who,
  password: "correct horse battery",
  locale: "uk",
  timeZone: "Europe/Kyiv",
  workspaceName: "Shop",
  organization: { name: "Shop LLC", legalName: null, taxId: null, country: "UA", currency: "UAH", timeZone: "Europe/Kyiv" },
});

it("makes exactly one first owner of two at the same time, with workspace and organization, and then never again", async () => {
  expect(await app.isSetUp()).toBe(false);
  const outcomes = await Promise.allSettled([app.createFirstOwner(owner("one")), app.createFirstOwner(owner("two"))]);
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "setup.done" } });
  expect(await app.isSetUp()).toBe(true);
  expect([await app.db.user.count(), await app.db.workspace.count(), await app.db.organization.count()]).toEqual([1, 1, 1]);
  expect(await app.db.membership.findFirst()).toMatchObject({ role: "owner" });
  await expect(app.createFirstOwner(owner("three"))).rejects.toMatchObject({ code: "setup.done" });
  const { email } = await app.db.user.findFirstOrThrow();
  await expect(app.signIn({ email, password: "correct horse battery" }, { ip: null, userAgent: null })).resolves.toHaveProperty("sessionId");
});
