import { type Clock, systemClock } from "@/server/platform/clock";
import { knownLocale, SESSION_TOUCH_MS, sessionDeadline } from "../rules";
import { readSessionId } from "../sign-in/cookie";
import { findLiveSession, type LiveSessionRow, touchSession } from "./repository";
import type { MemberSession } from "./session";

/**
 * The live session behind a request's cookie; null when nobody is signed in, the session has ended or expired, or the membership
 * is disabled. Asks the database every time: nothing is cached, so an end counts from the next request on.
 */
export async function getSession(headers: Headers, clock: Clock = systemClock): Promise<MemberSession | null> {
  const sessionId = await readSessionId(headers);
  return sessionId === null ? null : loadSession(sessionId, clock);
}

/** The same by session id. Moves "last seen" and the deadline at most once a minute. */
export async function loadSession(sessionId: string, clock: Clock = systemClock): Promise<MemberSession | null> {
  const now = clock.now();
  const row = await findLiveSession(sessionId, now);
  if (row === null) return null;
  if (now.getTime() - row.lastSeenAt.getTime() >= SESSION_TOUCH_MS) {
    await touchSession(row.sessionId, now, sessionDeadline(row.createdAt, now));
  }
  return toMemberSession(row);
}

/** Whether a session seen earlier still stands with the same role and scope in the same workspace: long-lived streams ask before each value. */
export async function isSessionLive(session: MemberSession, clock: Clock = systemClock): Promise<boolean> {
  const row = await findLiveSession(session.sessionId, clock.now());
  return row !== null && row.workspaceId === session.workspaceId && row.role === session.role && row.conversationScope === session.conversationScope;
}

function toMemberSession(row: LiveSessionRow): MemberSession {
  return {
    sessionId: row.sessionId,
    userId: row.userId,
    workspaceId: row.workspaceId,
    memberId: row.memberId,
    role: row.role,
    conversationScope: row.conversationScope,
    user: { email: row.email, name: row.userName, locale: knownLocale(row.userLocale) },
    workspace: { name: row.workspaceName, locale: knownLocale(row.workspaceLocale), timeZone: row.timeZone },
    expiresAt: row.expiresAt,
  };
}
