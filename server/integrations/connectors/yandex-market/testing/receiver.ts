import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Receiver {
  readonly url: string;
  /** Bodies received, in order of arrival. */
  readonly received: Record<string, unknown>[];
  /** Waits until so many bodies are there. */
  waitFor(count: number): Promise<readonly Record<string, unknown>[]>;
  stop(): Promise<void>;
}

export function respond(response: ServerResponse, body: unknown, status = 200, contentType = "application/json"): void {
  response.writeHead(status, { "content-type": contentType }).end(typeof body === "string" ? body : JSON.stringify(body));
}

/** A receiver of notifications as the documents want it; `answer` may take over. */
export async function openReceiver(answer?: (message: Record<string, unknown>, response: ServerResponse) => boolean): Promise<Receiver> {
  const received: Record<string, unknown>[] = [];
  const waiting = new Set<() => void>();
  const server = createServer((request, response) => {
    void readJson(request).then((message) => {
      received.push(message);
      if (answer?.(message, response) !== true) respond(response, { version: "1.0.0", name: "test", time: new Date().toISOString() });
      for (const check of waiting) check();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    waitFor: (count) =>
      new Promise((resolve) => {
        const check = () => {
          if (received.length < count) return;
          waiting.delete(check);
          resolve(received);
        };
        waiting.add(check);
        check();
      }),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString("utf8")) as Record<string, unknown>;
}
