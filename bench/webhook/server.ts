import { randomUUID } from "node:crypto";
import { createServer, type RequestListener, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import pg from "pg";

/** The measured server in a process of its own: `tsx bench/webhook/server.ts ours|bare|hasty [port]`. Prints its port. */
async function ours(): Promise<RequestListener> {
  const { answerPush } = await import("@/server/integrations/index");
  return (request, response) => {
    if (!answerPush(request, response)) response.writeHead(404).end();
  };
}

/** The least that keeps a push: read the body, one INSERT, answer. */
async function bare(): Promise<RequestListener> {
  const pool = new pg.Pool({ connectionString: process.env["DATABASE_URL"], max: 10 });
  await pool.query("CREATE TABLE IF NOT EXISTS bench_push (id uuid PRIMARY KEY, body bytea NOT NULL, received_at timestamptz NOT NULL DEFAULT now())");
  return (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      pool.query("INSERT INTO bench_push (id, body) VALUES ($1, $2)", [randomUUID(), Buffer.concat(chunks)]).then(
        () => response.writeHead(200, { "content-type": "application/json" }).end('{"result":true}'),
        () => response.writeHead(503).end(),
      );
    });
  };
}

/** What loses pushes when it is killed: answers at once, stores when it comes to it. */
async function hasty(): Promise<RequestListener> {
  const store = await bare();
  return (request, response) => {
    response.writeHead(200, { "content-type": "application/json" }).end('{"result":true}');
    store(request, new ServerResponse(request));
  };
}

const KINDS: Readonly<Record<string, () => Promise<RequestListener>>> = { ours, bare, hasty };
const [, , kind = "", port = "0"] = process.argv;
const listener = await KINDS[kind]?.();
if (listener === undefined) throw new Error(`which server? ${Object.keys(KINDS).join(" | ")}`);
const server = createServer(listener);
server.listen(Number(port), "127.0.0.1", () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
process.once("SIGTERM", () => process.exit(0));
