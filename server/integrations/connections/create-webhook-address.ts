import { writeAudit } from "@/server/platform/audit";
import { hashToken, newToken } from "@/server/platform/crypto";
import { invalid } from "@/server/platform/errors";
import { inWorkspace } from "@/server/platform/transaction";
import { webhookAddress } from "../intake/own-address";
import { updateConnection } from "./connection.repository";
import { type Actor, by } from "./credentials";
import { requireConnector } from "./find-connector";
import { requireConnection } from "./save-connection";

/**
 * Makes the connection's webhook address, and thereby ends the one before. It is shown this once: only a hash is kept.
 * @throws AppError `connection.not_found` | `connection.no_webhook`.
 */
export async function createWebhookAddress(workspaceId: string, id: string, actor: Actor): Promise<{ url: string }> {
  const token = newToken();
  return inWorkspace(workspaceId, async (scope) => {
    const row = await requireConnection(scope, id);
    if (requireConnector(row.connectorId).webhook === undefined) throw invalid("connection.no_webhook");
    await updateConnection(scope, id, { webhookTokenHash: hashToken(token), pushesSubscribedAt: null, pushesCheckedAt: null, pushesErrorCode: null });
    await writeAudit(scope, { ...by(actor), action: "connection.webhook_address_created", subject: { type: "connection", id } });
    return { url: webhookAddress(row.connectorId, token) };
  });
}
