import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Pool } from "undici";
import { Random } from "@/sandbox/kit/random";

/** What happens to a call on its way. `after`: the service has carried it out. */
export const CHAOS = ["error-after", "drop-after", "timeout-after", "drop-before", "error-before", "delay"] as const;
export type Chaos = (typeof CHAOS)[number];

/** Share of the calls each kind hits. */
export type ChaosShares = Readonly<Record<Chaos, number>>;

export interface ChaosProxy {
  readonly url: string;
  /** How often each kind struck. */
  readonly struck: Record<Chaos, number>;
  /** Begins calm. */
  storm(blows: boolean): void;
  stop(): Promise<void>;
}

const SEND_PATHS = ["/v1/chat/send/message", "/v1/chat/send/file"];
const DELAY_MS = 2_000;
/** Longer than any caller waits. */
const NEVER_MS = 120_000;

/** Stands between Karavan and the simulated service and spoils calls: sendings by `onSends`, everything else by `onReads`. */
export async function startChaosProxy(target: string, onSends: ChaosShares, onReads: ChaosShares, seed: number): Promise<ChaosProxy> {
  const random = new Random(seed);
  const upstream = new Pool(new URL(target).origin, { connections: 64 });
  const struck: Record<Chaos, number> = { "error-after": 0, "drop-after": 0, "timeout-after": 0, "drop-before": 0, "error-before": 0, delay: 0 };
  let blows = false;
  const choose = (path: string): Chaos | null => {
    if (!blows) return null;
    const shares = SEND_PATHS.some((one) => path.endsWith(one)) ? onSends : onReads;
    let draw = random.next();
    for (const kind of CHAOS) {
      draw -= shares[kind];
      if (draw < 0) return kind;
    }
    return null;
  };
  const server = createServer((request, response) => {
    pass(upstream, request, response, choose, struck).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    struck,
    storm: (now) => {
      blows = now;
    },
    stop: () => stop(server, upstream),
  };
}

async function pass(upstream: Pool, request: IncomingMessage, response: ServerResponse, choose: (path: string) => Chaos | null, struck: Record<Chaos, number>) {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const path = request.url ?? "/";
  const chaos = choose(path.split("?")[0] ?? "");
  if (chaos !== null) struck[chaos] += 1;
  if (chaos === "drop-before") return void response.destroy();
  if (chaos === "error-before") return void response.writeHead(503, { "content-type": "text/plain" }).end("upstream connect error");
  if (chaos === "delay") await new Promise((wake) => setTimeout(wake, DELAY_MS));
  const { host: _, connection: __, ...headers } = request.headers;
  const answer = await upstream.request({
    method: (request.method ?? "GET") as "GET" | "POST",
    path,
    headers,
    body: chunks.length === 0 ? null : Buffer.concat(chunks),
  });
  const body = Buffer.from(await answer.body.arrayBuffer());
  switch (chaos) {
    case "drop-after":
      return void response.destroy();
    case "error-after":
      return void response.writeHead(502, { "content-type": "text/html" }).end("<html>502 Bad Gateway</html>");
    case "timeout-after":
      await new Promise((wake) => setTimeout(wake, NEVER_MS).unref());
      return void response.destroy();
    default: {
      const { "transfer-encoding": ___, connection: ____, ...kept } = answer.headers;
      response.writeHead(answer.statusCode, kept as Record<string, string>).end(body);
    }
  }
}

async function stop(server: Server, upstream: Pool): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  await upstream.destroy();
}
