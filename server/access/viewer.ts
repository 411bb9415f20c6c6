import type { Scope } from "@/server/platform/transaction";
import type { ConversationScope, Role } from "./schema";
import { findTeamIds } from "./viewer.repository";

/** Whose eyes a conversation is read with. */
export interface Viewer {
  readonly userId: string;
  readonly role: Role;
  /** all: every conversation · team: own ones and those of one's teams · own: only those assigned to the person. */
  readonly scope: ConversationScope;
  readonly teamIds: readonly string[];
}

/** Where a conversation lies: whose it is and which team's. */
export interface Place {
  readonly assigneeId: string | null;
  readonly teamId: string | null;
}

interface Membership {
  readonly userId: string;
  readonly role: Role;
  readonly conversationScope: ConversationScope;
}

/** Who runs the place sees all of it, whatever the membership says. */
const ALWAYS_ALL: ReadonlySet<Role> = new Set<Role>(["owner", "admin"]);

export function toViewer({ userId, role, conversationScope }: Membership, teamIds: readonly string[]): Viewer {
  return { userId, role, scope: ALWAYS_ALL.has(role) ? "all" : conversationScope, teamIds };
}

/** The teams are read in the caller's transaction, so that leaving one counts from the next request on. */
export async function viewerOf(scope: Scope, member: Membership): Promise<Viewer> {
  return toViewer(member, await findTeamIds(scope, member.userId));
}

/**
 * The one rule of who sees which conversation: own = assigned to me; team = that, or of one of my teams. Queries carry the same
 * rule as SQL (`visibleTo` of the inbox).
 */
export function maySee({ scope, userId, teamIds }: Viewer, { assigneeId, teamId }: Place): boolean {
  if (scope === "all" || assigneeId === userId) return true;
  return scope === "team" && teamId !== null && teamIds.includes(teamId);
}
