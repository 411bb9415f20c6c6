import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { pool } from "../db";
import { ParallelLimit, parallelLimit } from "./parallel-limit";
import { createRemoteHttp } from "./remote-http";

const options = (key: string, more: Partial<{ slots: number; leaseMs: number; maxWaitMs: number }> = {}) => ({
  key,
  slots: 4,
  leaseMs: 60_000,
  maxWaitMs: 30_000,
  ...more,
});

/** Two objects know nothing of each other, like two processes: only the database is between them. */
const processes = () => [new ParallelLimit(), new ParallelLimit()] as const;

async function runOut(key: string): Promise<void> {
  await pool.query("UPDATE rate_limit_counter SET expire = extract(epoch FROM clock_timestamp()) * 1000 - 1 WHERE key LIKE $1", [`${key}:slot:%`]);
}

describe("ParallelLimit", () => {
  it("lets no more through at once than there are slots, whoever asks, and everybody in the end", async () => {
    const key = randomUUID();
    let inside = 0;
    let most = 0;
    let done = 0;
    const work = async (limit: ParallelLimit) => {
      const slot = await limit.acquire(options(key));
      if (!slot.granted) throw new Error("waited in vain");
      inside += 1;
      most = Math.max(most, inside);
      await sleep(5);
      inside -= 1;
      done += 1;
      await slot.release();
    };
    const [left, right] = processes();
    await Promise.all(Array.from({ length: 40 }, (_, index) => work(index % 2 === 0 ? left : right)));
    expect(done).toBe(40);
    expect(most).toBeLessThanOrEqual(4);
    expect(most).toBeGreaterThan(1);
  });

  it("keeps keys apart", async () => {
    const [limit] = processes();
    for (const key of [randomUUID(), randomUUID()]) expect((await limit.acquire(options(key, { slots: 1, maxWaitMs: 0 }))).granted).toBe(true);
  });

  it("says when to ask again when no slot comes free in time, from within and from another process", async () => {
    const key = randomUUID();
    const [left, right] = processes();
    expect((await left.acquire(options(key, { slots: 1 }))).granted).toBe(true);
    for (const limit of [left, right]) {
      const refused = await limit.acquire(options(key, { slots: 1, maxWaitMs: 20 }));
      expect(refused).toMatchObject({ granted: false });
      expect(refused.granted ? 0 : refused.retryAfterMs).toBeGreaterThan(0);
    }
  });

  it("frees the slots of a process that was killed once their leases have run out", async () => {
    const key = randomUUID();
    const [killed, living] = processes();
    for (let taken = 0; taken < 4; taken += 1) await killed.acquire(options(key));
    expect((await living.acquire(options(key, { maxWaitMs: 0 }))).granted).toBe(false);
    await runOut(key);
    for (let taken = 0; taken < 4; taken += 1) expect((await living.acquire(options(key, { maxWaitMs: 0 }))).granted).toBe(true);
    expect((await living.acquire(options(key, { maxWaitMs: 0 }))).granted).toBe(false);
  });

  it("lets a late release free nobody else's slot", async () => {
    const key = randomUUID();
    const [slow, quick] = processes();
    const late = await slow.acquire(options(key, { slots: 1 }));
    await runOut(key);
    const slot = await quick.acquire(options(key, { slots: 1 }));
    expect(slot.granted).toBe(true);
    if (late.granted) await late.release();
    expect((await slow.acquire(options(key, { slots: 1, maxWaitMs: 0 }))).granted).toBe(false);
    if (slot.granted) await slot.release();
    expect((await slow.acquire(options(key, { slots: 1, maxWaitMs: 0 }))).granted).toBe(true);
  });
});

describe("a connection with a parallel limit", () => {
  /** A slow service that notes how many requests it has at once. */
  async function slowService() {
    let now = 0;
    const seen = { most: 0, count: 0 };
    const server = createServer((_request, response) => {
      now += 1;
      seen.count += 1;
      seen.most = Math.max(seen.most, now);
      setTimeout(() => {
        now -= 1;
        response.end("{}");
      }, 20);
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const stop = () => {
      server.closeAllConnections();
      server.close();
    };
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen, stop };
  }

  const kit = (baseUrl: string, limitKey: string, parallel?: number) =>
    createRemoteHttp({
      workspaceId: randomUUID(),
      connectionId: randomUUID(),
      baseUrl,
      limits: [{ group: "api", points: 10_000, perSeconds: 1 }],
      limitKey,
      record: () => undefined,
      ...(parallel === undefined ? {} : { parallel }),
    });
  const request = { method: "GET", path: "/", group: "api", repeatable: true } as const;

  it("shares it between connections of one account, and one without a limit has none", async () => {
    const service = await slowService();
    try {
      const account = randomUUID();
      const [one, other] = [kit(service.url, account, 2), kit(service.url, account, 2)];
      await Promise.all(Array.from({ length: 16 }, (_, index) => (index % 2 === 0 ? one : other).send(request)));
      expect([service.seen.count, service.seen.most]).toEqual([16, 2]);
      const free = kit(service.url, randomUUID());
      await Promise.all(Array.from({ length: 8 }, () => free.send(request)));
      expect(service.seen.most).toBeGreaterThan(2);
    } finally {
      service.stop();
    }
  });

  it("gives its slot back after a failure, and says when to come again while others hold all", async () => {
    const account = randomUUID();
    const service = await slowService();
    try {
      const gone = kit("http://127.0.0.1:1", account, 1);
      await expect(gone.send({ ...request, repeatable: false })).rejects.toMatchObject({ kind: "unavailable" });
      const http = kit(service.url, account, 1);
      expect((await http.send(request)).status).toBe(200);
      const held = await parallelLimit.acquire({ key: `http:${account}`, slots: 1, leaseMs: 60_000, maxWaitMs: 0 });
      await expect(http.send({ ...request, repeatable: false, timeoutMs: 30 })).rejects.toMatchObject({ kind: "rate-limited", mayHaveTakenEffect: false });
      expect(service.seen.count).toBe(1);
      if (held.granted) await held.release();
      expect((await http.send(request)).status).toBe(200);
    } finally {
      service.stop();
    }
  });
});
