import { writeAudit } from "@/server/platform/audit";
import { type Clock, systemClock } from "@/server/platform/clock";
import { hashToken, newToken } from "@/server/platform/crypto";
import { invalid } from "@/server/platform/errors";
import { inWorkspace } from "@/server/platform/transaction";
import { updateConnection } from "../connections/connection.repository";
import { type Actor, by } from "../connections/credentials";
import { openConnection } from "../connections/open-connection";
import { webhookAddress } from "./own-address";
import { closeTest, openTest } from "./test.repository";

/** Services knock at a new address while they are told of it. */
const TRIAL_MS = 120_000;

/**
 * Makes a new webhook address and tells the service of it. The old one counts until the service has taken the new one, so a
 * refusal leaves everything as it was; while the service tries the new one, both are open.
 * @throws AppError `connection.not_found` | `connection.no_webhook` | `connection.no_subscription`, ConnectorError of the service.
 */
export async function subscribeWebhook(workspaceId: string, id: string, actor: Actor, clock: Clock = systemClock): Promise<void> {
  const { connector, context } = await inWorkspace(workspaceId, (scope) => openConnection(scope, id, clock));
  const { webhook } = connector;
  if (webhook === undefined) throw invalid("connection.no_webhook");
  if (webhook.subscribe === undefined) throw invalid("connection.no_subscription");
  const token = newToken();
  const tokenHash = hashToken(token);
  const trial = await inWorkspace(workspaceId, (scope) => openTest(scope, id, tokenHash, new Date(clock.now().getTime() + TRIAL_MS)));
  try {
    await webhook.subscribe(context, webhookAddress(connector.id, token));
    const now = clock.now();
    await inWorkspace(workspaceId, async (scope) => {
      await updateConnection(scope, id, { webhookTokenHash: tokenHash, pushesSubscribedAt: now, pushesCheckedAt: now, pushesErrorCode: null });
      await writeAudit(scope, { ...by(actor), action: "connection.webhook_subscribed", subject: { type: "connection", id } });
    });
  } finally {
    await inWorkspace(workspaceId, (scope) => closeTest(scope, trial));
  }
}
