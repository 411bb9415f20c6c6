import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline";
import { Pool } from "undici";
import { type BenchOptions, type BenchResult, describeMachine } from "../contract";

const CONNECTIONS = 200;
const WARM_UP = 1_000;
const PUSHES = 20_000;
const AT_ONCE = 64;
/** How long the half load is kept up. */
const HALF_LOAD_SECONDS = 8;

interface Measured {
  readonly acceptedPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** At half the accepted rate, pushes coming at their own pace whether or not the last one was answered. */
  readonly halfLoadP99Ms: number;
}

/**
 * Pushes accepted by the webhook door (limited, checked, stored with its event in one transaction, answered) against a bare node:http server that reads the body and does one INSERT. Both run in a process of their own.
 */
export async function run(_options: BenchOptions): Promise<BenchResult> {
  const paths = await openDoors();
  const bare = await measure("bare", () => "/");
  const ours = await measure("ours", (n) => paths[n % paths.length] ?? "/");
  const { db } = await import("@/server/platform/db");
  const stored = await db.delivery.count();
  const sent = WARM_UP + PUSHES + halfLoad(ours.acceptedPerSecond).pushes;
  if (stored !== sent) throw new Error(`${stored} of ${sent} pushes were stored`);
  return {
    bench: "webhook",
    machine: describeMachine(),
    results: { ...ours, pushes: PUSHES, concurrency: AT_ONCE },
    baseline: { ...bare },
    ratio: ours.acceptedPerSecond / bare.acceptedPerSecond,
  };
}

/** Addresses of many connections: one alone is throttled long before the machine is busy. */
async function openDoors(): Promise<string[]> {
  const { db } = await import("@/server/platform/db");
  const { hashToken, newToken } = await import("@/server/platform/crypto");
  const workspaceId = randomUUID();
  const organizationId = randomUUID();
  await db.workspace.create({ data: { id: workspaceId, name: "Bench", organizations: { create: { id: organizationId, name: "Bench" } } } });
  const tokens = Array.from({ length: CONNECTIONS }, () => newToken());
  await db.connection.createMany({
    data: tokens.map((token, index) => ({
      id: randomUUID(),
      workspaceId,
      organizationId,
      connectorId: "ozon",
      name: `Shop ${index}`,
      accountRef: "7",
      webhookTokenHash: hashToken(token),
    })),
  });
  return tokens.map((token) => `/api/integrations/webhook/ozon/${token}`);
}

async function measure(kind: "ours" | "bare", path: (n: number) => string): Promise<Measured> {
  const child = spawn(process.execPath, ["--import", "tsx", "bench/webhook/server.ts", kind], { stdio: ["ignore", "pipe", "inherit"], env: process.env });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  try {
    const port = await new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stdout }).once("line", resolve);
      child.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
    });
    const client = new Pool(`http://127.0.0.1:${port}`, { connections: AT_ONCE });
    await knock(client, path, 0, WARM_UP);
    const startedAt = performance.now();
    const times = (await knock(client, path, WARM_UP, PUSHES)).sort((a, b) => a - b);
    const seconds = (performance.now() - startedAt) / 1_000;
    const acceptedPerSecond = Math.round(PUSHES / seconds);
    const half = (await knockAtPace(client, path, WARM_UP + PUSHES, halfLoad(acceptedPerSecond))).sort((a, b) => a - b);
    await client.close();
    return { acceptedPerSecond, p50Ms: at(times, 0.5), p99Ms: at(times, 0.99), halfLoadP99Ms: at(half, 0.99) };
  } finally {
    child.kill("SIGTERM");
    await ended;
  }
}

const at = (sorted: readonly number[], share: number) => Number((sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(2));

function halfLoad(acceptedPerSecond: number): { readonly everyMs: number; readonly pushes: number } {
  return { everyMs: 2_000 / acceptedPerSecond, pushes: Math.round((acceptedPerSecond / 2) * HALF_LOAD_SECONDS) };
}

/** As many at once as the line carries: what the door can take. */
async function knock(client: Pool, path: (n: number) => string, from: number, count: number): Promise<number[]> {
  const times: number[] = [];
  let next = from;
  const worker = async () => {
    while (next < from + count) {
      const n = next;
      next += 1;
      times.push(await push(client, path(n), n));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return times;
}

async function knockAtPace(client: Pool, path: (n: number) => string, from: number, { everyMs, pushes }: ReturnType<typeof halfLoad>): Promise<number[]> {
  const startedAt = performance.now();
  const answers: Promise<number>[] = [];
  while (answers.length < pushes) {
    const due = Math.min(pushes, Math.floor((performance.now() - startedAt) / everyMs));
    while (answers.length < due) answers.push(push(client, path(from + answers.length), from + answers.length));
    await new Promise((wake) => setTimeout(wake, 1));
  }
  return Promise.all(answers);
}

/** @returns how long the answer took, in milliseconds. */
async function push(client: Pool, path: string, n: number): Promise<number> {
  const body = JSON.stringify({
    message_type: "TYPE_NEW_MESSAGE",
    chat_id: randomUUID(),
    chat_type: "Buyer_Seller",
    message_id: String(3_000_000_000_000_000_000n + BigInt(n)),
    created_at: "2026-11-18T20:58:04.528Z",
    user: { id: "115568", type: "Customer" },
    data: ["Is it still there?"],
    seller_id: "7",
  });
  const startedAt = performance.now();
  const answer = await client.request({ method: "POST", path, headers: { "content-type": "application/json" }, body });
  const text = await answer.body.text();
  if (answer.statusCode !== 200) throw new Error(`push ${n} was answered ${answer.statusCode} ${text}`);
  return performance.now() - startedAt;
}
