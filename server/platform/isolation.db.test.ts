import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { db, pool } from "./db";
import { inWorkspace } from "./transaction";

async function makeWorkspace(name: string): Promise<string> {
  const id = randomUUID();
  await db.workspace.create({ data: { id, name, organizations: { create: { id: randomUUID(), name: `${name} LLC` } } } });
  return id;
}

describe("row-level security", () => {
  it("guards every table that has a workspace_id", async () => {
    const { rows } = await pool.query(
      `SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id'
       WHERE n.nspname = 'public' AND c.relkind = 'r' AND NOT (c.relrowsecurity AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid))`,
    );
    expect(rows).toEqual([]);
  });

  it("hides another workspace even from a query that forgot its filter", async () => {
    const mine = await makeWorkspace("Mine");
    const theirs = await makeWorkspace("Theirs");
    const seen = await inWorkspace(mine, async ({ db: tx }) => (await tx.organization.findMany()).map((row) => row.workspaceId));
    expect(seen).toEqual([mine]);
    const changed = await inWorkspace(mine, async ({ db: tx }) => tx.organization.updateMany({ where: { workspaceId: theirs }, data: { name: "stolen" } }));
    expect(changed.count).toBe(0);
  });

  it("refuses a row written for another workspace", async () => {
    const mine = await makeWorkspace("Mine");
    const theirs = await makeWorkspace("Theirs");
    await expect(
      inWorkspace(mine, async ({ db: tx }) => tx.organization.create({ data: { id: randomUUID(), workspaceId: theirs, name: "Planted" } })),
    ).rejects.toThrow(/row-level security/);
  });

  it("leaves no role or workspace behind on the pooled connection", async () => {
    await inWorkspace(await makeWorkspace("Mine"), async () => undefined);
    const { rows } = await pool.query("SELECT current_user AS who, current_setting('karavan.workspace_id', true) AS workspace");
    expect(rows[0]).toEqual({ who: "karavan", workspace: "" });
  });
});

describe("audit", () => {
  it("refuses update and delete", async () => {
    const id = randomUUID();
    await db.auditEntry.create({ data: { id, actorKind: "system", action: "test" } });
    await expect(db.auditEntry.update({ where: { id }, data: { action: "changed" } })).rejects.toThrow(/append-only/);
    await expect(db.auditEntry.delete({ where: { id } })).rejects.toThrow(/append-only/);
  });
});
