import { randomUUID } from "node:crypto";
import { type BenchOptions, type BenchResult, describeMachine } from "../contract";
import { insertRaw, takeOut } from "./baseline";
import { startSandboxProcess } from "./sandbox-process";

const CHATS = 2_000;
const MESSAGES = 100_000;
const SALE_LINES = 100_000;
const CREDENTIALS = { clientId: "1005001", apiKey: "5a1d0000-0000-4000-8000-000000001005" };

/**
 * A first synchronisation through the whole path (HTTP, parsing, mapping, ingest, checkpoint) of 2 000 chats with 100 000
 * messages and of 100 000 sale lines, against multi-row INSERT of the very rows it produced. The service's own limit of 50
 * calls a second is lifted on both sides: it would be the only thing measured.
 */
export async function run(_options: BenchOptions): Promise<BenchResult> {
  const sandbox = await startSandboxProcess({ chats: CHATS, messages: MESSAGES, saleLines: SALE_LINES, days: 29 });
  try {
    const shop = await openShop(`${sandbox.url}/ozon`);
    const chats = await measure(() => shop.sync("chats"));
    const sales = await measure(() => shop.sync("sales"));
    const repeat = await measure(() => shop.sync("sales"));
    const { closeHttp } = await import("@/server/platform/http/remote-http");
    await closeHttp();
    const baseline = await measureBaseline();
    const syncMs = chats.ms + sales.ms;
    const rawMs = baseline.conversationMs + baseline.messageMs + baseline.saleMs;
    return {
      bench: "sync",
      machine: describeMachine(),
      results: {
        chats: baseline.conversations,
        messages: baseline.messages,
        saleLines: baseline.sales,
        chatsMs: Math.round(chats.ms),
        salesMs: Math.round(sales.ms),
        rowsPerSecond: Math.round((baseline.messages + baseline.sales) / (syncMs / 1_000)),
        repeatedSalesMs: Math.round(repeat.ms),
        repeatedSalesApplied: repeat.run.applied,
        heapFirstThirdMb: heapMb(chats.heap, 0, 1 / 3),
        heapLastThirdMb: heapMb(chats.heap, 2 / 3, 1),
        peakRssMb: Math.round(Math.max(chats.peakRss, sales.peakRss) / 2 ** 20),
      },
      baseline: {
        insertConversationsMs: Math.round(baseline.conversationMs),
        insertMessagesMs: Math.round(baseline.messageMs),
        insertSalesMs: Math.round(baseline.saleMs),
        rowsPerSecond: Math.round((baseline.messages + baseline.sales) / (rawMs / 1_000)),
      },
      ratio: rawMs / syncMs,
    };
  } finally {
    await sandbox.stop();
  }
}

async function openShop(baseUrl: string) {
  const { createConnection, openConnection, syncNow } = await import("@/server/integrations/index");
  const { makeContext } = await import("@/server/integrations/connections/open-connection");
  const { runPages } = await import("@/server/sync/index");
  const { db } = await import("@/server/platform/db");
  const workspaceId = randomUUID();
  const organizationId = randomUUID();
  await db.workspace.create({ data: { id: workspaceId, name: "Bench", organizations: { create: { id: organizationId, name: "Bench" } } } });
  const actor = { kind: "system" };
  const input = { connectorId: "ozon", organizationId, name: "Bench", credentials: CREDENTIALS, isActive: true, autoSync: true, streams: [], baseUrl };
  const connectionId = await createConnection(workspaceId, input, actor);
  const open: typeof openConnection = async (scope, id, clock) => {
    const opened = await openConnection(scope, id, clock);
    const connector = { ...opened.connector, limits: opened.connector.limits.map((limit) => ({ ...limit, points: 1_000_000 })) };
    return {
      ...opened,
      context: makeContext({
        workspaceId,
        connector,
        connectionId: id,
        credentials: opened.context.credentials,
        override: baseUrl,
        facts: {},
        clock: opened.context.clock,
      }),
    };
  };
  return {
    async sync(stream: "chats" | "sales") {
      const [run] = await syncNow(workspaceId, { id: connectionId, streams: [stream] }, actor);
      const ref = { workspaceId, connectionId, stream, runId: run?.id ?? "" };
      while (!(await runPages(ref, 15_000, { open })).done);
      const ended = await db.syncRun.findUniqueOrThrow({ where: { id: ref.runId } });
      if (ended.status !== "succeeded") throw new Error(`the ${stream} run ended ${ended.status}: ${ended.errorCode} ${ended.errorText}`);
      return ended;
    },
  };
}

async function measure<T>(work: () => Promise<T>): Promise<{ ms: number; run: T; heap: number[]; peakRss: number }> {
  const heap: number[] = [];
  let peakRss = 0;
  const timer = setInterval(() => {
    const { heapUsed, rss } = process.memoryUsage();
    heap.push(heapUsed);
    peakRss = Math.max(peakRss, rss);
  }, 100);
  const startedAt = performance.now();
  try {
    const run = await work();
    return { ms: performance.now() - startedAt, run, heap, peakRss };
  } finally {
    clearInterval(timer);
  }
}

/** The median of a stretch of samples: the garbage collector's saw-tooth is not growth. */
function heapMb(samples: readonly number[], from: number, to: number): number {
  const part = samples.slice(Math.floor(samples.length * from), Math.ceil(samples.length * to)).sort((a, b) => a - b);
  return Math.round((part[Math.floor(part.length / 2)] ?? 0) / 2 ** 20);
}

async function measureBaseline() {
  const { pool } = await import("@/server/platform/db");
  const [conversation, message, sale] = [await takeOut(pool, "conversation"), await takeOut(pool, "message"), await takeOut(pool, "sale_line")];
  await pool.query("TRUNCATE conversation, message, sale_line CASCADE");
  await pool.query("CHECKPOINT");
  return {
    conversations: conversation.rows.length,
    messages: message.rows.length,
    sales: sale.rows.length,
    conversationMs: await insertRaw(pool, conversation),
    messageMs: await insertRaw(pool, message),
    saleMs: await insertRaw(pool, sale),
  };
}
