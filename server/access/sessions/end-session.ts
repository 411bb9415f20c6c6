import { writeAudit } from "@/server/platform/audit";
import { type Clock, systemClock } from "@/server/platform/clock";
import { notFound } from "@/server/platform/errors";
import { inSystem } from "@/server/platform/transaction";
import { endSessions, findLiveSession } from "./repository";
import type { Actor, MemberSession } from "./session";

/** Sign-out. Ending a session that is over already is fine. */
export async function endOwnSession(sessionId: string, clock: Clock = systemClock): Promise<void> {
  const now = clock.now();
  const row = await findLiveSession(sessionId, now);
  if (row === null) return;
  await inSystem(async (tx) => {
    await endSessions(tx, { userId: row.userId, sessionId }, "signed_out", now);
    await writeAudit(
      { workspaceId: row.workspaceId, db: tx },
      { actor: { kind: "user", id: row.userId }, action: "session.ended", subject: { type: "session", id: sessionId }, details: { reason: "signed_out" } },
    );
  });
}

/**
 * Ends one of the person's own sessions, in whichever workspace it is.
 * @throws AppError `session.not_found` (404) for an ended session and for anybody else's.
 */
export async function endSession(session: MemberSession, actor: Actor, sessionId: string, clock: Clock = systemClock): Promise<void> {
  await inSystem(async (tx) => {
    const ended = await endSessions(tx, { userId: session.userId, sessionId }, "ended_by_user", clock.now());
    if (ended === 0) throw notFound("session.not_found");
    await writeAudit(
      { workspaceId: session.workspaceId, db: tx },
      { actor, ip: actor.ip, action: "session.ended", subject: { type: "session", id: sessionId }, details: { reason: "ended_by_user" } },
    );
  });
}

/** Ends all of the person's sessions but the one asking. @returns how many. */
export async function endOtherSessions(session: MemberSession, actor: Actor, clock: Clock = systemClock): Promise<number> {
  return inSystem(async (tx) => {
    const ended = await endSessions(tx, { userId: session.userId, exceptId: session.sessionId }, "ended_by_user", clock.now());
    await writeAudit({ workspaceId: session.workspaceId, db: tx }, { actor, ip: actor.ip, action: "session.others_ended", details: { ended } });
    return ended;
  });
}
