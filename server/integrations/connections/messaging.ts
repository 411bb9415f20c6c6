import { type Clock, systemClock } from "@/server/platform/clock";
import { conflict, invalid } from "@/server/platform/errors";
import { publish } from "@/server/platform/live";
import { inWorkspace, type Scope } from "@/server/platform/transaction";
import { ConnectorError, type FailureKind } from "../contract/errors";
import type { ConnectorContext, MessagingPort } from "../contract/ports";
import { healthStateSchema } from "../schema";
import { findConnection, writeHealth } from "./connection.repository";
import { requireConnector } from "./find-connector";
import { openConnection } from "./open-connection";
import { healthAfterSuccess, healthOfFailure, OWN_PACE } from "./rules";
import { requireConnection } from "./save-connection";

/**
 * Opens a connection for writing to buyers. Makes no request.
 * @throws AppError `connection.not_found` | `connection.inactive` | `connection.no_messaging`, and what `openConnection` throws.
 */
export async function openMessaging(scope: Scope, id: string, clock: Clock = systemClock): Promise<{ port: MessagingPort; context: ConnectorContext }> {
  const { connector, connection, context } = await openConnection(scope, id, clock);
  if (connector.messaging === undefined) throw invalid("connection.no_messaging");
  if (!connection.isActive) throw conflict("connection.inactive");
  return { port: connector.messaging, context };
}

/**
 * The rules and the state of the line, without opening credentials.
 * @returns `delayCode`: why a message would have to wait now (`integrations.health.<code>`), or null.
 * @throws AppError `connection.not_found` | `connection.no_messaging`.
 */
export async function describeMessaging(
  scope: Scope,
  id: string,
): Promise<{ port: MessagingPort; facts: Readonly<Record<string, unknown>>; delayCode: string | null }> {
  const connection = await requireConnection(scope, id);
  const port = requireConnector(connection.connectorId).messaging;
  if (port === undefined) throw invalid("connection.no_messaging");
  const waits = ["auth_failed", "throttled", "unreachable"].includes(connection.health);
  const facts = typeof connection.facts === "object" && connection.facts !== null && !Array.isArray(connection.facts) ? connection.facts : {};
  return { port, facts, delayCode: connection.isActive ? (waits ? connection.healthCode : null) : "paused" };
}

/** Failures that tell of the connection; the others tell of the one message that was refused. */
const OF_THE_CONNECTION: ReadonlySet<FailureKind> = new Set(["auth", "forbidden", "subscription", "rate-limited", "unavailable", "timeout"]);

/** Tells a connection's health how a call of another room went; `null` = it worked. Errors that are not the service's change nothing. */
export async function reportOutcome(workspaceId: string, id: string, error: unknown, clock: Clock = systemClock): Promise<void> {
  const failure = error instanceof ConnectorError && OF_THE_CONNECTION.has(error.kind) && error.code !== OWN_PACE ? error : null;
  if (error !== null && failure === null) return;
  await inWorkspace(workspaceId, async (scope) => {
    const connection = await findConnection(scope, id);
    if (connection === null) return;
    const now = clock.now();
    const before = healthStateSchema.parse(connection.health);
    const health =
      failure === null ? healthAfterSuccess(before) : healthOfFailure({ kind: failure.kind, retryAfterMs: failure.retryAfterMs, params: failure.params }, now);
    if (health === null) return;
    await writeHealth(scope, id, health, now);
    if (health.state !== before) await publish(scope.db, { workspaceId, topic: "connections", id });
  });
}
