import { db } from "@/server/platform/db";
import type { Tx } from "@/server/platform/transaction";
import type { ConversationScope, Role } from "../schema";

/** One row per live session of an active member; everything a request needs in one statement. */
export interface LiveSessionRow {
  sessionId: string;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
  userId: string;
  email: string;
  userName: string;
  userLocale: string;
  memberId: string;
  role: Role;
  conversationScope: ConversationScope;
  workspaceId: string;
  workspaceName: string;
  workspaceLocale: string;
  timeZone: string;
}

export async function findLiveSession(sessionId: string, now: Date): Promise<LiveSessionRow | null> {
  const rows = await db.$queryRaw<LiveSessionRow[]>`
    SELECT s.id AS "sessionId", s.created_at AS "createdAt", s.last_seen_at AS "lastSeenAt", s.expires_at AS "expiresAt",
           u.id AS "userId", u.email, u.name AS "userName", u.locale AS "userLocale",
           m.id AS "memberId", m.role::text AS role, m.conversation_scope::text AS "conversationScope",
           w.id AS "workspaceId", w.name AS "workspaceName", w.locale AS "workspaceLocale", w.time_zone AS "timeZone"
    FROM user_session s
    JOIN "user" u ON u.id = s.user_id
    JOIN membership m ON m.user_id = s.user_id AND m.workspace_id = s.workspace_id AND m.disabled_at IS NULL
    JOIN workspace w ON w.id = s.workspace_id
    WHERE s.id = ${sessionId}::uuid AND s.ended_at IS NULL AND s.expires_at > ${now}`;
  return rows[0] ?? null;
}

/** Never revives: an ended row stays as it is. */
export async function touchSession(sessionId: string, now: Date, expiresAt: Date): Promise<void> {
  await db.userSession.updateMany({ where: { id: sessionId, endedAt: null }, data: { lastSeenAt: now, expiresAt } });
}

export interface NewSession {
  id: string;
  userId: string;
  workspaceId: string;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
  ip: string | null;
  userAgent: string | null;
}

export async function insertSession(tx: Tx, row: NewSession): Promise<void> {
  await tx.userSession.create({ data: row });
}

export type SessionEnd = "signed_out" | "ended_by_user" | "password_changed" | "member_disabled";

interface SessionSelection {
  readonly userId: string;
  readonly workspaceId?: string | undefined;
  /** Only this one. */
  readonly sessionId?: string | undefined;
  /** All but this one. */
  readonly exceptId?: string | undefined;
}

/** Ends live sessions of one person. @returns how many were ended. */
export async function endSessions(tx: Tx, selection: SessionSelection, reason: SessionEnd, now: Date): Promise<number> {
  const { userId, workspaceId, sessionId, exceptId } = selection;
  const { count } = await tx.userSession.updateMany({
    where: {
      userId,
      endedAt: null,
      ...(workspaceId === undefined ? {} : { workspaceId }),
      ...(sessionId === undefined ? {} : { id: sessionId }),
      ...(exceptId === undefined ? {} : { NOT: { id: exceptId } }),
    },
    data: { endedAt: now, endedReason: reason },
  });
  return count;
}

export async function listLiveSessions(userId: string, now: Date) {
  return db.userSession.findMany({
    where: { userId, endedAt: null, expiresAt: { gt: now } },
    orderBy: { lastSeenAt: "desc" },
    take: 100,
    select: { id: true, workspaceId: true, createdAt: true, lastSeenAt: true, expiresAt: true, ip: true, userAgent: true },
  });
}

/** Moves a session to another workspace its person is an active member of. @returns false when there is no such membership. */
export async function moveSession(tx: Tx, session: { id: string; userId: string }, workspaceId: string): Promise<boolean> {
  const membership = await tx.membership.findFirst({ where: { userId: session.userId, workspaceId, disabledAt: null }, select: { id: true } });
  if (membership === null) return false;
  const { count } = await tx.userSession.updateMany({ where: { id: session.id, userId: session.userId, endedAt: null }, data: { workspaceId } });
  return count === 1;
}

/** Workspaces the person is an active member of, by name. */
export async function listWorkspacesOf(userId: string): Promise<{ id: string; name: string; role: Role }[]> {
  const rows = await db.membership.findMany({
    where: { userId, disabledAt: null },
    orderBy: { workspace: { name: "asc" } },
    select: { role: true, workspace: { select: { id: true, name: true } } },
  });
  return rows.map(({ role, workspace }) => ({ ...workspace, role }));
}
