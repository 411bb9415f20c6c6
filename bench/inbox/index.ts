import { performance } from "node:perf_hooks";
import { getThread } from "@/server/inbox/reading/get-thread";
import { countConversations, listConversations } from "@/server/inbox/reading/list-conversations";
import { searchMessages } from "@/server/inbox/reading/search-messages";
import { getThreadInput, listConversationsInput, searchMessagesInput } from "@/server/inbox/schema";
import { captureQueries } from "@/server/inbox/testing/capture";
import { pool } from "@/server/platform/db";
import { inWorkspace, type Scope } from "@/server/platform/transaction";
import { type BenchOptions, type BenchResult, describeMachine } from "../contract";
import { type Filled, fillInbox } from "./fill";

const CONVERSATIONS = 100_000;
const MESSAGES = 1_000_000;
const ROUNDS = 150;
const TARGET_LIST_MS = 100;

type Work = (scope: Scope, round: number) => Promise<unknown>;

function workOf(inbox: Filled, ids: readonly string[]): Readonly<Record<string, Work>> {
  const viewer = { userId: inbox.userId, role: "admin", scope: "all", teamIds: [] } as const;
  const list =
    (input: object): Work =>
    (scope) =>
      listConversations(scope, viewer, listConversationsInput.parse(input));
  const search =
    (words: readonly string[]): Work =>
    (scope, round) =>
      searchMessages(scope, viewer, searchMessagesInput.parse({ query: words[round % words.length] ?? "" }));
  return {
    listNewest: list({}),
    listActive: list({ statuses: ["open", "pending", "snoozed"] }),
    listWaiting: list({ sort: "waiting" }),
    listUnread: list({ unread: true }),
    listDeep: list({ cursor: { at: new Date(Date.now() - 50_000 * 60_000), id: ids[0] } }),
    counts: (scope) => countConversations(scope, viewer),
    thread: (scope, round) => getThread(scope, viewer, getThreadInput.parse({ conversationId: ids[round % ids.length] })),
    searchRare: search(["керамический"]),
    searchTwoWords: search(["синий чайник", "возврат деньги", "замена кабель"]),
    searchCommon: search(["заказ", "доставка", "курьер"]),
  };
}

async function measure(work: (round: number) => Promise<unknown>): Promise<{ p50: number; p95: number }> {
  for (let round = 0; round < 10; round += 1) await work(round);
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    await work(round);
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return { p50: times[Math.floor(times.length * 0.5)] ?? 0, p95: times[Math.floor(times.length * 0.95)] ?? 0 };
}

/** The very statements a use case sends, as bare SQL through pg: no Prisma, no row-level security, no transaction, no mapping. */
async function bare(inbox: Filled, work: Work, round: number): Promise<void> {
  for (const query of await captureQueries(inbox.workspaceId, (scope) => work(scope, round).catch(ignoreEmptyAnswer))) {
    await pool.query(query.text, [...query.values]);
  }
}

/** The writing-down database answers every query with no rows, which a use case may not expect. */
function ignoreEmptyAnswer(error: unknown): void {
  if (!(error instanceof Error)) throw error;
}

/** Whether a hot query reads a whole table, asked as the role it runs as. */
async function sequentialScans(inbox: Filled, works: Readonly<Record<string, Work>>): Promise<string[]> {
  const found: string[] = [];
  const client = await pool.connect();
  try {
    for (const [name, work] of Object.entries(works)) {
      if (name === "counts") continue;
      for (const query of await captureQueries(inbox.workspaceId, (scope) => work(scope, 0).catch(ignoreEmptyAnswer))) {
        await client.query("BEGIN");
        await client.query("SELECT set_config('karavan.workspace_id', $1, true), set_config('role', 'karavan_app', true)", [inbox.workspaceId]);
        const { rows } = await client.query<{ "QUERY PLAN": string }>(`EXPLAIN ${query.text}`, [...query.values]);
        await client.query("ROLLBACK");
        if (rows.some((row) => /Seq Scan on (conversation|message)\b/.test(row["QUERY PLAN"]))) found.push(name);
      }
    }
  } finally {
    client.release();
  }
  return found;
}

/** List, counts, thread and search p95 at 100 000 conversations with 1 000 000 messages, each beside its own SQL sent bare. */
export async function run(_options: BenchOptions): Promise<BenchResult> {
  const inbox = await fillInbox(CONVERSATIONS, MESSAGES);
  const { rows } = await pool.query<{ id: string }>("SELECT id FROM conversation WHERE workspace_id = $1 ORDER BY external_id LIMIT 500", [inbox.workspaceId]);
  const works = workOf(
    inbox,
    rows.map((row) => row.id),
  );
  const results: Record<string, number | string | boolean> = { conversations: CONVERSATIONS, messages: MESSAGES };
  const baseline: Record<string, number | string | boolean> = { what: "the same SQL through pg, without row-level security, Prisma, transaction and mapping" };
  for (const [name, work] of Object.entries(works)) {
    const ours = await measure((round) => inWorkspace(inbox.workspaceId, (scope) => work(scope, round)));
    results[`${name}P50Ms`] = ours.p50;
    results[`${name}P95Ms`] = ours.p95;
    if (!name.startsWith("search") && name !== "thread") baseline[`${name}P95Ms`] = (await measure((round) => bare(inbox, work, round))).p95;
  }
  const scans = await sequentialScans(inbox, works);
  const p95 = Number(results["listNewestP95Ms"]);
  results["listTargetMs"] = TARGET_LIST_MS;
  results["listTargetMet"] = p95 <= TARGET_LIST_MS;
  results["sequentialScans"] = scans.length === 0 ? "none" : scans.join(", ");
  return { bench: "inbox", machine: describeMachine(), results, baseline, ratio: Number(baseline["listNewestP95Ms"]) / p95 };
}
