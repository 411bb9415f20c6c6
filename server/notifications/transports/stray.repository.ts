import { inSystem } from "@/server/platform/transaction";

/** Questions asked before the workspace is known: by the webhook's address, and by the minute timer for all workspaces. */
export async function findWebhookTransport(tokenHash: string): Promise<{ id: string; workspaceId: string } | null> {
  return inSystem((tx) => tx.noticeTransport.findUnique({ where: { webhookTokenHash: tokenHash }, select: { id: true, workspaceId: true } }));
}

/** Whether another workspace of this installation has the bot: a bot has one listener. */
export async function isBotElsewhere(botId: string, workspaceId: string): Promise<boolean> {
  const where = { kind: "telegram", NOT: { workspaceId }, state: { path: ["botId"], equals: botId } };
  return (await inSystem((tx) => tx.noticeTransport.count({ where }))) > 0;
}

/** Workspaces whose active bot is asked for news instead of being called by Telegram. */
export async function pollingWorkspaces(): Promise<string[]> {
  const rows = await inSystem((tx) =>
    tx.noticeTransport.findMany({ where: { kind: "telegram", isActive: true, webhookTokenHash: null }, select: { workspaceId: true } }),
  );
  return rows.map((row) => row.workspaceId);
}
