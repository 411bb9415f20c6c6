import { db as system } from "@/server/platform/db";
import type { Scope, Tx } from "@/server/platform/transaction";
import type { Role } from "../schema";

export async function listInvitationRows({ workspaceId, db }: Scope) {
  const rows = await db.invitation.findMany({
    where: { workspaceId },
    orderBy: { createdAt: "desc" },
    take: 200,
    select: { id: true, email: true, role: true, invitedById: true, createdAt: true, expiresAt: true, acceptedAt: true, revokedAt: true },
  });
  const inviters = await db.user.findMany({
    where: { id: { in: rows.map((row) => row.invitedById) }, memberships: { some: { workspaceId } } },
    select: { id: true, name: true },
  });
  const names = new Map(inviters.map((user) => [user.id, user.name]));
  return rows.map((row) => ({ ...row, invitedByName: names.get(row.invitedById) ?? null }));
}

export async function isMemberEmail({ workspaceId, db }: Scope, email: string): Promise<boolean> {
  return (await db.membership.findFirst({ where: { workspaceId, user: { email } }, select: { id: true } })) !== null;
}

interface NewInvitation {
  id: string;
  email: string;
  role: Role;
  tokenHash: string;
  invitedById: string;
  createdAt: Date;
  expiresAt: Date;
}

export async function insertInvitation({ workspaceId, db }: Scope, row: NewInvitation): Promise<void> {
  await db.invitation.create({ data: { ...row, workspaceId } });
}

/** Revokes pending invitations, by id or by address. @returns how many. */
export async function revokeInvitations({ workspaceId, db }: Scope, which: { id: string } | { email: string }, now: Date): Promise<number> {
  const { count } = await db.invitation.updateMany({ where: { workspaceId, ...which, acceptedAt: null, revokedAt: null }, data: { revokedAt: now } });
  return count;
}

/** By token, before any workspace is known. */
export async function findInvitationByToken(tokenHash: string) {
  return system.invitation.findUnique({
    where: { tokenHash },
    select: { id: true, email: true, role: true, workspaceId: true, expiresAt: true, acceptedAt: true, revokedAt: true, workspace: { select: { name: true } } },
  });
}

/** @returns false when it was accepted, revoked or expired in the meantime. */
export async function claimInvitation(tx: Tx, id: string, now: Date): Promise<boolean> {
  const { count } = await tx.invitation.updateMany({ where: { id, acceptedAt: null, revokedAt: null, expiresAt: { gt: now } }, data: { acceptedAt: now } });
  return count === 1;
}

/** Held until the transaction ends: two invitations of the same new person, accepted at once, make one account. */
export async function lockEmail(tx: Tx, email: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('karavan.email'), hashtext(${email}))`;
}

export async function findUserId(tx: Tx, email: string): Promise<string | null> {
  return (await tx.user.findUnique({ where: { email }, select: { id: true } }))?.id ?? null;
}

export async function insertUser(tx: Tx, row: { id: string; email: string; name: string; passwordHash: string; locale: string }): Promise<void> {
  await tx.user.create({ data: row });
}

/** @returns false when the person is a member already. */
export async function insertMembership(tx: Tx, row: { id: string; workspaceId: string; userId: string; role: Role }): Promise<boolean> {
  const { count } = await tx.membership.createMany({ data: [row], skipDuplicates: true });
  return count === 1;
}
