import { randomUUID } from "node:crypto";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import pg from "pg";

/** The measured server in a process of its own: `tsx bench/webhook/server.ts ours|bare`. Prints its port. */
async function ours(): Promise<RequestListener> {
  const { POST } = await import("@/app/api/integrations/webhook/[system]/[[...connection]]/route");
  return getRequestListener((request) => {
    const [system = "", connection] = new URL(request.url).pathname.split("/").slice(-2);
    return POST(request, { params: Promise.resolve({ system, connection: [connection ?? ""] }) });
  });
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

const server = createServer(process.argv[2] === "ours" ? await ours() : await bare());
server.listen(0, "127.0.0.1", () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
process.once("SIGTERM", () => process.exit(0));
