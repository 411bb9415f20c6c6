import { type Clock, systemClock } from "@/server/platform/clock";
import { listLiveSessions, listWorkspacesOf } from "./repository";
import type { MemberSession } from "./session";

/** The person's live sessions, latest seen first. */
export async function listSessions(session: MemberSession, clock: Clock = systemClock) {
  const rows = await listLiveSessions(session.userId, clock.now());
  return rows.map(({ id, ...row }) => ({ ...row, sessionId: id, isCurrent: id === session.sessionId }));
}

/** The workspaces the person can switch to. */
export async function listOwnWorkspaces(session: MemberSession) {
  const rows = await listWorkspacesOf(session.userId);
  return rows.map((row) => ({ ...row, isCurrent: row.id === session.workspaceId }));
}
