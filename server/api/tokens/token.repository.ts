import type { Prisma } from "@/server/platform/generated/client";
import { inSystem, type Scope } from "@/server/platform/transaction";

export type TokenRow = Prisma.ApiTokenGetPayload<object>;

const WITHOUT_HASH = { tokenHash: true } as const;
const USE_NOTED_EVERY_MS = 60_000;

export type NewToken = Pick<TokenRow, "id" | "name" | "prefix" | "tokenHash" | "scopes" | "createdBy" | "createdAt" | "expiresAt">;

export async function insertToken({ workspaceId, db }: Scope, token: NewToken): Promise<Omit<TokenRow, "tokenHash">> {
  return db.apiToken.create({ data: { ...token, workspaceId }, omit: WITHOUT_HASH });
}

export async function listTokenRows({ workspaceId, db }: Scope): Promise<Omit<TokenRow, "tokenHash">[]> {
  return db.apiToken.findMany({ where: { workspaceId }, omit: WITHOUT_HASH, orderBy: [{ createdAt: "desc" }, { id: "desc" }], take: 200 });
}

/** @returns false when there is no such token, or it was revoked before. */
export async function revokeTokenRow({ workspaceId, db }: Scope, id: string, at: Date): Promise<boolean> {
  return (await db.apiToken.updateMany({ where: { id, workspaceId, revokedAt: null }, data: { revokedAt: at } })).count === 1;
}

/** Whose token this is, before the workspace is known: good ones only. That it was used is noted at most once a minute. */
export async function findLiveToken(
  tokenHash: string,
  at: Date,
  ip: string | null,
): Promise<Pick<TokenRow, "id" | "workspaceId" | "scopes" | "createdBy"> | null> {
  return inSystem(async (tx) => {
    const row = await tx.apiToken.findFirst({ where: { tokenHash, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: at } }] } });
    if (row === null) return null;
    if (row.lastUsedAt === null || at.getTime() - row.lastUsedAt.getTime() > USE_NOTED_EVERY_MS)
      await tx.apiToken.updateMany({ where: { id: row.id }, data: { lastUsedAt: at, lastUsedIp: ip } });
    return row;
  });
}
