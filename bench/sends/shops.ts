import { randomUUID } from "node:crypto";

/** The simulated seller; it is counted 50 calls a second. */
const SELLER = { clientId: "1005001", apiKey: "5a1d0000-0000-4000-8000-000000001005" } as const;

export interface Shop {
  readonly workspaceId: string;
  readonly userId: string;
  readonly clientId: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly conversations: readonly { readonly id: string; readonly chatId: string }[];
}

/** A workspace with the seller's connection, its conversations read in. */
export async function openShop({ clientId, apiKey } = SELLER): Promise<Shop> {
  const { db } = await import("@/server/platform/db");
  const { createConnection, syncNow, testConnection } = await import("@/server/integrations/index");
  const { runPages } = await import("@/server/sync/index");
  const [workspaceId, organizationId, userId] = [randomUUID(), randomUUID(), randomUUID()];
  await db.workspace.create({ data: { id: workspaceId, name: `Seller ${clientId}`, organizations: { create: { id: organizationId, name: clientId } } } });
  const actor = { kind: "system" };
  const input = { connectorId: "ozon", organizationId, name: clientId, credentials: { clientId, apiKey }, isActive: true, autoSync: true, streams: [] };
  const connectionId = await createConnection(workspaceId, input, actor);
  await testConnection(workspaceId, connectionId, actor);
  const [run] = await syncNow(workspaceId, { id: connectionId, streams: ["chats"] }, actor);
  if (run === undefined) throw new Error("no run was queued");
  let done = false;
  while (!done) done = (await runPages({ workspaceId, runId: run.id, connectionId, stream: "chats" }, 60_000)).done;
  const conversations = await db.conversation.findMany({ where: { connectionId }, select: { id: true, externalId: true }, orderBy: { id: "asc" } });
  return {
    workspaceId,
    userId,
    clientId,
    headers: { "client-id": clientId, "api-key": apiKey },
    conversations: conversations.map(({ id, externalId }) => ({ id, chatId: externalId })),
  };
}
