import { db } from "@/server/platform/db";

export interface Account {
  id: string;
  email: string;
  passwordHash: string;
}

export async function findAccount(email: string): Promise<Account | null> {
  return db.user.findUnique({ where: { email }, select: { id: true, email: true, passwordHash: true } });
}

/** Addresses the account was signed in from since `since`, newest first. */
export async function listSignInAddresses(userId: string, since: Date): Promise<string[]> {
  const rows = await db.userSession.findMany({
    where: { userId, createdAt: { gte: since }, ip: { not: null } },
    orderBy: { createdAt: "desc" },
    take: 200,
    select: { ip: true },
  });
  return rows.flatMap(({ ip }) => (ip === null ? [] : [ip]));
}

/** Workspaces a person may enter now, the one of the latest session first, then by age. */
export async function listEnterableWorkspaces(userId: string): Promise<string[]> {
  const memberships = await db.membership.findMany({ where: { userId, disabledAt: null }, orderBy: { createdAt: "asc" }, select: { workspaceId: true } });
  const latest = await db.userSession.findFirst({ where: { userId }, orderBy: { createdAt: "desc" }, select: { workspaceId: true } });
  const ids = memberships.map((row) => row.workspaceId);
  return latest !== null && ids.includes(latest.workspaceId) ? [latest.workspaceId, ...ids.filter((id) => id !== latest.workspaceId)] : ids;
}
