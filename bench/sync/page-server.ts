import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { parseArgs } from "node:util";
import type { BenchSource, PageRequest } from "./source";
import { sourceNamed } from "./sources/index";

/** `tsx bench/sync/page-server.ts --connector wildberries --rows 100000`: the pages of one source, made as they are asked for. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { connector: { type: "string", default: "" }, rows: { type: "string", default: "" } } });
  const { answer } = sourceNamed(values.connector);
  if (answer === undefined) throw new Error(`${values.connector} has its pages from its simulator.`);
  const server = createServer((request, response) => {
    give(answer, Number(values.rows), request, response).catch((error: unknown) => {
      response.writeHead(500).end(error instanceof Error ? error.message : String(error));
    });
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, "127.0.0.1", () => {
    process.stdout.write(`${JSON.stringify({ ready: true, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })}\n`);
  });
}

async function give(answer: NonNullable<BenchSource["answer"]>, rows: number, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const given = answer(await read(request), rows);
  if (given === undefined) response.writeHead(204).end();
  else if ("json" in given) response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(given.json));
  else response.writeHead(given.status, { "content-type": "application/octet-stream" }).end(given.bytes);
}

async function read(request: IncomingMessage): Promise<PageRequest> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://source");
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "") ?? [];
  const range = from === undefined || to === undefined ? {} : { range: { from: Number(from), to: Number(to) } };
  return { path: pathname, query: searchParams, body: Buffer.concat(parts).toString("utf8"), ...range };
}

await main();
