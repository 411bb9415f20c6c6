import { newId } from "@/lib/ids";
import { writeAudit } from "@/server/platform/audit";
import { type Clock, systemClock } from "@/server/platform/clock";
import { env } from "@/server/platform/env";
import { conflict, forbidden, notFound } from "@/server/platform/errors";
import { inWorkspace } from "@/server/platform/transaction";
import { isPermitted } from "../permissions";
import { INVITATION_LIFE_MS, invitationState } from "../rules";
import type { Role } from "../schema";
import type { Actor, MemberSession } from "../sessions/session";
import { insertInvitation, isMemberEmail, listInvitationRows, revokeInvitations } from "./repository";
import { hashInvitationToken, newInvitationToken } from "./token";

/** The latest 200, newest first; never a token. */
export async function listInvitations(workspaceId: string, clock: Clock = systemClock) {
  const now = clock.now();
  const rows = await inWorkspace(workspaceId, listInvitationRows);
  return rows.map((row) => ({ ...row, invitationId: row.id, state: invitationState(row, now) }));
}

/**
 * Makes a link that lets one person in, good for seven days. An older pending invitation of the same address ends.
 * @returns the link with its token: the only time it can be seen.
 * @throws AppError `member.owner_needed` (403) when somebody else than an owner invites an owner, `invitation.already_member` (409).
 */
export async function createInvitation(session: MemberSession, actor: Actor, invited: { email: string; role: Role }, clock: Clock = systemClock) {
  if (invited.role === "owner" && !isPermitted(session.role, "owners.manage")) throw forbidden("member.owner_needed");
  const now = clock.now();
  const id = newId();
  const token = newInvitationToken();
  const expiresAt = new Date(now.getTime() + INVITATION_LIFE_MS);
  await inWorkspace(session.workspaceId, async (scope) => {
    if (await isMemberEmail(scope, invited.email)) throw conflict("invitation.already_member");
    await revokeInvitations(scope, { email: invited.email }, now);
    await insertInvitation(scope, { id, ...invited, tokenHash: hashInvitationToken(token), invitedById: session.userId, createdAt: now, expiresAt });
    await writeAudit(scope, { actor, ip: actor.ip, action: "invitation.created", subject: { type: "invitation", id }, details: { role: invited.role } });
  });
  return { invitationId: id, url: new URL(`/invite/${token}`, env.NEXTAUTH_URL).toString(), expiresAt };
}

/** @throws AppError `invitation.not_found` (404), also when it is over already. */
export async function revokeInvitation(workspaceId: string, actor: Actor, invitationId: string, clock: Clock = systemClock): Promise<void> {
  await inWorkspace(workspaceId, async (scope) => {
    if ((await revokeInvitations(scope, { id: invitationId }, clock.now())) === 0) throw notFound("invitation.not_found");
    await writeAudit(scope, { actor, ip: actor.ip, action: "invitation.revoked", subject: { type: "invitation", id: invitationId } });
  });
}
