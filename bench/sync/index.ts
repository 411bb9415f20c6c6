import { randomUUID } from "node:crypto";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { type BenchOptions, type BenchResult, describeMachine } from "../contract";
import { insertRaw, takeOut } from "./baseline";
import { startSandboxProcess } from "./sandbox-process";

/** A full collection, without asking whoever starts the bench for a flag. */
setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

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
    const chats = await measure(() => shop.sync("chats"), MESSAGES);
    const sales = await measure(() => shop.sync("sales"), SALE_LINES);
    const repeat = await measure(() => shop.sync("sales"), SALE_LINES);
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
        chatsHeapMbAtQuarters: chats.heapMb.join(" / "),
        salesHeapMbAtQuarters: sales.heapMb.join(" / "),
        repeatedSalesHeapMbAtQuarters: repeat.heapMb.join(" / "),
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
    const connector = {
      ...opened.connector,
      limits: (credentials: Readonly<Record<string, string>>) => opened.connector.limits(credentials).map((limit) => ({ ...limit, points: 1_000_000 })),
    };
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
        tokens: opened.context.tokens,
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

interface Measured<T> {
  readonly ms: number;
  readonly run: T;
  /** What is alive (heap after a forced collection) when the run begins, at each quarter of its records, and when it is over. */
  readonly heapMb: number[];
  readonly peakRss: number;
}

async function measure<T>(work: () => Promise<T>, records: number): Promise<Measured<T>> {
  const { db } = await import("@/server/platform/db");
  let peakRss = 0;
  const heapMb = [aliveMb()];
  const before = await db.syncRun.aggregate({ _sum: { received: true } });
  let looking: Promise<void> | undefined;
  const look = async () => {
    const { _sum } = await db.syncRun.aggregate({ _sum: { received: true } });
    const part = ((_sum.received ?? 0) - (before._sum.received ?? 0)) / records;
    if (part < 1 && part * 4 >= heapMb.length) heapMb.push(aliveMb());
  };
  const timer = setInterval(() => {
    peakRss = Math.max(peakRss, process.memoryUsage().rss);
    looking ??= look().finally(() => {
      looking = undefined;
    });
  }, 100);
  const startedAt = performance.now();
  try {
    const run = await work();
    const ms = performance.now() - startedAt;
    clearInterval(timer);
    await looking;
    heapMb.push(aliveMb());
    return { ms, run, heapMb, peakRss };
  } finally {
    clearInterval(timer);
  }
}

/** The live heap: what a full collection leaves. */
function aliveMb(): number {
  collect();
  return Math.round(process.memoryUsage().heapUsed / 2 ** 20);
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
