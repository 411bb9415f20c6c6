import { newId } from "@/lib/ids";
import { emit } from "@/server/platform/events";
import type { Prisma } from "@/server/platform/generated/client";
import type { Scope, Tx } from "@/server/platform/transaction";
import type { StreamId } from "../contract/connector";
import { healthChanged } from "../events";
import type { Health } from "./rules";

/** All queries on connections and their sealed credentials. Removed connections are invisible everywhere. */
const cardInclude = {
  credential: { select: { hints: true, version: true, updatedAt: true } },
  streams: { orderBy: { stream: "asc" } },
} as const satisfies Prisma.ConnectionInclude;

export type ConnectionRow = Prisma.ConnectionGetPayload<object>;
export type ConnectionCard = Prisma.ConnectionGetPayload<{ include: typeof cardInclude }>;

export interface NewConnection {
  readonly id: string;
  readonly connectorId: string;
  readonly organizationId: string;
  readonly name: string;
  readonly isActive: boolean;
  readonly autoSync: boolean;
  readonly baseUrl: string | null;
  readonly streams: readonly {
    readonly id: string;
    readonly stream: StreamId;
    readonly isEnabled: boolean;
    readonly intervalSeconds: number;
    readonly nextDueAt: Date;
  }[];
}

export interface SealedCredentials {
  readonly vaultKeyId: string;
  readonly sealed: Uint8Array<ArrayBuffer>;
  readonly hints: Readonly<Record<string, string>>;
}

export async function insertConnection({ workspaceId, db }: Scope, connection: NewConnection): Promise<void> {
  const { streams, ...fields } = connection;
  await db.connection.create({ data: { ...fields, workspaceId } });
  await db.syncStream.createMany({ data: streams.map((stream) => ({ ...stream, workspaceId, connectionId: connection.id })) });
}

export async function putCredentials({ workspaceId, db }: Scope, connectionId: string, credentials: SealedCredentials): Promise<void> {
  const data = { vaultKeyId: credentials.vaultKeyId, sealed: credentials.sealed, hints: { ...credentials.hints } };
  await db.connectionCredential.upsert({
    where: { connectionId, workspaceId },
    create: { ...data, connectionId, workspaceId },
    update: { ...data, version: { increment: 1 } },
  });
}

export async function findConnection({ workspaceId, db }: Scope, id: string): Promise<ConnectionRow | null> {
  return db.connection.findFirst({ where: { id, workspaceId, removedAt: null } });
}

/** Serialises changes of one connection with each other. */
export async function lockConnection(scope: Scope, id: string): Promise<ConnectionRow | null> {
  await scope.db.$queryRaw`SELECT id FROM connection WHERE id = ${id}::uuid AND workspace_id = ${scope.workspaceId}::uuid FOR UPDATE`;
  return findConnection(scope, id);
}

export async function findCredentials(
  { workspaceId, db }: Scope,
  connectionId: string,
): Promise<{ sealed: Uint8Array; vaultKeyId: string; version: number; updatedAt: Date; hints: Prisma.JsonValue } | null> {
  return db.connectionCredential.findFirst({
    where: { connectionId, workspaceId },
    select: { sealed: true, vaultKeyId: true, version: true, updatedAt: true, hints: true },
  });
}

export async function findCard({ workspaceId, db }: Scope, id: string): Promise<ConnectionCard | null> {
  return db.connection.findFirst({ where: { id, workspaceId, removedAt: null }, include: cardInclude });
}

export async function listCards({ workspaceId, db }: Scope): Promise<ConnectionCard[]> {
  return db.connection.findMany({ where: { workspaceId, removedAt: null }, include: cardInclude, orderBy: [{ name: "asc" }, { id: "asc" }] });
}

export async function organizationExists({ workspaceId, db }: Scope, id: string): Promise<boolean> {
  return (await db.organization.count({ where: { id, workspaceId, archivedAt: null } })) === 1;
}

export async function updateConnection({ workspaceId, db }: Scope, id: string, data: Prisma.ConnectionUncheckedUpdateManyInput): Promise<boolean> {
  const { count } = await db.connection.updateMany({ where: { id, workspaceId, removedAt: null }, data });
  return count === 1;
}

/** The marketplace, or our way to it, is down: reply deadlines may stand still while a connection does so. */
const OUTAGE: ReadonlySet<string> = new Set(["unreachable", "throttled"]);

/**
 * Notes how a connection does. An outage is kept from its first moment to its last; a change of state is an event, so that people hear of it once.
 */
export async function writeHealth(scope: Scope, id: string, health: Health, at: Date): Promise<void> {
  const before = await scope.db.connection.findFirst({ where: { id, workspaceId: scope.workspaceId }, select: { health: true } });
  await updateConnection(scope, id, { health: health.state, healthCode: health.code, healthParams: { ...health.params }, healthCheckedAt: at });
  if (before === null || before.health === health.state) return;
  if (OUTAGE.has(health.state)) await beginOutage(scope, id, health, at);
  else await endOutage(scope, id, at);
  await emit(scope.db, [
    healthChanged.create({ workspaceId: scope.workspaceId, connectionId: id, before: before.health, state: health.state, code: health.code }),
  ]);
}

async function beginOutage(scope: Scope, connectionId: string, health: Health, at: Date): Promise<void> {
  await scope.db.$executeRaw`
    INSERT INTO connection_outage (id, workspace_id, connection_id, started_at, code) VALUES (${newId()}::uuid, ${scope.workspaceId}::uuid, ${connectionId}::uuid, ${at}::timestamptz, ${health.code ?? health.state})
    ON CONFLICT (connection_id) WHERE ended_at IS NULL DO NOTHING`;
}

async function endOutage(scope: Scope, connectionId: string, at: Date): Promise<boolean> {
  const ended = await scope.db.$executeRaw`
    UPDATE connection_outage SET ended_at = greatest(started_at, ${at}::timestamptz) WHERE workspace_id = ${scope.workspaceId}::uuid AND connection_id = ${connectionId}::uuid AND ended_at IS NULL`;
  return ended > 0;
}

/** Nobody looks at a paused or removed connection any more, so it is not known to be down. */
export async function endWatch(scope: Scope, connectionId: string, at: Date): Promise<void> {
  if (!(await endOutage(scope, connectionId, at))) return;
  await emit(scope.db, [healthChanged.create({ workspaceId: scope.workspaceId, connectionId, before: "unreachable", state: "disabled", code: null })]);
}

/** Sealed credentials go for good; what was received stays. */
export async function forgetConnection(scope: Scope, id: string, at: Date): Promise<boolean> {
  const { workspaceId, db } = scope;
  await endWatch(scope, id, at);
  const { count } = await db.connection.updateMany({
    where: { id, workspaceId, removedAt: null },
    data: { removedAt: at, isActive: false, webhookTokenHash: null, health: "disabled" },
  });
  await db.connectionCredential.deleteMany({ where: { connectionId: id, workspaceId } });
  return count === 1;
}

/** Every active connection of the installation, for the daily check of keys. Outside any workspace. */
export async function activeConnections(tx: Tx): Promise<{ id: string; workspaceId: string }[]> {
  return tx.connection.findMany({ where: { isActive: true, removedAt: null }, select: { id: true, workspaceId: true }, orderBy: { id: "asc" } });
}

/** Active connections whose service was told our address by its API. Outside any workspace. */
export async function subscribedConnections(tx: Tx): Promise<{ id: string; workspaceId: string }[]> {
  const where = { isActive: true, removedAt: null, pushesSubscribedAt: { not: null } };
  return tx.connection.findMany({ where, select: { id: true, workspaceId: true }, orderBy: { id: "asc" } });
}

/** Intake: which connection an unguessable address belongs to, before the tenant is known. */
export async function findByTokenHash(tx: Tx, connectorId: string, webhookTokenHash: string): Promise<ConnectionRow | null> {
  return tx.connection.findFirst({ where: { webhookTokenHash, connectorId, removedAt: null } });
}

/** Intake: which connections hold an account, where a service allows only one address. */
export async function findByAccount(tx: Tx, connectorId: string, accountRef: string): Promise<ConnectionRow[]> {
  return tx.connection.findMany({ where: { connectorId, accountRef, removedAt: null }, orderBy: { id: "asc" }, take: 20 });
}
