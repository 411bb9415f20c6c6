import { newId } from "@/lib/ids";
import { writeAudit } from "@/server/platform/audit";
import { type Clock, systemClock } from "@/server/platform/clock";
import { invalid, notFound } from "@/server/platform/errors";
import { publish } from "@/server/platform/live";
import { inWorkspace, type Scope } from "@/server/platform/transaction";
import type { Connector, StreamId } from "../contract/connector";
import type { CreateConnectionInput, UpdateConnectionInput } from "../schema";
import { allowedInterval } from "../sync/rules";
import { hurryStreams, setStream } from "../sync/stream.repository";
import { resolveBaseUrl } from "./base-url";
import { findConnection, insertConnection, lockConnection, organizationExists, updateConnection } from "./connection.repository";
import { type Actor, by, loadCredentials, parseCredentials, storeCredentials } from "./credentials";
import { requireConnector } from "./find-connector";

interface StreamSetting {
  readonly stream: StreamId;
  readonly isEnabled: boolean;
  readonly intervalSeconds: number;
}

/**
 * Adds a connection with all streams of its connector, due at once.
 * @returns its id.
 * @throws AppError `connection.unknown_connector` | `connection.credentials_missing` | `connection.credentials_malformed` |
 *   `connection.unknown_organization` | `connection.unknown_stream` | `connection.base_url_not_allowed`.
 */
export async function createConnection(workspaceId: string, input: CreateConnectionInput, actor: Actor, clock: Clock = systemClock): Promise<string> {
  const connector = requireConnector(input.connectorId);
  const credentials = parseCredentials(connector, input.credentials);
  if (input.baseUrl !== undefined) resolveBaseUrl(connector, input.baseUrl);
  checkStreams(connector, input.streams);
  const id = newId();
  const now = clock.now();
  await inWorkspace(workspaceId, async (scope) => {
    await requireOrganization(scope, input.organizationId);
    await insertConnection(scope, {
      id,
      connectorId: connector.id,
      organizationId: input.organizationId,
      name: input.name,
      isActive: input.isActive,
      autoSync: input.autoSync,
      baseUrl: input.baseUrl ?? null,
      streams: connector.streams.map((descriptor) => {
        const setting = input.streams.find((entry) => entry.stream === descriptor.id);
        return {
          id: newId(),
          stream: descriptor.id,
          isEnabled: setting?.isEnabled ?? true,
          intervalSeconds: allowedInterval(descriptor, setting?.intervalSeconds),
          nextDueAt: now,
        };
      }),
    });
    await storeCredentials(scope, connector, id, credentials, actor);
    await writeAudit(scope, {
      ...by(actor),
      action: "connection.created",
      subject: { type: "connection", id },
      details: { connector: connector.id, name: input.name },
    });
    await publish(scope.db, { workspaceId, topic: "connections", id });
  });
  return id;
}

/**
 * Changes what is given and nothing else. Fields of the credentials that are absent or empty keep their stored value.
 * @throws AppError `connection.not_found` and those of `createConnection`.
 */
export async function changeConnection(workspaceId: string, input: UpdateConnectionInput, actor: Actor, clock: Clock = systemClock): Promise<void> {
  await inWorkspace(workspaceId, async (scope) => {
    const row = await lockConnection(scope, input.id);
    if (row === null) throw notFound("connection.not_found");
    const connector = requireConnector(row.connectorId);
    checkStreams(connector, input.streams ?? []);
    if (input.organizationId !== undefined) await requireOrganization(scope, input.organizationId);
    await updateConnection(scope, row.id, {
      ...(input.name === undefined ? {} : { name: input.name }),
      ...(input.organizationId === undefined ? {} : { organizationId: input.organizationId }),
      ...(input.autoSync === undefined ? {} : { autoSync: input.autoSync }),
    });
    for (const setting of input.streams ?? []) await changeStream(scope, connector, row.id, setting);
    const typed = Object.entries(input.credentials ?? {}).filter(([, value]) => value !== "");
    if (typed.length > 0) await replaceCredentials(scope, connector, row.id, Object.fromEntries(typed), actor, clock.now());
    await writeAudit(scope, {
      ...by(actor),
      action: "connection.changed",
      subject: { type: "connection", id: row.id },
      details: { fields: changedFields(input) },
    });
    await publish(scope.db, { workspaceId, topic: "connections", id: row.id });
  });
}

async function changeStream(scope: Scope, connector: Connector, connectionId: string, setting: StreamSetting): Promise<void> {
  const descriptor = connector.streams.find((entry) => entry.id === setting.stream);
  if (descriptor === undefined) return;
  await setStream(scope, connectionId, setting.stream, { isEnabled: setting.isEnabled, intervalSeconds: allowedInterval(descriptor, setting.intervalSeconds) });
}

/** A new key deserves a new chance: health is unknown again and the streams are due at once. */
async function replaceCredentials(
  scope: Scope,
  connector: Connector,
  connectionId: string,
  typed: Readonly<Record<string, string>>,
  actor: Actor,
  now: Date,
): Promise<void> {
  const merged = parseCredentials(connector, { ...(await loadCredentials(scope, connectionId)), ...typed });
  await storeCredentials(scope, connector, connectionId, merged, actor);
  await updateConnection(scope, connectionId, { health: "unknown", healthCode: null, healthParams: {}, healthCheckedAt: null, credentialsExpireAt: null });
  await hurryStreams(scope, connectionId, now);
}

function changedFields(input: UpdateConnectionInput): string[] {
  return Object.entries(input)
    .filter(([name, value]) => name !== "id" && value !== undefined)
    .map(([name]) => name);
}

function checkStreams(connector: Connector, settings: readonly StreamSetting[]): void {
  const unknown = settings.find((setting) => !connector.streams.some((descriptor) => descriptor.id === setting.stream));
  if (unknown !== undefined) throw invalid("connection.unknown_stream", { stream: unknown.stream });
}

async function requireOrganization(scope: Scope, id: string): Promise<void> {
  if (!(await organizationExists(scope, id))) throw invalid("connection.unknown_organization");
}

/** @throws AppError `connection.not_found`. */
export async function requireConnection(scope: Scope, id: string) {
  const row = await findConnection(scope, id);
  if (row === null) throw notFound("connection.not_found");
  return row;
}
