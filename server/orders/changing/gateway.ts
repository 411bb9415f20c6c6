import type { OrdersPort } from "@/server/integrations/contract/orders";
import type { ConnectorContext } from "@/server/integrations/contract/ports";
import { findConnector, openConnection, reportOutcome } from "@/server/integrations/index";
import { conflict, invalid, notFound } from "@/server/platform/errors";
import type { Scope } from "@/server/platform/transaction";
import { findLine } from "./change.repository";

export interface OrdersAccess {
  readonly port: OrdersPort;
  readonly context: ConnectorContext;
}

export interface OrdersDescription {
  /** Null: the connector has no orders (any more). */
  readonly port: OrdersPort | null;
  readonly facts: Readonly<Record<string, unknown>>;
  /** Why a change would have to wait now (`integrations.health.<code>`), or null. */
  readonly delayCode: string | null;
}

/** What the orders room needs of the integrations; tests put a fake in its place. */
export interface OrdersGateway {
  /**
   * Opens a connection for one piece of work: reads rows and opens credentials, makes no request.
   * @throws AppError `connection.not_found`, `connection.inactive`, `connection.no_orders`, what the vault throws.
   */
  open(scope: Scope, connectionId: string): Promise<OrdersAccess>;
  /** The rules and the state of the line, without credentials. */
  describe(scope: Scope, connectionId: string): Promise<OrdersDescription>;
  /** Tells the connection's health how a call went; null = it worked. */
  report(workspaceId: string, connectionId: string, error: unknown): Promise<void>;
}

/** Only a definite answer about the key blocks changes; everything else is tried. */
const BLOCKING: ReadonlySet<string> = new Set(["credentials_rejected", "credentials_missing"]);
const WAITING: ReadonlySet<string> = new Set(["auth_failed", "throttled", "unreachable"]);

export function isBlocked({ delayCode }: OrdersDescription): boolean {
  return delayCode !== null && BLOCKING.has(delayCode);
}

async function describe(scope: Scope, connectionId: string): Promise<OrdersDescription> {
  const line = await findLine(scope, connectionId);
  if (line === null) throw notFound("connection.not_found");
  const delayCode = line.isActive ? (WAITING.has(line.health) ? line.healthCode : null) : "paused";
  return { port: findConnector(line.connectorId)?.orders ?? null, facts: isRecord(line.facts) ? line.facts : {}, delayCode };
}

async function open(scope: Scope, connectionId: string): Promise<OrdersAccess> {
  const { connector, connection, context } = await openConnection(scope, connectionId);
  if (connector.orders === undefined) throw invalid("connection.no_orders");
  if (!connection.isActive) throw conflict("connection.inactive");
  return { port: connector.orders, context };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export const integrationsGateway: OrdersGateway = {
  open,
  describe,
  report: (workspaceId, connectionId, error) => reportOutcome(workspaceId, connectionId, error),
};
