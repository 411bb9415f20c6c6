import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createSandboxControl, type SandboxControl } from "@/sandbox/control/client";
import { type RunningSandbox, type SandboxOptions, startSandbox } from "@/sandbox/server";
import { DEFAULT_API_KEY, DEFAULT_CLIENT_ID } from "../index";

interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** Parsed with JSON.parse, for tests to pick from. */
  json: Record<string, unknown>;
}

interface CallOptions {
  clientId?: string;
  apiKey?: string;
  headers?: Record<string, string>;
  method?: string;
  /** Sent as it is instead of the JSON of `body`. */
  raw?: string;
  signal?: AbortSignal;
}

export interface Stage {
  sandbox: RunningSandbox;
  control: SandboxControl;
  call(path: string, body?: unknown, options?: CallOptions): Promise<Answer>;
}

/** A sandbox of its own on a free port with a caller for the default seller. */
export async function openStage(options: SandboxOptions = {}): Promise<Stage> {
  const sandbox = await startSandbox({ scenario: "small", ...options });
  return {
    sandbox,
    control: createSandboxControl(sandbox.url),
    async call(path, body = {}, given = {}) {
      const method = given.method ?? "POST";
      const answer = await fetch(sandbox.baseUrl("ozon") + path, {
        method,
        headers: {
          "client-id": given.clientId ?? DEFAULT_CLIENT_ID,
          "api-key": given.apiKey ?? DEFAULT_API_KEY,
          "content-type": "application/json",
          ...given.headers,
        },
        ...(method === "GET" ? {} : { body: given.raw ?? JSON.stringify(body) }),
        ...(given.signal ? { signal: given.signal } : {}),
      });
      const text = await answer.text();
      return { status: answer.status, headers: answer.headers, text, json: asObject(text) };
    },
  };
}

function asObject(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    // Some tests ask for answers that are no JSON; they read `text`.
    return {};
  }
}

export interface Receiver {
  url: string;
  /** Bodies received, in order of arrival. */
  received: Record<string, unknown>[];
  /** Waits until `count` bodies of the type are there. */
  waitFor(type: string, count: number): Promise<Record<string, unknown>[]>;
  stop(): Promise<void>;
}

/** A push receiver as the documents want it; `answer` may take over. */
export async function openReceiver(answer?: (message: Record<string, unknown>, response: ServerResponse) => boolean): Promise<Receiver> {
  const received: Record<string, unknown>[] = [];
  const waiting = new Set<() => void>();
  const server = createServer((request, response) => {
    void readJson(request).then((message) => {
      received.push(message);
      if (!answer?.(message, response))
        respond(response, message["message_type"] === "TYPE_PING" ? { version: "1.0", name: "test", time: new Date().toISOString() } : { result: true });
      for (const check of waiting) check();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/push`,
    received,
    waitFor: (type, count) =>
      new Promise((resolve) => {
        const check = () => {
          const found = received.filter((message) => message["message_type"] === type);
          if (found.length < count) return;
          waiting.delete(check);
          resolve(found);
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

export function respond(response: ServerResponse, body: unknown, status = 200, contentType = "application/json"): void {
  response.writeHead(status, { "content-type": contentType }).end(typeof body === "string" ? body : JSON.stringify(body));
}

async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString("utf8")) as Record<string, unknown>;
}
