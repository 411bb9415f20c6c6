import { type Clock, systemClock } from "@/server/platform/clock";
import { HttpFailure } from "@/server/platform/http/failure";
import { createRemoteHttp } from "@/server/platform/http/remote-http";
import type { Scope } from "@/server/platform/transaction";
import type { Connector } from "../contract/connector";
import { ConnectorError } from "../contract/errors";
import type { RemoteHttp } from "../contract/http";
import type { ConnectorContext, TokenStore } from "../contract/ports";
import { resolveBaseUrl, resolveHosts } from "./base-url";
import type { ConnectionRow } from "./connection.repository";
import { type Credentials, loadCredentials } from "./credentials";
import { requireConnector } from "./find-connector";
import { OWN_PACE } from "./rules";
import { requireConnection } from "./save-connection";
import { storedTokens } from "./token-store";

/** A connection ready for work: its connector and the context its ports take. Not bound to the transaction it was opened in. */
export interface OpenConnection {
  readonly connector: Connector;
  readonly connection: ConnectionRow;
  readonly context: ConnectorContext;
}

/**
 * Opens the credentials of a connection and builds its context: time-outs, shared limits, circuit breaker, SSRF guard and
 * the call log come with `context.http`. Remote calls are made after the transaction, never inside it.
 * @throws AppError `connection.not_found` | `connection.credentials_missing` | `connection.unknown_connector` |
 *   `connection.base_url_not_allowed`, or what the vault throws.
 */
export async function openConnection(scope: Scope, id: string, clock: Clock = systemClock): Promise<OpenConnection> {
  const connection = await requireConnection(scope, id);
  const connector = requireConnector(connection.connectorId);
  const credentials = await loadCredentials(scope, id);
  const facts = isRecord(connection.facts) ? connection.facts : {};
  return {
    connector,
    connection,
    context: makeContext({
      workspaceId: scope.workspaceId,
      connector,
      connectionId: id,
      credentials,
      override: connection.baseUrl,
      facts,
      clock,
      tokens: storedTokens(scope.workspaceId, id, clock),
    }),
  };
}

export interface ContextParts {
  readonly workspaceId: string;
  readonly connector: Connector;
  readonly connectionId: string;
  readonly credentials: Credentials;
  readonly override: string | null;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly clock: Clock;
  readonly tokens: TokenStore;
}

export function makeContext({ workspaceId, connector, connectionId, credentials, override, facts, clock, tokens }: ContextParts): ConnectorContext {
  const baseUrl = resolveBaseUrl(connector, override, undefined, credentials);
  const secrets = connector.credentials.fields.flatMap((field) => (field.secret ? [credentials[field.name] ?? ""] : [])).filter((value) => value !== "");
  const http = createRemoteHttp({
    workspaceId,
    connectionId,
    baseUrl,
    hosts: resolveHosts(connector, baseUrl, credentials),
    limits: connector.limits(credentials, facts),
    parallel: connector.parallel,
    limitKey: `${connector.id}:${connector.limitKey(credentials)}`,
    secrets,
    clock,
  });
  return { connectionId, credentials, baseUrl, facts, http: inContractTerms(http), clock, tokens };
}

/** The kit knows nothing of connectors; its failures become the contract's here. */
function inContractTerms(http: RemoteHttp): RemoteHttp {
  return {
    async send(request) {
      try {
        return await http.send(request);
      } catch (error) {
        if (!(error instanceof HttpFailure)) throw error;
        const options = { retryAfterMs: error.retryAfterMs, mayHaveTakenEffect: error.mayHaveTakenEffect, params: error.params, cause: error };
        // A refusal is our own: a forbidden address or a malformed request never left us and never will.
        throw error.kind === "refused"
          ? new ConnectorError("invalid", error.code, options)
          : new ConnectorError(error.kind, error.kind === "rate-limited" ? OWN_PACE : `remote.${error.kind}`, options);
      }
    },
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
