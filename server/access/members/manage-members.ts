import { writeAudit } from "@/server/platform/audit";
import { type Clock, systemClock } from "@/server/platform/clock";
import { conflict, forbidden, notFound } from "@/server/platform/errors";
import { inWorkspace } from "@/server/platform/transaction";
import { refuseMemberChange } from "../rules";
import type { ConversationScope, Role } from "../schema";
import { endSessions } from "../sessions/repository";
import type { Actor, MemberSession } from "../sessions/session";
import { lockWorkspace } from "../workspace/repository";
import { countOtherActiveOwners, findMember, listMemberRows, updateMemberRow } from "./repository";

/** Everybody of the workspace, disabled ones included, by age of membership. */
export async function listMembers(session: MemberSession) {
  const rows = await inWorkspace(session.workspaceId, listMemberRows);
  return rows.map(({ id, user, ...row }) => ({ ...row, ...user, memberId: id, isYou: row.userId === session.userId }));
}

export interface MemberChange {
  readonly memberId: string;
  readonly role?: Role | undefined;
  readonly conversationScope?: ConversationScope | undefined;
  readonly isDisabled?: boolean | undefined;
}

/**
 * Changes role, conversation scope or standing of a member; disabling ends their sessions here at once.
 * @throws AppError `member.not_found` (404), `member.owner_needed` (403), `member.last_owner`, `member.not_yourself` (409).
 */
export async function updateMember(session: MemberSession, actor: Actor, change: MemberChange, clock: Clock = systemClock): Promise<void> {
  const now = clock.now();
  await inWorkspace(session.workspaceId, async (scope) => {
    await lockWorkspace(scope);
    const member = await findMember(scope, change.memberId);
    if (member === null) throw notFound("member.not_found");
    const before = { role: member.role, isDisabled: member.disabledAt !== null };
    const after = { role: change.role ?? member.role, isDisabled: change.isDisabled ?? before.isDisabled };
    const refusal = refuseMemberChange({
      actorIsOwner: session.role === "owner",
      actorIsTarget: member.userId === session.userId,
      before,
      after,
      otherActiveOwners: await countOtherActiveOwners(scope, member.id),
    });
    if (refusal === "member.owner_needed") throw forbidden(refusal);
    if (refusal !== null) throw conflict(refusal);
    const disabledAt = after.isDisabled ? (member.disabledAt ?? now) : null;
    await updateMemberRow(scope, member.id, { role: after.role, conversationScope: change.conversationScope ?? member.conversationScope, disabledAt });
    if (after.isDisabled) await endSessions(scope.db, { userId: member.userId, workspaceId: session.workspaceId }, "member_disabled", now);
    await writeAudit(scope, { actor, ip: actor.ip, action: "member.updated", subject: { type: "member", id: member.id }, details: { before, after } });
  });
}
