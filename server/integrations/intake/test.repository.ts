import { newId } from "@/lib/ids";
import type { Scope, Tx } from "@/server/platform/transaction";
import type { ConnectionRow } from "../connections/connection.repository";

/** Opens a one-time address; those that ran out are cleared away by the way. */
export async function openTest({ workspaceId, db }: Scope, connectionId: string, tokenHash: string, expiresAt: Date): Promise<string> {
  const id = newId();
  await db.webhookTest.deleteMany({ where: { workspaceId, expiresAt: { lt: new Date(expiresAt.getTime() - 3_600_000) } } });
  await db.webhookTest.create({ data: { id, workspaceId, connectionId, tokenHash, expiresAt } });
  return id;
}

export async function closeTest({ workspaceId, db }: Scope, id: string): Promise<void> {
  await db.webhookTest.deleteMany({ where: { id, workspaceId } });
}

/** Intake: which connection a one-time address belongs to, before the tenant is known. */
export async function findByTest(tx: Tx, connectorId: string, tokenHash: string): Promise<ConnectionRow | null> {
  const test = await tx.webhookTest.findFirst({ where: { tokenHash, expiresAt: { gt: new Date() } } });
  return test === null ? null : tx.connection.findFirst({ where: { id: test.connectionId, workspaceId: test.workspaceId, connectorId, removedAt: null } });
}
