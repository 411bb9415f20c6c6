import type { ConnectorContext, MessagingPort } from "@/server/integrations/contract/ports";
import { describeMessaging, openMessaging, reportOutcome } from "@/server/integrations/index";
import type { Scope } from "@/server/platform/transaction";

export interface MessagingAccess {
  readonly port: MessagingPort;
  readonly context: ConnectorContext;
}

export interface MessagingDescription {
  readonly port: MessagingPort;
  readonly facts: Readonly<Record<string, unknown>>;
  /** Why a message would have to wait now (`integrations.health.<code>`), or null. */
  readonly delayCode: string | null;
}

/** What the inbox needs of the integrations; tests put a fake in its place. */
export interface MessagingGateway {
  /**
   * Opens a connection for one piece of work: reads rows and opens credentials, makes no request.
   * @throws AppError `connection.not_found`, `connection.inactive`, `connection.no_messaging`, what the vault throws.
   */
  open(scope: Scope, connectionId: string): Promise<MessagingAccess>;
  /** The rules and the state of the line, without credentials. */
  describe(scope: Scope, connectionId: string): Promise<MessagingDescription>;
  /** Tells the connection's health how a call went; null = it worked. */
  report(workspaceId: string, connectionId: string, error: unknown): Promise<void>;
}

/** Only a definite answer about the key blocks sending; everything else is tried. */
const BLOCKING: ReadonlySet<string> = new Set(["credentials_rejected", "credentials_missing"]);

export function isBlocked({ delayCode }: MessagingDescription): boolean {
  return delayCode !== null && BLOCKING.has(delayCode);
}

export const integrationsGateway: MessagingGateway = {
  open: (scope, connectionId) => openMessaging(scope, connectionId),
  describe: describeMessaging,
  report: (workspaceId, connectionId, error) => reportOutcome(workspaceId, connectionId, error),
};
