import { newId } from "@/lib/ids";
import { writeAudit } from "@/server/platform/audit";
import { type Clock, systemClock } from "@/server/platform/clock";
import { AppError } from "@/server/platform/errors";
import type { Prisma } from "@/server/platform/generated/client";
import { publish } from "@/server/platform/live";
import { logger } from "@/server/platform/logger";
import { inSystem, inWorkspace } from "@/server/platform/transaction";
import type { ConnectionFacts, Connector } from "../contract/connector";
import { ConnectorError } from "../contract/errors";
import { memoryTokens } from "../contract/memory-tokens";
import type { ConnectorContext } from "../contract/ports";
import type { TestResult } from "../schema";
import { storableJson } from "../sync/dead-letters";
import { hurryStreams } from "../sync/stream.repository";
import { activeConnections, updateConnection, writeHealth } from "./connection.repository";
import { type Actor, by, type Credentials, parseCredentials } from "./credentials";
import { requireConnector } from "./find-connector";
import { makeContext, openConnection } from "./open-connection";
import { CREDENTIALS_MISSING, type Health, healthOfFacts, healthOfFailure } from "./rules";

interface Verdict {
  readonly health: Health;
  readonly facts: ConnectionFacts | null;
}

/** Asks the service; a failed answer is a verdict, not an exception. */
async function ask(connector: Connector, context: ConnectorContext): Promise<Verdict> {
  try {
    const facts = await connector.test(context);
    return { health: healthOfFacts(facts), facts };
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    return { health: healthOfFailure({ kind: error.kind, retryAfterMs: error.retryAfterMs, params: error.params }, context.clock.now()), facts: null };
  }
}

function toResult({ health, facts }: Verdict, checkedAt: Date): TestResult {
  return {
    ok: health.state === "ok",
    health: { state: health.state, code: health.code, params: { ...health.params }, checkedAt },
    accountRef: facts?.accountRef ?? null,
    accountName: facts?.accountName ?? null,
    subscription: facts?.subscription ?? null,
    credentialsExpireAt: facts?.credentialsExpireAt ?? null,
    missingPermissions: (facts?.missingPermissions ?? []).map(({ capability, permission }) => ({ capability, permission })),
  };
}

export interface Draft {
  readonly connectorId: string;
  readonly credentials: Credentials;
  readonly baseUrl?: string | undefined;
}

/**
 * Tests what was typed before it is saved; nothing is stored but the recorded calls.
 * @throws AppError `connection.unknown_connector` | `connection.base_url_not_allowed`.
 */
export async function testDraft(workspaceId: string, draft: Draft, clock: Clock = systemClock): Promise<TestResult> {
  const connector = requireConnector(draft.connectorId);
  let credentials: Credentials;
  try {
    credentials = parseCredentials(connector, draft.credentials);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const health = { ...CREDENTIALS_MISSING, code: error.code.slice(error.code.indexOf(".") + 1), params: error.params };
    return toResult({ health, facts: null }, clock.now());
  }
  const context = makeContext({
    workspaceId,
    connector,
    connectionId: newId(),
    credentials,
    override: draft.baseUrl ?? null,
    facts: {},
    clock,
    tokens: memoryTokens(),
  });
  return toResult(await ask(connector, context), clock.now());
}

/**
 * Tests a stored connection and keeps what it learnt: health, facts, account, expiry. A success brings the streams forward.
 * @throws AppError `connection.not_found` and what `openConnection` throws.
 */
export async function testConnection(workspaceId: string, id: string, actor: Actor, clock: Clock = systemClock): Promise<TestResult> {
  const { connector, context, connection } = await inWorkspace(workspaceId, async (scope) => {
    const opened = await openConnection(scope, id, clock);
    await writeAudit(scope, { ...by(actor), action: "connection.credentials_used", subject: { type: "connection", id }, details: { purpose: "test" } });
    return opened;
  });
  const verdict = await ask(connector, context);
  const now = clock.now();
  await inWorkspace(workspaceId, async (scope) => {
    await writeHealth(scope, id, verdict.health, now);
    await updateConnection(scope, id, factColumns(verdict.facts));
    if (verdict.facts !== null && connection.health !== "ok") await hurryStreams(scope, id, now);
    await publish(scope.db, { workspaceId, topic: "connections", id });
  });
  return toResult(verdict, now);
}

function factColumns(facts: ConnectionFacts | null): Prisma.ConnectionUncheckedUpdateManyInput {
  if (facts === null) return {};
  return {
    facts: storableJson({
      ...facts.facts,
      accountName: facts.accountName,
      subscription: facts.subscription,
      missingPermissions: facts.missingPermissions.map(({ capability, permission }) => ({ capability, permission })),
    }),
    credentialsExpireAt: facts.credentialsExpireAt ?? null,
    ...(facts.accountRef === undefined ? {} : { accountRef: facts.accountRef }),
  };
}

export interface CredentialCheck {
  readonly workspaceId: string;
  readonly connectionId: string;
}

/** Every active connection of the installation. */
export async function connectionsToCheck(): Promise<CredentialCheck[]> {
  const rows = await inSystem((tx) => activeConnections(tx));
  return rows.map(({ id, workspaceId }) => ({ connectionId: id, workspaceId }));
}

/** The daily look at one connection: facts, health and expiry brought up to date. A connection removed meanwhile is no failure. */
export async function checkCredentials({ workspaceId, connectionId }: CredentialCheck, clock: Clock = systemClock): Promise<{ health: string }> {
  try {
    const result = await testConnection(workspaceId, connectionId, { kind: "system" }, clock);
    return { health: result.health.state };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "connection.not_found") throw error;
    logger.info({ connectionId }, "connection was removed before its check");
    return { health: "disabled" };
  }
}
