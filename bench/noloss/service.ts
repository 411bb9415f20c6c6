import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";

/** Messages of one chat have numbers that follow each other, so that the chat can be told from the number and back. */
export const MESSAGES_A_CHAT = 10;
const FIRST_MESSAGE = 3_000_000_000_000_000_000n;

export const messageIdOf = (n: number) => String(FIRST_MESSAGE + BigInt(n));
export const chatIdOf = (n: number) => `00000000-0000-4000-8000-${String(Math.floor(n / MESSAGES_A_CHAT)).padStart(12, "0")}`;

const asked = z.object({ filter: z.object({ message_ids: z.array(z.string()) }).optional() });

/**
 * The one call a push is followed by, answered from arithmetic: the simulator keeps too much in memory for a million messages.
 * @returns the address connections are pointed at.
 */
export async function startService(): Promise<{ readonly url: string; readonly reads: () => number; stop(): Promise<void> }> {
  let reads = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      reads += 1;
      const { filter } = asked.parse(JSON.parse(Buffer.concat(chunks).toString("utf8") || "{}"));
      const messages = (filter?.message_ids ?? []).map(
        (id) => `{"message_id":${id},"created_at":"2026-11-18T20:58:04Z","user":{"id":"7","type":"Customer"},"data":["Message ${id}"],"is_read":false}`,
      );
      response.writeHead(200, { "content-type": "application/json" }).end(`{"has_next":false,"messages":[${messages.join(",")}]}`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    reads: () => reads,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
