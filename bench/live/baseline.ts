import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

const CHANNEL = "bench_live";

/** The least that tells many sockets of a change: LISTEN in this process, one line to each socket. @returns latencies in milliseconds. */
export async function plainNotify(databaseUrl: string, tabs: number, changes: number, gapMs: number): Promise<number[]> {
  const [listener, speaker] = [new pg.Client(databaseUrl), new pg.Client(databaseUrl)];
  await Promise.all([listener.connect(), speaker.connect()]);
  const open = new Set<Socket>();
  const server = createServer((socket) => open.add(socket));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const times: number[] = [];
  const ends: Socket[] = [];
  try {
    await listener.query(`LISTEN ${CHANNEL}`);
    listener.on("notification", ({ payload }) => {
      for (const socket of open) socket.write(`${payload}\n`);
    });
    for (let tab = 0; tab < tabs; tab += 1) {
      const end = connect((server.address() as AddressInfo).port, "127.0.0.1");
      await once(end, "connect");
      createInterface({ input: end }).on("line", (line) => times.push(performance.now() - Number(line)));
      ends.push(end);
    }
    for (let change = 0; change < changes; change += 1) {
      await speaker.query("SELECT pg_notify($1, $2)", [CHANNEL, String(performance.now())]);
      await sleep(gapMs);
    }
    for (let waited = 0; times.length < tabs * changes && waited < 100; waited += 1) await sleep(100);
    return times;
  } finally {
    for (const end of ends) end.destroy();
    server.close();
    await Promise.all([listener.end(), speaker.end()]);
  }
}
