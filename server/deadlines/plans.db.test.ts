import { beforeAll, describe, expect, it } from "vitest";
import { pool } from "@/server/platform/db";
import { Prisma } from "@/server/platform/generated/client";
import type { Scope, Tx } from "@/server/platform/transaction";
import { readDeadlineRows } from "./deadline.repository";
import { channelsInUse } from "./repository";
import { makeChat } from "./testing/make-chat";
import { listOwing, listOwingOf, lockThreads, readThreadConversations, readThreadEvents, readThreadMessages } from "./thread.repository";
import { toBreach, toWarn } from "./watch.repository";

let workspaceId = "";
let conversationId = "";
let connectionId = "";

beforeAll(async () => {
  ({ workspaceId, conversationId, connectionId } = await makeChat());
});

/** With sequential scans priced out: one that remains has no index it may use. As the queries' own role, or as the system. */
/** What the planner does where a small table would make every way cheap: nothing read whole; `inOrder`: nothing sorted, either. */
async function planOf({ text, values }: Pick<Prisma.Sql, "text" | "values">, role: "karavan_app" | null, inOrder = false): Promise<string> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("SET LOCAL enable_seqscan = off");
    if (inOrder) await client.query("SET LOCAL enable_sort = off");
    if (role !== null) await client.query("SELECT set_config('karavan.workspace_id', $1, true), set_config('role', 'karavan_app', true)", [workspaceId]);
    const { rows } = await client.query<{ "QUERY PLAN": string }>(`EXPLAIN ${text}`, [...values]);
    return rows.map((row) => row["QUERY PLAN"]).join("\n");
  } finally {
    await client.query("ROLLBACK");
    client.release();
  }
}

/** The very statement a repository function sends. */
async function statementOf(work: (scope: Scope) => Promise<unknown>): Promise<Prisma.Sql> {
  const sent: Prisma.Sql[] = [];
  const note = (query: TemplateStringsArray | Prisma.Sql, ...values: unknown[]) => {
    sent.push(Array.isArray(query) ? Prisma.sql(query, ...values) : (query as Prisma.Sql));
    return Promise.resolve([]);
  };
  await work({ workspaceId, db: { $queryRaw: note, $executeRaw: note } as unknown as Tx });
  const [statement] = sent;
  if (statement === undefined) throw new Error("nothing was asked");
  return statement;
}

describe("plans", () => {
  const search = { now: new Date(), limit: 10, workspaceId: null };

  it.each([
    ["what to warn of", toWarn(search), "deadline_warn_due"],
    ["what is late", toBreach(search), "deadline_breach_due"],
  ])("the sweep finds %s by its index, in order", async (_name, query, index) => {
    const plan = await planOf(query, null, true);
    expect(plan).toContain(`Index Scan using ${index}`);
    expect(plan).not.toContain("Sort");
  });

  it("due next is one walk along an index", async () => {
    const plan = await planOf(
      Prisma.sql`SELECT id FROM conversation WHERE workspace_id = ${workspaceId}::uuid AND next_deadline_at IS NOT NULL ORDER BY next_deadline_at, id LIMIT 50`,
      "karavan_app",
    );
    expect(plan).toContain("conversation_deadline");
    expect(plan).not.toContain("Sort");
  });

  it.each<[string, (scope: Scope) => Promise<unknown>]>([
    ["locks", (scope) => lockThreads(scope, [conversationId])],
    ["conversations", (scope) => readThreadConversations(scope, [conversationId])],
    ["messages", (scope) => readThreadMessages(scope, [conversationId])],
    ["history", (scope) => readThreadEvents(scope, [conversationId])],
    ["stored deadlines", (scope) => readDeadlineRows(scope, [conversationId])],
    ["who owes", (scope) => listOwing(scope, conversationId, 10)],
    ["who owes in a shop", (scope) => listOwingOf(scope, connectionId, null, 10)],
    ["channels", (scope) => channelsInUse(scope)],
  ])("%s: no sequential scan", async (_name, work) => {
    const plan = await planOf(await statementOf(work), "karavan_app");
    expect(plan.length).toBeGreaterThan(0);
    expect(plan).not.toMatch(/Seq Scan on (conversation|message|conversation_event|deadline)\b/);
  });
});
