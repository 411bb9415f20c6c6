import { randomUUID } from "node:crypto";
import getPort from "get-port";
import { type BenchOptions, type BenchResult, describeMachine } from "../contract";
import { type Killable, keepRunning } from "./processes";
import { sendAll } from "./sender";
import { MESSAGES_A_CHAT, startService } from "./service";

const EVENTS = Number(process.env["BENCH_EVENTS"] ?? 1_000_000);
const KILL_EVERY_MS = Number(process.env["BENCH_KILL_MS"] ?? 30_000);
/** One connection alone is throttled, by our door and by the service. */
const CONNECTIONS = 100;
const BASELINE_EVENTS = Math.min(20_000, EVENTS);
const BASELINE_KILL_AFTER = Math.round(BASELINE_EVENTS / 4);
/** A delivery whose try was cut off waits for its next one; the whole backlog may take long on a small machine. */
const STANDSTILL_MS = 10 * 60_000;

interface Shops {
  readonly paths: readonly string[];
  readonly accounts: readonly string[];
}

/**
 * Messages pushed while the web process (its door) and the worker are killed with -9 in turn. Counted afterwards in the
 * database: sent = stored = processed, and every message stands in the inbox once. Baseline: a receiver that answers first
 * and stores afterwards, killed in the same way.
 */
export async function run(_options: BenchOptions): Promise<BenchResult> {
  const service = await startService();
  const env = { SANDBOX_URL: service.url, OUTBOUND_ALLOWED_ORIGINS: service.url, LOG_LEVEL: "silent" };
  Object.assign(process.env, env);
  const shops = await openShops(service.url);
  try {
    const baseline = await hasty();
    const [port, startedAt] = [await getPort(), performance.now()];
    const web = keepRunning(["bench/webhook/server.ts", "ours", String(port)], env);
    const worker = keepRunning(["inngest/worker.ts"], env);
    const stopKilling = killInTurn([web, worker]);
    try {
      const of = <T>(list: readonly T[], n: number) => list[Math.floor(n / MESSAGES_A_CHAT) % list.length] as T;
      const sent = await sendAll(
        `http://127.0.0.1:${port}`,
        (n) => of(shops.paths, n),
        (n) => of(shops.accounts, n),
        EVENTS,
      );
      const acceptedSeconds = seconds(startedAt);
      const settled = await untilSettled(stopKilling);
      const books = await count();
      return {
        bench: "noloss",
        machine: describeMachine(),
        results: {
          events: EVENTS,
          ...sent,
          ...books,
          settled,
          acceptedSeconds,
          seconds: seconds(startedAt),
          webKilled: web.kills(),
          workerKilled: worker.kills(),
          reads: service.reads(),
        },
        baseline,
        ratio: books.lost / Math.max(1, baseline.lost),
        sent: sent.accepted,
        duplicates: books.appliedTwice,
        lost: books.lost,
      };
    } finally {
      stopKilling();
      await Promise.all([web.stop(), worker.stop()]);
    }
  } finally {
    const { closePlatform } = await import("@/server/platform/shutdown");
    await closePlatform();
    await service.stop();
  }
}

const seconds = (since: number) => Math.round((performance.now() - since) / 1_000);

/** First one, then the other, so that each is also killed while the other works. */
function killInTurn(victims: readonly Killable[]): () => void {
  let turn = 0;
  const timer = setInterval(() => {
    victims[turn % victims.length]?.kill();
    turn += 1;
  }, KILL_EVERY_MS / victims.length);
  return () => clearInterval(timer);
}

async function openShops(baseUrl: string): Promise<Shops> {
  const { createConnection, createWebhookAddress } = await import("@/server/integrations/index");
  const { db } = await import("@/server/platform/db");
  const [workspaceId, organizationId] = [randomUUID(), randomUUID()];
  await db.workspace.create({ data: { id: workspaceId, name: "Bench", organizations: { create: { id: organizationId, name: "Bench" } } } });
  const actor = { kind: "system" };
  const streams = (["chats", "questions", "reviews", "sales", "products", "orders"] as const).map((stream) => ({
    stream,
    isEnabled: false,
    intervalSeconds: 86_400,
  }));
  const { findConnector } = await import("@/server/integrations/index");
  const known = new Set(findConnector("ozon")?.streams.map(({ id }) => id));
  const [paths, accounts]: [string[], string[]] = [[], []];
  for (let n = 0; n < CONNECTIONS; n += 1) {
    const clientId = String(2_000_000 + n);
    const id = await createConnection(
      workspaceId,
      {
        connectorId: "ozon",
        organizationId,
        name: `Shop ${n}`,
        credentials: { clientId, apiKey: randomUUID() },
        isActive: true,
        autoSync: false,
        streams: streams.filter(({ stream }) => known.has(stream)),
        baseUrl: `${baseUrl}/ozon`,
      },
      actor,
    );
    await db.connection.update({ where: { id }, data: { accountRef: clientId } });
    paths.push(new URL((await createWebhookAddress(workspaceId, id, actor)).url).pathname);
    accounts.push(clientId);
  }
  return { paths, accounts };
}

/** Until nothing is open. Nothing more is killed once nine of ten are done, as processes are not killed for ever. */
async function untilSettled(stopKilling: () => void): Promise<boolean> {
  const { db } = await import("@/server/platform/db");
  let [last, changedAt] = [-1, performance.now()];
  while (performance.now() - changedAt < STANDSTILL_MS) {
    const open = await db.delivery.count({ where: { status: { in: ["stored", "failed"] } } });
    if (open === 0) return true;
    if (open < EVENTS / 10) stopKilling();
    if (open !== last) [last, changedAt] = [open, performance.now()];
    process.stderr.write(`${new Date().toISOString()} open ${open}\n`);
    await new Promise((wake) => setTimeout(wake, 5_000));
  }
  return false;
}

/** The conservation equation, and every message of it once. */
async function count() {
  const { pool } = await import("@/server/platform/db");
  const { rows } = await pool.query<Record<string, number>>(`
    SELECT (SELECT count(*)::int FROM delivery) AS stored,
      (SELECT coalesce(sum(repeats), 0)::int FROM delivery) AS repeats,
      (SELECT count(*)::int FROM delivery WHERE status = 'processed') AS processed,
      (SELECT count(*)::int FROM delivery WHERE status IN ('dead', 'ignored')) AS "deadOrIgnored",
      (SELECT count(*)::int FROM delivery WHERE status IN ('stored', 'failed')) AS open,
      (SELECT count(*)::int FROM (SELECT DISTINCT connection_id, external_id FROM message) m) AS messages,
      (SELECT count(*)::int FROM message) AS "messageRows",
      (SELECT count(*)::int FROM (SELECT delivery_id FROM delivery_attempt WHERE outcome = 'processed' GROUP BY delivery_id HAVING count(*) > 1) t) AS "processedTwice",
      (SELECT count(*)::int FROM delivery_attempt WHERE outcome = 'lost') AS "attemptsCutOff"`);
  const of = (name: string) => rows[0]?.[name] ?? -1;
  const [stored, processed, messages, messageRows] = [of("stored"), of("processed"), of("messages"), of("messageRows")];
  const balances = stored === processed + of("deadOrIgnored") + of("open") && stored === EVENTS;
  return { ...rows[0], balances, lost: EVENTS - messages, appliedTwice: messageRows - messages + of("processedTwice") };
}

async function hasty() {
  const port = await getPort();
  const receiver = keepRunning(["bench/webhook/server.ts", "hasty", String(port)], {});
  const { accepted } = await sendAll(
    `http://127.0.0.1:${port}`,
    () => "/",
    () => "7",
    BASELINE_EVENTS,
    (count) => {
      if (count % BASELINE_KILL_AFTER === 0) receiver.kill();
    },
  );
  await new Promise((wake) => setTimeout(wake, 3_000));
  await receiver.stop();
  const { pool } = await import("@/server/platform/db");
  const { rows } = await pool.query<{ kept: number }>("SELECT count(DISTINCT body)::int AS kept FROM bench_push");
  return { events: BASELINE_EVENTS, accepted, lost: accepted - (rows[0]?.kept ?? 0), killed: receiver.kills() };
}
