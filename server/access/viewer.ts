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

/** Who runs the place sees all of it, whatever the membership says. */
const ALWAYS_ALL: ReadonlySet<Role> = new Set<Role>(["owner", "admin"]);

/** The teams are read in the caller's transaction, so that leaving one counts from the next request on. */
export async function viewerOf(
  scope: Scope,
  member: { readonly userId: string; readonly role: Role; readonly conversationScope: ConversationScope },
): Promise<Viewer> {
  const { userId, role, conversationScope } = member;
  return { userId, role, scope: ALWAYS_ALL.has(role) ? "all" : conversationScope, teamIds: await findTeamIds(scope, userId) };
}
