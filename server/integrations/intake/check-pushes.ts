import { type Clock, systemClock } from "@/server/platform/clock";
import { hashToken } from "@/server/platform/crypto";
import { AppError, describeError } from "@/server/platform/errors";
import { publish } from "@/server/platform/live";
import { logger } from "@/server/platform/logger";
import { inSystem, inWorkspace } from "@/server/platform/transaction";
import { subscribedConnections, updateConnection } from "../connections/connection.repository";
import { openConnection } from "../connections/open-connection";
import { ConnectorError } from "../contract/errors";
import { tokenInAddress } from "./own-address";
import { subscribeWebhook } from "./subscribe-webhook";

export interface PushCheck {
  readonly workspaceId: string;
  readonly connectionId: string;
}

/** ok: everything is pushed to us · mended: something was missing, and the service was told again · failed: it would not be told · skipped: nothing to check any more. */
export type PushCheckResult = "ok" | "mended" | "failed" | "skipped";

/** Every active connection of the installation whose service was told our address by itself. */
export async function connectionsWithPushes(): Promise<PushCheck[]> {
  const rows = await inSystem((tx) => subscribedConnections(tx));
  return rows.map(({ id, workspaceId }) => ({ connectionId: id, workspaceId }));
}

/**
 * Asks the service whether its subscriptions still exist and point at this connection's address; what is missing is subscribed anew, at a
 * new address. What the service refuses for good is kept on the connection, which alerts tell of; an outage is thrown, to be tried again.
 * @throws ConnectorError that is worth another try.
 */
export async function checkPushes({ workspaceId, connectionId }: PushCheck, clock: Clock = systemClock): Promise<PushCheckResult> {
  try {
    const { connector, connection, context } = await inWorkspace(workspaceId, (scope) => openConnection(scope, connectionId, clock));
    const check = connector.webhook?.checkPushes;
    if (check === undefined || connection.pushesSubscribedAt === null || !connection.isActive) return "skipped";
    const isOurs = (address: string) => {
      const token = tokenInAddress(connector.id, address);
      return token !== null && hashToken(token) === connection.webhookTokenHash;
    };
    const { missing } = await check(context, isOurs);
    if (missing.length > 0) {
      logger.warn({ connectionId, missing }, "subscriptions for pushes were gone; subscribing again");
      await subscribeWebhook(workspaceId, connectionId, { kind: "system" }, clock);
    } else await note(workspaceId, connectionId, null, clock.now());
    return missing.length > 0 ? "mended" : "ok";
  } catch (error) {
    if (error instanceof AppError && error.code === "connection.not_found") return "skipped";
    if (!(error instanceof ConnectorError) || error.retryable) throw error;
    logger.warn({ connectionId, err: describeError(error) }, "subscriptions for pushes could not be mended");
    await note(workspaceId, connectionId, error.code, clock.now());
    return "failed";
  }
}

async function note(workspaceId: string, id: string, pushesErrorCode: string | null, pushesCheckedAt: Date): Promise<void> {
  await inWorkspace(workspaceId, async (scope) => {
    await updateConnection(scope, id, { pushesErrorCode, pushesCheckedAt });
    await publish(scope.db, { workspaceId, topic: "connections", id });
  });
}
