import { randomUUID } from "node:crypto";
import { loadavg } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { signIn } from "@/cli/launch/sign-in";
import { makeMember, makeWorkspace, TEST_PASSWORD } from "@/server/access/testing/make-workspace";
import { ingestConversations } from "@/server/inbox/ingest/ingest-conversations";
import { db } from "@/server/platform/db";
import { inWorkspace } from "@/server/platform/transaction";
import { startWeb } from "../browser/web";
import { type BenchOptions, type BenchResult, describeMachine } from "../contract";
import type { BenchEnvironment } from "../environment";
import { plainNotify } from "./baseline";
import { faceOf, Tab } from "./tab";

const TABS = 200;
const CHATS = 40;
const CHANGES = 300;
const GAP_MS = 50;
/** Every so often some tabs lose their line, in the middle of the burst. */
const CUT_EVERY = 15;
const CUT_AT_ONCE = 10;
const SETTLE_MS = 3_000;

interface Shop {
  readonly workspaceId: string;
  readonly organizationId: string;
  readonly connectionId: string;
  readonly email: string;
}

async function openShop(): Promise<Shop> {
  const { workspaceId, organizationId } = await makeWorkspace("Bench");
  const { email } = await makeMember(workspaceId, "admin");
  const connectionId = randomUUID();
  await db.connection.create({ data: { id: connectionId, workspaceId, organizationId, connectorId: "ozon", name: "Bench shop" } });
  return { workspaceId, organizationId, connectionId, email };
}

/** One buyer's message through the only way in. */
async function say(shop: Shop, chat: number, place: number): Promise<void> {
  const at = new Date();
  await inWorkspace(shop.workspaceId, (scope) =>
    ingestConversations(scope, {
      connection: { id: shop.connectionId, organizationId: shop.organizationId },
      source: "push",
      conversations: [
        {
          externalId: `chat-${chat}`,
          channel: "ozon.chat",
          createdAt: at,
          remoteStatus: "open",
          messages: [{ externalId: `m${place}`, side: "buyer", authorKind: "buyer", text: `Сообщение ${place}`, attachments: [], sentAt: at, versionAt: at }],
        },
      ],
    }),
  );
}

interface Burst {
  /** Changes a tab was not told of in any way. */
  readonly missed: number;
  readonly cuts: number;
}

/**
 * Messages come in one after the other while lines break. The same chat is changed again only after all others: whoever hears of it
 * until then heard of that change.
 */
async function burst(shop: Shop, tabs: readonly Tab[], ids: readonly string[], changedAt: Map<string, number>): Promise<Burst> {
  const cutting: Promise<void>[] = [];
  for (let change = 0; change < CHANGES; change += 1) {
    const chat = change % CHATS;
    changedAt.set(ids[chat] ?? "", performance.now());
    await say(shop, chat, CHATS + change);
    if (change % CUT_EVERY === CUT_EVERY - 1)
      for (let nth = 0; nth < CUT_AT_ONCE; nth += 1) {
        const tab = tabs[(change * 7 + nth * 19) % tabs.length];
        if (tab !== undefined) cutting.push(tab.cut(50 + nth * 40));
      }
    await sleep(GAP_MS);
  }
  await Promise.all(cutting);
  await sleep(SETTLE_MS);
  let missed = 0;
  for (const tab of tabs) for (const [id, at] of changedAt) if ((tab.heardAt.get(id) ?? 0) < at && tab.everythingAt < at) missed += 1;
  return { missed, cuts: cutting.length };
}

const percentile = (times: readonly number[], part: number) => [...times].sort((a, b) => a - b)[Math.floor(times.length * part)] ?? 0;

/**
 * How soon 200 connected tabs of the real web process hear of a buyer's message, while lines break and come back with the last event
 * id; and whether in the end every tab shows what the database holds.
 */
export async function run(_options: BenchOptions, environment: BenchEnvironment): Promise<BenchResult> {
  const shop = await openShop();
  for (let chat = 0; chat < CHATS; chat += 1) await say(shop, chat, chat);
  const ids = (await db.conversation.findMany({ where: { connectionId: shop.connectionId }, select: { id: true, externalId: true } }))
    .sort((a, b) => Number(a.externalId.slice(5)) - Number(b.externalId.slice(5)))
    .map(({ id }) => id);
  const web = await startWeb();
  // Latency is from before the ingest: what the database and the announcement take is in it.
  const changedAt = new Map<string, number>();
  const latencies: number[] = [];
  let tabs: readonly Tab[] = [];
  try {
    const cookie = await signIn(web.url, { email: shop.email, password: TEST_PASSWORD });
    tabs = Array.from({ length: TABS }, () => new Tab(web.url, cookie, (id, at) => latencies.push(at - (changedAt.get(id) ?? at))));
    for (const tab of tabs) await tab.connect();
    await sleep(SETTLE_MS);
    for (const tab of tabs) await tab.read(CHATS + 10);
    const { missed, cuts } = await burst(shop, tabs, ids, changedAt);
    for (const tab of tabs) await tab.read(CHATS + 10);
    const rows = await db.conversation.findMany({ where: { connectionId: shop.connectionId } });
    const truth = new Map(rows.map((row) => [row.id, faceOf(row)]));
    const stale = tabs.filter((tab) => tab.shown.size !== truth.size || [...truth].some(([id, face]) => tab.shown.get(id) !== face)).length;
    const plain = await plainNotify(environment.databaseUrl, TABS, CHANGES, GAP_MS);
    const p95 = percentile(latencies, 0.95);
    return {
      bench: "live",
      machine: describeMachine(),
      results: {
        tabs: TABS,
        messages: CHANGES,
        heard: latencies.length,
        p50Ms: percentile(latencies, 0.5),
        p95Ms: p95,
        "target ≤ 1 000 ms met": p95 <= 1_000,
        linesCut: cuts,
        missed,
        "tabs that differ from the database": stale,
        "load average": loadavg()[0] ?? 0,
      },
      baseline: {
        what: "LISTEN in one process, one line to each of 200 sockets",
        p50Ms: percentile(plain, 0.5),
        p95Ms: percentile(plain, 0.95),
        heard: plain.length,
      },
      ratio: percentile(plain, 0.95) / p95,
    };
  } finally {
    for (const tab of tabs) tab.close();
    await web.stop();
  }
}
