import { writeAudit } from "@/server/platform/audit";
import { type Clock, systemClock } from "@/server/platform/clock";
import { inSystem } from "@/server/platform/transaction";
import { hashPassword, verifyPassword } from "../password";
import { knownLocale } from "../rules";
import type { Locale } from "../schema";
import { endSessions } from "../sessions/repository";
import type { Actor, MemberSession, Origin } from "../sessions/session";
import { checkPassword, wrongCredentials } from "../sign-in/check-password";
import { findProfile, updateUser } from "./repository";

export async function getProfile(session: MemberSession) {
  const row = await findProfile(session.userId);
  return { ...row, locale: knownLocale(row.locale) };
}

export async function updateProfile(session: MemberSession, actor: Actor, fields: { name: string; locale: Locale }): Promise<void> {
  await inSystem(async (tx) => {
    await updateUser(tx, session.userId, fields);
    await writeAudit(
      { workspaceId: session.workspaceId, db: tx },
      { actor, ip: actor.ip, action: "profile.updated", subject: { type: "user", id: session.userId } },
    );
  });
}

export interface PasswordChange {
  readonly currentPassword: string;
  readonly newPassword: string;
}

/**
 * Changes the own password and ends every other session of the person, in all workspaces. Guesses at the current one are
 * throttled like sign-ins.
 * @returns how many sessions ended.
 * @throws AppError `auth.invalid_credentials` (401), `auth.throttled` (429).
 */
export async function changePassword(
  session: MemberSession,
  actor: Actor,
  change: PasswordChange,
  origin: Origin,
  clock: Clock = systemClock,
): Promise<number> {
  const now = clock.now();
  const account = await checkPassword({ email: session.user.email, password: change.currentPassword, origin, now, verify: verifyPassword });
  if (account === null) throw wrongCredentials();
  const passwordHash = await hashPassword(change.newPassword);
  return inSystem(async (tx) => {
    await updateUser(tx, session.userId, { passwordHash });
    const ended = await endSessions(tx, { userId: session.userId, exceptId: session.sessionId }, "password_changed", now);
    await writeAudit(
      { workspaceId: session.workspaceId, db: tx },
      { actor, ip: actor.ip, action: "profile.password_changed", subject: { type: "user", id: session.userId }, details: { endedSessions: ended } },
    );
    return ended;
  });
}
