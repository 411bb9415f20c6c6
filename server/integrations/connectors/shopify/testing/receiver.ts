import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { RawDelivery } from "@/server/integrations/contract/webhook";

export interface Receiver {
  readonly url: string;
  /** Pushes as the intake would hand them to the port, in order of arrival. */
  readonly received: RawDelivery[];
  /** Status of the next answers; 200 otherwise. */
  readonly answers: number[];
  stop(): Promise<void>;
}

/** An address of ours that keeps the raw bytes. */
export async function openReceiver(): Promise<Receiver> {
  const received: RawDelivery[] = [];
  const answers: number[] = [];
  const server = createServer((request, response) => {
    void bytesOf(request).then((body) => {
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      received.push({ subPath: "", method: request.method ?? "", body, headers, receivedAt: new Date() });
      response.writeHead(answers.shift() ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/integrations/webhook/shopify/first`,
    received,
    answers,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bytesOf(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return new Uint8Array(Buffer.concat(chunks));
}
