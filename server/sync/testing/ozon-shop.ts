import { randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createSandboxControl, type SandboxControl } from "@/sandbox/control/client";
import { type SandboxOptions, startSandbox } from "@/sandbox/server";
import { DEFAULT_API_KEY, DEFAULT_CLIENT_ID } from "@/server/integrations/connectors/ozon/sandbox";
import { answerPush, createConnection, createWebhookAddress, syncNow } from "@/server/integrations/index";
import { db } from "@/server/platform/db";
import { runNextPage } from "../index";
import { workOff } from "./work-off";

type Stream = "chats" | "sales" | "products";
const ACTOR = { kind: "system" };

/** A workspace connected to the Ozon simulator over real HTTP in both directions. */
export interface OzonShop {
  readonly workspaceId: string;
  readonly connectionId: string;
  readonly sandbox: SandboxControl;
  /** Messages of buyer chats as the service has them. */
  truth(): Promise<string[]>;
  held(): Promise<string[]>;
  /** One run to its end; waits of the service are not sat out. */
  sync(stream: Stream): Promise<Awaited<ReturnType<typeof db.syncRun.findUniqueOrThrow>>>;
  /** Registers our webhook address with the simulator, handshake included. */
  listen(): Promise<{ url: string }>;
  /** What the durable function does with every stored push. */
  processPushes(): Promise<void>;
  close(): Promise<void>;
}

export async function openOzonShop(options: SandboxOptions = {}): Promise<OzonShop> {
  const running = await startSandbox({ scenario: "small", ...options });
  const sandbox = createSandboxControl(running.url);
  const workspaceId = randomUUID();
  const organizationId = randomUUID();
  await db.workspace.create({ data: { id: workspaceId, name: "Ozon shop", organizations: { create: { id: organizationId, name: "Seller LLC" } } } });
  const connectionId = await createConnection(
    workspaceId,
    {
      connectorId: "ozon",
      organizationId,
      name: "Ozon",
      credentials: { clientId: DEFAULT_CLIENT_ID, apiKey: DEFAULT_API_KEY },
      isActive: true,
      autoSync: true,
      streams: [],
      baseUrl: running.baseUrl("ozon"),
    },
    ACTOR,
  );
  const doors: Server[] = [];
  return {
    workspaceId,
    connectionId,
    sandbox,
    async truth() {
      const chats = (await sandbox.ozon.chats({ limit: 10_000 })).filter((chat) => chat.type.startsWith("BUYER_SELLER"));
      const ids = await Promise.all(chats.map(async (chat) => (await sandbox.ozon.messages({ chatId: chat.chatId })).map((message) => message.messageId)));
      return ids.flat().sort();
    },
    async held() {
      return (await db.message.findMany({ where: { connectionId }, select: { externalId: true } })).map((row) => row.externalId ?? "").sort();
    },
    async sync(stream) {
      const [run] = await syncNow(workspaceId, { id: connectionId, streams: [stream] }, ACTOR);
      const ref = { workspaceId, connectionId, stream, runId: run?.id ?? "" };
      for (let turn = 0; turn < 300 && !(await runNextPage(ref)).done; turn += 1);
      return db.syncRun.findUniqueOrThrow({ where: { id: ref.runId } });
    },
    async listen() {
      const { url } = await createWebhookAddress(workspaceId, connectionId, ACTOR);
      const door = await openDoor();
      doors.push(door);
      const address = `http://127.0.0.1:${(door.address() as AddressInfo).port}${new URL(url).pathname}`;
      await sandbox.ozon.registerPush({ url: address });
      return { url: address };
    },
    async processPushes() {
      await workOff({ workspaceId, connectionId });
    },
    async close() {
      for (const door of doors) door.close();
      await running.stop();
    },
  };
}

/** The door as it stands in front of Next, on a bare server. */
async function openDoor(): Promise<Server> {
  const server = createServer((request, response) => {
    if (!answerPush(request, response)) response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}
