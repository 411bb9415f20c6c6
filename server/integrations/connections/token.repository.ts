import type { Scope } from "@/server/platform/transaction";
import type { Sealed } from "@/server/platform/vault/vault";

export interface TokenRow extends Sealed {
  readonly connectionId: string;
  readonly name: string;
  readonly expiresAt: Date;
}

export async function findToken({ workspaceId, db }: Scope, connectionId: string, name: string): Promise<TokenRow | null> {
  return db.connectionToken.findFirst({ where: { workspaceId, connectionId, name } });
}

export async function putToken({ workspaceId, db }: Scope, { connectionId, name, vaultKeyId, sealed, expiresAt }: TokenRow): Promise<void> {
  const data = { vaultKeyId, sealed, expiresAt };
  await db.connectionToken.upsert({
    where: { connectionId_name: { connectionId, name }, workspaceId },
    create: { ...data, connectionId, name, workspaceId },
    update: data,
  });
}

export async function deleteToken({ workspaceId, db }: Scope, connectionId: string, name: string): Promise<void> {
  await db.connectionToken.deleteMany({ where: { workspaceId, connectionId, name } });
}

export async function deleteTokens({ workspaceId, db }: Scope, connectionId: string): Promise<void> {
  await db.connectionToken.deleteMany({ where: { workspaceId, connectionId } });
}

export async function listSealedTokens({ workspaceId, db }: Scope, vaultKeyId: string, limit: number): Promise<TokenRow[]> {
  return db.connectionToken.findMany({ where: { workspaceId, vaultKeyId }, take: limit });
}

/** @returns false when it was changed meanwhile. */
export async function replaceSealedToken({ workspaceId, db }: Scope, row: Omit<TokenRow, "expiresAt">, next: Sealed): Promise<boolean> {
  return (await db.connectionToken.updateMany({ where: { workspaceId, ...row }, data: next })).count === 1;
}
