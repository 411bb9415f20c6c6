import { randomUUID } from "node:crypto";
import { type BenchOptions, type BenchResult, describeMachine } from "../contract";
import type { BenchEnvironment } from "../environment";
import { type Books, readBooks, type SendStory, tally } from "./books";
import { type ChaosShares, startChaosProxy } from "./chaos-proxy";
import { sendNaively } from "./naive";
import { openShop, type Shop } from "./shops";
import { startWorkers } from "./workers";

const SENDS = Number(process.env["BENCH_SENDS"] ?? 10_000);
const CHATS_A_SHOP = 500;
const NAIVE_SENDS = 500;
/** Chats of the naive client alone: Karavan takes a seller's message it cannot explain for a reason to ask a person. */
const NAIVE_CHATS = 50;
/** So many people write at once. */
const WRITERS = 4;
/** Every tenth message is handed over twice, as a browser on a weak line does. */
const REPEATED_SHARE = 0.1;
/** One of two workers. Not faster than a worker starts and gets some work done, on a small machine. */
const KILL_EVERY_MS = 15_000;
const CRASH_EVERY_MS = 60_000;
const PATIENCE_MS = 45 * 60_000;

const ON_SENDS: ChaosShares = { "error-after": 0.05, "drop-after": 0.04, "timeout-after": 0.01, "drop-before": 0.04, "error-before": 0.03, delay: 0.05 };
const ON_READS: ChaosShares = { "error-after": 0.02, "drop-after": 0.01, "timeout-after": 0.001, "drop-before": 0.02, "error-before": 0.02, delay: 0.02 };

/**
 * 10 000 messages through a line that times out, breaks and answers 5xx after the service has taken the message, while workers
 * are killed with -9 and PostgreSQL crashes. Counted in the simulated service's own books. Baseline: a client that simply tries
 * again, on the same line, without any crash.
 */
export async function run(_options: BenchOptions, environment: BenchEnvironment): Promise<BenchResult> {
  const { startSandbox } = await import("@/sandbox/server");
  const sandbox = await startSandbox({ scenario: "bulk", parameters: { chats: CHATS_A_SHOP, messages: CHATS_A_SHOP * 2, saleLines: 0, days: 1 } });
  const proxy = await startChaosProxy(sandbox.url, ON_SENDS, ON_READS, 20_261_121);
  const env = { SANDBOX_URL: proxy.url, OUTBOUND_ALLOWED_ORIGINS: new URL(proxy.url).origin, LOG_LEVEL: "silent" };
  Object.assign(process.env, env);
  const shop = await openShop();
  proxy.storm(true);
  const baseline = await naive(shop, proxy.url, () => readBooks(sandbox.url, shop));
  const workers = startWorkers(2, env);
  const startedAt = performance.now();
  const timers = [setInterval(() => workers.killOne(), KILL_EVERY_MS)];
  let crashes = 0;
  let crashing: Promise<void> = Promise.resolve();
  timers.push(
    setInterval(() => {
      crashes += 1;
      crashing = crashing.then(() => environment.crashDatabase());
    }, CRASH_EVERY_MS),
  );
  try {
    const stories = await handOver(shop);
    const handedOverMs = performance.now() - startedAt;
    const settled = await untilSettled(async () => {
      for (const timer of timers) clearInterval(timer);
      await crashing;
      proxy.storm(false);
    });
    const books: Books = await readBooks(sandbox.url, shop);
    const outcome = await tally(stories, books);
    return {
      bench: "sends",
      machine: describeMachine(),
      results: {
        ...outcome,
        settled,
        seconds: Math.round((performance.now() - startedAt) / 1_000),
        handedOverSeconds: Math.round(handedOverMs / 1_000),
        workersKilled: workers.kills(),
        databaseCrashes: crashes,
        ...Object.fromEntries(Object.entries(proxy.struck).map(([kind, count]) => [`struck ${kind}`, count])),
      },
      baseline: { ...baseline },
      ratio: baseline.duplicates === 0 ? 0 : outcome.duplicates / outcome.sent / (baseline.duplicates / baseline.sent),
      sent: outcome.sent,
      duplicates: outcome.duplicates,
      lost: outcome.lost,
    };
  } finally {
    for (const timer of timers) clearInterval(timer);
    await crashing;
    await workers.stop();
    const { closePlatform } = await import("@/server/platform/shutdown");
    await closePlatform();
    await proxy.stop();
    await sandbox.stop();
  }
}

async function naive(shop: Shop, url: string, books: () => Promise<Books>) {
  const arrived = async () => new Map([...(await books())].map(([text, entries]) => [text, entries.length]));
  return sendNaively(
    `${url}/ozon`,
    shop.headers,
    shop.conversations.slice(0, NAIVE_CHATS).map((one) => one.chatId),
    NAIVE_SENDS,
    arrived,
  );
}

/** Writes every message through the ordinary verb; what the crashing database refuses is handed over again under the same send id. */
async function handOver(shop: Shop): Promise<SendStory[]> {
  const { sendMessage } = await import("@/server/inbox/index");
  const ours = shop.conversations.slice(NAIVE_CHATS);
  const stories: SendStory[] = [];
  const write = async (writer: number) => {
    for (let n = writer; n < SENDS; n += WRITERS) {
      // A conversation has one writer, so that its order is known.
      const conversation = ours[n % (ours.length - (ours.length % WRITERS))];
      if (conversation === undefined) throw new Error("there is nothing to write into");
      const story = { sendId: randomUUID(), text: `Ответ номер ${n}`, chatId: conversation.chatId };
      const input = { conversationId: conversation.id, sendId: story.sendId, text: story.text, origin: "person" as const, undoable: false };
      const send = () => sendMessage(shop.workspaceId, { userId: shop.userId, mayOverride: false }, input);
      await untilHandedOver(send);
      if (Math.floor(n / WRITERS) % Math.round(1 / REPEATED_SHARE) === 0) await untilHandedOver(send);
      stories.push(story);
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
  return stories;
}

async function untilHandedOver(send: () => Promise<unknown>): Promise<void> {
  const { AppError } = await import("@/server/platform/errors");
  for (;;) {
    try {
      await send();
      return;
    } catch (error) {
      if (error instanceof AppError && error.status < 500) throw error;
      await new Promise((wake) => setTimeout(wake, 250));
    }
  }
}

/** Chaos goes on until nine of ten messages are settled; then the line is left alone, as lines are in the end. */
async function untilSettled(calmDown: () => Promise<void>): Promise<boolean> {
  const { db } = await import("@/server/platform/db");
  const deadline = performance.now() + PATIENCE_MS;
  let calm = false;
  while (performance.now() < deadline) {
    const open = await db.message
      .count({ where: { OR: [{ sendState: { in: ["queued", "sending", "accepted"] } }, { sendState: "unknown", sendNextAt: { not: null } }] } })
      .catch(() => Number.POSITIVE_INFINITY);
    if (open === 0) return true;
    if (!calm && open < SENDS / 10) {
      calm = true;
      await calmDown();
    }
    process.stderr.write(`${new Date().toISOString()} open ${open}${calm ? " (calm)" : ""}\n`);
    await new Promise((wake) => setTimeout(wake, 5_000));
  }
  return false;
}
