import { roleSchema } from "@/server/access/schema";
import type { Prisma } from "@/server/platform/generated/client";
import { inSystem, type Scope, type Tx } from "@/server/platform/transaction";
import type { Maker } from "./maker-rules";

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

/** Makers of tokens with their names, as they stand in the workspace by now; whoever is no member is missing. */
export async function listMakers({ workspaceId, db }: Scope, userIds: readonly string[]): Promise<Map<string, Maker & { readonly name: string }>> {
  const rows = await db.membership.findMany({
    where: { workspaceId, userId: { in: [...userIds] } },
    select: { userId: true, role: true, disabledAt: true, user: { select: { name: true } } },
  });
  return new Map(rows.map(({ userId, role, disabledAt, user }) => [userId, { role, isDisabled: disabledAt !== null, name: user.name }]));
}

/** @returns false when there is no such token, or it was revoked before. */
export async function revokeTokenRow({ workspaceId, db }: Scope, id: string, at: Date): Promise<boolean> {
  return (await db.apiToken.updateMany({ where: { id, workspaceId, revokedAt: null }, data: { revokedAt: at } })).count === 1;
}

/** Whose token this is, before the workspace is known: good ones only, with their maker. That it was used is noted at most once a minute. */
export async function findLiveToken(
  tokenHash: string,
  at: Date,
  ip: string | null,
): Promise<(Pick<TokenRow, "id" | "workspaceId" | "scopes" | "createdBy"> & { readonly maker: Maker | null }) | null> {
  return inSystem(async (tx) => {
    const row = await tx.apiToken.findFirst({ where: { tokenHash, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: at } }] } });
    if (row === null) return null;
    if (row.lastUsedAt === null || at.getTime() - row.lastUsedAt.getTime() > USE_NOTED_EVERY_MS)
      await tx.apiToken.updateMany({ where: { id: row.id }, data: { lastUsedAt: at, lastUsedIp: ip } });
    return { ...row, maker: await findMaker(tx, row) };
  });
}

async function findMaker(tx: Tx, { workspaceId, createdBy }: Pick<TokenRow, "workspaceId" | "createdBy">): Promise<Maker | null> {
  const member = await tx.membership.findFirst({ where: { workspaceId, userId: createdBy }, select: { role: true, disabledAt: true } });
  return member === null ? null : { role: roleSchema.parse(member.role), isDisabled: member.disabledAt !== null };
}
