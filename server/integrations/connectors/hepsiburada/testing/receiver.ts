import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { RawDelivery, Reception, WebhookAccount } from "@/server/integrations/contract/webhook";
import { hepsiburadaWebhook } from "../webhook";

export interface Taken {
  readonly delivery: RawDelivery;
  readonly reception: Reception;
}

/** Our door in miniature: hands what arrives below `/door` to the port and answers what it says. */
export async function openReceiver(account: WebhookAccount): Promise<{ readonly url: string; readonly taken: readonly Taken[]; close(): Promise<void> }> {
  const taken: Taken[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const headers = Object.fromEntries(Object.entries(request.headers).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])));
      const subPath = (request.url ?? "").replace(/^\/door/, "");
      const delivery: RawDelivery = { subPath, method: request.method ?? "", body: new Uint8Array(Buffer.concat(chunks)), headers, receivedAt: new Date() };
      const reception = hepsiburadaWebhook.receive(delivery, account);
      taken.push({ delivery, reception });
      response.writeHead(reception.answer.status, { "content-type": reception.answer.contentType });
      response.end(reception.answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/door`,
    taken,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
