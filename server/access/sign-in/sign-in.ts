import { newId } from "@/lib/ids";
import { writeAudit } from "@/server/platform/audit";
import { type Clock, systemClock } from "@/server/platform/clock";
import { forbidden } from "@/server/platform/errors";
import { inSystem } from "@/server/platform/transaction";
import { type VerifyPassword, verifyPassword } from "../password";
import { sessionDeadline } from "../rules";
import { signInInput } from "../schema";
import { insertSession } from "../sessions/repository";
import type { Origin } from "../sessions/session";
import { checkPassword, NOBODY, wrongCredentials } from "./check-password";
import { findAccount, listEnterableWorkspaces } from "./repository";

interface SignInDeps {
  readonly clock?: Clock;
  readonly verify?: VerifyPassword;
}

/**
 * Signs a person in and opens a session row in the workspace asked for, else the one they were in last.
 * @throws AppError `auth.invalid_credentials` (401), `auth.throttled` (429, params.seconds), `auth.no_workspace` (403: no active
 * membership there; told only to who knows the password).
 */
export async function signIn(raw: unknown, origin: Origin, { clock = systemClock, verify = verifyPassword }: SignInDeps = {}): Promise<{ sessionId: string }> {
  const parsed = signInInput.safeParse(raw);
  if (!parsed.success) throw wrongCredentials();
  const { email, password, workspaceId } = parsed.data;
  const now = clock.now();
  const account = await checkPassword({ email, password, origin, now, verify });
  if (account === null) {
    await recordFailure(email, origin);
    throw wrongCredentials();
  }
  const enterable = await listEnterableWorkspaces(account.id);
  const entered = workspaceId === undefined ? enterable[0] : enterable.find((id) => id === workspaceId);
  if (entered === undefined) throw forbidden("auth.no_workspace");
  return openSession(account.id, entered, origin, now);
}

async function openSession(userId: string, workspaceId: string, origin: Origin, now: Date): Promise<{ sessionId: string }> {
  const sessionId = newId();
  await inSystem(async (tx) => {
    await insertSession(tx, { id: sessionId, userId, workspaceId, createdAt: now, lastSeenAt: now, expiresAt: sessionDeadline(now, now), ...origin });
    await writeAudit(
      { workspaceId, db: tx },
      { actor: { kind: "user", id: userId }, action: "session.started", subject: { type: "session", id: sessionId }, ip: origin.ip ?? undefined },
    );
  });
  return { sessionId };
}

/**
 * Recorded for the workspaces of the account, else for the installation: the same steps either way. How many there can be is
 * bounded by the throttle.
 */
async function recordFailure(email: string, origin: Origin): Promise<void> {
  const account = await findAccount(email);
  const workspaces = await listEnterableWorkspaces(account?.id ?? NOBODY);
  const record = {
    actor: { kind: "anonymous" },
    action: "session.sign_in_failed",
    ...(account === null ? {} : { subject: { type: "user", id: account.id } }),
    ip: origin.ip ?? undefined,
  };
  await inSystem(async (tx) => {
    if (workspaces.length === 0) await writeAudit(tx, record);
    for (const workspaceId of workspaces) await writeAudit({ workspaceId, db: tx }, record);
  });
}
