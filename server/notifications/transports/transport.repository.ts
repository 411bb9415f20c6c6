import { newId } from "@/lib/ids";
import type { Prisma } from "@/server/platform/generated/client";
import type { Scope } from "@/server/platform/transaction";
import type { Sealed } from "@/server/platform/vault/vault";
import type { TransportKind } from "../schema";

/** Rows of `notice_transport`: at most one of each kind a workspace. */
export async function findTransport({ workspaceId, db }: Scope, kind: TransportKind) {
  return db.noticeTransport.findUnique({ where: { workspaceId_kind: { workspaceId, kind } } });
}

export type TransportRow = NonNullable<Awaited<ReturnType<typeof findTransport>>>;

export async function listTransportRows({ workspaceId, db }: Scope): Promise<TransportRow[]> {
  return db.noticeTransport.findMany({ where: { workspaceId } });
}

export interface TransportValues extends Sealed {
  readonly id: string;
  readonly kind: TransportKind;
  readonly hints: Prisma.InputJsonObject;
  readonly state: Prisma.InputJsonObject;
  readonly webhookTokenHash: string | null;
  readonly checkedAt: Date;
}

/** A saved transport has just been checked: it is active and without an error. */
export async function putTransport({ workspaceId, db }: Scope, values: TransportValues): Promise<void> {
  const { id, kind, ...rest } = values;
  const data = { ...rest, isActive: true, errorCode: null };
  await db.noticeTransport.upsert({ where: { workspaceId_kind: { workspaceId, kind } }, create: { id, workspaceId, kind, ...data }, update: data });
}

/** The id a transport of this kind has or will get: what its secrets are sealed for. */
export async function transportIdFor(scope: Scope, kind: TransportKind): Promise<string> {
  return (await findTransport(scope, kind))?.id ?? newId();
}

/** Notes whether the transport works; `null` = it does. */
export async function noteTransport({ workspaceId, db }: Scope, id: string, errorCode: string | null, at: Date): Promise<void> {
  await db.noticeTransport.updateMany({ where: { workspaceId, id }, data: { errorCode, checkedAt: at } });
}

export async function writeTransportState({ workspaceId, db }: Scope, id: string, state: Prisma.InputJsonObject): Promise<void> {
  await db.noticeTransport.updateMany({ where: { workspaceId, id }, data: { state } });
}

export async function activateTransport({ workspaceId, db }: Scope, kind: TransportKind, isActive: boolean): Promise<boolean> {
  return (await db.noticeTransport.updateMany({ where: { workspaceId, kind }, data: { isActive } })).count === 1;
}

export async function deleteTransport({ workspaceId, db }: Scope, kind: TransportKind): Promise<void> {
  await db.noticeTransport.deleteMany({ where: { workspaceId, kind } });
}

/** Values sealed with a data key that retires. */
export async function sealedTransports({ workspaceId, db }: Scope, vaultKeyId: string, limit: number) {
  return db.noticeTransport.findMany({ where: { workspaceId, vaultKeyId }, take: limit, select: { id: true, vaultKeyId: true, sealed: true } });
}

export async function resealTransport({ workspaceId, db }: Scope, row: { readonly id: string } & Sealed, next: Sealed): Promise<boolean> {
  const where = { workspaceId, id: row.id, vaultKeyId: row.vaultKeyId, sealed: row.sealed };
  return (await db.noticeTransport.updateMany({ where, data: next })).count === 1;
}
