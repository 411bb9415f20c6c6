import type { OffersPort } from "@/server/integrations/contract/offers";
import type { ConnectorContext } from "@/server/integrations/contract/ports";
import { openConnection, reportOutcome, syncNow } from "@/server/integrations/index";
import { conflict, invalid } from "@/server/platform/errors";
import type { Scope } from "@/server/platform/transaction";

export interface OffersAccess {
  readonly port: OffersPort;
  readonly context: ConnectorContext;
}

/** What the catalog needs of the integrations; tests put a fake in its place. */
export interface OffersGateway {
  /**
   * Reads rows and opens credentials, makes no request.
   * @throws AppError `connection.not_found`, `connection.inactive`, `catalog.no_offers`, what the vault throws.
   */
  open(scope: Scope, connectionId: string): Promise<OffersAccess>;
  /** Tells the connection's health how a call went; null = it worked. */
  report(workspaceId: string, connectionId: string, error: unknown): Promise<void>;
  /** Has the listings read anew: a service that compares before it sets no longer shows what we believe. */
  readAnew(workspaceId: string, connectionId: string): Promise<void>;
}

export const integrationsGateway: OffersGateway = {
  async open(scope, connectionId) {
    const { connector, connection, context } = await openConnection(scope, connectionId);
    if (connector.offers === undefined) throw invalid("catalog.no_offers");
    if (!connection.isActive) throw conflict("connection.inactive");
    return { port: connector.offers, context };
  },
  report: (workspaceId, connectionId, error) => reportOutcome(workspaceId, connectionId, error),
  async readAnew(workspaceId, connectionId) {
    await syncNow(workspaceId, { id: connectionId, streams: ["products"] }, { kind: "system" });
  },
};
