import { beforeAll, describe, expect, it } from "vitest";
import type { Viewer } from "@/server/access/index";
import { pool } from "@/server/platform/db";
import { captureQueries } from "@/server/platform/testing/capture";
import type { Scope } from "@/server/platform/transaction";
import { readThreadFacts } from "../ingest/ingest.repository";
import { listConversationsInput } from "../schema";
import { findHead } from "../sending/sending.repository";
import { conversationOf, makeInbox, poll } from "../testing/make-inbox";
import { countViews } from "./counts.repository";
import { findSummary, listConversationRows } from "./list.repository";
import { searchConversationRows, searchMessageRows, searchNoteRows } from "./search.repository";
import { listMessageRows } from "./thread.repository";

let workspaceId = "";
let conversationId = "";
let viewer: Viewer = { userId: "", role: "admin", scope: "all", teamIds: [] };

beforeAll(async () => {
  const inbox = await makeInbox();
  inbox.service.says("buyer", "?");
  await poll(inbox);
  ({ workspaceId, viewer } = inbox);
  conversationId = (await conversationOf(inbox)).id;
  // Enough rows that an index is worth more than another, also beside those of the other tests, which hardly ever resolve anything.
  await pool.query(
    `INSERT INTO conversation (id, workspace_id, organization_id, connection_id, channel, external_id, status, assignee_id, last_message_at, waiting_since, next_deadline_at, deadline_state, created_at, updated_at)
     SELECT gen_random_uuid(), $1, $2, $3, 'fake.chat', 'many-' || n, (CASE WHEN n % 20 = 0 THEN 'open' ELSE 'resolved' END)::conversation_status, CASE WHEN n % 3 = 0 THEN $4::uuid END, now() - n * interval '1 minute',
       CASE WHEN n % 200 = 0 THEN now() END, CASE WHEN n % 200 = 0 THEN now() END, CASE WHEN n % 200 = 0 THEN 'running' END, now(), now() FROM generate_series(1, 20000) n`,
    [workspaceId, inbox.organizationId, inbox.connection.id, inbox.userId],
  );
  await pool.query("ANALYZE conversation");
});

/** As the role the queries really run as, with sequential scans priced out: one that remains has no index it may use. */
async function explain(work: (scope: Scope) => Promise<unknown>): Promise<string> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query(
      "SELECT set_config('karavan.workspace_id', $1, true), set_config('role', 'karavan_app', true), set_config('enable_seqscan', 'off', true)",
      [workspaceId],
    );
    const plans: string[] = [];
    for (const query of await captureQueries(workspaceId, work)) {
      const { rows } = await client.query<{ "QUERY PLAN": string }>(`EXPLAIN ${query.text}`, [...query.values]);
      plans.push(...rows.map((row) => row["QUERY PLAN"]));
    }
    return plans.join("\n");
  } finally {
    await client.query("ROLLBACK");
    client.release();
  }
}

const listWith = (input: object) => (scope: Scope) => listConversationRows(scope, viewer, listConversationsInput.parse(input), new Date());

describe("plans under row-level security", () => {
  it.each([
    ["newest", listWith({}), /conversation_(workspace_id_last|priority)/],
    ["one status", listWith({ statuses: ["open"] }), /conversation_(active|workspace_id_status)/],
    ["what is active", listWith({ statuses: ["open", "pending", "snoozed"] }), /conversation_active/],
    ["due next", listWith({ sort: "due" }), /conversation_deadline/],
    ["late", listWith({ overdue: true }), /conversation_deadline/],
    ["nobody's", listWith({ statuses: ["open", "pending", "snoozed"], assigneeIds: ["none"] }), /conversation_active/],
    ["mine", listWith({ statuses: ["open", "pending", "snoozed"], assigneeIds: ["me"] }), /conversation_active/],
    ["a label", listWith({ labelIds: ["00000000-0000-4000-8000-000000000001"] }), /conversation_label_/],
    ["longest waiting", listWith({ sort: "waiting" }), /conversation_waiting/],
    ["unread", listWith({ unread: true }), /conversation_read_pkey/],
  ])("the list (%s) uses its index", async (_name, work, index) => {
    const plan = await explain(work);
    expect(plan).toMatch(index);
    expect(plan).not.toContain("Seq Scan on conversation");
    expect(plan).not.toContain("Seq Scan on message");
  });

  it.each<[string, (scope: Scope) => Promise<unknown>]>([
    ["counts", (scope) => countViews(scope, viewer, new Date())],
    ["the head of a thread", (scope) => findSummary(scope, viewer, conversationId)],
    ["a page of a thread", (scope) => listMessageRows(scope, [conversationId], undefined, 50)],
    ["the facts of a thread", (scope) => readThreadFacts(scope, [conversationId])],
    ["the head of the queue", (scope) => findHead(scope, conversationId)],
    ["found messages", (scope) => searchMessageRows(scope, viewer, { query: "заказ", limit: 21 })],
    ["found notes", (scope) => searchNoteRows(scope, viewer, { query: "заказ", limit: 21 })],
    ["found conversations", (scope) => searchConversationRows(scope, viewer, { query: "заказ", limit: 21 })],
  ])("%s: no sequential scan", async (_name, work) => {
    const plan = await explain(work);
    expect(plan.length).toBeGreaterThan(0);
    expect(plan).not.toMatch(/Seq Scan on (conversation|message)\b/);
  });

  // Without the workspace, which in a table this small would be index enough.
  it.each([
    ["messages", "message_search", "SELECT id FROM message WHERE search_words @@ search_query($1)"],
    ["names", "conversation_search", "SELECT id FROM conversation WHERE search_words @@ search_query($1)"],
    ["notes", "note_search", "SELECT id FROM note WHERE deleted_at IS NULL AND search_words(text) @@ search_query($1)"],
    ["products", "product_search", "SELECT id FROM product WHERE search_words(name) @@ search_query($1)"],
  ])("the search of %s uses its index, because it runs as its owner", async (_name, index, statement) => {
    const client = await pool.connect();
    try {
      await client.query("BEGIN");
      await client.query("SET LOCAL enable_seqscan = off");
      const { rows } = await client.query<{ "QUERY PLAN": string }>(`EXPLAIN ${statement}`, ["заказ"]);
      expect(rows.map((row) => row["QUERY PLAN"]).join("\n")).toContain(index);
    } finally {
      await client.query("ROLLBACK");
      client.release();
    }
  });
});
